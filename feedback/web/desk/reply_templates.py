"""Mẫu trả lời: the templates a desk may use, kept on a page of their own and used in a reply."""

from collections.abc import Sequence
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import access, clock, db, permissions, replies
from feedback.models.cases import Case
from feedback.models.replies import ReplyTemplate
from feedback.models.units import Unit
from feedback.rules.reply_fields import REPLY_FIELDS
from feedback.web import here, words
from feedback.web.desk import casefile, offers
from forms.account import ButtonForm
from forms.move_form import complain
from forms.replies import ReplyTemplateForm

blueprint = Blueprint("replies", __name__)

BAD = 422


def _own_units() -> Sequence[Unit]:
    """The units whose templates this officer keeps; for anybody else there is no such page."""
    scope = here.scope()
    if not scope.own:
        abort(404)
    return db.session.scalars(access.units(scope.own)).all()


@blueprint.get("/mau-tra-loi")
def templates() -> str:
    units = _own_units()
    own = db.session.scalars(replies.of_units(here.scope().own)).all()
    lent = [
        one
        for one in replies.usable(db.session(), units, clock.today())
        if one.unit_id not in here.scope().own
    ]
    return render_template(
        "replies/templates.html",
        used=[_row(one) for one in own if not one.retired_at],
        retired=[_row(one) for one in own if one.retired_at],
        lent=[_row(one) for one in lent],
    )


def _row(one: ReplyTemplate) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "text": one.text,
        "shared": one.shared,
        "unit": one.unit.short_name,
        "changed": words.moment(one.changed_at),
    }


@blueprint.route("/mau-tra-loi/moi", methods=["GET", "POST"])
def template_new() -> Response:
    form = _form(ReplyTemplateForm())
    if not form.validate_on_submit():
        return _page(form, None)
    unit = next(unit for unit in _own_units() if unit.code == form.unit.data)
    one = ReplyTemplate(unit=unit, unit_id=unit.id)
    one.rewrite(form.name.data, form.text.data, form.lent() and not unit.is_school, clock.now())
    db.session.add(one)
    return _kept(_("Đã lưu mẫu “%(name)s”.", name=one.name))


@blueprint.route("/mau-tra-loi/<int:template_id>", methods=["GET", "POST"])
def template(template_id: int) -> Response:
    one = _own(template_id)
    form = _form(ReplyTemplateForm(data=_now(one)))
    if not form.validate_on_submit():
        return _page(form, one)
    shared = form.lent() and not one.unit.is_school
    one.rewrite(form.name.data, form.text.data, shared, clock.now())
    return _kept(_("Đã lưu mẫu “%(name)s”.", name=one.name))


def _now(one: ReplyTemplate) -> dict[str, Any]:
    return {"unit": one.unit.code, "name": one.name, "text": one.text, "shared": one.shared}


@blueprint.post("/mau-tra-loi/<int:template_id>/ngung")
def retire(template_id: int) -> Response:
    one = _asked_of(template_id)
    one.retire(clock.now())
    return _kept(_("Mẫu “%(name)s” không còn được đưa ra để chọn.", name=one.name))


@blueprint.post("/mau-tra-loi/<int:template_id>/dung-lai")
def bring_back(template_id: int) -> Response:
    one = _asked_of(template_id)
    one.bring_back()
    return _kept(_("Mẫu “%(name)s” lại được đưa ra để chọn.", name=one.name))


def _own(template_id: int) -> ReplyTemplate:
    """A template this officer keeps; anyone else's does not exist here."""
    found = replies.of_units(here.scope().own).where(ReplyTemplate.id == template_id)
    one = db.session.scalar(found)
    return one if one is not None else abort(404)


def _asked_of(template_id: int) -> ReplyTemplate:
    one = _own(template_id)
    if not ButtonForm().validate_on_submit():
        abort(400)
    return one


def _form(form: ReplyTemplateForm) -> ReplyTemplateForm:
    units = _own_units()
    may_share = any(not unit.is_school for unit in units)
    form.offer([(unit.code, unit.short_name) for unit in units], set(REPLY_FIELDS), may_share)
    return form


def _page(form: ReplyTemplateForm, one: ReplyTemplate | None) -> Response:
    html = render_template(
        "replies/template.html",
        form=form,
        one=_row(one) if one else None,
        fields=[(f"{{{field.name}}}", _(field.says)) for field in REPLY_FIELDS.values()],
    )
    return make_response(html, BAD if form.is_submitted() else 200)


def _kept(said: str) -> Response:
    db.session.commit()
    flash(said, "ok")
    return redirect(url_for("replies.templates"))


# --- in the reply box -------------------------------------------------------------------------


@blueprint.post("/viec/<reference>/chen-mau")
def insert(reference: str) -> Response:
    """The page of the case again, with a template's words after what was typed."""
    matter = access.find_case(db.session(), here.scope(), reference)
    if matter is None or not permissions.may(here.scope(), matter, "answer"):
        abort(404)
    form: Any = offers.posted_form("answer", matter)
    one = _chosen(matter)
    if one is None:
        _say_none_chosen(form)
        return casefile.page(matter, ("answer", form), BAD)
    text = replies.filled(one.text, matter, here.officer(), clock.today())
    form.insert(text)
    return casefile.page(matter, ("answer", form))


def _say_none_chosen(form: Any) -> None:
    words = _("Mời chọn một mẫu rồi bấm “Chèn mẫu”.")
    if form.template is None:  # the desk has no template any more: there is no such field
        flash(words, "warn")
    else:
        complain(form.template, words)


def _chosen(matter: Case) -> ReplyTemplate | None:
    wanted = request.form.get("template", "")
    usable = replies.usable(db.session(), [matter.owner], clock.today())
    return next((one for one in usable if str(one.id) == wanted), None)
