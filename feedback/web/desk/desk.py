"""The desk: today, the inbox, one case and its moves, files, and what is typed in for somebody."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers.response import Response

from feedback import access, db
from feedback.models.cases import Case
from feedback.models.scans import matters_of
from feedback.rules.lifecycle import MoveRefused
from feedback.shelf import JPEG, PDF
from feedback.web import contacts, here, words
from feedback.web.desk import casefile, looks, moves, offers, rail, rows, walk_ins
from feedback.web.desk.inbox import asked_for, contents, filter_form
from feedback.web.desk.today import todays_work
from feedback.web.handouts import handed_out
from feedback.web.held import goes_out
from forms.type_in import ReceiptForm

blueprint = Blueprint("desk", __name__)
blueprint.before_app_request(rail.lay)

BAD, CONFLICT = 422, 409
# Whatever is in a file, it can do nothing here.
FILE_POLICY = "default-src 'none'; sandbox"


@blueprint.get("/hom-nay")
def today() -> str:
    return render_template("desk/today.html", today=todays_work(), may_work=bool(here.scope().own))


@blueprint.get("/hop-viec")
def inbox() -> str:
    asked = asked_for()
    return render_template(
        "desk/inbox.html",
        inbox=contents(asked),
        form=filter_form(asked.where),
        may_work=bool(here.scope().own),
    )


@blueprint.get("/viec/<reference>")
def case(reference: str) -> Response:
    main = access.find_joined(db.session(), here.scope(), reference)
    if main is not None:
        return redirect(rows.case_href(main.reference, rows.list_arguments()))
    matter = _found(reference)
    page = casefile.page(matter)
    looks.note(matter)
    return page


@blueprint.post("/viec/<reference>/<move>")
def move(reference: str, move: str) -> Response:
    matter = _found(reference)
    form = offers.posted_form(move, matter)
    try:
        if not moves.make(matter, move, form):
            db.session.rollback()
            return casefile.page(matter, (move, form), BAD)
        db.session.commit()
    except MoveRefused as refusal:
        db.session.rollback()
        flash(words.refused(refusal), "danger")
        return casefile.page(matter, (move, form), CONFLICT)
    except IntegrityError:  # two acts at once took the same number in the history
        db.session.rollback()
        abort(CONFLICT)
    flash(str(moves.DONE[move]), "ok")
    return _after(reference)


def _found(reference: str) -> Case:
    """The case, if this officer knows of it; else there is none."""
    matter = access.find_case(db.session(), here.scope(), reference)
    return matter if matter is not None else abort(404)


def _after(reference: str) -> Response:
    """Back to the case; to the list when it has left this desk for good."""
    where = rows.list_arguments()
    if access.find_case(db.session(), here.scope(), reference) is not None:
        return redirect(rows.case_href(reference, where))
    flash(_("Vụ việc đã chuyển đi và không còn trong hộp việc của đơn vị."), "info")
    return redirect(rows.list_href(where))


@blueprint.get("/tep/<name>")
def attachment(name: str) -> Response:
    found = access.find_attachment(db.session(), here.scope(), name)
    if found is None or not goes_out(found):
        abort(404)
    for matter in db.session.scalars(matters_of(found).where(access.sees(here.scope()))):
        contacts.fetched(matter)
    shown = "inline" if found.media_type == JPEG else "attachment"
    response = make_response(here.shelf().read(found.name))
    response.headers["Content-Type"] = found.media_type
    response.headers["Content-Disposition"] = f'{shown}; filename="{found.name}"'
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


@blueprint.route("/nhap", methods=["GET", "POST"])
def type_in() -> str | Response:
    if not here.scope().own:
        abort(404)
    form = walk_ins.blank_form()
    receipt = walk_ins.keep(form)
    if receipt is None:
        db.session.rollback()
        page = render_template("desk/type_in.html", form=form)
        return make_response(page, BAD if form.is_submitted() else 200)
    db.session.commit()
    slip, paper = walk_ins.slip(receipt, form.once.data), ReceiptForm(formdata=None)
    paper.once.data = form.once.data
    return render_template("desk/type_in_done.html", slip=slip, paper=paper)


@blueprint.post("/viec/<reference>/phieu-nhan")
def receipt(reference: str) -> Response:
    form = ReceiptForm()
    if not form.validate_on_submit():
        abort(400)
    return handed_out(walk_ins.printed(reference, form.once.data or ""), PDF, f"{reference}.pdf")
