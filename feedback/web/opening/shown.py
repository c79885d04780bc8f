"""What the pages show of a sealed identity: that there is one, who asked, what came of it."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from feedback import access, clock, db, envelopes
from feedback.models.cases import Case
from feedback.models.openings import Opening
from feedback.models.unit_keys import without_key
from feedback.rules.openings import OPENING_GROUNDS
from feedback.web import here, words
from feedback.web.desk.offers import stamp
from forms.opening import AskOpeningForm, DecideForm


def has_envelope(case: Case) -> bool:
    """Whether this officer is at the desk that answers a matter with a sealed sender."""
    return case.owner_id in here.scope().own and bool(case.sealed_letters() or case.openings)


def panel(reference: str) -> dict[str, Any]:
    """What the page of a case says of it; nothing where there is no envelope."""
    case = access.find_case(db.session(), here.scope(), reference)
    if case is None or not has_envelope(case):
        return {}
    now = clock.now()
    return {
        "href": url_for("opening.identity", reference=reference),
        "waits": any(one.waits(now) for one in case.openings),
        "opened": [words.moment(at) for at in case.opened_at()],
    }


def offices_without_key() -> list[str]:
    """The officer's own units whose sealed matters the server could still open."""
    own = here.scope().own
    return [unit.name for unit in db.session.scalars(without_key()) if unit.id in own]


def ask_form(case: Case) -> AskOpeningForm:
    letters = [
        (str(one.id), str(_("Thư nhận lúc %(at)s", at=words.moment(one.received_at))))
        for one in case.sealed_letters()
    ]
    first = letters[0][0] if len(letters) == 1 else None
    form = AskOpeningForm(prefix="ask-", seen=stamp(case), letter=first)
    form.offer(
        letters,
        [
            (code, str(_("%(what)s (%(law)s)", what=_(ground.label), law=_(ground.law))))
            for code, ground in OPENING_GROUNDS.items()
        ],
    )
    return form


def decide_form(case: Case) -> DecideForm:
    return DecideForm(seen=stamp(case))


def key_ids(case: Case) -> list[str]:
    """Which key files open the envelopes of this matter."""
    found = [
        key_id
        for one in case.sealed_letters()
        if one.sender
        for key_id in envelopes.key_ids(one.sender.sealed)
    ]
    return list(dict.fromkeys(found))


def openings(case: Case) -> list[dict[str, Any]]:
    """Every request, the newest first."""
    return [_row(one) for one in reversed(case.openings)]


def _row(one: Opening) -> dict[str, Any]:
    now, me = clock.now(), here.officer().id
    ground = OPENING_GROUNDS[one.ground_code]
    return {
        "id": one.id,
        "asked": _("%(who)s, %(at)s", who=one.asked_by.name, at=words.moment(one.asked_at)),
        "ground": _(ground.label),
        "law": _(ground.law),
        "reason": one.reason,
        "decided": _decided(one),
        "state": _state(one),
        "mine": one.asked_by_id == me,
        "to_decide": one.waits(now) and one.asked_by_id != me,
        "to_receive": one.is_ready(now) and one.asked_by_id == me,
    }


def _decided(one: Opening) -> str:
    if one.decided_at is None or one.decided_by is None:
        return ""
    told = {"who": one.decided_by.name, "at": words.moment(one.decided_at)}
    return str(_("%(who)s, %(at)s", **told))


def _state(one: Opening) -> tuple[str, str]:
    """In a word, and in which colour."""
    now = clock.now()
    if one.handed_out_at is not None:
        return str(_("Đã giao phong bì lúc %(at)s", at=words.moment(one.handed_out_at))), "grave"
    if one.decided_at is None:
        return (
            (str(_("Chờ đồng ý")), "warn") if one.waits(now) else (str(_("Hết hiệu lực")), "done")
        )
    if not one.allowed:
        return str(_("Không được đồng ý")), "done"
    return (str(_("Chờ nhận")), "warn") if one.is_ready(now) else (str(_("Hết hiệu lực")), "done")
