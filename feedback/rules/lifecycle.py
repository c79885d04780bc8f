"""The machines of all kinds: which one a case follows, where a move leads, and all their words.

One table each: `opinions`, `complaints`, `denunciations`. CASE_STATUSES and MOVES are their union,
for whoever only needs a label.
"""

from collections.abc import Iterable
from dataclasses import replace

from feedback.rules.complaints import COMPLAINTS
from feedback.rules.denunciations import DENUNCIATIONS
from feedback.rules.moves import (
    PARENT,
    STAFF,
    SYSTEM,
    CaseStatus,
    Machine,
    Move,
    MoveRefused,
)
from feedback.rules.opinions import INFORMATION, OPINIONS
from feedback.rules.petitions import SIGNED_KINDS
from feedback.rules.sentences import Sentence

__all__ = [
    "CASE_STATUSES", "ENDED", "MACHINES", "MOVES", "OPEN", "PARENT", "STAFF", "STAGES", "SYSTEM",
    "CaseStatus", "Machine", "Move", "MoveRefused", "machine_of", "moves_from", "next_status",
]  # fmt: skip

MACHINES: dict[str, Machine] = {
    machine.code: machine for machine in (OPINIONS, INFORMATION, COMPLAINTS, DENUNCIATIONS)
}
STAGES = ("Đã nhận", "Đang xem xét", "Đang giải quyết", "Đã trả lời", "Đã xong")
CASE_STATUSES: dict[str, CaseStatus] = {
    **OPINIONS.statuses,
    **{code: s for code, s in COMPLAINTS.statuses.items() if code not in OPINIONS.statuses},
    **{code: s for code, s in DENUNCIATIONS.statuses.items() if code not in OPINIONS.statuses},
}
OPEN = tuple(status.code for status in CASE_STATUSES.values() if status.open)
ENDED = tuple(status.code for status in CASE_STATUSES.values() if not status.open)


def _union(machines: Iterable[Machine]) -> dict[str, Move]:
    """Each move once, in the words of the first table that has it, with the paths of them all."""
    moves: dict[str, Move] = {}
    for machine in machines:
        for code, move in machine.moves.items():
            known = moves.get(code, move)
            moves[code] = replace(
                known,
                paths={**move.paths, **known.paths},
                who=known.who | move.who,
                needs=known.needs | move.needs,
            )
    return moves


MOVES: dict[str, Move] = _union(MACHINES.values())


def machine_of(kind_code: str, signed: bool) -> Machine:
    """The table a matter of this kind follows; until it is signed it is information."""
    if kind_code not in SIGNED_KINDS:
        return OPINIONS
    if not signed:
        return INFORMATION
    return COMPLAINTS if kind_code == "KN" else DENUNCIATIONS


NO_SUCH_MOVE = "Loại việc này (“%(kind)s”) không có bước “%(move)s”."
NOT_THEIRS = "“%(move)s” không phải là việc của người này."
NOT_NOW = "Vụ việc đang ở bước “%(at)s” nên không thể “%(move)s”. Mời tải lại trang."


def next_status(machine: Machine, status: str, move_code: str, actor: str) -> str:
    """Where the move leads from here; `MoveRefused` says which rule forbids it."""
    move = machine.moves.get(move_code)
    if move is None:
        label = MOVES[move_code].label
        raise MoveRefused(Sentence(NO_SUCH_MOVE, {"kind": machine.label, "move": label}))
    if actor not in move.who:
        raise MoveRefused(Sentence(NOT_THEIRS, {"move": move.label}))
    if status not in move.paths:
        where = CASE_STATUSES[status].label
        raise MoveRefused(Sentence(NOT_NOW, {"at": where, "move": move.label}))
    return move.paths[status]


def moves_from(machine: Machine, status: str, actor: str) -> tuple[Move, ...]:
    """The moves open to this actor here, in the order of the table."""
    return tuple(m for m in machine.moves.values() if status in m.paths and actor in m.who)
