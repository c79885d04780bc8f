"""The verbs of a case, told as what happened to one family's word."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from feedback import clock, db, identities, matters
from feedback.models.cases import Case
from feedback.models.units import Unit
from feedback.rules.lifecycle import MoveRefused
from tests.world import (
    KEYS,
    a_case,
    a_committee,
    a_contact,
    a_receipt,
    a_school,
    an_act,
    an_answered_case,
    an_office,
    an_officer,
    the_holidays,
)

pytestmark = pytest.mark.usefixtures("story")
TUESDAY = datetime(2026, 11, 10, 9, 0, tzinfo=clock.OFFICE_ZONE)


def _manager(school: Unit) -> Unit:
    assert school.manager
    return school.manager


def test_mais_word_is_answered_within_the_terms_of_the_shipped_calendar():
    the_holidays()
    matter = a_case(a_school(), TUESDAY)
    dues = {deadline.rule_code: deadline.due_on for deadline in matter.deadlines}
    # 24/11 is a day off from 2026: ten working days end on the 25th, not the 24th.
    assert dues["ACK_ALL"] == date(2026, 11, 25)
    assert matter.due_on == date(2026, 11, 25)
    assert matter.promised_on == dues["KNPA_SLA"] == date(2026, 12, 2)


def test_accepting_meets_the_first_clock_and_names_the_handler():
    school = a_school()
    clerk = an_officer(school)
    matter = a_case(school)
    matter.accept(an_act(clerk))
    assert matter.handler is clerk
    assert matter.stage == 2
    assert [d.rule_code for d in matter.deadlines if d.met_on] == ["ACK_ALL"]


def test_an_answer_owes_nothing_more_and_fixes_the_promise():
    school = a_school()
    matter = an_answered_case(school, an_officer(school))
    assert matter.status == "answered"
    assert matter.due_on is None
    assert matter.answered_on
    assert matter.promised_on
    assert matter.answered_on <= matter.promised_on


def test_not_solved_opens_it_again_with_a_new_term():
    school = a_school()
    matter = an_answered_case(school, an_officer(school))
    matter.dispute(an_act(note="Suất ăn vẫn ít.", as_parent=True), 1)
    assert matter.status == "working"
    assert matter.due_on is not None
    assert (matter.solved, matter.face, matter.reopened) == (False, 1, 1)


def test_the_last_tap_closes_it():
    school = a_school()
    matter = an_answered_case(school, an_officer(school))
    matter.confirm(an_act(as_parent=True), 3)
    assert (matter.status, matter.solved, matter.face) == ("closed", True, 3)


def test_a_second_look_is_the_managing_offices_and_starts_its_clock():
    school = a_school()
    matter = an_answered_case(school, an_officer(school))
    matter.escalate(an_act(note="Xin Phòng xem lại.", as_parent=True), _manager(school))
    assert matter.owner is school.manager
    assert matter.escalated
    assert matter.handler is None
    assert matter.due_on is not None


def test_a_transfer_leaves_a_running_clock_at_the_new_desk():
    school = a_school()
    clerk = an_officer(school)
    matter = a_case(school)
    matter.transfer(an_act(clerk, "Thuộc thẩm quyền của Phòng."), _manager(school))
    assert matter.status == "new"
    assert matter.owner is school.manager
    assert matter.due_on is not None


def test_a_move_the_table_forbids_changes_nothing():
    school = a_school()
    matter = an_answered_case(school, an_officer(school))
    events = len(matter.events)
    with pytest.raises(MoveRefused, match="Đã trả lời"):
        matter.accept(an_act(an_officer(school)))
    assert len(matter.events) == events


def test_a_note_inside_the_office_is_no_message_to_the_parent():
    school = a_school()
    matter = a_case(school)
    matter.add_note(an_act(an_officer(school), "Gọi bếp trưởng."))
    assert matter.messages[-1].internal


@pytest.mark.parametrize("about", ["leaders", "school", "box_keeper"])
@pytest.mark.parametrize("kind", ["GY", "PA", "KNGHI", "KN", "TC"])
def test_what_is_about_the_head_never_is_the_schools(kind: str, about: str):
    school = a_school()
    matter = a_case(school, kind_code=kind, about_code=about)
    assert matter.owner is school.manager
    assert matter.hidden_from_school
    assert db.session.scalar(select(Case.id).where(Case.seen_by({school.id}))) is None


def test_a_matter_that_turns_out_to_be_about_the_head_leaves_the_school():
    school = a_school()
    clerk = an_officer(school)
    matter = a_case(school)
    matters.reclassify(
        matter, an_act(clerk, "Người gửi nói rõ là hiệu trưởng."), "PA", "QUAN_LY", "leaders"
    )
    db.session.flush()
    assert matter.owner is school.manager
    assert matter.hidden_from_school
    assert db.session.scalar(select(Case.id).where(Case.seen_by({school.id}))) is None


def test_at_the_offices_own_counter_ordinary_matters_stay_there():
    office = an_office()
    matter = a_case(office, subject_code="TUYEN_SINH")
    assert matter.owner is office
    assert not matter.hidden_from_school


def test_about_the_offices_leaders_goes_to_the_committee():
    office = an_office(manager=a_committee())
    matter = a_case(office, about_code="leaders")
    assert matter.owner is office.manager


def test_danger_raises_the_alarm_in_the_same_transaction():
    matter = a_case(a_school(), text="Con tôi bị bạn đánh hội đồng, chảy máu đầu ở cổng trường.")
    assert matter.alarmed
    assert matter.priority == "P0"
    assert [event.move_code for event in matter.events] == ["receive", "alert"]
    assert matter.due_on == clock.today()


def test_a_person_ends_the_alarm():
    school = a_school()
    matter = a_case(school, danger=True)
    matter.attend(an_act(an_officer(school), "Đã gọi phụ huynh và báo 111."))
    assert not matter.alarmed
    assert not [d for d in matter.deadlines if d.rule_code.startswith("CHILD") and d.met_on is None]


def test_an_answer_does_not_end_an_alarm_nobody_attended():
    school = a_school()
    matter = a_case(school, danger=True)
    matter.answer(an_act(an_officer(school), "Đang xác minh."), "planned", "Xác minh")
    assert [d.rule_code for d in matter.deadlines if d.met_on is None] == [
        "CHILD_NOTIFY",
        "CHILD_INTERVENE",
    ]


def test_the_contact_is_sealed_and_opens_only_for_its_own_submission():
    school = a_school()
    mai = a_receipt(school, contact=a_contact())
    assert mai.submission.sender
    assert b"Mai" not in mai.submission.sender.sealed
    assert identities.contact_of(mai.submission, KEYS) == a_contact()


def test_the_python_and_the_sql_of_late_agree():
    school = a_school()
    clerk = an_officer(school)
    for days in (0, 5, 12, 20, 30, 60):
        at = clock.now() - timedelta(days=days)
        a_case(school, at)
        an_answered_case(school, clerk, at)
    today = clock.today()
    in_sql = set(db.session.scalars(select(Case.id).where(Case.late(today))))
    in_python = {matter.id for matter in db.session.scalars(select(Case)) if matter.is_late(today)}
    assert in_sql == in_python
    assert in_sql


def test_references_do_not_count():
    school = a_school()
    numbers = [a_case(school).reference.rpartition("-")[2] for _ in range(20)]
    assert len(set(numbers)) == 20
    assert numbers != sorted(numbers)
