"""Every path of the three machines, walked breadth first through the real database."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from feedback import clock, db
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.units import Unit, load_calendar
from feedback.rules.calendar import WorkCalendar
from feedback.rules.lifecycle import MACHINES, PARENT, STAFF, MoveRefused, moves_from
from tests.world import a_case, a_head, a_school, an_officer, the_holidays

pytestmark = pytest.mark.usefixtures("story")
START = datetime(2026, 11, 16, 9, 0, tzinfo=clock.OFFICE_ZONE)
STEP = timedelta(days=2)
# Long enough for every term to lapse and every decision to come into force.
WAIT = timedelta(days=61)
# Moves that end where they began and are walked in other tests; they only widen the walk.
ASIDE = {
    "receive", "note", "reply", "assign", "alert", "attend", "issue", "redact", "succeed",
    "recuse", "lift_recusal", "accuse", "take_over", "submit", "send_back",
    "forwarded", "tell_forwarder", "ask_opening", "allow_opening", "refuse_opening", "hand_out",
}  # fmt: skip
# The other half of joining and parting happens to the other matter, which `_check` looks at too.
ASIDE |= {"gather", "release"}
# Waiting in the folder of suspected spam: walked in tests/web/test_spam.py.
ASIDE |= {"hold_back", "let_in"}
# Requests about data and the end of keeping it: tests/test_erasing.py and tests/web/test_rights.py.
ASIDE |= {"request_data", "extend_data", "reply_data", "erase_data", "hold", "lift_hold"}
# What becomes of a file in which something was found: tests/web/test_held_files.py.
ASIDE |= {"quarantine", "release_file", "destroy_file"}
# The clocks that a condition of some move looks at.
DECIDING = (
    "TC_ACCEPT_NOTICE", "TC_SEND", "TC_PUBLISH", "TC_AGAIN", "TC_OVERDUE_ASK", "TC_OVERDUE_REPORT",
)  # fmt: skip


class Walk:
    """One case on one path, and what it takes to make each move."""

    def __init__(self, kind: str, signed: bool, calendar: WorkCalendar, people: "People"):
        self.case = a_case(people.school, START, kind_code=kind, signed=signed)
        self.at, self.calendar, self.people = START, calendar, people
        self.waited = False
        self.main: Case | None = None

    def act(self, as_parent: bool = False) -> Act:
        self.at += STEP
        by = None if as_parent else self.people.clerk
        return Act(by, self.at, self.calendar, "Theo hồ sơ.", as_parent)

    def go(self, code: str) -> None:
        self.waited = code == "wait"
        if self.waited:
            self.at += WAIT
            return
        staff = STAFF in self.case.machine.moves[code].who
        DOERS.get(code, _plain(code))(self, self.act(as_parent=not staff))


class People:
    def __init__(self) -> None:
        self.school: Unit = a_school()
        self.clerk: Officer = an_officer(self.school)
        self.head: Officer = a_head(self.school)


def _plain(code: str) -> Callable[[Walk, Act], None]:
    return lambda walk, act: _signed(walk, act, code)


def _finding(code: str, result: str) -> Callable[[Walk, Act], None]:
    return lambda walk, act: _signed(walk, act, code, result)


def _signed(walk: Walk, act: Act, code: str, *choice: str) -> None:
    """A step of a đơn is laid before whoever signs; anything else is the clerk's own."""
    if walk.case.machine.moves[code].signed:
        walk.case.submit(act, code, *choice)
        act = replace(act, by=walk.people.head)
    getattr(walk.case, code)(act, *choice)


def _up(code: str) -> Callable[[Walk, Act], None]:
    def go(walk: Walk, act: Act) -> None:
        above = walk.case.owner.manager
        if above is None:
            raise MoveRefused("Không còn cấp trên.")
        getattr(walk.case, code)(act, above)

    return go


def _dialogue(walk: Walk, act: Act) -> None:
    invited = walk.case.dialogue_on
    if invited and act.on < invited:
        walk.at += invited - act.on
        act = walk.act()
    walk.case.dialogue(act, invited or act.on)


def _join(walk: Walk, act: Act) -> None:
    walk.main = a_case(walk.people.school, START, kind_code=walk.case.kind_code)
    walk.case.join(act, walk.main)


def _part(walk: Walk, act: Act) -> None:
    assert walk.main is not None
    walk.case.part(act, walk.main)


def _extend(walk: Walk, act: Act) -> None:
    walk.case.submit(act, "extend")
    walk.case.extend(replace(act, by=walk.people.head), ("places", "contents"))


