"""A paper drawn up from what was typed, and a paper that goes out: numbered, filed, recorded."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from analysis.language import fold
from feedback import clock, db, identities, issuing
from feedback.clock import office_day
from feedback.issuing import Sheet, composed
from feedback.models.papers import IssuedPaper
from feedback.papers.catalogue import PAPERS, PaperKind
from feedback.papers.documents import paper_pdf
from feedback.papers.facts import PaperRefused, Signer
from feedback.rules.petitions import DENUNCIATION
from feedback.web import here
from feedback.web.filing import prefill, questions
from feedback.web.filing.prefill import Ground
from forms.petition import Contact

# What tells who sent it is kept in the paper itself and sealed with the contact, nowhere else.
OF_THE_SENDER = ("citizen.", "complainant.", "addressee", "invited")
SHORTEST_NUMBER = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """What the officer typed, as the facts of the paper and who signs it."""

    ground: Ground
    typed: Mapping[str, Any]
    facts: Any
    signer: Signer
    # The moment of the act: the letter's date is that of its clock.
    at: datetime

    @property
    def on(self) -> date:
        return office_day(self.at)

    @property
    def kind(self) -> PaperKind:
        return PAPERS[self.ground.code]


def draw_up(ground: Ground, typed: Mapping[str, Any], at: datetime | None = None) -> Draft:
    """The draft of these answers, at the moment of its act. `PaperRefused` says what forbids it."""
    said = {**prefill.known(ground), **typed}
    made = questions.facts(PAPERS[ground.code].made_of, said)
    signer = questions.facts(Signer, said, "signer.")
    draft = Draft(ground, typed, made, signer, at or clock.now())
    _keep_secret(draft)
    composed(_sheet(draft), None)  # what the paper's own words forbid is said now
    return draft


def preview(draft: Draft) -> bytes:
    """The paper as it would look: marked as a draft, without a number."""
    return paper_pdf(composed(_sheet(draft), None))


def issue(draft: Draft) -> IssuedPaper:
    """Number it, file it with the case and record it: one transaction. The caller commits."""
    act = replace(here.act(), at=draft.at)
    return issuing.issue(db.session(), here.shelf(), _sheet(draft), act)


def take_back(issued: Iterable[IssuedPaper]) -> None:
    """The act has failed: what lies on the shelf goes; rows and numbers go with the transaction."""
    issuing.take_back(here.shelf(), issued)


def _sheet(draft: Draft) -> Sheet:
    ground, kept = draft.ground, _without_sender(draft)
    return Sheet(ground.case, ground.unit, ground.code, draft.facts, draft.signer, draft.on, kept)


# --- who sent it ------------------------------------------------------------------------------


def names_sender(kind: PaperKind) -> bool:
    """Whether this paper is made of the sender's name, and so is not for the other side."""
    return any(field.startswith("citizen.") for field in kind.fields)


def _keep_secret(draft: Draft) -> None:
    """A paper that others than the denouncer read never tells who it was (Luật Tố cáo Đ8)."""
    if draft.ground.case.kind_code != DENUNCIATION or names_sender(draft.kind):
        return
    if _tells(draft, map(str, draft.typed.values())):
        raise PaperRefused(
            _(
                "Văn bản này không được cho biết ai đã tố cáo, nhưng trong phần đã gõ có họ tên, "
                "số điện thoại, thư điện tử hoặc địa chỉ của người gửi. Mời bỏ đi rồi làm lại."
            )
        )


def _tells(draft: Draft, texts: Iterable[str]) -> bool:
    senders = [identities.contact_of(s, here.keys()) for s in draft.ground.case.submissions]
    return any(_names(sender, text) for text in texts for sender in senders)


def _names(sender: Contact, text: str) -> bool:
    said, digits = f" {fold(text)} ", re.sub(r"\D", "", text)
    words = filter(None, (fold(sender.name), fold(sender.email), fold(sender.address)))
    number = re.sub(r"\D", "", sender.phone)
    has_number = len(number) >= SHORTEST_NUMBER and number in digits
    return has_number or any(re.search(rf"\b{re.escape(one)}\b", said) for one in words)


def _without_sender(draft: Draft) -> dict[str, Any]:
    """What was typed, as it is kept beside the paper: nothing that tells who sent it."""
    return {
        path: value.isoformat() if isinstance(value, date) else value
        for path, value in draft.typed.items()
        if value not in (None, "")
        and not path.startswith(OF_THE_SENDER)
        and not _tells(draft, (str(value),))
    }
