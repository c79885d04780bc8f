"""Permissions: the moves an officer may make in a case that they may read."""

from feedback.models.cases import Case
from feedback.rules.lifecycle import STAFF, Move, moves_from
from feedback.scopes import Scope

# What an overseeing office may do in a case that a unit below it is answering.
OVERSEERS_MOVES = frozenset({"note", "escalate", "attend", "lodge_again", "split", "let_in"})
# What only the unit above may do, once the resolver has let its term pass (Luật Tố cáo 2018 Đ38).
SUPERIORS_MOVES = frozenset({"overdue_claim", "demand_report", "take_up"})
# What waits as suspected spam is looked at first: nothing else happens to it before that.
WHILE_HELD = frozenset({"note", "alert", "attend", "let_in"})


def moves(scope: Scope, case: Case) -> tuple[Move, ...]:
    """The moves this officer may make now, in the order of the table."""
    found = [
        m
        for m in moves_from(case.machine, case.status, STAFF)
        if (m.code != "attend" or case.alarmed)
        and not (m.signed and case.who_may_not(m.code, scope.officer, scope.on))
        and (m.code in WHILE_HELD if case.is_held else m.code != "let_in")
    ]
    if case.owner_id in scope.own:
        return tuple(m for m in found if m.code not in SUPERIORS_MOVES)
    above = OVERSEERS_MOVES | SUPERIORS_MOVES
    codes: frozenset[str] = above if case.owner_id in scope.below else frozenset()
    if waits_for(scope, case) and case.draft:
        codes |= {"note", "send_back", case.draft.move_code}
    return tuple(m for m in found if m.code in codes)


def may(scope: Scope, case: Case, move_code: str) -> bool:
    return any(move.code == move_code for move in moves(scope, case))


def waits_for(scope: Scope, case: Case) -> bool:
    """Whether a draft waits for this officer's signature."""
    draft = case.draft
    return (
        draft is not None
        and draft.unit_id in scope.signs
        and not case.who_may_not(draft.move_code, scope.officer, scope.on)
    )


def may_recuse_others(scope: Scope, case: Case) -> bool:
    """Who signs for the unit that answers, and the office above it, declare for somebody else."""
    return case.owner_id in scope.signs or case.owner_id in scope.below
