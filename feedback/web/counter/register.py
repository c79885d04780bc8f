"""The register of receptions (Sổ tiếp công dân, Mẫu 03/TCD): rows written, opened and shown."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from analysis.table import Cell, Column, Row, Table
from feedback import access, db
from feedback.models.cases import Case
from feedback.models.meetings import Reception, Visit, next_number
from feedback.models.units import Unit
from feedback.rules.groups import is_crowd
from feedback.rules.petitions import PETITION_KINDS
from feedback.scopes import Scope
from feedback.sealing import SealBroken, seal, unseal
from feedback.web import here
from forms.meetings import FollowUpForm, Person, VisitForm

Shown = dict[str, Any]

# What is kept of a row, field by field as the form names it.
FOLLOWED = ("settled_by", "competent", "guided_to", "passed_to", "result", "note")
WORDS_SHOWN = 220


def kinds() -> list[tuple[str, str]]:
    """The kinds a person may come with (column 6)."""
    return [(code, _(PETITION_KINDS[code].label)) for code in ("PA", "KNGHI", "GY", "KN", "TC")]


def modes(unit: Unit | None) -> list[tuple[str, str]]:
    """Who may have received, in the words of a school or of an office."""
    head = _("Hiệu trưởng tiếp") if unit and unit.is_school else _("Thủ trưởng tiếp")
    return [
        ("regular", _("Cán bộ tiếp thường xuyên")),
        ("head", head),
        ("delegated", _("Người được ủy quyền tiếp")),
    ]


def _same(form: VisitForm, unit: Unit) -> Visit | None:
    """The row this very form has already written: somebody pressed twice."""
    alike = select(Visit).where(
        Visit.unit_id == unit.id,
        Visit.officer_id == here.officer().id,
        Visit.received_at == form.moment,
        Visit.content == form.content.data,
    )
    return next((v for v in db.session.scalars(alike) if person(v) == form.person()), None)


def enter(form: VisitForm, unit: Unit, case: Case | None) -> Visit:
    """A new row under the next number of its unit and year, its person sealed.

    Of two presses of the same button the first counts: the number is asked for first, because that
    makes the second press wait until the row of the first is there to be found.
    """
    number = next_number(db.session(), unit, form.moment.year)
    return _same(form, unit) or _new(form, unit, case, number)


def _new(form: VisitForm, unit: Unit, case: Case | None, number: int) -> Visit:
    at = form.moment
    visit = Visit(
        unit=unit,
        unit_id=unit.id,
        case_id=case.id if case else None,
        officer_id=here.officer().id,
        number=number,
        received_at=at,
        received_on=at.date(),
        mode=form.mode.data,
        people=form.people.data,
        matters=form.matters.data,
        kind_code=form.kind.data,
        content=form.content.data,
    )
    follow_up(visit, form)
    visit.reception_id = _session_of(visit)
    plain = json.dumps(asdict(form.person()), ensure_ascii=False).encode()
    visit.sealed_person = seal(here.keys().contact, plain, visit.seal_context)
    db.session.add(visit)
    return visit


def follow_up(visit: Visit, form: FollowUpForm) -> None:
    """What came of it, as far as it is known now."""
    for name in FOLLOWED:
        setattr(visit, name, form[name].data)


def person(visit: Visit) -> Person:
    """Who was received, opened; a name that says so when it cannot be."""
    if visit.sealed_person is None:
        return Person()
    try:
        return Person(
            **json.loads(unseal(here.keys().contact, visit.sealed_person, visit.seal_context))
        )
    except SealBroken:
        return Person(name=_("(không mở được: khóa mã hóa đã đổi)"))


def _session_of(visit: Visit) -> int | None:
    """The published session this was, if there was one of that kind on that day."""
    return db.session.scalar(
        select(Reception.id)
        .where(
            Reception.unit_id == visit.unit_id,
            Reception.held_on == visit.received_on,
            Reception.mode == visit.mode,
            Reception.cancelled_on.is_(None),
        )
        .limit(1)
    )


def references(scope: Scope, visits: Iterable[Visit]) -> dict[int, str]:
    """References of the linked appointments, of those this officer may (still) see."""
    ids = [visit.case_id for visit in visits if visit.case_id]
    seen = access.cases(scope).where(Case.id.in_(ids))
    return {case.id: case.reference for case in db.session.scalars(seen)}


def shown(scope: Scope, visits: Sequence[Visit]) -> list[Shown]:
    """Rows as the pages show them: all thirteen columns, and what the figures count."""
    seen = references(scope, visits)
    return [_row(visit, seen.get(visit.case_id or 0, "")) for visit in visits]


def _row(visit: Visit, reference: str) -> Shown:
    who = person(visit)
    return {
        "number": visit.number,
        "href": url_for(
            "meetings.visit",
            unit=visit.unit.code,
            year=visit.received_on.year,
            number=visit.number,
        ),
        "day": f"{visit.received_on:%d/%m/%Y}",
        "name": who.name,
        "address": who.address,
        "identity": who.identity,
        "content": visit.content,
        "short": shortened(visit.content),
        "kind": _(PETITION_KINDS[visit.kind_code].label),
        "people": visit.people,
        "matters": visit.matters,
        "group": is_crowd(visit.people),
        "mode": dict(modes(visit.unit)).get(visit.mode, visit.mode),
        "reference": reference,
        "officer": visit.officer.name,
        **{name: getattr(visit, name) for name in FOLLOWED},
    }


def shortened(text: str) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= WORDS_SHOWN else line[:WORDS_SHOWN].rsplit(" ", 1)[0] + " …"


def as_table(rows: Iterable[Shown]) -> Table:
    """The register for a spreadsheet: without name, address and identity number."""
    columns = {
        "day": _("Ngày tiếp"),
        "content": _("Nội dung"),
        "kind": _("Loại đơn"),
        "people": _("Số người cùng nội dung"),
        "matters": _("Số vụ việc"),
        "mode": _("Hình thức tiếp"),
        "group": _("Đoàn đông người"),
        "settled_by": _("Cơ quan đã giải quyết"),
        "competent": _("Thuộc thẩm quyền"),
        "guided_to": _("Hướng dẫn đến cơ quan"),
        "passed_to": _("Cơ quan thụ lý"),
        "result": _("Theo dõi kết quả"),
        "note": _("Ghi chú"),
    }
    return Table(
        code="visits",
        title=_("Sổ tiếp công dân"),
        stub=_("Số thứ tự"),
        columns=tuple(Column(code, label, "text", "none") for code, label in columns.items()),
        rows=tuple(
            Row(str(row["number"]), str(row["number"]), tuple(_cell(row[code]) for code in columns))
            for row in rows
        ),
    )


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return Cell("x" if value else "", "text")
    return Cell(value, "text")
