"""What a case's table is made of: statuses, moves from one to the other, and the table itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

PARENT, STAFF, SYSTEM = "parent", "staff", "system"


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """`stage` is the dot of the parent's five: nhận, xem xét, giải quyết, trả lời, xong."""

    code: str
    label: str
    stage: int
    open: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: from where to where, who may, what must be given, what follows.

    `needs` names what the verb is not allowed without; `tells_parent` marks the moves that the
    sender is told of; `consequence` stands beside the button. `paper` is the official document
    that the move produces, a code of PAPERS.
    """

    code: str
    label: str
    paths: Mapping[str, str]
    who: frozenset[str]
    consequence: str = ""
    needs: frozenset[str] = field(default_factory=frozenset)
    tells_parent: bool = False
    paper: str = ""


def stay(*statuses: str) -> dict[str, str]:
    return {status: status for status in statuses}


def go(to: str, *statuses: str) -> dict[str, str]:
    return dict.fromkeys(statuses, to)


STAFF_ONLY, PARENT_ONLY = frozenset({STAFF}), frozenset({PARENT})
EITHER, ANYONE = frozenset({STAFF, PARENT}), frozenset({STAFF, PARENT, SYSTEM})
NOTE = frozenset({"note"})


def passing(*statuses: str) -> tuple[Move, ...]:
    """What may happen to a case of any kind, wherever it stands, and leaves it there."""
    return (
        # Papers are issued on a page of their own.
        Move("issue", "Ban hành văn bản", stay(*statuses), STAFF_ONLY),
        # Another body passed it on: it must hear what comes of it.
        Move(
            "forwarded",
            "Ghi nơi chuyển đơn đến",
            stay(*(status for status in statuses if status == "new")),
            STAFF_ONLY,
            "Nơi chuyển đơn phải được báo kết quả; hạn báo do luật định.",
            NOTE,
        ),
        Move(
            "tell_forwarder",
            "Đã báo kết quả cho nơi chuyển đơn",
            stay(*statuses),
            STAFF_ONLY,
            "Bằng văn bản. Ghi số, ngày văn bản.",
            NOTE,
        ),
        # The unit that answered has ended (Điều 12 khoản 4, 5 Luật Tố cáo 2018).
        Move("succeed", "Chuyển sang đơn vị kế thừa", stay(*statuses), frozenset({SYSTEM})),
    )


@dataclass(frozen=True, slots=True)
class Machine:
    """One kind of handling as a table: where a case can stand, and the moves between."""

    code: str
    label: str
    statuses: Mapping[str, CaseStatus]
    moves: Mapping[str, Move]


def machine(
    code: str, label: str, statuses: Iterable[CaseStatus], moves: Iterable[Move]
) -> Machine:
    """The table of these rows."""
    return Machine(code, label, {s.code: s for s in statuses}, {m.code: m for m in moves})


class MoveRefused(ValueError):
    """A move the table does not allow; the sentence is for the person who tried it."""
