"""Filters of the inbox kept under a name, one officer's own."""

from typing import Any

from flask import Blueprint, abort, flash, redirect
from flask_babel import gettext as _
from sqlalchemy import func, select
from werkzeug.wrappers.response import Response

from feedback import db
from feedback.models.officers import SavedView
from feedback.web import here
from feedback.web.desk import inbox, rows
from forms.account import ButtonForm
from forms.views import ViewForm

blueprint = Blueprint("views", __name__)

MOST = 12


@blueprint.app_template_global("saved_views")
def saved_views() -> list[dict[str, Any]]:
    """The officer's own, as chips; what is no longer in reach the inbox itself leaves out."""
    own = select(SavedView).where(SavedView.officer_id == here.officer().id)
    found = db.session.scalars(own.order_by(SavedView.name))
    now = inbox.asked_for().where
    return [
        {
            "id": one.id,
            "name": one.name,
            "href": rows.list_href(one.where),
            "current": one.where == now,
        }
        for one in found
    ]


@blueprint.app_template_global("view_form")
def view_form() -> ViewForm:
    return ViewForm(formdata=None)


@blueprint.post("/hop-viec/bo-loc")
def keep() -> Response:
    """Keep the filter of this address; the same name again takes its place."""
    form, where = ViewForm(), inbox.asked_for().where
    if not form.validate_on_submit():
        flash(" ".join(str(error) for error in form.name.errors) or _("Mời thử lại."), "warn")
    elif _is_full(form.name.data):
        flash(_("Đã có %(n)s bộ lọc. Mời bỏ bớt một bộ.", n=MOST), "warn")
    else:
        _named(form.name.data).where = where
        db.session.commit()
        flash(_("Đã lưu bộ lọc “%(name)s”.", name=form.name.data), "ok")
    return redirect(rows.list_href(where))


def _named(name: str) -> SavedView:
    found = _find(name) or SavedView(officer_id=here.officer().id, name=name)
    db.session.add(found)
    return found


def _find(name: str) -> SavedView | None:
    own = select(SavedView).where(SavedView.officer_id == here.officer().id)
    return db.session.scalar(own.where(SavedView.name == name))


def _is_full(name: str) -> bool:
    own = select(func.count()).where(SavedView.officer_id == here.officer().id)
    return _find(name) is None and (db.session.scalar(own) or 0) >= MOST


@blueprint.post("/hop-viec/bo-loc/<int:view_id>/bo")
def forget(view_id: int) -> Response:
    mine = (SavedView.id == view_id) & (SavedView.officer_id == here.officer().id)
    found = db.session.scalar(select(SavedView).where(mine)) or abort(404)
    if not ButtonForm().validate_on_submit():
        abort(400)
    db.session.delete(found)
    db.session.commit()
    flash(_("Đã bỏ bộ lọc “%(name)s”.", name=found.name), "ok")
    return redirect(rows.list_href({}))
