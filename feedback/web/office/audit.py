"""The ledger as an auditor reads it: who did what when, and whether anybody touched it."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers.response import Response as Answer

from feedback import db, heirlooms, ledger
from feedback.scopes import Scope
from feedback.verifying import verify
from feedback.web import here
from feedback.web.office import ledgerpage
from forms.account import ButtonForm
from forms.audit import LedgerFilterForm

blueprint = Blueprint("audit", __name__)
LAST_PAGE = 10_000


def _auditor() -> Scope:
    """The scope of somebody who reads the ledger; for anybody else there is no such page."""
    scope = here.scope()
    if not scope.audits:
        abort(404)
    return scope


@blueprint.get("/so-cai")
def book() -> str:
    scope = _auditor()
    form = LedgerFilterForm(request.args)
    form.offer(ledgerpage.units(scope), ledgerpage.kinds())
    form.validate()
    number = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    page = ledgerpage.page(scope, form, number)
    return render_template("audit/book.html", form=form, page=page, button=ButtonForm())


@blueprint.post("/so-cai/kiem-tra")
def check() -> Answer:
    """Look through the whole ledger now; what came of it is an entry as well."""
    _auditor()
    if not ButtonForm().validate_on_submit():
        abort(400)
    db.session.commit()  # reading takes its time: nobody who writes may wait for it
    with db.only_reading(), db.one_view() as connection:
        verdict = verify(connection, heirlooms.trusted(connection, here.keys()))
    ledger.say(db.session(), "ledger.verify", faults=len(verdict.faults), entries=verdict.entries)
    db.session.commit()
    return redirect(url_for("audit.book"))
