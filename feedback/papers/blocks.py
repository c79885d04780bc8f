"""The content of a paper as plain blocks: what its Word file and its PDF are both made from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.table import Cell, Column, Row, Table
from feedback.papers.facts import Citizen, Clerk, DueDay, Enclosure, Identity
from feedback.papers.wording import NOT_KNOWN, lines
from feedback.rules.sentences import format_day

HALVES = (80, 80)  # mm
IDENTITY = "Số căn cước/định danh cá nhân/giấy chứng nhận căn cước/hộ chiếu"
NO_DAY = "……/……/…………"
SIGNATURE_ROOM = 24  # mm
FIRST_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph in a style of the sheet. `lead` are its first words, in bold.

    `inset` narrows it on both sides (mm); `kept` keeps it on the page of what follows.
    """

    style: str
    text: str
    lead: str = ""
    inset: float = 0
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of that length, centred in the room (mm)."""

    room: float
    length: float


@dataclass(frozen=True, slots=True)
class Room:
    """Empty height (mm), for a hand to sign in."""

    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG on a page of its own size, and what is to be said of it to who cannot see it."""

    jpeg: bytes
    alt: str


Side = tuple[Line | Rule | Room, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Rows of two cells without lines, each row kept whole; widths in mm."""

    rows: tuple[tuple[Side, Side], ...]
    widths: tuple[float, float] = HALVES


Block = Line | Rule | Room | Sides | Table | Picture
Blocks = Iterator[Block]


BETWEEN = Room(7)  # signatures above each other


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign by hand: who, how ("Ký, ghi rõ họ tên"), and the name under it."""

    title: str
    name: str = ""
    how: str = "Ký, ghi rõ họ tên"


# --- paragraphs -----------------------------------------------------------------------------


def said(text: str) -> Blocks:
    """Running text; every line of it is a paragraph."""
    return (Line("Thân bài", line) for line in lines(text))


def bases(*grounds: str) -> Blocks:
    """“Căn cứ …”, each on a line of its own, the last one with a full stop."""
    for place, ground in enumerate(grounds, 1):
        end = "." if place == len(grounds) else ";"
        yield Line("Căn cứ", ground.rstrip(".;") + end)


def heading(words: str, level: int = FIRST_LEVEL) -> Line:
    """“I. NỘI DUNG KHIẾU NẠI” or “1. Kết quả xác minh”: a heading that Word can list."""
    return Line(f"Heading {level}", words.upper() if level == FIRST_LEVEL else words)


def field(label: str, value: str) -> Blocks:
    """“Địa chỉ: …”; a value of several lines begins below its label, none is left to the pen."""
    given = lines(value)
    if len(given) > 1:
        yield Line("Thân bài", f"{label}:", kept=True)
        yield from said(value)
    else:
        yield Line("Thân bài", f"{label}: {given[0] if given else NOT_KNOWN}")


def article(number: int, text: str) -> Blocks:
    """“Điều 1. …” of a decision."""
    first, *rest = lines(text)
    yield Line("Thân bài", first, lead=f"Điều {number}. ")
    yield from said("\n".join(rest))


def points(items: Iterable[str]) -> Blocks:
    """“1. …”, “2. …”; a single one needs no number."""
    listed = tuple(items)
    for number, item in enumerate(listed, 1):
        yield from said(f"{number}. {item}" if len(listed) > 1 else item)


def listed(label: str, items: tuple[str, ...]) -> Blocks:
    """“Lý do: …” of one item, or the label and below it the numbered items."""
    if len(items) > 1:
        yield Line("Thân bài", f"{label}:", kept=True)
        yield from points(items)
    else:
        yield from field(label, "\n".join(items))


def closing(text: str) -> Blocks:
    """The last words of a paper, which end with “./.”."""
    yield from said(text.rstrip("./;") + "./.")


# --- people, days, documents ----------------------------------------------------------------


def person(citizen: Citizen, to_fill: bool = False) -> Blocks:
    """Name, identity paper, address; what is not known is left out, or left to the pen."""
    yield from field("Họ và tên", citizen.name)
    if citizen.identity:
        yield from said(identity(citizen.identity))
    elif to_fill:
        yield from field(IDENTITY, "")
        yield from said(f"Ngày cấp: {NO_DAY}, nơi cấp: {NOT_KNOWN[:12]}")
    if citizen.address or to_fill:
        yield from field("Địa chỉ", citizen.address)


def identity(shown: Identity) -> str:
    """The identity paper as the forms of the decrees ask for it."""
    day = f"{shown.issued_on:%d/%m/%Y}" if shown.issued_on else NO_DAY
    return f"{IDENTITY}: {shown.number}, ngày cấp: {day}, nơi cấp: {shown.issued_by or NOT_KNOWN}"


def officer(label: str, clerk: Clerk) -> Blocks:
    """“Người nhận: Trần Thị Mai, nhân viên văn thư”"""
    yield from field(label, ", ".join(filter(None, (clerk.name, clerk.position))))


def due(words: str, day: DueDay) -> Blocks:
    """Until when, and why it is this day, as on the screen."""
    yield from said(f"{words}: {format_day(day.on)}.")
    if day.because:
        yield Line("Giải thích", "Vì sao hạn là ngày này?", kept=True)
    yield from (Line("Giải thích", f"- {sentence}") for sentence in day.because)


def enclosures(papers: tuple[Enclosure, ...], title: str) -> Blocks:
    """The documents handed in as a table, or the words that there are none."""
    if not papers:
        yield from said("Tài liệu kèm theo: không có.")
        return
    heads = (Column("pages", "Số trang"), Column("state", "Tình trạng", "text"))
    rows = (
        Row(str(n), f"{n}. {one.name}", (Cell(one.pages), Cell(one.state, "text")))
        for n, one in enumerate(papers, 1)
    )
    yield Table("enclosures", title, "Tên thông tin, tài liệu", heads, tuple(rows))


# --- the end of a paper ---------------------------------------------------------------------


def signatures(*pairs: tuple[Signature | None, Signature | None]) -> Blocks:
    """Places to sign by hand, two beside each other."""
    yield Line("Thân bài", "", kept=True)
    (first_left, first_right), *others = pairs
    below = ((_by_hand(left, BETWEEN), _by_hand(right, BETWEEN)) for left, right in others)
    yield Sides(((_by_hand(first_left), _by_hand(first_right)), *below))


def _by_hand(place: Signature | None, *above: Room) -> Side:
    if place is None:
        return ()
    return (
        *above,
        Line("Chức vụ", place.title.upper()),
        Line("Cách ký", f"({place.how})"),
        Room(SIGNATURE_ROOM),
        Line("Người ký", place.name),
    )
