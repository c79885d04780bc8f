"""The demo: a small town in which everything has happened, and nothing contradicts itself."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from analysis.gaps import gaps
from feedback import access, clock, codes, db, identities, intake, lists, rights, scopes
from feedback.clock import office_day
from feedback.demo import directory, paperwork, world
from feedback.demo.courses import STEPS
from feedback.demo.fates import FATES
from feedback.demo.people import PASSWORD
from feedback.demo.pictures import DRAWINGS, draw
from feedback.demo.place import Place, Wishes
from feedback.demo.tree import SHOWN
from feedback.models.cases import Case
from feedback.models.conflicts import Recusal
from feedback.models.data_requests import DataRequest
from feedback.models.events import CaseEvent
from feedback.models.meetings import Reception, Visit
from feedback.models.notices import Notice
from feedback.models.officers import Officer, SavedView, stands_in_for
from feedback.models.papers import IssuedPaper
from feedback.models.points import PointDay, QrPoint
from feedback.models.replies import ReplyTemplate
from feedback.models.reports import UnitReport
from feedback.models.responses import SurveyResponse
from feedback.models.sifting import FloodMark
from feedback.models.signings import SigningRequest
from feedback.models.submissions import Attachment, Submission
from feedback.models.units import Holiday, Unit, signing_unit
from feedback.passwords import is_right
from feedback.pictures import reencode
from feedback.rules.lifecycle import STAFF, SYSTEM
from feedback.rules.opinions import OPINIONS
from feedback.rules.outcomes import OUTCOMES
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.reply_fields import REPLY_FIELDS
from feedback.rules.roles import ROLES
from feedback.scopes import Scope
from feedback.shelf import Shelf
from feedback.shipped import read
from forms.questions import QUESTION_TYPES
from tests.test_notices import settle
from tests.world import KEYS

UNTIL = datetime(2026, 11, 24, 15, 40, tzinfo=clock.OFFICE_ZONE)
WISHES = Wishes(schools=43, months=14, submissions=200, seed=1, until=UNTIL)


def made(shelf: Shelf, wishes: Wishes = WISHES) -> Place:
    place = world.new_place(db.session(), KEYS, shelf, wishes)
    for _ in world.build(place):
        pass
    db.session.flush()
    return place


@pytest.fixture(scope="module")
def town(engine: Engine, app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One world for all these stories; it is rolled back after the last."""
    connection = engine.connect()
    outer = connection.begin()
    db.session.remove()
    db.session.configure(bind=connection, join_transaction_mode="create_savepoint")
    yield made(Shelf(tmp_path_factory.mktemp("shelf"), 0))
    db.session.remove()
    db.session.configure(bind=engine)
    outer.rollback()
    connection.close()


def everything(table: Any) -> list[Any]:
    return list(db.session.scalars(select(table).order_by(table.id)))


# --- places and people ------------------------------------------------------------------------


def test_the_tree_has_three_levels_and_the_shown_school(town: Place) -> None:
    assert len(town.schools) == 43
    assert town.schools[0].code == SHOWN
    for school in town.schools:
        assert school.manager is town.office
        assert school.manager.manager
        assert school.manager.manager.kind == "committee"


def test_a_school_beyond_the_list_is_plainly_invented(town: Place) -> None:
    invented = [unit for unit in town.schools if unit.code.startswith("MAU")]
    assert len(invented) == 3
    assert invented[0].name == "Trường Tiểu học Mẫu 1 (minh họa)"
    assert all(unit.demo for unit in town.units.values())


def test_every_school_has_three_codes_that_hold(town: Place) -> None:
    for school in town.schools:
        held = [point for point in town.points[school.id] if not point.revoked]
        assert len({point.place for point in held}) == 3
    everywhere = everything(QrPoint)
    assert [point.unit.code for point in everywhere if point.revoked] == [SHOWN]
    assert all(codes.tidy_point_code(point.code) == point.code for point in everywhere)


