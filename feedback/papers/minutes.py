"""The minutes of a dialogue with the complainant (form 14 of Nghị định 155/2026/NĐ-CP)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from feedback.papers.blocks import (
    Blocks,
    Signature,
    closing,
    field,
    heading,
    said,
    signatures,
)
from feedback.papers.facts import Citizen, Clerk, Frame, Matter
from feedback.papers.wording import clocked

BY_THUMB = "Ký, ghi rõ họ tên hoặc điểm chỉ"
STAMPED = "Ký, ghi rõ họ tên, đóng dấu nếu có"


@dataclass(frozen=True, slots=True)
class Present:
    """One who was invited; one who stayed away did so with a reason, or with none."""

    name: str
    position: str
    absent: bool = False
    reason: str = ""

    @property
    def words(self) -> str:
        who = ", ".join(filter(None, (self.name, self.position)))
        if not self.absent:
            return who
        why = f"vắng mặt có lý do: {self.reason}" if self.reason else "vắng mặt không có lý do"
        return f"{who} ({why})"


@dataclass(frozen=True, slots=True)
class DialogueMinutes:
    """What was said, agreed and not agreed; each side keeps a copy, at least three are made."""

    citizen: Citizen
    matter: Matter
    began_at: datetime
    ended_at: datetime
    place: str
    chair: Clerk
    secretary: Clerk
    complainant: Present
    complained: Present
    affected: tuple[Present, ...]
    others: tuple[Present, ...]
    opening: str
    opinions: str
    agreed: str
    differing: str
    unsigned: str = ""  # who did not sign, and why
    copies: int = 3


def dialogue_minutes(facts: DialogueMinutes, frame: Frame) -> Blocks:
    yield from said(f"Vào hồi {clocked(facts.began_at)}, tại {facts.place}.")
    yield from field(
        f"Đối thoại về khiếu nại của {facts.citizen.called}, mã hồ sơ {facts.matter.reference}, "
        "về việc",
        facts.matter.content,
    )
    yield heading("I. Thành phần tham gia đối thoại")
    for number, (part, who) in enumerate(_parts(facts), 1):
        yield from field(f"{number}. {part}", who)
    yield heading("II. Nội dung đối thoại")
    yield from field(
        "1. Người chủ trì nêu mục đích, yêu cầu, tóm tắt kết quả xác minh và nội dung đối thoại",
        facts.opening,
    )
    yield from field("2. Ý kiến của những người tham gia đối thoại", facts.opinions)
    yield heading("III. Kết quả đối thoại")
    yield from field("1. Những nội dung đã thống nhất", facts.agreed or "Không có.")
    yield from field("2. Những vấn đề còn ý kiến khác nhau", facts.differing or "Không có.")
    yield from said(f"Buổi đối thoại kết thúc hồi {clocked(facts.ended_at)}.")
    yield from said(
        "Biên bản đối thoại đã được đọc lại cho những người tham gia đối thoại nghe và ký xác nhận."
    )
    if facts.unsigned:
        yield from field("Người không ký xác nhận và lý do", facts.unsigned)
    yield from closing(f"Biên bản được lập thành {facts.copies:02} bản; mỗi bên giữ 01 bản")
    yield from _signed(facts)


def _parts(facts: DialogueMinutes) -> Iterator[tuple[str, str]]:
    yield "Người chủ trì đối thoại", f"{facts.chair.name}, {facts.chair.position}"
    yield "Người ghi biên bản", f"{facts.secretary.name}, {facts.secretary.position}"
    yield "Người khiếu nại (hoặc người đại diện, người được ủy quyền)", facts.complainant.words
    yield "Người bị khiếu nại", facts.complained.words
    yield "Người có quyền, nghĩa vụ liên quan", _listed(facts.affected)
    yield "Đại diện cơ quan, tổ chức, cá nhân có liên quan", _listed(facts.others)


def _listed(people: tuple[Present, ...]) -> str:
    """One below the other, or that there was none."""
    if len(people) > 1:
        return "\n".join(f"- {one.words}" for one in people)
    return people[0].words if people else "Không có."


def _signed(facts: DialogueMinutes) -> Blocks:
    """A place for each who was there; one who stayed away has none to sign in."""
    affected = [one for one in facts.affected if not one.absent]
    others = [one for one in facts.others if not one.absent]
    yield from signatures(
        (
            _place("Người bị khiếu nại", facts.complained),
            Signature("Người chủ trì đối thoại", facts.chair.name, STAMPED),
        ),
        (
            _place("Người khiếu nại", facts.complainant, BY_THUMB),
            Signature("Người ghi biên bản", facts.secretary.name),
        ),
        *zip_longest(
            (_place("Người có quyền,\nnghĩa vụ liên quan", one, BY_THUMB) for one in affected),
            (_place("Đại diện cơ quan,\ntổ chức liên quan", one, STAMPED) for one in others),
        ),
    )


def _place(title: str, who: Present, how: str = "Ký, ghi rõ họ tên") -> Signature | None:
    return None if who.absent else Signature(title, who.name, how)
