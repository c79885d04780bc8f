"""Bản che: what somebody wrote, without who it was, for whoever verifies it."""

from dataclasses import dataclass

from analysis.masking import BLOCK
from feedback.papers.blocks import Blocks, Line, Picture, field, heading, officer, said
from feedback.papers.catalogue import RECEIVER, SLIP, PaperKind
from feedback.papers.documents import Paper
from feedback.papers.facts import Clerk, Frame, Letterhead, Signer
from feedback.papers.layout import letterhead, title
from feedback.papers.wording import dated
from feedback.rules.petitions import DENUNCIATION, PETITION_KINDS

# Strip them when the matter is handed to who verifies it, and never tell who it was.
LAW = "Điều 56 khoản 2 và Điều 8 Luật Tố cáo 2018"
LAW_OF_OTHERS = "Luật Bảo vệ dữ liệu cá nhân 2025"


@dataclass(frozen=True, slots=True)
class RedactedCopy:
    """What a copy is made of: masked words under their headings, boxed photos, who made it."""

    kind_code: str
    reference: str
    version: int
    parts: tuple[tuple[str, str], ...]
    pictures: tuple[bytes, ...]
    made_by: Clerk


def copy_of(facts: RedactedCopy, head: Letterhead) -> Paper:
    """The copy as a paper: not numbered, for it decides nothing and goes with another."""
    frame = Frame(head, Signer(""))
    about = f"Nội dung {PETITION_KINDS[facts.kind_code].label.lower()}, hồ sơ {facts.reference}"
    top = (letterhead(head, ""), *title(KIND.title, about))
    return Paper(KIND, head, (*top, *redacted(facts, frame)))


def redacted(facts: RedactedCopy, frame: Frame) -> Blocks:
    law = LAW if facts.kind_code == DENUNCIATION else LAW_OF_OTHERS
    yield Line(
        "Chú thích",
        f"Bản này đã che họ tên, địa chỉ và những gì có thể cho biết ai là người gửi, theo {law}. "
        f"Chỗ có {BLOCK} là chỗ đã che; ô che luôn dài như nhau, không cho biết bên dưới có gì.",
    )
    yield heading("Nội dung")
    for label, text in facts.parts:
        yield heading(label, 2)
        yield from said(text)
    if facts.pictures:
        yield heading("Ảnh")
    for number, jpeg in enumerate(facts.pictures, 1):
        yield Line("Thân bài", f"Ảnh {number}", kept=True)
        yield Picture(jpeg, f"Ảnh {number}, phần đen là phần đã che")
    yield heading("Người làm bản che")
    yield from officer("Họ và tên", facts.made_by)
    yield from field("Bản số", f"{facts.version}, {dated(frame.head.dated)}")


KIND = PaperKind(
    "redacted_copy",
    "Bản che",
    "Bản che",
    "",
    "",
    RECEIVER,
    LAW,
    RedactedCopy,
    redacted,
    heading=SLIP,
)