def test_every_role_is_held_and_one_password_opens_all(town: Place) -> None:
    officers = everything(Officer)
    held = {role.code for officer in officers for role in officer.roles_on(UNTIL.date())}
    assert held == set(ROLES)
    assert len({officer.password_hash for officer in officers}) == 1
    assert is_right(officers[0].password_hash, PASSWORD)
    assert all(officer.email.endswith("@demo.invalid") for officer in officers)


def test_at_every_level_somebody_is_woken_for_a_child(town: Place) -> None:
    for unit in (*town.schools, town.office):
        assert (unit.id, "duty") in town.staff


# --- messages ---------------------------------------------------------------------------------


def test_the_shown_school_has_a_case_in_every_state(town: Place) -> None:
    shown = [case for case in everything(Case) if case.unit.code == SHOWN]
    assert {case.status for case in shown} >= set(OPINIONS.statuses)
    assert any(case.is_late(UNTIL.date()) for case in shown)
    assert any(case.escalated for case in shown)
    assert any(case.reopened and case.is_open for case in shown)
    assert any(case.transferred_on for case in shown)


def test_one_alarm_still_waits_and_the_others_were_looked_after(town: Place) -> None:
    alarmed = [case for case in everything(Case) if case.alarmed]
    assert [case.unit.code for case in alarmed] == [SHOWN]
    assert db.session.scalar(
        select(func.count()).select_from(CaseEvent).where(CaseEvent.move_code == "attend")
    )


def test_some_matters_are_kept_from_the_schools(town: Place) -> None:
    hidden = [case for case in everything(Case) if case.hidden_from_school]
    assert len(hidden) >= 5
    clerk = town.staff[town.units[SHOWN].id, "clerk"][0]
    scope = scopes.scope_of(db.session(), clerk, UNTIL.date())
    seen = set(db.session.scalars(access.cases(scope)))
    assert not seen & {case for case in hidden if case.owner.code != SHOWN}


def test_each_case_went_its_way_in_order_and_never_ahead_of_now(town: Place) -> None:
    for case in everything(Case):
        moments = [event.at for event in case.events]
        assert moments == sorted(moments)
        assert moments[-1] <= UNTIL
        assert case.received_at == moments[0]


def test_staff_act_in_office_hours_on_working_days(town: Place) -> None:
    for event in everything(CaseEvent):
        at = event.at.astimezone(clock.OFFICE_ZONE)
        if event.actor == STAFF and event.move_code not in {"attend", "receive", "alert"}:
            assert town.calendar.is_working(at.date()), (event.move_code, at)
            assert 8 <= at.hour < 17, (event.move_code, at)


def test_who_acts_belongs_to_the_desk_that_answers(town: Place) -> None:
    officers = {officer.id: officer for officer in everything(Officer)}
    for event in everything(CaseEvent):
        if event.officer_id and event.move_code not in {"receive", "alert", "transfer"}:
            units = {role.unit_id for role in officers[event.officer_id].roles}
            desk = town.session.get_one(Unit, event.unit_id)
            # The committee's chair signs what the office has prepared.
            assert units & {desk.id, signing_unit(desk, UNTIL.date()).id}, event.move_code


def test_an_answer_that_says_it_was_done_shows_it(town: Place) -> None:
    for case in everything(Case):
        answers = [m for m in case.messages if m.move_code == "answer"]
        events = [e for e in case.events if e.move_code == "answer"]
        for message, event in zip(answers, events, strict=True):
            outcome = OUTCOMES[event.detail["outcome"][1]]
            kind = PETITION_KINDS[case.kind_code]
            if kind.needs_evidence and outcome.shows:
                assert message.attachments
            assert event.detail["done"]
            assert message.text


def test_every_file_lies_on_the_shelf_and_is_a_clean_picture(town: Place) -> None:
    kept = everything(Attachment)
    assert len(kept) > 20
    for attachment in kept:
        assert town.shelf.holds(attachment.name)
        assert attachment.media_type == "image/jpeg"


