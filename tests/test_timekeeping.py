"""What time itself brings about: once, on its day, by whichever runner comes first."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback import clock, db, timekeeping
from feedback.commands import post
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.units import Unit, load_calendar
from feedback.rules.complaints import COMPLAINTS
from feedback.rules.lifecycle import SYSTEM
from feedback.rules.passages import PASSAGES
from feedback.timekeeping import Passing, due, make
from tests.world import a_case, a_head, a_school, an_act, an_officer, the_holidays

pytestmark = pytest.mark.usefixtures("story")
TUESDAY = datetime(2026, 11, 10, 9, 0, tzinfo=clock.OFFICE_ZONE)
DAY = timedelta(days=1)


class Desk:
    """Hằng at the school's desk, and the runner that comes by on a later day."""

    def __init__(self) -> None:
        the_holidays()
        self.school: Unit = a_school()
        self.hang: Officer = an_officer(self.school, name="Trần Thị Thu Hằng")
        self.hoa: Officer = a_head(self.school)

    def accepted(self, kind: str = "KN") -> Case:
        matter = a_case(self.school, TUESDAY, kind_code=kind, signed=True)
        matter.accept(self.act(0))
        db.session.flush()
        return matter

    def decided(self) -> Case:
        matter = self.accepted()
        matter.decide(self.signature(5), "kn_wrong")
        matter.send_decision(self.act(8))
        db.session.flush()
        return matter

    def act(self, days: int) -> Act:
        return an_act(self.hang, "Theo hồ sơ.", TUESDAY + days * DAY)

    def signature(self, days: int) -> Act:
        return an_act(self.hoa, "Theo hồ sơ.", TUESDAY + days * DAY)

    def run(self, days: int) -> int:
        """A round of the runner so many days later."""
        at = TUESDAY + days * DAY
        act = Act(None, at, load_calendar(db.session()))
        return sum(make(db.session(), one, act) for one in due(db.session(), at.date()))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def last(matter: Case) -> tuple[str, str]:
    event = matter.events[-1]
    return event.move_code, event.actor


def test_every_passage_is_a_move_that_the_house_may_make_and_has_its_verb():
    assert set(PASSAGES) == set(timekeeping.VERBS)
    for passage in PASSAGES.values():
        assert SYSTEM in COMPLAINTS.moves[passage.move].who
        assert passage.statuses


def test_a_first_instance_that_lets_its_term_pass_opens_the_second(desk):
    matter = desk.accepted()
    assert matter.due_on == date(2026, 12, 10)
    assert desk.run(30) == 0  # the whole of the last day is still in time
    assert desk.run(31) == 1
    assert last(matter) == ("lapse", SYSTEM)
    assert matter.status == "lapsed"
    assert [d.rule_code for d in matter.running("KN2_LODGE")] == ["KN2_LODGE"]


def test_the_same_round_again_does_nothing(desk):
    matter = desk.accepted()
    assert desk.run(31) == 1
    events = len(matter.events)
    assert desk.run(31) == desk.run(32) == 0
    assert len(matter.events) == events


def test_a_second_runner_that_saw_it_too_finds_it_done(desk):
    matter = desk.accepted()
    at = TUESDAY + 31 * DAY
    seen = due(db.session(), at.date())
    assert seen == [Passing(matter.id, "lapse")]
    act = Act(None, at, load_calendar(db.session()))
    assert [make(db.session(), one, act) for one in (*seen, *seen)] == [True, False]


def test_a_clerk_may_still_record_it_by_hand(desk):
    matter = desk.accepted()
    matter.lapse(desk.act(31))
    db.session.flush()
    assert desk.run(31) == 0
    assert last(matter) == ("lapse", "staff")


def test_an_extended_term_lapses_at_its_new_end(desk):
    matter = desk.accepted()
    matter.extend(desk.signature(20), ["places"])
    db.session.flush()
    assert desk.run(31) == 0
    assert desk.run(46) == 1
    assert matter.status == "lapsed"


def test_what_stands_still_does_not_lapse(desk):
    matter = desk.accepted()
    matter.suspend(desk.signature(6))
    db.session.flush()
    assert desk.run(200) == 0
    assert matter.status == "suspended"


def test_a_decision_comes_into_force_when_nobody_has_complained_again(desk):
    matter = desk.decided()
    # Thirty days from the letter of 18/11 end on Friday 18/12, those of the decision earlier.
    assert max(d.due_on for d in matter.running("KN2_LODGE", "KN_EFFECT")) == date(2026, 12, 18)
    assert desk.run(38) == 0
    assert desk.run(39) == 1
    assert last(matter) == ("take_effect", SYSTEM)
    assert (matter.status, matter.closed_on) == ("closed", date(2026, 12, 19))


def test_a_second_complaint_in_time_keeps_the_decision_from_force(desk):
    matter = desk.decided()
    assert matter.owner.manager
    matter.lodge_again(desk.act(20), matter.owner.manager)
    db.session.flush()
    assert desk.run(60) == 0
    assert matter.status == "lodged_again"


def test_a_decision_that_was_not_sent_does_not_come_into_force(desk):
    matter = desk.accepted()
    matter.decide(desk.signature(5), "kn_wrong")
    db.session.flush()
    assert desk.run(100) == 0
    assert matter.status == "decided"


def test_after_a_lapse_the_days_to_complain_again_end_and_the_decision_is_still_owed(desk):
    matter = desk.accepted()
    desk.run(31)
    assert desk.run(61) == 0
    assert desk.run(70) == 1
    assert last(matter) == ("forgo", SYSTEM)
    assert matter.status == "lapsed"
    assert matter.is_open
    assert not matter.running("KN2_LODGE")
    matter.decide(desk.signature(80), "kn_right")
    assert matter.running("KN2_LODGE")


def test_a_denunciation_never_lapses(desk):
    desk.accepted("TC")
    assert desk.run(200) == 0


@given(st.lists(st.integers(0, 140), max_size=8))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_often_and_late_the_runner_comes_the_matter_ends_the_same(days):
    with db.session.begin_nested() as savepoint:
        once = Desk()
        matter = once.decided()
        for day in sorted(days):
            once.run(day)
        once.run(150)
        moves = [event.move_code for event in matter.events]
        assert moves.count("take_effect") == 1
        assert matter.status == "closed"
        savepoint.rollback()
        db.session.expire_all()


def test_the_runner_makes_it_in_the_hours_of_the_office_and_the_parent_is_told(
    app, desk, monkeypatch
):
    number = desk.accepted().id
    db.session.commit()
    monkeypatch.setattr(post, "_stop_on_signal", list)
    for hour, status in ((3, "verifying"), (10, "lapsed")):
        with time_machine.travel(TUESDAY.replace(hour=hour) + 31 * DAY):
            done = app.test_cli_runner().invoke(args=["run-notices", "--once"])
        assert done.exit_code == 0, done.output
        db.session.expire_all()
        assert db.session.get_one(Case, number).status == status
