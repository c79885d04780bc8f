"""The periodic reports: written and handed in at the school, returned, accepted, put together."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response as Answer

from feedback import clock, db
from feedback.models.reports import ReportMoveRefused, UnitReport
from feedback.rules.outline import SECTIONS, WRITTEN
from feedback.web import here, noting, proof, words
from feedback.web.office import agreement, reportanchor, reportfile, roundlist
from feedback.web.office.consolidation import tables_of, to_hand_in
from feedback.web.office.office import as_csv
from feedback.web.office.reportpaper import docx_of
from forms.reports import AcceptForm, NarrativeForm, SendBackForm

blueprint = Blueprint("reports", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/bao-cao")
def rounds() -> str:
    roundlist.open_what_is_owed()
    found = roundlist.page(here.scope(), request.args.get("round", type=int))
    return render_template("reports/rounds.html", **found)


@blueprint.route("/bao-cao/<int:report_id>", methods=["GET", "POST"])
def report(report_id: int) -> str | Answer:
    found = reportfile.find(report_id)
    form = reportfile.form_of(found)
    if form and form.validate_on_submit() and reportfile.is_fresh(form, found):
        return _write(found, form)
    return _page(found, form)


def _page(
    found: UnitReport,
    form: NarrativeForm | None = None,
    back: SendBackForm | None = None,
) -> str:
    facts = reportfile.page(found, form)
    judging = {
        "back": back or SendBackForm(formdata=None),
        "accept": AcceptForm(formdata=None),
    }
    agrees = agreement.of(found)
    return render_template("reports/report.html", judging=judging, recount=agrees, **facts)


def _write(found: UnitReport, form: NarrativeForm) -> str | Answer:
    """Keep the words; when the head pressed so, hand the report in with its figures."""
    handing_in = form.step.data == "submit"
    if handing_in and not reportfile.powers(found).signs:
        abort(404)
    found.write(form.words(WRITTEN), here.officer(), clock.now())
    try:
        if handing_in:
            found.submit(to_hand_in(found), here.officer(), clock.now())
            reportanchor.drop(found)
        db.session.commit()
    except StaleDataError:  # somebody saved in the same moment; nothing typed may be lost
        db.session.rollback()
        reportfile.say_behind(form, found)
        return _page(found, form)
    said = _("Đã nộp. Số liệu đã chốt.") if handing_in else _("Đã lưu bản nháp.")
    flash(said, "ok")
    return redirect(url_for("reports.report", report_id=found.id))


@blueprint.post("/bao-cao/<int:report_id>/tra-lai")
def send_back(report_id: int) -> str | Answer:
    found = _to_judge(report_id)
    form = SendBackForm()
    if not form.validate_on_submit():
        return _page(found, back=form)
    return _judged(found, form.note.data, _("Đã trả lại để sửa."), accepted=False)


@blueprint.post("/bao-cao/<int:report_id>/duyet")
def accept(report_id: int) -> str | Answer:
    found = _to_judge(report_id)
    form = AcceptForm()
    if not form.validate_on_submit():
        return _page(found)
    return _judged(found, form.note.data or "", _("Đã duyệt."), accepted=True)


def _to_judge(report_id: int) -> UnitReport:
    """A report for the unit above it to judge."""
    found = reportfile.find(report_id)
    manager = found.unit.manager
    if manager is None or manager.id not in here.scope().own:
        abort(404)
    return found


def _judged(found: UnitReport, note: str, said: str, *, accepted: bool) -> Answer:
    try:
        if accepted:
            found.accept(here.officer(), clock.now(), note)
        else:
            found.return_(note, here.officer(), clock.now())
        db.session.commit()
        flash(said, "ok")
    except ReportMoveRefused as refused:
        flash(words.refused(refused), "warn")
    return redirect(url_for("reports.report", report_id=found.id))


# --- papers -----------------------------------------------------------------------------------


@blueprint.get("/bao-cao/<int:report_id>/ban-in")
def paper(report_id: int) -> str:
    found = reportfile.read(report_id)
    facts = reportfile.page(found, None)
    return render_template("reports/paper.html", anchor=reportanchor.foot(found), **facts)


@blueprint.get("/bao-cao/<int:report_id>.docx")
def docx(report_id: int) -> Response:
    found = reportfile.read(report_id)
    response = Response(docx_of(found), mimetype=DOCX)
    name = f"bao-cao-{found.unit.code}-{found.round.period_code}.docx"
    noting.taken(name)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/bao-cao/<int:report_id>/<table_code>.csv")
@proof.fresh
def csv(report_id: int, table_code: str) -> Response:
    found = reportfile.read(report_id)
    made = tables_of(found)
    if table_code not in made:
        abort(404)
    name = f"{table_code}-{found.unit.code}-{found.round.period_code}"
    return as_csv(made[table_code].to_csv(), name)


@blueprint.get("/bao-cao/<int:report_id>/trich/<section>")
def excerpts(report_id: int, section: str) -> str:
    """What the schools wrote under one heading, for the officer who puts it together."""
    found = reportfile.find(report_id)
    if section not in SECTIONS or found.unit.is_school or not reportfile.powers(found).reads:
        abort(404)
    return render_template(
        "reports/excerpts.html",
        report=reportfile.facts(found),
        heading=reportfile.headings(found)[section],
        excerpts=reportfile.excerpts(found, section),
    )