def test_every_kind_and_every_channel_occurs(town: Place) -> None:
    cases = everything(Case)
    assert {case.kind_code for case in cases} >= {"PA", "GY", "KH", "KNGHI", "KN", "TC", "DK_TCD"}
    assert {case.channel_code for case in cases} == {"qr", "walk_in", "phone", "paper"}
    assert any(case.is_petition for case in cases)


def test_something_waits_for_each_signature_and_somebody_has_stepped_aside(town: Place) -> None:
    waiting = [one for one in everything(SigningRequest) if one.waits]
    assert {one.unit.kind for one in waiting} == {"school", "committee"}
    assert all(one.stands for one in everything(Recusal))
    assert everything(Recusal)


def test_nobody_writes_the_same_twice_at_one_school(town: Place) -> None:
    told = Counter((row.unit_id, row.text) for row in everything(Submission))
    assert told.most_common(1)[0][1] == 1


def test_the_same_period_of_last_year_is_there_to_compare(town: Place) -> None:
    months = Counter(f"{row.received_on:%Y-%m}" for row in everything(Submission))
    assert months["2025-10"]
    assert months["2026-10"]


def test_only_what_has_just_happened_is_still_to_be_told(town: Place) -> None:
    untold = [event for event in everything(CaseEvent) if event.announced_at is None]
    assert 0 < len(untold) < 12
    assert all(UNTIL - event.at < timedelta(hours=1) for event in untold)
    assert "alert" in {event.move_code for event in untold}
    assert not everything(Notice)


def test_a_tracking_code_of_the_list_opens_its_thread(town: Place) -> None:
    found = directory.contents(town, "http://localhost")["receipts"]
    assert len(found) == WISHES.submissions
    for receipt in (found[0], found[-1]):
        code = codes.tidy_code(receipt["code"])
        assert code
        quick = codes.quick_track(KEYS.track, code)
        kept = db.session.scalars(select(Submission).where(Submission.track_quick == quick)).one()
        case = intake.case_of(db.session(), kept)
        assert (case.reference, case.status) == (receipt["reference"], receipt["state"])


def test_the_list_follows_the_program_to_another_address(town: Place, tmp_path: Path) -> None:
    path = directory.write(tmp_path, directory.contents(town, "http://127.0.0.1:8000"))
    directory.readdress(tmp_path, "http://127.0.0.1:8001")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["base_url"] == "http://127.0.0.1:8001"
    assert all(p["url"] == f"http://127.0.0.1:8001/q/{p['code']}" for p in found["points"])
    assert len(found["receipts"]) == WISHES.submissions


# --- around the messages ----------------------------------------------------------------------


def test_every_head_receives_once_a_month_now_and_in_months_to_come(town: Place) -> None:
    for unit in (*town.schools, town.office):
        months = {session.held_on.replace(day=1) for session in town.sessions[unit.id]}
        assert UNTIL.date().replace(day=1) in months
        assert date(2026, 12, 1) in months
    published = [s for s in everything(Reception) if s.published_on <= UNTIL.date()]
    assert any(session.held_on > UNTIL.date() for session in published)
    assert any(session.cancelled_on for session in published)


def test_the_register_is_numbered_without_gaps_in_the_order_of_coming(town: Place) -> None:
    books: dict[tuple[int, int], list[Visit]] = {}
    for visit in everything(Visit):
        books.setdefault((visit.unit_id, visit.received_on.year), []).append(visit)
    for rows in books.values():
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert [row.received_at for row in rows] == sorted(row.received_at for row in rows)
        assert rows[-1].received_at <= UNTIL
    assert any(visit.case_id for rows in books.values() for visit in rows)


def test_surveys_are_answered_in_the_shape_of_the_form(town: Place) -> None:
    found = everything(SurveyResponse)
    assert len(found) > 200
    for response in found:
        questions = {question.code: question for question in response.survey.questions}
        assert set(response.answers) <= set(questions)
        assert all(questions[q].type_code in QUESTION_TYPES for q in response.answers)
        assert all(response.answers[q.code] in range(6) for q in questions.values() if q.required)


