"""Which papers fit a matter: by its kind, whether it is a signed đơn, and where it stands."""

from dataclasses import dataclass

from feedback.rules.lifecycle import OPEN
from feedback.rules.petitions import PETITION_KINDS

_SUGGESTIONS = frozenset({"GY", "PA", "KNGHI"})
_COMPLAINT, _DENUNCIATION = frozenset({"KN"}), frozenset({"TC"})
_EVERY = frozenset(PETITION_KINDS)
_PETITIONS = _COMPLAINT | _DENUNCIATION

_OPEN = frozenset(OPEN)
_FIRST = frozenset({"new", "reviewing"})
_AT_WORK = _OPEN - {"new"}
_REFUSED = _FIRST | {"refused"}
_ANSWERED = _AT_WORK | {"answered"}
# A decision or conclusion may also be printed after it was given.
_DECIDED = _AT_WORK | {"decided", "sent", "decided_again", "sent_again"}
_CONCLUDED = _AT_WORK | {"concluded", "concluded_again"}


@dataclass(frozen=True, slots=True)
class Fit:
    """What a paper fits; `signed`: only once it is a đơn."""

    kinds: frozenset[str]
    statuses: frozenset[str]
    signed: bool = False


# In the order a clerk meets them. The đơn itself is printed by its sender.
FITS: dict[str, Fit] = {
    "receipt": Fit(_EVERY, _OPEN),
    "documents_receipt": Fit(_EVERY, _OPEN),
    "reception_refused": Fit(frozenset({"DK_TCD"}), _REFUSED),
    "accept_proposal": Fit(_PETITIONS, _FIRST, signed=True),
    "complaint_accepted": Fit(_COMPLAINT, _AT_WORK, signed=True),
    "complaint_refused": Fit(_COMPLAINT, _REFUSED),
    "denunciation_accepted": Fit(_DENUNCIATION, _AT_WORK, signed=True),
    "denunciation_notice": Fit(_DENUNCIATION, _AT_WORK, signed=True),
    "denounced_notice": Fit(_DENUNCIATION, _AT_WORK, signed=True),
    "denunciation_refused": Fit(_DENUNCIATION, _REFUSED),
    "suggestion_refused": Fit(_SUGGESTIONS, _REFUSED),
    "guidance": Fit(_SUGGESTIONS | _COMPLAINT, _FIRST),
    "transfer": Fit(_SUGGESTIONS | _COMPLAINT, _OPEN),
    "denunciation_transfer": Fit(_DENUNCIATION, _OPEN),
    "transfer_notice": Fit(_SUGGESTIONS | _PETITIONS, _OPEN),
    "answer": Fit(_SUGGESTIONS, _ANSWERED),
    "answer_delayed": Fit(_SUGGESTIONS, _OPEN),
    "complaint_extended": Fit(_COMPLAINT, _AT_WORK, signed=True),
    "dialogue_invitation": Fit(_COMPLAINT, _AT_WORK, signed=True),
    "dialogue_minutes": Fit(_COMPLAINT, _AT_WORK, signed=True),
    "complaint_decision": Fit(_COMPLAINT, _DECIDED, signed=True),
    "complaint_decision_again": Fit(_COMPLAINT, _DECIDED, signed=True),
    "complaint_suspended": Fit(_COMPLAINT, _AT_WORK, signed=True),
    "complaint_resumed": Fit(_COMPLAINT, _AT_WORK, signed=True),
    "complaint_ended": Fit(_COMPLAINT, _AT_WORK | {"withdrawn"}, signed=True),
    "denunciation_extended": Fit(_DENUNCIATION, _AT_WORK, signed=True),
    "denunciation_extension_notice": Fit(_DENUNCIATION, _AT_WORK, signed=True),
    "denunciation_suspended": Fit(_DENUNCIATION, _AT_WORK, signed=True),
    "denunciation_resumed": Fit(_DENUNCIATION, _AT_WORK, signed=True),
    "denunciation_ended": Fit(_DENUNCIATION, _AT_WORK | {"ended"}, signed=True),
    "denunciation_conclusion": Fit(_DENUNCIATION, _CONCLUDED, signed=True),
}


def papers_for(kind_code: str, is_petition: bool, status: str) -> tuple[str, ...]:
    """The codes of PAPERS that fit, in the order a clerk meets them."""
    return tuple(
        code
        for code, fit in FITS.items()
        if kind_code in fit.kinds and status in fit.statuses and (is_petition or not fit.signed)
    )


def letters_of_transfer(kind_code: str) -> tuple[str, ...]:
    """The letter to the receiving body and the notice to the sender, of a matter just handed on."""
    found = ("transfer", "denunciation_transfer", "transfer_notice")
    return tuple(code for code in found if kind_code in FITS[code].kinds)
