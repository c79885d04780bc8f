"""The papers of a draft that waits for a signature: kept as they were filled in, and shown."""

import json
from dataclasses import replace

from flask import request
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from feedback import clock, db, recusing
from feedback.models.cases import Case
from feedback.models.signings import SigningRequest
from feedback.rules import signing
from feedback.rules.lifecycle import MoveRefused
from feedback.web import here
from feedback.web.answering import drafts
from feedback.web.desk import moves
from feedback.web.filing import acting, issuing
from feedback.web.filing.issuing import OF_THE_SENDER
from forms.acting import HERE, PaperedForm, outside_names

# What belongs to the page and not to the draft.
ASIDE = frozenset({"seen", "csrf_token", "template", "files"})


def filled_in(form: PaperedForm) -> str:
    """The form of this request, to be kept with the draft.

    Who sent it lies in the seal and in the paper, nowhere else: the signer's page reads it anew.
    """
    outside = {name for code in form.papers for name in outside_names(code)}
    names = [
        name
        for name in form._fields
        if name not in ASIDE | outside and not name.startswith(OF_THE_SENDER)
    ]
    told = {name: request.form.getlist(name) for name in names if name in request.form}
    return json.dumps(told, ensure_ascii=False)


def has_papers(draft: SigningRequest) -> bool:
    """Whether its papers were filled in; not those of a draft of words, or made elsewhere."""
    return draft.filled_in.get("way") == [HERE]


def filled_form(case: Case, codes: tuple[str, ...], draft: SigningRequest) -> PaperedForm:
    """The form of a draft as it was laid, with the sender read anew; no page, so no token."""
    form = acting.form_of(case, draft.move_code, codes, of_a_page=False)
    sender = {
        name: [str(field.data)]
        for name, field in form._fields.items()
        if name.startswith(OF_THE_SENDER) and field.data
    }
    told: MultiDict[str, str] = MultiDict({**draft.filled_in, **sender})
    return acting.form_of(case, draft.move_code, codes, told, of_a_page=False)


# --- what it will look like -------------------------------------------------------------------


def rehearsed(case: Case, move: str, form: PaperedForm, code: str) -> bytes | None:
    """One paper as it will be once this is signed; the caller takes everything back."""
    ground = acting.ground_of(case, move, code)
    if not acting.agrees(form, move):
        return None
    sign_for_now(case, move, form)
    draft = acting.drawn_up(ground, move, form, None)
    with force_locale("vi"):
        return issuing.preview(draft) if draft else None


def sign_for_now(case: Case, move: str, form: PaperedForm) -> None:
    """Laid and signed in a rehearsal, by whoever is competent: the preparer may not."""
    act = here.act(form.says())
    if case.draft is None:
        case.submit(act, move, drafts.choice_of(form))
    preparer = case.draft.by_id if case.draft else None
    signers = recusing.signers(db.session(), case, clock.today())
    signer = next((one for one in signers if one.id not in (preparer, case.handler_id)), None)
    if signer is None:
        raise MoveRefused(signing.NOT_SIGNER)
    moves.VERBS[move](case, replace(act, by=signer), form)
