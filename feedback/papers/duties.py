"""Which paper goes out with a move, and whether the move may be made without it.

The tables of moves name the paper; here stands what the law wants of it. A wish, a report or
unsigned information is answered on the page: its papers are offered, never demanded.
"""

from dataclasses import dataclass

from feedback.papers.fitting import FITS
from feedback.rules.moves import Machine

# A signed đơn is taken up, refused, handed on, suspended and decided in writing, or not at all.
# The article that says so stands with each paper in PAPERS.
REQUIRED = frozenset(
    {
        "transfer",
        "denunciation_transfer",
        "complaint_accepted",
        "complaint_refused",
        "dialogue_invitation",
        "dialogue_minutes",
        "complaint_decision",
        "complaint_decision_again",
        "complaint_suspended",
        "complaint_resumed",
        "complaint_ended",
        "denunciation_accepted",
        "denunciation_notice",
        "denunciation_refused",
        "denunciation_extended",
        "denunciation_suspended",
        "denunciation_resumed",
        "denunciation_ended",
        "denunciation_conclusion",
    }
)
# What goes out in the same act: handing on writes to the receiving unit and tells the sender
# (Luật Tố cáo Đ24.2, Luật Tiếp công dân Đ28.1); of a denunciation taken up both sides hear (Đ29.3).
ALONG: dict[str, tuple[str, ...]] = {
    "transfer": ("transfer_notice",),
    "denunciation_transfer": ("transfer_notice",),
    "denunciation_notice": ("denounced_notice",),
}
# The table of opinions serves many kinds; each has the same paper under its own form.
TWINS: dict[str, tuple[str, ...]] = {
    "transfer": ("denunciation_transfer",),
    "suggestion_refused": ("complaint_refused", "denunciation_refused", "reception_refused"),
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The papers of one move, the one the others cite first."""

    codes: tuple[str, ...]
    required: bool


def outgoing(machine: Machine, move_code: str, kind_code: str, signed: bool) -> Outgoing | None:
    """What goes out when this move is made; None when it has no paper."""
    move = machine.moves.get(move_code)
    usual = move.paper if move else ""
    family = (usual, *TWINS.get(usual, ())) if usual else ()
    code = next((one for one in family if kind_code in FITS[one].kinds), "")
    if not code:
        return None
    return Outgoing((code, *ALONG.get(code, ())), signed and code in REQUIRED)