def test_no_point_sent_more_than_was_begun_or_scanned(town: Place) -> None:
    letters = (row for row in everything(Submission) if row.part_of_id is None)
    came_in = [*letters, *everything(SurveyResponse)]
    sent = Counter((row.point_id, row.received_on) for row in came_in if row.point_id)
    days = {(day.point_id, day.day): day for day in everything(PointDay)}
    assert all(day.scans >= day.starts for day in days.values())
    assert all(days[place].starts >= number for place, number in sent.items())


def test_reports_stand_in_every_state_and_the_shown_school_has_handed_in(town: Place) -> None:
    reports = everything(UnitReport)
    assert {report.state for report in reports} >= {"accepted", "submitted", "draft"}
    shown = [r for r in reports if r.unit.code == SHOWN and r.state == "submitted"]
    assert len(shown) == 1
    assert shown[0].figures["tables"]
    assert all(report.frozen_at <= UNTIL for report in reports if report.frozen_at)
    assert any(report.frozen_at and not report.unit.is_school for report in reports)


def test_what_is_handed_in_speaks_only_of_days_that_are_over(town: Place) -> None:
    for report in everything(UnitReport):
        if report.frozen_at:
            assert office_day(report.frozen_at) > report.round.ends_on


# --- what the law knows of ----------------------------------------------------------------------


def test_a_letter_was_split_and_the_school_knows_only_of_its_own_part(town: Place) -> None:
    gone = town.cases["split"]
    assert (gone.owner, gone.hidden_from_school) == (town.office, True)
    rest = next(c for c in everything(Case) if c is not gone and c.letter_ids == gone.letter_ids)
    assert (rest.owner.code, rest.hidden_from_school) == (SHOWN, False)
    clerk = town.staff[town.units[SHOWN].id, "clerk"][0]
    seen = set(db.session.scalars(access.cases(scopes.scope_of(db.session(), clerk, UNTIL.date()))))
    assert (rest in seen, gone in seen) == (True, False)
    assert "hiệu trưởng" not in rest.submission.text


def test_two_parents_who_wrote_of_the_same_have_one_answer_to_wait_for(town: Place) -> None:
    main, other = town.cases["join_main"], town.cases["join_other"]
    assert (other.status, other.joined_to_id) == ("joined", main.id)
    assert len(main.submissions) == 2


def test_twelve_parents_have_three_who_speak_for_them(town: Place) -> None:
    group = identities.group_of(town.cases["together"].submission, town.keys)
    assert (group.people, len(group.speakers), group.appointed) == (12, 3, True)


def test_one_complaint_and_one_denunciation_are_at_the_second_instance(town: Place) -> None:
    for fate, kind in (("appealed", "KN"), ("denounced_again", "TC")):
        case = town.cases[fate]
        assert (case.kind_code, case.status, case.owner) == (kind, "lodged_again", town.office)
        assert case.unit.code == SHOWN


def test_time_itself_has_ended_one_first_instance(town: Place) -> None:
    event = next(e for e in town.cases["lapsed"].events if e.move_code == "lapse")
    assert event.actor == SYSTEM
    assert town.cases["lapsed"].status == "lapsed"


def test_a_complaint_that_was_passed_on_knows_who_must_hear_of_its_result(town: Place) -> None:
    case = town.cases["passed_on"]
    assert case.forwarder_code == "council"
    assert case.forwarder == read("scenes")["passed_on"]["forwarder"]["name"]
    assert "forwarded" in {event.move_code for event in case.events}


def test_anonymous_but_concrete_information_waits_to_be_inspected(town: Place) -> None:
    case = town.cases["concrete"]
    assert case.owes_inspection
    assert case.submission.sender is None
    assert not case.is_petition


def test_the_moves_that_ask_for_a_paper_have_sent_it(town: Place) -> None:
    issued = everything(IssuedPaper)
    assert {paper.code for paper in issued} == set(paperwork.MADE)
    for paper in issued:
        assert town.shelf.holds(paper.docx_name)
        assert town.shelf.holds(paper.pdf_name)
        assert any(e.move_code == "issue" and e.at == paper.made_at for e in paper.case.events)


