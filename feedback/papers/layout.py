"""The parts every administrative paper shares (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from feedback.papers.blocks import SIGNATURE_ROOM, Blocks, Line, Room, Rule, Side, Sides
from feedback.papers.facts import Letterhead, Signer
from feedback.papers.wording import dated, evenly

# The right margin may shrink to 15 mm, so the letterhead is 5 mm wider than the text: neither the
# 88 mm of the national name at 12 points nor the usual name of a school has to wrap.
LETTERHEAD = (71, 94)
TEXT = 160
NAME_LINE = 27  # capitals at 12 points in the left part of the letterhead
ABOUT_LINE = 34  # small letters at 12 points in the left part of the letterhead
TITLE_LINE = 58  # bold letters at 14 points across the page
DRAFT_INSET = 22

NATION = (
    Line("Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    Line("Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc"),
)


def letterhead(head: Letterhead, number: str, about: str = "") -> Sides:
    """Names and nation beside each other; below, on one line, number and day.

    `about` is the "V/v" of a letter without a title; a paper that is not numbered has no number.
    """
    names = (*_names(head), Rule(LETTERHEAD[0], 26))
    nation = (*NATION, Rule(LETTERHEAD[1], 56))
    whole = dated(head.dated).replace(" ", "\u00a0")
    day = Line("Địa danh ngày tháng", f"{head.place}, {whole}")
    return Sides(((names, nation), (_number(head, number, about), (day,))), LETTERHEAD)


def _names(head: Letterhead) -> Side:
    issuer = Line("Cơ quan ban hành", evenly(head.issuer.upper(), NAME_LINE))
    if not head.superior:
        return (issuer,)
    return (Line("Cơ quan cấp trên", evenly(head.superior.upper(), NAME_LINE)), issuer)


def _number(head: Letterhead, number: str, about: str) -> Side:
    written = (Line("Số ký hiệu", f"Số: {number}"),) if number else ()
    letter = (Line("Về việc", evenly(f"V/v {about}", ABOUT_LINE)),) if about else ()
    draft = (Line("Dự thảo", "DỰ THẢO", inset=DRAFT_INSET),) if head.draft else ()
    return (*written, *letter, *draft)


def nation() -> Blocks:
    """The head of a paper that a citizen signs: no issuer, the day left to the pen."""
    yield from NATION
    yield Rule(TEXT, 56)
    yield Line("Ngày viết đơn", "……………………, ngày …… tháng …… năm ………")


def title(name: str, summary: str) -> Blocks:
    """What kind of paper it is, and what it is about, over a short line."""
    yield Line("Tên loại", name.upper())
    if summary:
        yield Line("Trích yếu", evenly(summary, TITLE_LINE))
        yield Rule(TEXT, 50)


def addressee(words: str) -> Line:
    return Line("Kính gửi", evenly(f"Kính gửi: {words}", TITLE_LINE))


def ending(signer: Signer, recipients: tuple[str, ...]) -> Blocks:
    """Who else receives it, beside who signs it."""
    yield Line("Thân bài", "", kept=True)
    yield Sides(((_recipients(recipients), _signer(signer)),))


def _recipients(recipients: tuple[str, ...]) -> Side:
    ends = [";"] * (len(recipients) - 1) + ["."]
    listed = (f"- {one.rstrip('.;')}{end}" for one, end in zip(recipients, ends, strict=True))
    return (Line("Nơi nhận", "Nơi nhận:"), *(Line("Danh sách nơi nhận", one) for one in listed))


def _signer(signer: Signer) -> Side:
    authority = (Line("Chức vụ", signer.authority.upper()),) if signer.authority else ()
    return (
        *authority,
        Line("Chức vụ", signer.title.upper()),
        Room(SIGNATURE_ROOM),
        Line("Người ký", signer.name or ""),
    )
