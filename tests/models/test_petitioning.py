"""From web information to a signed đơn, and on: told as what the law lets an office do."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import clock, db, identities, matters
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.units import Unit
from feedback.rules.calendar import WorkCalendar
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.terms import CALENDAR_DAYS, WORKING_DAYS, Pause, Term, due
from forms.petition import Contact
from tests.world import KEYS, a_case, a_head, a_school, an_act, an_officer, the_holidays

pytestmark = pytest.mark.usefixtures("story")
TUESDAY = datetime(2026, 11, 10, 9, 0, tzinfo=clock.OFFICE_ZONE)
MAI = Contact(name="Nguyễn Thị Mai", address="12 Phan Văn Trị", identity="079180001234")


class Desk:
    """Hằng at the school's desk, with the shipped calendar."""

    def __init__(self) -> None:
        the_holidays()
        self.school: Unit = a_school()
        self.hang: Officer = an_officer(self.school, name="Trần Thị Thu Hằng")
        self.head: Officer = a_head(self.school)

    def act(self, days: int, note: str = "Theo hồ sơ.") -> Act:
        return an_act(self.hang, note, TUESDAY + timedelta(days=days))

    def signs(self, days: int, note: str = "Theo hồ sơ.") -> Act:
        return an_act(self.head, note, TUESDAY + timedelta(days=days))

    def petition(self, kind: str = "KN") -> Case:
        return a_case(self.school, TUESDAY, kind_code=kind, signed=True)

    def accepted(self, kind: str = "KN") -> Case:
        matter = self.petition(kind)
        matter.accept(self.act(0))
        db.session.flush()
        return matter


@pytest.fixture
def desk() -> Desk:
    return Desk()


def running(matter: Case) -> dict[str, date]:
    return {d.rule_code: d.due_on for d in matter.deadlines if d.met_on is None}


def second_instance(desk: Desk) -> Case:
    matter = desk.accepted()
    matter.decide(desk.signs(5), "kn_wrong")
    matter.send_decision(desk.act(6))
    assert matter.owner.manager
    matter.lodge_again(desk.act(10), matter.owner.manager)
    matter.accept_again(desk.act(12))
    return matter


# --- from information to đơn ------------------------------------------------------------------


def test_a_signature_starts_the_clocks_of_the_law_on_that_day(desk):
    matter = a_case(desk.school, TUESDAY, kind_code="KN")
    assert set(running(matter)) == {"ACK_ALL", "KNPA_SLA"}
    matters.sign(matter, desk.act(6), KEYS, MAI)
    assert matter.is_petition
    assert matter.machine.code == "complaints"
    # Seven working days after Monday 16/11, with 24/11 off.
    assert running(matter)["KN_ACCEPT"] == date(2026, 11, 26)
    assert set(running(matter)) == {"ACK_ALL", "KN_ACCEPT", "ANY_45"}


def test_who_signed_is_sealed_and_in_no_event(desk):
    matter = a_case(desk.school, TUESDAY, kind_code="TC", contact=Contact(phone="0901234567"))
    matters.sign(matter, desk.act(1), KEYS, MAI)
    kept = identities.contact_of(matter.submission, KEYS)
    assert (kept.name, kept.identity, kept.phone) == (MAI.name, MAI.identity, "0901234567")
    told = "".join(event.note + str(event.detail) for event in matter.events)
    assert MAI.name not in told
    assert MAI.identity not in told


def test_an_opinion_is_never_signed(desk):
    matter = a_case(desk.school, TUESDAY)
    with pytest.raises(MoveRefused, match="không có bước"):
        matter.sign(desk.act(1))
    assert not matter.is_petition


def test_a_signed_complaint_that_is_none_becomes_an_opinion_with_its_clock(desk):
    matter = desk.petition()
    matter.reclassify(desk.act(1), "PA", "BAN_TRU", "boarding")
    assert matter.machine.code == "opinions"
    assert "KN_ACCEPT" not in running(matter)
    assert running(matter)["KNPA_SLA"] == date(2026, 12, 2)


# --- longer -----------------------------------------------------------------------------------


def test_a_complaint_is_extended_once_from_the_day_it_was_taken_up(desk):
    matter = desk.accepted()
    assert running(matter)["KN1_RESOLVE"] == date(2026, 12, 10)
    matter.extend(desk.signs(20), ["people"])
    # 45 days after 10/11 is Friday 25/12.
    assert running(matter)["KN1_RESOLVE_C"] == date(2026, 12, 25)
    with pytest.raises(MoveRefused, match="Điều 28"):
        matter.extend(desk.signs(21), ["people"])


def test_a_denunciation_with_two_grounds_is_extended_twice_and_never_a_third_time(desk):
    matter = desk.accepted("TC")
    matter.extend(desk.signs(20), ["places", "evidence"])
    first = running(matter)["TC_EXT2"]
    matter.extend(desk.signs(40), ["places", "evidence"])
    assert running(matter)["TC_EXT2"] >= first + timedelta(days=30)
    events = len(matter.events)
    with pytest.raises(MoveRefused, match="không cho phép lần thứ ba"):
        matter.extend(desk.signs(60), ["places", "evidence"])
    assert len(matter.events) == events


def test_one_ground_carries_one_extension(desk):
    matter = desk.accepted("TC")
    matter.extend(desk.signs(20), ["places"])
    assert "TC_EXT1" in running(matter)
    with pytest.raises(MoveRefused, match="từ hai căn cứ"):
        matter.extend(desk.signs(40), ["places"])


