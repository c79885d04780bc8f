"""The prepared next step: the move that the next clock of a case waits for, ready to be made."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from feedback import db, permissions
from feedback.models.cases import Case
from feedback.web import here
from feedback.web.desk import offers, papering, rows

# Without a running clock: where something stands still or has just come in.
WITHOUT_CLOCK = ("accept", "resume", "carry_on", "send_suspension", "take_effect")

# They meet a promise too, but nobody is led to them where something else would meet it.
WAYS_OUT = frozenset({"refuse", "transfer", "terminate", "withdraw", "close"})

# A second đơn is lodged with the unit above (Luật Khiếu nại 2011 Đ33.1, Luật Tố cáo 2018 Đ37, Đ38):
# it is the next step there, and never at the desk it complains of.
ABOVE = ("lodge_again", "overdue_claim")


def with_clocks(cases: Sequence[Case]) -> None:
    """Read the clocks of a whole list at once; of a đơn also its drafts, and who stepped aside."""
    ids = [case.id for case in cases]
    clocks = select(Case).where(Case.id.in_(ids)).options(selectinload(Case.deadlines))
    db.session.scalars(clocks).all()
    if signed := [case.id for case in cases if case.is_petition]:
        who = (selectinload(Case.signings), selectinload(Case.recusals))
        db.session.scalars(select(Case).where(Case.id.in_(signed)).options(*who)).all()


def next_move(case: Case, pressing: bool = False) -> str:
    """The move that meets what is owed first, as the law has it; else the next one of the table.

    Of several moves that would meet it, the first of the table that is no way out of it. A
    condition that stands before it (no decision without a dialogue) is the step itself. What is
    almost late is answered at once: that meets every promise of an opinion. What somebody else
    must sign is a step too, until its draft is laid.
    """
    codes = _possible(case)
    if pressing and "answer" in codes:
        return "answer"
    wanted = [code for meets in _owed(case) for code in _meeting(codes, meets, case)]
    unclocked = (code for code in codes if code in WITHOUT_CLOCK)
    # Looked into one by one: most of the time the first is the one.
    return next((code for code in (*wanted, *unclocked) if offers.leads_on(code, case)), "")


def receiving(case: Case) -> str:
    """For the desk above: the move that receives the second đơn the sender has written."""
    return next((code for code in ABOVE if code in _made(case) and offers.leads_on(code, case)), "")


def _possible(case: Case) -> list[str]:
    """What this officer may make or prepare, in the order of the table."""
    found = _made(case) | _prepared(case)
    return [code for code in case.machine.moves if code in found]


def _made(case: Case) -> set[str]:
    """What this officer may make; at the desk that answers, no second đơn is waited for."""
    scope = here.scope()
    found = {move.code for move in permissions.moves(scope, case)}
    return found - set(ABOVE) if case.owner_id in scope.own else found


def _prepared(case: Case) -> set[str]:
    return {move.code for move in offers.to_prepare(case)}


def _owed(case: Case) -> list[frozenset[str]]:
    """What would meet each running promise of an act, the nearest first."""
    rules = ((d.due_on, case.rule_of(d)) for d in case.deadlines if d.runs)
    owed = [(due_on, rule) for due_on, rule in rules if rule and rule.owed and not rule.urgent]
    return [rule.met_by for _due_on, rule in sorted(owed, key=lambda one: one[0])]


def _meeting(codes: list[str], meets: frozenset[str], case: Case) -> list[str]:
    """What meets it, in the order of the table, and what must come before a second decision."""
    first = ("dialogue", "invite") if "decide_again" in meets else ()
    usual = meets.intersection(case.machine.moves) - WAYS_OUT or meets
    found = [code for code in codes if code in usual]
    return [*found[:1], *(code for code in first if code in codes), *found[1:]]


def step(case: Case, code: str, where: dict[str, str]) -> dict[str, str]:
    """The button of a row: where this move is made, or laid before whoever signs it."""
    if code in _prepared(case):
        return {"href": _draft_href(case, code, where), "label": str(_("Trình ký"))}
    return {"href": href(case, code, where), "label": offers.button(case, code)}


def _draft_href(case: Case, code: str, where: dict[str, str]) -> str:
    if not offers.is_laid_in_words(code):
        return url_for("laying.draft", reference=case.reference, move=code)
    form = f"submit-{code}"
    return f"{rows.case_href(case.reference, {**where, 'step': form})}#move-{form}"


def href(case: Case, code: str, where: dict[str, str]) -> str:
    """Where this move is made: with its paper, in the reply box, or on the page of the case."""
    if papering.must_have_paper(case, code):
        return url_for("acts.act", reference=case.reference, move=code)
    if code == "answer":
        return f"{rows.case_href(case.reference, where)}#reply"
    return f"{rows.case_href(case.reference, {**where, 'step': code})}#move-{code}"
