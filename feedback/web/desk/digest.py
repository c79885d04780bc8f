"""Thư nhắc việc: whether an officer wants the morning letter of numbers."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import db
from feedback.web import here
from forms.digest import DigestForm

blueprint = Blueprint("digest", __name__)


@blueprint.route("/nhac-viec", methods=["GET", "POST"])
def settings() -> str | Response:
    if not here.scope().own:
        abort(404)
    form = DigestForm(obj=here.officer())
    if not form.validate_on_submit():
        return render_template("digest/settings.html", form=form)
    here.officer().wants_digest = form.wants_digest.data
    db.session.commit()
    said = _("Đã bật thư nhắc việc.") if form.wants_digest.data else _("Đã tắt thư nhắc việc.")
    flash(said, "ok")
    return redirect(url_for("digest.settings"))