DOERS: dict[str, Callable[[Walk, Act], None]] = {
    "answer": lambda walk, act: walk.case.answer(act, "explained", "Đã giải thích"),
    "refuse": lambda walk, act: _signed(walk, act, "refuse", "NO_MATTER"),
    "confirm": lambda walk, act: walk.case.confirm(act, 3),
    "dispute": lambda walk, act: walk.case.dispute(act, 1),
    "reclassify": lambda walk, act: walk.case.reclassify(act, "PA", "BAN_TRU", "boarding"),
    "transfer": _up("transfer"),
    "escalate": _up("escalate"),
    "lodge_again": _up("lodge_again"),
    "take_up": _up("take_up"),
    "invite": lambda walk, act: walk.case.invite(act, act.on + timedelta(days=10)),
    "dialogue": _dialogue,
    "decide": _finding("decide", "kn_right"),
    "decide_again": _finding("decide_again", "kn_upheld"),
    "conclude": _finding("conclude", "tc_partly"),
    "split": lambda walk, act: walk.case.split(act, "NDU-2026-XXXXX", walk.case.submission),
    "join": _join,
    "part": _part,
    "agree": lambda walk, act: walk.case.agree(act, walk.case.submission.id),
    "extend": _extend,
}


def _state(walk: Walk) -> tuple[object, ...]:
    """What tells two paths apart: where it stands, who owns it, and the conditions of its moves."""
    case = walk.case
    # What only the work on the matter looks at does not matter once that is done.
    working = (
        min(case.extended, 2),
        bool(case.dialogue_on),
        bool(case.dialogue_held_on),
        bool(case.running("KN_SUSPEND_SEND")),
    )
    return (
        case.machine.code,
        case.status,
        case.owner_id,
        min(case.reopened, 2),
        working if case.status.startswith(("verifying", "suspended")) else (),
        walk.waited,
        case.owes_inspection,
        frozenset(d.rule_code for d in case.running(*DECIDING)),
    )


def _tries(walk: Walk) -> tuple[str, ...]:
    machine, status = walk.case.machine, walk.case.status
    open_ = {m.code for who in (STAFF, PARENT) for m in moves_from(machine, status, who)}
    late = (
        ("wait",) if open_ & {"lapse", "take_effect", "overdue_claim"} and not walk.waited else ()
    )
    return (*(code for code in machine.moves if code in open_ - ASIDE), *late)


def _check(case: Case) -> None:
    path = [event.move_code for event in case.events]
    assert case.owner is not None, path
    assert all(event.actor and event.unit_id for event in case.events), path
    assert all(event.officer_id or event.actor == "parent" for event in case.events), path
    open_clocks = [d.rule_code for d in case.deadlines if d.met_on is None]
    if not case.is_open:
        assert not open_clocks, (path, open_clocks)
        assert case.due_on is None, path
        assert case.status == "answered" or case.closed_on or case.refused_on, path
    elif case.is_petition:
        assert moves_from(case.machine, case.status, STAFF), path
        paused = [d for d in case.deadlines if d.paused_on]
        assert bool(paused) == case.status.startswith("suspended"), path
        assert all(pause.to_on for pause in case.pauses) or paused, path


def _check_main(walk: Walk) -> None:
    """Senders and words are in exactly one of the two, and only there."""
    if walk.main is None:
        return
    db.session.refresh(walk.main)
    _check(walk.main)
    joined = walk.case.joined_to_id is not None
    assert (len(walk.case.submissions), len(walk.main.submissions)) == (
        (0, 2) if joined else (1, 1)
    )
    assert joined == (walk.case.status == "joined")


@dataclass(frozen=True)
class Stand:
    """Where a path has led: the state, its status, and what can be tried from there."""

    state: tuple[object, ...]
    status: str
    machine: str
    tries: tuple[str, ...]


class Walker:
    """Walks a path from the beginning, looks at what it has become, and takes it all back."""

    def __init__(self, kind: str, signed: bool):
        the_holidays()
        self.kind, self.signed = kind, signed
        self.people, self.calendar = People(), load_calendar(db.session())

    def stand(self, path: tuple[str, ...]) -> Stand | None:
        """None when a condition of the law refuses the last step."""
        with db.session.begin_nested() as savepoint:
            walk = Walk(self.kind, self.signed, self.calendar, self.people)
            try:
                for code in path:
                    walk.go(code)
            except MoveRefused:
                savepoint.rollback()
                return None
            case = walk.case
            db.session.flush()
            db.session.refresh(case)
            _check(case)
            _check_main(walk)
            found = Stand(_state(walk), case.status, case.machine.code, _tries(walk))
            savepoint.rollback()
        return found


@pytest.mark.parametrize(
    ("kind", "signed", "machine"),
    [
        ("PA", False, "opinions"),
        ("KN", False, "information"),
        ("KN", True, "complaints"),
        ("TC", True, "denunciations"),
    ],
)
def test_no_path_loses_its_owner_its_actor_or_a_clock(kind: str, signed: bool, machine: str):
    walker = Walker(kind, signed)
    first = walker.stand(())
    assert first is not None
    seen, statuses = {first.state}, {first.status}
    waiting: deque[tuple[tuple[str, ...], Stand]] = deque([((), first)])
    while waiting:
        path, stand = waiting.popleft()
        for code in stand.tries:
            found = walker.stand((*path, code))
            # What has become another kind of matter is walked as that kind.
            if found and found.state not in seen and found.machine == machine:
                seen.add(found.state)
                statuses.add(found.status)
                waiting.append(((*path, code), found))
    assert statuses == set(MACHINES[machine].statuses)
