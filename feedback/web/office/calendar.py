"""*Nhập lịch từ tệp*: a sheet of special days looked through row by row, then taken whole."""

import hashlib
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import clock, db
from feedback.models.units import Holiday, Unit, above, unit_by_code
from feedback.rules.calendar import DAY_KINDS, SpecialDay
from feedback.rules.calendar_files import (
    FRESH,
    KNOWN,
    WRONG,
    CalendarRefused,
    Line,
    count,
    fresh_days,
    read_lines,
)
from feedback.rules.calendar_sheets import COLUMNS, rows_of, text_of, written
from feedback.scopes import Scope
from feedback.web import here, words
from feedback.web.office import holidays as special
from feedback.web.office.office import as_csv
from forms.office import CalendarFileForm

blueprint = Blueprint("calendar", __name__)

BAD = 422
Lines = tuple[Line, ...]


@blueprint.route("/thiet-lap/ngay-nghi/tep", methods=["GET", "POST"])
def file() -> Response:
    """The form, what the file says row by row, and the button that takes it."""
    form, lines = _form(_keeper()), None
    if form.is_submitted():
        special.in_turn()
        lines = _judged(form)
    if lines and form.write.data and _is_as_seen(form, lines):
        return _taken(form, lines)
    return _page(form, lines)


@blueprint.get("/thiet-lap/ngay-nghi.csv")
def sheet() -> Response:
    """Every special day that holds here, in the shape that is read back."""
    days = {one.day: one.special for one in special.every_day(here.scope())}
    return as_csv(written(days[day] for day in sorted(days)), "ngay-nghi")


@blueprint.get("/thiet-lap/ngay-nghi/tep-mau.csv")
def sample() -> Response:
    """True days of the calendar that ships, so that nobody takes an invented one for real."""
    year = clock.today().year
    days = [one for one in special.shipped_days() if one.day.year == year]
    return as_csv(written(days), "ngay-nghi-mau")


def _keeper() -> Scope:
    scope = here.scope()
    return scope if special.keeps(scope) else abort(404)


def _form(scope: Scope) -> CalendarFileForm:
    form = CalendarFileForm()
    form.offer_units([(unit.code, unit.name) for unit in special.own_units(scope)])
    return form


# --- what the file says -----------------------------------------------------------------------


def _judged(form: CalendarFileForm) -> Lines | None:
    """Each row beside the days known at that unit; None when it is no such file at all."""
    try:
        if form.file.data:
            form.text.data = text_of(form.file.data.read())
        if not form.validate():
            return None
        return read_lines(rows_of(form.text.data), _known(_unit(form)))
    except CalendarRefused as refusal:
        form.complain(words.refused(refusal))
        return None


def _unit(form: CalendarFileForm) -> Unit | None:
    return db.session.scalar(unit_by_code(form.unit.data)) if form.unit.data else None


def _known(unit: Unit | None) -> dict[date, SpecialDay]:
    """The days that hold there already: of the unit, of those above it, of the country."""
    over = {one.id for one in (unit, *above(unit, clock.today()))} if unit else set()
    days = special.every_day(here.scope())
    return {one.day: one.special for one in days if one.unit_id is None or one.unit_id in over}


def _is_as_seen(form: CalendarFileForm, lines: Lines) -> bool:
    """Nothing is written that was not shown before, and nothing of a file with a wrong row."""
    if count(lines, WRONG) or not count(lines, FRESH):
        return False
    if form.seen.data == _seal(form, lines):
        return True
    form.complain(_("Nội dung hoặc lịch đã đổi sau lần kiểm tra. Mời xem lại rồi bấm ghi lần nữa."))
    return False


def _seal(form: CalendarFileForm, lines: Lines) -> str:
    told = repr((form.unit.data, [(one.verdict, one.special) for one in lines]))
    return hashlib.sha256(told.encode()).hexdigest()


def _taken(form: CalendarFileForm, lines: Lines) -> Response:
    fresh, unit = fresh_days(lines), _unit(form)
    db.session.add_all(Holiday.new(one, unit) for one in fresh)
    db.session.commit()
    here.forget_calendar()
    flash(_("Đã thêm %(n)s ngày từ tệp vào lịch.", n=len(fresh)), "ok")
    return redirect(url_for("office.holidays"))


# --- the page ---------------------------------------------------------------------------------

VERDICTS = {FRESH: "Sẽ thêm", KNOWN: "Đã có, giữ nguyên", WRONG: "Cần sửa"}
TONES = {FRESH: "ok", KNOWN: "", WRONG: "danger"}


def _page(form: CalendarFileForm, lines: Lines | None) -> Response:
    wrong = bool(form.errors or form.form_errors or (lines and count(lines, WRONG)))
    if lines:
        form.seen.data = _seal(form, lines)
    html = render_template(
        "calendar/file.html",
        form=form,
        lines=[_row(line) for line in lines or ()],
        counts={verdict: count(lines or (), verdict) for verdict in VERDICTS},
        columns=[_(label) for label in COLUMNS.values()],
        kinds=[_(label) for label in DAY_KINDS.values()],
    )
    return make_response(html, BAD if wrong else 200)


def _row(line: Line) -> dict[str, Any]:
    one = line.special
    return {
        "number": line.number,
        "day": words.day(one.day) if one else line.told,
        "kind": _(DAY_KINDS[one.kind]) if one else "",
        "name": one.name if one else "",
        "source": one.source if one else "",
        "confirmed": bool(one and one.confirmed),
        "verdict": _(VERDICTS[line.verdict]),
        "tone": TONES[line.verdict],
        "why": words.sentence(line.why) if line.why else "",
    }