def test_each_book_of_numbers_has_no_gap_and_follows_the_days(town: Place) -> None:
    books: dict[tuple[int, int, str], list[IssuedPaper]] = {}
    for paper in everything(IssuedPaper):
        books.setdefault((paper.unit_id, paper.year, paper.series), []).append(paper)
    for rows in books.values():
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert [row.made_at for row in rows] == sorted(row.made_at for row in rows)


def test_the_desks_have_their_words_their_view_and_somebody_who_stands_in(town: Place) -> None:
    templates = everything(ReplyTemplate)
    assert {one.unit.kind for one in templates} == {"office", "school"}
    assert all(one.shared == (one.unit.kind == "office") for one in templates)
    assert all(set(gaps(one.text)) <= set(REPLY_FIELDS) for one in templates)
    view = db.session.scalars(select(SavedView)).one()
    assert lists.read(view.where, (), ()).where == view.where
    stands_in = town.staff[town.office.id, "office"][0]
    assert stands_in_for(db.session(), stands_in, UNTIL.date())


def test_three_letters_wait_as_suspected_spam_and_are_in_no_list(town: Place) -> None:
    held = [case for case in everything(Case) if case.is_held]
    assert [len(case.events) for case in held] == [2, 2, 2]
    assert {case.owner.code for case in held} == {SHOWN}
    signs = Counter(mark.code for mark in everything(FloodMark))
    assert signs == {"trap": 1, "flood": 1, "too_quick": 1, "busy_unit": 1}
    shown = set(
        db.session.scalars(access.cases(scope_of_the_clerk(town)).with_only_columns(Case.id))
    )
    assert shown
    assert shown.isdisjoint(case.id for case in held)


def test_senders_have_asked_for_their_data_and_one_was_answered(town: Place) -> None:
    asked = everything(DataRequest)
    assert [(one.kind_code, one.outcome_code) for one in asked] == [
        ("correct", ""),
        ("access", "done"),
        ("erase", ""),
    ]
    assert not any(one.is_late(town.wishes.today) for one in asked)
    clerk = scope_of_the_clerk(town)
    assert rights.waiting(db.session(), clerk) == 1  # to erase is for the Office
    office = town.officer(town.office, "office")
    above = scopes.scope_of(db.session(), office, town.wishes.today)
    assert rights.waiting(db.session(), above) == 1


def scope_of_the_clerk(town: Place) -> Scope:
    clerk = town.staff[town.units[SHOWN].id, "clerk"][0]
    return scopes.scope_of(db.session(), clerk, town.wishes.today)


def test_the_shown_school_has_a_day_off_of_its_own(town: Place) -> None:
    own = db.session.scalars(select(Holiday).where(Holiday.unit_id.is_not(None))).one()
    assert own.day > UNTIL.date()
    assert town.calendar.is_working(own.day)
    assert not town.calendar.at(town.units[SHOWN].id).is_working(own.day)


# --- the making of it -------------------------------------------------------------------------


@pytest.mark.parametrize("fate", FATES, ids=lambda fate: fate.code)
def test_every_fate_is_made_of_steps(fate: Any) -> None:
    assert set(fate.steps) <= set(STEPS)
    assert fate.kinds <= set(PETITION_KINDS)


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_drawing_passes_as_a_photo(name: str) -> None:
    assert reencode(draw(DRAWINGS[name])).startswith(b"\xff\xd8")


def test_demo_data_is_marked_on_every_page(
    town: Place, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = "Dữ liệu minh họa – không phải ý kiến thật"
    page = app.test_client().get("/dang-nhap").get_data(as_text=True)
    assert sign not in page
    settle(app, monkeypatch, demo=True)
    for path in (f"/q/{town.points[town.schools[0].id][0].code}", "/dang-nhap"):
        assert sign in app.test_client().get(path).get_data(as_text=True)
