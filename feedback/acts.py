"""From the rows a transaction wrote to the acts it did: who, what, on which object."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect

from feedback.bound import Binding, subject_of

# Rows that tell no act of their own: they ride with the event that wrote them.
BODIES = frozenset(
    {
        "attachment", "case_deadline", "case_file", "case_handover", "case_pause", "message",
        "qr_point", "question", "sender", "submission", "unit_name", "unit_parent", "unit_report",
    }
)  # fmt: skip
EVENT = "_event"


@dataclass(frozen=True, slots=True)
class Acting:
    """Who is at it: kind ("staff", "parent", "public", "system"), and for staff who and as what."""

    kind: str
    officer_id: int | None = None
    role: str = ""


@dataclass(slots=True)
class Touched:
    """A bound row that was added, changed or removed, and what it is now once it was read."""

    row: Any
    binding: Binding
    how: str
    fields: list[str]
    columns: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    subject: str = ""

    def now_is(self, columns: dict[str, Any]) -> None:
        """What the row is at the end of the transaction, and with it whose."""
        self.columns, self.key = columns, self.binding.key(columns)
        self.subject = subject_of(self.binding.name, columns, self.key)

    def again(self, how: str, fields: Iterable[str]) -> None:
        """The same row once more in the same transaction."""
        if how == "remove" or self.how == "remove":
            self.how = how
        self.fields += [name for name in fields if name not in self.fields]

    @property
    def identity(self) -> tuple[Any, ...]:
        return tuple(self.binding.mapper.primary_key_from_instance(self.row))


@dataclass(frozen=True, slots=True)
class Bound:
    """One row as an entry binds it; without columns it is gone. `fresh`: its subject is new too."""

    key: str
    subject: str
    columns: dict[str, Any]
    fresh: bool


@dataclass(slots=True)
class Draft:
    """An entry before it has its place in the chain."""

    action: str
    object: str
    by: Acting
    unit_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    rows: list[Bound] = field(default_factory=list)


def drafts_of(touched: list[Touched], by: Acting) -> list[Draft]:
    """One draft for each act; a row without an act of its own goes to the act on its object."""
    heads = [one for one in touched if one.binding.name not in BODIES]
    drafts: list[Draft] = []
    home: dict[str, Draft] = {}
    fresh = {one.key for one in touched if one.how == "add"}
    for one in heads:
        draft = _draft(one, by)
        draft.rows.append(_bound(one, fresh))
        drafts.append(draft)
        home.setdefault(one.subject, draft)
    for one in touched:
        if one.binding.name in BODIES:
            _take_home(one, drafts, home, by, fresh)
    return drafts


def _take_home(
    one: Touched, drafts: list[Draft], home: dict[str, Draft], by: Acting, fresh: set[str]
) -> None:
    draft = home.get(one.subject) or (drafts[0] if drafts else None)
    if draft is None:
        draft = _draft(one, by)
        drafts.append(draft)
    home.setdefault(one.subject, draft)
    if draft.unit_id is None:
        draft.unit_id = _unit(one)
    draft.rows.append(_bound(one, fresh))


def _bound(one: Touched, fresh: set[str]) -> Bound:
    columns = {} if one.how == "remove" else one.columns
    return Bound(one.key, one.subject, columns, one.subject in fresh)


def _draft(one: Touched, by: Acting) -> Draft:
    """The act this row tells of. Of what changed only the names of the fields, never the words."""
    row, name = one.columns, one.binding.name
    if name.endswith(EVENT) and "move_code" in row:
        kind = name.removesuffix(EVENT)
        who = _actor(row, by)
        steps = {"from": row["from_status"], "to": row["to_status"]} if "to_status" in row else {}
        return Draft(f"{kind}.{row['move_code']}", _of(row, kind, one), who, _unit(one), steps)
    detail = {"fields": one.fields} if one.how == "change" else {}
    return Draft(f"{name}.{one.how}", one.key, by, _unit(one), detail)


def _actor(row: dict[str, Any], by: Acting) -> Acting:
    """Who the event names; what they act as is known when it is who is signed in."""
    officer_id = row["officer_id"]
    if officer_id is not None and officer_id == by.officer_id:
        return by
    return Acting(row.get("actor") or ("staff" if officer_id else by.kind), officer_id)


def _of(row: dict[str, Any], kind: str, one: Touched) -> str:
    """What an event is about: the first reference it has besides who and where."""
    for column, table in (("case_id", "case_file"), ("report_id", "unit_report")):
        if column in row:
            return f"{table}/{row[column]}"
    return f"{kind}/{row[f'{kind}_id']}" if f"{kind}_id" in row else one.key


def _unit(one: Touched) -> int | None:
    """The unit the act belongs to."""
    if one.binding.name == "unit":
        return int(one.columns["id"])
    if one.binding.name == "case_file":
        return int(one.columns["owner_id"])
    found = getattr(one.row, "unit_id", None)
    return found if found is not None or inspect(one.row).detached else _by_way(one)


def _by_way(one: Touched) -> int | None:
    """The unit of what the row belongs to, when that is in hand already."""
    for name in ("report", "point", "survey", "case"):
        relation = one.row.__dict__.get(name)
        if relation is not None:
            return getattr(relation, "unit_id", None)
    return None
