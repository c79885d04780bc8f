"""The desk's lists: a filter of text keys narrowed in SQL, and folders counted at once."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, func, or_, select, true
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from analysis.counting.where import WHERE_KEYS, clean_where
from analysis.language import fold
from feedback.facts import Condition, Where, counted
from feedback.models.cases import Case
from feedback.models.looks import changed_since
from feedback.models.points import QrPoint
from feedback.models.signings import waiting_at
from feedback.paging import BY_DUE, NEWEST, Order
from feedback.rules.lifecycle import ENDED, OPEN
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.subjects import SUBJECTS

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, from which desks, on which day; `soon_on` is the last day that is soon."""

    officer_id: int
    own: frozenset[int]
    today: date
    soon_on: date
    # Colleagues who are away and named this officer.
    stands_in_for: frozenset[int] = frozenset()
    # The units this officer signs for.
    signs: frozenset[int] = frozenset()

    @property
    def handlers(self) -> frozenset[int]:
        """Whose cases are “mine” today."""
        return self.stands_in_for | {self.officer_id}


# --- folders ----------------------------------------------------------------------------------

_IS_OPEN = Case.status.in_(OPEN)


@dataclass(frozen=True, slots=True)
class Folder:
    """A tab of the inbox. `desk`: of the officer's own desks, of others, or any it may read."""

    code: str
    label: str
    holds: Callable[[Viewer], Condition]
    desk: str = "own"
    newest_first: bool = False
    tone: str = ""
    when_any: bool = False


FOLDERS: dict[str, Folder] = {
    folder.code: folder
    for folder in (
        Folder(
            "alarm",
            "Báo khẩn",
            lambda _: Case.alarmed.is_(True),
            desk="any",
            tone="danger",
            when_any=True,
        ),
        Folder("open", "Đang xử lý", lambda _: _IS_OPEN),
        Folder("new", "Mới", lambda _: Case.status == "new"),
        Folder(
            "to_sign",
            "Chờ ký",
            lambda v: Case.id.in_(waiting_at(v.signs)),
            desk="any",
            tone="warn",
            when_any=True,
        ),
        Folder(
            "unread",
            "Có điều mới",
            lambda v: and_(
                Case.status.in_((*OPEN, "answered")), Case.id.in_(changed_since(v.officer_id))
            ),
            when_any=True,
        ),
        Folder("mine", "Của tôi", lambda v: and_(_IS_OPEN, Case.handler_id.in_(v.handlers))),
        Folder(
            "soon",
            "Sắp đến hạn",
            lambda v: and_(_IS_OPEN, Case.due_on.between(v.today, v.soon_on)),
            tone="warn",
        ),
        Folder("overdue", "Quá hạn", lambda v: Case.late(v.today), tone="danger"),
        Folder("waiting", "Chờ phụ huynh", lambda _: Case.status == "waiting"),
        Folder("closed", "Đã xong", lambda _: Case.status.in_(ENDED), newest_first=True),
        Folder("elsewhere", "Nơi khác giải quyết", lambda _: _IS_OPEN, "other", when_any=True),
        Folder("all", "Tất cả", lambda _: true(), "any", newest_first=True),
    )
}


def _in_folder(code: str, where: Where, viewer: Viewer) -> Condition:
    folder = FOLDERS[code]
    return and_(folder.holds(viewer), _at_desk(folder.desk, where, viewer))


def _at_desk(desk: str, where: Where, viewer: Viewer) -> Condition:
    """Whose desk the folder shows; a filter by unit takes its place."""
    if desk == "any" or {"unit", "owner"} & where.keys():
        return true()
    own = Case.owner_id.in_(viewer.own)
    return own if desk == "own" else ~own


def counts(
    session: Session, statement: Select[tuple[Case]], where: Where, viewer: Viewer
) -> dict[str, int]:
    """How many cases of a filter lie in each folder; one reading of the table for all of them."""
    columns = [
        func.count(sql_case((_in_folder(code, where, viewer), 1))).label(code) for code in FOLDERS
    ]
    plain = {name: value for name, value in where.items() if name != "folder"}
    found = session.execute(narrow(statement, plain, viewer).with_only_columns(*columns)).one()
    return dict(zip(FOLDERS, found, strict=True))


# --- filters ----------------------------------------------------------------------------------

# The keys of a figure, and what only a list can be asked.
FIGURE_KEYS = tuple(
    name for name, key in WHERE_KEYS.items() if "cases" in key.lists and name != "list"
)
LIST_KEYS = ("folder", "q", "point", "as_of")
KEYS = (*FIGURE_KEYS, *LIST_KEYS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: the filter that makes sense, and the names of what does not."""

    where: dict[str, str]
    ignored: tuple[str, ...]


def read(asked: Where, units: Collection[str], points: Collection[str]) -> Asked:
    """The filter among an address's arguments; `units` and `points` are those the officer knows.

    Someone else's unit is as unknown as one that does not exist.
    """
    given = {name: value.strip() for name, value in asked.items() if value.strip()}
    if given.get("list") == "cases":
        del given["list"]
    known: dict[str, Collection[str]] = {
        "folder": FOLDERS,
        "kind": PETITION_KINDS,
        "subject": (*SUBJECTS, "-"),
        "unit": units,
        "point": points,
    }
    wanted = {name: value for name, value in given.items() if name in (*KEYS, "list")}
    where = {name: value for name, value in wanted.items() if _makes_sense(name, value, known)}
    return Asked(where, tuple(name for name in wanted if name not in where))


def _makes_sense(name: str, value: str, known: Mapping[str, Collection[str]]) -> bool:
    if name in known:
        return value in known[name]
    if name == "q":
        return len(value) <= LONGEST_SEARCH
    try:
        if name == "as_of":
            return date.fromisoformat(value) >= date(2000, 1, 1)
        return bool(clean_where({name: value})) and name != "list"
    except ValueError:
        return False


def folder_of(where: Where) -> str:
    """The folder asked for; else what is being worked on, or everything that a filter finds."""
    return where.get("folder") or ("all" if where else "open")


def narrow(statement: Select[tuple[Case]], where: Where, viewer: Viewer) -> Select[tuple[Case]]:
    """The cases of a statement that a filter keeps; it must be one that `read` has let through."""
    figure = {name: where[name] for name in FIGURE_KEYS if name in where}
    if figure:
        as_of = date.fromisoformat(where["as_of"]) if "as_of" in where else viewer.today
        statement = statement.where(counted(figure, as_of))
    if "folder" in where:
        statement = statement.where(_in_folder(where["folder"], where, viewer))
    if "point" in where:
        point = select(QrPoint.id).where(QrPoint.code == where["point"]).scalar_subquery()
        statement = statement.where(Case.point_id == point)
    return statement.where(*_says(where.get("q", "")))


def _says(text: str) -> list[Condition]:
    """Every word, with or without accents, somewhere in what was written or the reference."""
    return [
        or_(
            Case.folded.contains(word, autoescape=True),
            func.lower(Case.reference).contains(word, autoescape=True),
        )
        for word in dict.fromkeys(fold(text).split())
    ]


def order_of(where: Where) -> Order:
    return NEWEST if FOLDERS[folder_of(where)].newest_first else BY_DUE
