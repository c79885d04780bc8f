"""The Office's own pages: every school at a glance, and the days that are no working days."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response as Answer

from analysis.spans import half_of
from feedback import clock, db
from feedback.models.units import Holiday, unit_by_code
from feedback.rules.calendar import DAY_KINDS, SWAPPED_WORKING, SpecialDay
from feedback.scopes import Scope
from feedback.web import here, noting, proof
from feedback.web.counter.asked import asked_period
from feedback.web.office import holidays as special
from feedback.web.office import schools as overview
from feedback.web.words import day as in_words
from feedback.web.words import day_alone
from forms.account import ButtonForm
from forms.office import HolidayForm

blueprint = Blueprint("office", __name__)


def _overseer() -> Scope:
    """The scope of somebody who oversees others; for anybody else there is no such page."""
    scope = here.scope()
    if not scope.oversees:
        abort(404)
    return scope


# --- every school -----------------------------------------------------------------------------


@blueprint.get("/cac-truong")
def schools() -> str:
    scope = _overseer()
    asked = asked_period(half_of(clock.today()))
    page = overview.page(overview.ground(scope), asked.period or half_of(clock.today()))
    lacking = special.lacking_years()
    return render_template("office/schools.html", asked=asked, page=page, lacking=lacking)


@blueprint.get("/cac-truong.csv")
@proof.fresh
def schools_csv() -> Response:
    """The full table, as a spreadsheet reads it."""
    scope = _overseer()
    asked = asked_period(half_of(clock.today()))
    if asked.complaint or asked.period is None:
        abort(404)
    facts = overview.full_table(overview.counted(overview.ground(scope), asked.period))
    return as_csv(facts.to_csv(), f"cac-truong-{asked.period.code}")


def as_csv(text: str, name: str) -> Response:
    """A file to keep, under a plain name; the ledger knows who took it."""
    noting.taken(name)
    response = Response(text, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


# --- the calendar -----------------------------------------------------------------------------


def _keeper() -> Scope:
    """Who oversees or administers keeps the calendar; for anybody else there is nothing to do."""
    scope = here.scope()
    if not special.keeps(scope):
        abort(404)
    return scope


@blueprint.get("/thiet-lap/ngay-nghi")
def holidays() -> str:
    """The calendar, for everybody whose matters are counted by it."""
    scope = here.scope()
    return _page(_form(scope) if special.keeps(scope) else None)


@blueprint.post("/thiet-lap/ngay-nghi")
def add_holiday() -> str | Answer:
    scope = _keeper()
    form = _form(scope)
    special.in_turn()
    if not (form.validate_on_submit() and _is_new(form)):
        return _page(form)
    unit = db.session.scalar(unit_by_code(form.unit.data)) if form.unit.data else None
    added = Holiday.new(_told(form), unit)
    db.session.add(added)
    return _kept(_("Đã thêm %(day)s: %(name)s.", day=in_words(added.day), name=added.name))


def _form(scope: Scope) -> HolidayForm:
    form = HolidayForm([(code, _(label)) for code, label in DAY_KINDS.items()], SWAPPED_WORKING)
    form.offer_units([(unit.code, unit.name) for unit in special.own_units(scope)])
    return form


def _page(form: HolidayForm | None) -> str:
    scope = here.scope()
    return render_template(
        "office/holidays.html",
        form=form,
        years=special.by_year(special.every_day(scope), scope),
        lacking=special.lacking_years(),
        shipped=len(special.shipped()) if form else 0,
    )


def _told(form: HolidayForm) -> SpecialDay:
    return SpecialDay(
        form.day.data,
        form.kind.data,
        form.name.data,
        form.source.data,
        confirmed=form.confirmed.data,
    )


def _is_new(form: HolidayForm) -> bool:
    found = special.known(form.day.data, here.scope())
    if found is None:
        return True
    form.day.errors = [
        _(
            "%(day)s đã có trong lịch: %(name)s (%(kind)s). Muốn đổi, mời xóa dòng đó trước.",
            day=day_alone(found.day),
            name=found.name,
            kind=_(DAY_KINDS[found.kind]),
        )
    ]
    return False


@blueprint.post("/thiet-lap/ngay-nghi/<int:holiday_id>/xoa")
def remove_holiday(holiday_id: int) -> Answer:
    gone = _holiday(holiday_id)
    if not ButtonForm().validate_on_submit():
        return _again()
    db.session.delete(gone)
    return _kept(_("Đã xóa %(day)s: %(name)s.", day=in_words(gone.day), name=gone.name))


@blueprint.post("/thiet-lap/ngay-nghi/<int:holiday_id>/xac-nhan")
def confirm_holiday(holiday_id: int) -> Answer:
    found = _holiday(holiday_id)
    if not ButtonForm().validate_on_submit():
        return _again()
    found.confirmed = True
    return _kept(_("Đã ghi: %(day)s đã đối chiếu.", day=in_words(found.day)))


@blueprint.post("/thiet-lap/ngay-nghi/nap-lich")
def import_holidays() -> Answer:
    _keeper()
    if not ButtonForm().validate_on_submit():
        return _again()
    special.in_turn()
    fresh = special.shipped()
    db.session.add_all(map(Holiday.new, fresh))
    return _kept(_("Đã nạp %(n)s ngày từ lịch có sẵn.", n=len(fresh)))


def _holiday(holiday_id: int) -> Holiday:
    """A day of the country or of one's own unit; to others nobody here has a hand."""
    scope = _keeper()
    found = db.session.get(Holiday, holiday_id)
    if found is None or not special.may_change(scope, found):
        abort(404)
    return found


def _kept(said: str) -> Answer:
    """Store the edit; from now on terms are counted by the new calendar."""
    db.session.commit()
    here.forget_calendar()
    flash(said, "ok")
    return redirect(url_for("office.holidays"))


def _again() -> Answer:
    flash(_("Trang đã mở quá lâu, chưa có gì được ghi. Mời bấm lại."), "warn")
    return redirect(url_for("office.holidays"))