@pytest.mark.parametrize("grounds", [[], ["tired"]])
def test_an_extension_without_ground_is_refused_and_changes_nothing(desk, grounds):
    matter = desk.accepted("TC")
    with pytest.raises(MoveRefused, match="bảy căn cứ"):
        matter.extend(desk.signs(5), grounds)
    assert matter.extended == 0


def test_what_has_run_out_is_not_extended(desk):
    matter = desk.accepted("TC")
    with pytest.raises(MoveRefused, match="chỉ gia hạn khi còn hạn"):
        matter.extend(desk.signs(50), ["places"])


# --- not now, not at all ----------------------------------------------------------------------


def test_the_days_of_a_suspension_are_given_back(desk):
    matter = desk.accepted()
    before = matter.due_on
    assert before == date(2026, 12, 10)
    matter.suspend(desk.signs(6))
    # Only the letter about the suspension is owed now.
    assert set(running(matter)) == {"KN1_RESOLVE", "KN_SUSPEND_SEND"}
    assert matter.due_on == running(matter)["KN_SUSPEND_SEND"]
    matter.send_suspension(desk.act(7))
    assert matter.due_on is None
    matter.resume(desk.signs(16))
    assert running(matter)["KN1_RESOLVE"] >= before + timedelta(days=10)


@given(
    quantity=st.integers(1, 60),
    unit=st.sampled_from([WORKING_DAYS, CALENDAR_DAYS]),
    start=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    after=st.integers(1, 80),
    length=st.integers(0, 90),
)
def test_suspending_never_shortens_a_term(quantity, unit, start, after, length):
    calendar, term = WorkCalendar({}), Term(quantity, unit)
    begun = start + timedelta(days=after)
    pause = Pause(begun, begun + timedelta(days=length))
    assert due(term, start, calendar, [pause]).on >= due(term, start, calendar).on


def test_a_withdrawn_denunciation_goes_on_when_there_are_signs_of_a_violation(desk):
    matter = desk.accepted("TC")
    matter.withdraw(an_act(note="Tôi xin rút.", at=TUESDAY + timedelta(days=3), as_parent=True))
    assert matter.is_open
    assert "TC_RESOLVE" in running(matter)
    matter.carry_on(desk.act(4, "Có dấu hiệu vi phạm về thu chi."))
    assert matter.status == "verifying"
    assert matter.closed_on is None


def test_a_withdrawn_complaint_ends(desk):
    matter = desk.accepted()
    matter.withdraw(desk.act(3, "Có đơn rút."))
    assert (matter.status, matter.closed_on) == ("withdrawn", date(2026, 11, 13))
    assert not running(matter)


# --- dialogue and second instance -------------------------------------------------------------


def test_a_dialogue_is_announced_five_days_before(desk):
    matter = desk.accepted()
    with pytest.raises(MoveRefused, match="trước ít nhất 5 ngày"):
        matter.invite(desk.act(1), date(2026, 11, 13))
    assert matter.dialogue_on is None
    matter.invite(desk.act(1), date(2026, 11, 18))
    assert matter.dialogue_on == date(2026, 11, 18)


def test_a_dialogue_of_tomorrow_cannot_have_been_held(desk):
    matter = desk.accepted()
    matter.invite(desk.act(1), date(2026, 11, 18))
    with pytest.raises(MoveRefused, match="tương lai"):
        matter.dialogue(desk.act(2), date(2026, 11, 18))
    assert matter.dialogue_held_on is None


def test_the_second_instance_is_the_offices_and_decides_only_after_a_dialogue(desk):
    matter = second_instance(desk)
    assert matter.owner is desk.school.manager
    with pytest.raises(MoveRefused, match="bắt buộc phải đối thoại"):
        matter.decide_again(desk.signs(20), "kn_upheld")
    matter.invite(desk.act(13), date(2026, 11, 30))
    matter.dialogue(desk.act(20), date(2026, 11, 30))
    matter.decide_again(desk.signs(21), "kn_changed")
    assert (matter.result_code, matter.result_again_code) == ("kn_wrong", "kn_changed")


def test_a_decision_is_in_force_only_after_thirty_days(desk):
    matter = desk.accepted()
    matter.decide(desk.signs(5), "kn_right")
    matter.send_decision(desk.act(6))
    with pytest.raises(MoveRefused, match="Điều 44"):
        matter.take_effect(desk.act(20))
    matter.take_effect(desk.act(40))
    assert matter.status == "closed"
    assert not running(matter)


def test_an_overdue_first_instance_opens_the_second(desk):
    matter = desk.accepted()
    with pytest.raises(MoveRefused, match="Chưa hết thời hạn"):
        matter.lapse(desk.act(20))
    matter.lapse(desk.act(40))
    assert "KN2_LODGE" in running(matter)
    assert matter.owner.manager
    matter.lodge_again(desk.act(41), matter.owner.manager)
    assert "KN1_RESOLVE" not in running(matter)
    assert "KN_ACCEPT" in running(matter)


def test_a_denunciation_ends_when_its_conclusion_was_sent_and_published(desk):
    matter = desk.accepted("TC")
    matter.notify_acceptance(desk.act(1))
    matter.conclude(desk.signs(9), "tc_partly")
    with pytest.raises(MoveRefused, match="Chưa gửi"):
        matter.close(desk.act(10))
    matter.send_conclusion(desk.act(10))
    with pytest.raises(MoveRefused, match="Chưa công khai"):
        matter.close(desk.act(10))
    matter.publish_conclusion(desk.act(11))
    matter.close(desk.act(11))
    assert (matter.status, matter.answered_on) == ("closed", date(2026, 11, 19))
