"""Reception of citizens: the published timetable, the appointments, the register."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response as Answer

from analysis.spans import year_of
from feedback import access, clock, db
from feedback.models.meetings import Reception, Visit
from feedback.models.units import Unit
from feedback.rules.lifecycle import MoveRefused
from feedback.web import here, noting, proof, words
from feedback.web.counter import appointments, publishing, register, registry, timetable
from feedback.web.counter.asked import asked_period, asked_unit, units_of
from forms.meetings import CancelForm, FollowUpForm

blueprint = Blueprint("meetings", __name__)

BAD = 422


# --- the timetable ----------------------------------------------------------------------------


@blueprint.get("/tiep-cong-dan")
def receptions() -> str:
    return _timetable()


@blueprint.route("/tiep-cong-dan/moi", methods=["GET", "POST"])
def publish() -> str | Answer:
    units = units_of(here.scope().reads)
    form = publishing.form(units)
    if not form.validate_on_submit() or not publishing.in_time(form):
        return _again("meetings/publish.html", form, why=publishing.why_short(form))
    session = publishing.publish(form, units[form.unit_code])
    if session is None:
        return _again("meetings/publish.html", form, why=None)
    db.session.commit()
    flash(publishing.published_words(session), "ok")
    return redirect(url_for("meetings.receptions", unit=session.unit.code), 303)


@blueprint.post("/tiep-cong-dan/<int:reception_id>/huy")
def cancel(reception_id: int) -> str | Answer:
    mine = access.receptions(here.scope()).where(Reception.id == reception_id)
    session = db.session.scalar(mine) or abort(404)
    form = CancelForm(prefix=timetable.prefix(session.id))
    if not form.validate_on_submit():
        return make_response(_timetable(session.unit, {session.id: form}), BAD)
    if session.cancelled_on is None and session.held_on >= clock.today():
        session.cancel(clock.today(), form.note.data)
        db.session.commit()
    flash(_("Đã hủy buổi tiếp. Trên lịch của phụ huynh, buổi này ghi là đã hủy, kèm lý do."), "ok")
    return redirect(url_for("meetings.receptions", unit=session.unit.code), 303)


def _timetable(unit: Unit | None = None, forms: dict[int, CancelForm] | None = None) -> str:
    units = units_of(here.scope().reads)
    chosen = unit or asked_unit(units.values()) or next(iter(units.values()))
    page = timetable.page(here.scope(), units, chosen)
    return render_template(
        "meetings/receptions.html",
        page=page,
        waiting=appointments.waiting(here.scope(), chosen),
        forms=timetable.cancel_forms(page["coming"], forms or {}),
    )


# --- the register -----------------------------------------------------------------------------


@blueprint.get("/so-tiep-cong-dan")
def visits() -> str:
    asked = asked_period(year_of(clock.today()))
    unit = _own_unit()
    page = registry.page(here.scope(), unit, asked, request.args.get("after", ""))
    return render_template("meetings/visits.html", page=page, asked=asked, unit=unit)


@blueprint.get("/so-tiep-cong-dan/in")
def book() -> str:
    asked, unit = asked_period(year_of(clock.today())), _own_unit()
    rows = register.shown(here.scope(), registry.of_period(here.scope(), unit, asked))
    return render_template("meetings/book.html", rows=rows, asked=asked, unit=unit)


@blueprint.get("/so-tiep-cong-dan.csv")
@proof.fresh
def visits_csv() -> Answer:
    asked, unit = asked_period(year_of(clock.today())), _own_unit()
    rows = register.shown(here.scope(), registry.of_period(here.scope(), unit, asked))
    answer = Response(register.as_table(rows).to_csv(), mimetype="text/csv")
    name = f"so-tiep-cong-dan-{unit.code.lower()}.csv"
    noting.taken(name)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@blueprint.route("/so-tiep-cong-dan/moi", methods=["GET", "POST"])
def record() -> str | Answer:
    units = units_of(here.scope().own)
    form = registry.form(units)
    valid = form.validate_on_submit()
    appointment = registry.appointment(form)
    if not valid or form.errors:
        return _again("meetings/record.html", form)
    try:
        visit = registry.record(form, units[form.unit_code], appointment)
        db.session.commit()
    except MoveRefused as refused:
        db.session.rollback()
        form.tell.errors = [words.refused(refused)]
        return _again("meetings/record.html", form)
    flash(registry.recorded_words(visit, told=bool(form.tell.data)), "ok")
    return redirect(url_for("meetings.visits", unit=visit.unit.code), 303)


@blueprint.route("/so-tiep-cong-dan/<unit>/<int:year>/<int:number>", methods=["GET", "POST"])
def visit(unit: str, year: int, number: int) -> str | Answer:
    found = registry.find(here.scope(), unit, year, number) or abort(404)
    form = FollowUpForm(obj=found)
    if not form.validate_on_submit():
        return _again("meetings/visit.html", form, row=_row(found))
    register.follow_up(found, form)
    db.session.commit()
    flash(_("Đã ghi thêm vào sổ."), "ok")
    return redirect(url_for("meetings.visit", unit=unit, year=year, number=number), 303)


def _row(found: Visit) -> dict[str, Any]:
    return register.shown(here.scope(), [found])[0]


def _again(template: str, form: Any, **facts: Any) -> Answer:
    """The page of a form: as it is first seen, or with what is wrong."""
    page = render_template(template, form=form, **facts)
    return make_response(page, BAD if form.is_submitted() else 200)


def _own_unit() -> Unit:
    units = units_of(here.scope().own)
    return asked_unit(units.values()) or next(iter(units.values()))
