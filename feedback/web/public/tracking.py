"""*Tra cứu*: the sender's way back to a matter, by the code of the receipt and nothing else."""

from io import BytesIO

from flask import (
    Blueprint,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import clock, db
from feedback.models.submissions import Attachment
from feedback.shelf import JPEG, PDF
from feedback.web import here
from feedback.web.handouts import handed_out
from feedback.web.held import goes_out
from feedback.web.public import (
    acts,
    appeals,
    attempts,
    bubbles,
    data_rights,
    lookups,
    petitions,
    photos,
    takeout,
)
from feedback.web.public.acts import ACTS
from feedback.web.public.sending import BAD
from forms.tracking import LookUpForm

blueprint = Blueprint("tracking", __name__)
blueprint.after_request(data_rights.finish)

TOO_MANY = 429
# A file is shown by itself, never as a page of ours.
FILE_POLICY = "sandbox; default-src 'none'"


@blueprint.route("/tra-cuu", methods=["GET", "POST"])
def look_up() -> Response:
    form = LookUpForm()
    if not form.is_submitted():
        return make_response(render_template("tracking/look_up.html", form=form))
    db.writing.set(False)
    form.validate()
    found = lookups.find(form.code.data, request.form.get("part", ""))
    return acts.show(found) if found else _missed(form)


@blueprint.route("/tra-cuu/<act>", methods=["GET", "POST"])
def act(act: str) -> Response:
    if act not in ACTS:
        abort(404)
    if request.method != "POST":
        return redirect(url_for("tracking.look_up"))
    db.writing.set(False)
    data = photos.posted()
    found = lookups.find(data.get("code", ""), data.get("part", ""))
    return attempts.perform(ACTS[act], found, data) if found else _missed(LookUpForm(data))


@blueprint.post("/tra-cuu/don")
def petition() -> Response:
    """The đơn to print and sign, for whoever shows the code."""
    form, found = _shown()
    if found is None:
        return _missed(form)
    if not petitions.is_offered(found.case):
        return acts.show(found)
    pdf = petitions.printed(found.submission, found.case)
    return handed_out(pdf, PDF, f"{found.case.reference}.pdf")


@blueprint.post("/tra-cuu/don-lan-hai")
def second_petition() -> Response:
    """The second đơn as its sender has just written it, for whoever shows the code."""
    form, found = _shown()
    if found is None:
        return _missed(form)
    told = appeals.latest(found.case)
    if not told:
        return acts.show(found)
    return handed_out(appeals.printed(found, told), PDF, f"{found.case.reference}.pdf")


@blueprint.post("/tra-cuu/ban-sao")
def copy() -> Response:
    """Everything kept about it, for whoever shows the code; of a denunciation at the desk only."""
    form, found = _shown()
    if found is None:
        return _missed(form)
    if bubbles.is_secret(found):
        return acts.show(found)
    response = make_response(takeout.packed(found))
    response.headers["Content-Type"] = "application/zip"
    name = f"{found.case.reference}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _shown() -> tuple[LookUpForm, lookups.Found | None]:
    """The matter whose code came with this post."""
    form = LookUpForm()
    db.writing.set(False)
    form.validate()
    return form, lookups.find(form.code.data, request.form.get("part", ""))


@blueprint.get("/tra-cuu/tep/<ticket>")
def attached(ticket: str) -> Response:
    """A photo or paper of a matter, for whoever has just shown its code."""
    number = photos.read_ticket(ticket, clock.now())
    attachment = db.session.get(Attachment, number) if number else None
    if attachment is None or not goes_out(attachment):
        abort(404)
    response = send_file(
        BytesIO(here.shelf().read(attachment.name)),
        mimetype=attachment.media_type,
        as_attachment=attachment.media_type != JPEG,
        download_name=attachment.name,
        max_age=0,
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _missed(form: LookUpForm) -> Response:
    """Nothing opened: why, what to do, and a word to those who try too many codes."""
    typed = form.code.data or ""
    form.code.errors = [lookups.complain(typed)]
    hurried = lookups.hurries(typed)
    if hurried:
        form.code.errors.append(_("Đã thử quá nhiều mã. Mời đợi ít phút rồi thử lại."))
    page = render_template("tracking/look_up.html", form=form)
    return make_response(page, TOO_MANY if hurried else BAD)
