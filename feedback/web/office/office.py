"""The Office's own pages: every school at a glance, and the days that are no working days."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response as Answer

from analysis.spans import half_of
from feedback import access, clock, db
from feedback.models.units import Holiday
from feedback.rules.calendar import DAY_KINDS, SWAPPED_WORKING
from feedback.web import here, noting
from feedback.web.counter.asked import asked_period
from feedback.web.office import holidays as special
from feedback.web.office import schools as overview
from feedback.web.words import day as in_words
from forms.account import ButtonForm
from forms.office import HolidayForm

blueprint = Blueprint("office", __name__)


def _overseer() -> access.Scope:
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
    return render_template("office/schools.html", asked=asked, page=page)


@blueprint.get("/cac-truong.csv")
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


def _keeper() -> None:
    """Who oversees or administers keeps the calendar; for anybody else there is no such page."""
    scope = here.scope()
    if not (scope.oversees or scope.administers):
        abort(404)


@blueprint.route("/thiet-lap/ngay-nghi", methods=["GET", "POST"])
def holidays() -> str | Answer:
    _keeper()
    form = HolidayForm([(code, _(label)) for code, label in DAY_KINDS.items()], SWAPPED_WORKING)
    if form.validate_on_submit() and _is_new(form):
        added = Holiday()
        form.populate_obj(added)
        db.session.add(added)
        return _kept(_("Đã thêm %(day)s: %(name)s.", day=in_words(added.day), name=added.name))
    days = special.every_day()
    return render_template(
        "office/holidays.html",
        form=form,
        years=special.by_year(days),
        lacking=special.lacking_years(),
        shipped=len(special.shipped()),
    )


def _is_new(form: HolidayForm) -> bool:
    found = special.known(form.day.data)
    if found is None:
        return True
    form.day.errors = [
        _(
            "%(day)s đã có trong lịch: %(name)s (%(kind)s). Muốn đổi, mời xóa dòng đó trước.",
            day=in_words(found.day),
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
    fresh = special.shipped()
    db.session.add_all(map(special.row_of, fresh))
    return _kept(_("Đã nạp %(n)s ngày từ lịch có sẵn.", n=len(fresh)))


def _holiday(holiday_id: int) -> Holiday:
    """A day of the country's calendar; a unit's own days are not edited here."""
    _keeper()
    found = db.session.get(Holiday, holiday_id)
    if found is None or found.unit_id is not None:
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
