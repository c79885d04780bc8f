"""What official papers are made of: plain facts given to them, no case and no database row."""

from dataclasses import dataclass
from datetime import date

from feedback.papers.wording import dated
from feedback.rules.petitions import PETITION_KINDS, SIGNED_KINDS
from feedback.rules.sentences import Refusal


class PaperRefused(Refusal):
    """A paper the law does not allow; the sentence is for the person who asked for it."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues the paper, where and when; without a number it leaves room for the pen."""

    superior: str
    issuer: str
    place: str
    number: str | None
    symbol: str  # of the issuer alone, "THLĐT"; the kind of paper brings its own, "TB"
    dated: date
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: "Hiệu trưởng"; `authority` is the line above it, "TM. ỦY BAN NHÂN DÂN".

    A deputy signs "KT. HIỆU TRƯỞNG"; the `office` that decides stays the head's, "Hiệu trưởng".
    """

    title: str
    name: str | None = None
    authority: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a paper is written in: its letterhead and its signer."""

    head: Letterhead
    signer: Signer

    @property
    def issuer(self) -> str:
        return self.head.issuer

    @property
    def resolver(self) -> str:
        """The person who decides, by office: "Hiệu trưởng Trường Tiểu học Lê Đức Thọ"."""
        return f"{self.signer.office or self.signer.title} {self.head.issuer}"


@dataclass(frozen=True, slots=True)
class Identity:
    """The paper a citizen showed: căn cước, định danh cá nhân, hộ chiếu."""

    number: str
    issued_on: date | None = None
    issued_by: str = ""


@dataclass(frozen=True, slots=True)
class Citizen:
    """Who complains, denounces or proposes. No paper that reaches the denounced holds one."""

    name: str
    address: str
    identity: Identity | None = None
    contact: str = ""

    @property
    def called(self) -> str:
        return f"ông (bà) {self.name}"


@dataclass(frozen=True, slots=True)
class Clerk:
    """An officer by name and position, as papers name one."""

    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What came in, by its kind and in its sender's words."""

    kind_code: str
    content: str
    received_on: date
    reference: str

    @property
    def kind(self) -> str:
        """“khiếu nại”, “phản ánh”"""
        return PETITION_KINDS[self.kind_code].label.lower()

    @property
    def paper(self) -> str:
        """“đơn khiếu nại”; what need not be signed is no đơn"""
        return f"đơn {self.kind}" if self.kind_code in SIGNED_KINDS else self.kind


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day of a term, and the sentences that explain it."""

    on: date
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """Another paper that this one speaks of: "Quyết định", "12/QĐ-THLĐT", its day."""

    title: str
    number: str
    dated: date

    @property
    def words(self) -> str:
        return f"{self.title} số\u00a0{self.number} {dated(self.dated)}"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A document handed in: its name, its pages, whether original, copy or certified copy."""

    name: str
    pages: int
    state: str


@dataclass(frozen=True, slots=True)
class Denounced:
    """The person or body denounced: "ông Phạm Văn Hòa", "Phó Hiệu trưởng", the workplace."""

    name: str
    position: str = ""
    workplace: str = ""

    @property
    def called(self) -> str:
        office = " ".join(filter(None, (self.position, self.workplace)))
        return ", ".join(filter(None, (self.name, office)))


@dataclass(frozen=True, slots=True)
class Redacted:
    """What is denounced, point by point, in the resolver's words.

    Cleared by hand of all that could tell who denounced it (Luật Tố cáo 2018 Đ8.3, Đ56.2).
    """

    points: tuple[str, ...]
