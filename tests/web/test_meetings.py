"""Reception of citizens: the timetable, the appointments, the register with its sealed names."""

from datetime import date, time

import pytest
from sqlalchemy import select

from feedback import clock, db
from feedback.models.events import CaseEvent
from feedback.models.meetings import Reception, Visit
from feedback.rules.calendar import SATURDAY
from tests.web.counter import get, in_days, now_in_base, page, send
from tests.world import (
    a_case,
    a_contact,
    a_point,
    a_school,
    an_act,
    an_office,
    an_officer,
    the_holidays,
)

MAI = {
    "received_on": "",
    "at": "08:30",
    "mode": "head",
    "name": "Nguyễn Thị Mai",
    "address": "12 Lê Đức Thọ",
    "identity": "079123456789",
    "content": "Hỏi về bữa ăn bán trú của con.",
    "kind": "PA",
    "people": "1",
    "matters": "1",
    "competent": "y",
}
SECRETS = ("Nguyễn Thị Mai", "12 Lê Đức Thọ", "079123456789")


@pytest.fixture
def office(story):
    return an_office()


@pytest.fixture
def school(office):
    return a_school(office=office)


@pytest.fixture
def lan(school):
    return an_officer(school, name="Trần Thị Lan")


@pytest.fixture
def clerk(lan, sign_in):
    return sign_in(lan)


def a_session(unit, held_on: date, mode: str = "head") -> Reception:
    session = Reception(
        unit=unit,
        unit_id=unit.id,
        held_on=held_on,
        begins_at=time(8),
        ends_at=time(11),
        place="Phòng tiếp công dân",
        mode=mode,
        published_on=clock.today(),
    )
    db.session.add(session)
    db.session.flush()
    return session


def an_appointment(unit, **said):
    usual = {
        "kind_code": "DK_TCD",
        "subject_code": "KHAC",
        "about_code": "unknown",
        "text": "Tôi muốn gặp cô hiệu trưởng về việc xếp lớp.",
        "wish": "Muốn gặp vào: sáng thứ Ba",
        "contact": a_contact(phone="0901234567"),
    }
    return a_case(unit, **{**usual, **said})


def a_far_day() -> date:
    """A working day well beyond the five that posting needs."""
    day = in_days(21)
    return day if day.weekday() < SATURDAY else in_days(24)


def publish(client, day: date, **more: str):
    typed = {
        "held_on": day.isoformat(),
        "begins_at": "08:00",
        "ends_at": "11:00",
        "place": "Phòng tiếp công dân",
        "mode": "head",
    }
    return send(client, "/tiep-cong-dan/moi", **{**typed, **more})


def record(client, path: str = "/so-tiep-cong-dan/moi", **more: str):
    return send(client, path, **{**MAI, "received_on": clock.today().isoformat(), **more})


# --- the timetable ------------------------------------------------------------------------------


def test_a_published_session_is_on_the_parents_page_at_once(clerk, school, parent):
    point = a_point(school)
    answer = publish(clerk, a_far_day(), content="Bán trú")

    assert answer.status_code == 303
    assert f"{a_far_day():%d/%m/%Y}" in page(clerk, "/tiep-cong-dan")
    assert f"{a_far_day():%d/%m/%Y}" in page(parent, f"/q/{point.code}/gap")


def test_a_session_too_near_is_refused_with_the_article_and_the_reason(clerk):
    answer = publish(clerk, in_days(1))

    assert answer.status_code == 422
    assert "Điều 24 khoản 4 Luật Tiếp công dân" in answer.text
    assert "Phải làm trước ít nhất 5 ngày làm việc" in answer.text
    assert 'value="Phòng tiếp công dân"' in answer.text
    assert db.session.query(Reception).count() == 0


def test_a_session_too_near_may_be_published_knowingly_as_ad_hoc(clerk):
    answer = publish(clerk, in_days(1), ad_hoc="y")

    assert answer.status_code == 303
    assert db.session.query(Reception).one().held_on == in_days(1)


def test_five_working_days_are_counted_over_holidays(clerk, monkeypatch):
    the_holidays()
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))

    # 24/11/2026 is a holiday: from Friday the 20th five working days reach Monday the 30th.
    assert publish(clerk, date(2026, 11, 27)).status_code == 422
    assert publish(clerk, date(2026, 11, 30)).status_code == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"held_on": "hôm qua"}, "Ngày chưa đúng"),
        ({"held_on": ""}, "Mời chọn ngày tiếp"),
        ({"ends_at": "07:00"}, "Giờ kết thúc phải sau giờ bắt đầu"),
        ({"place": " "}, "Mời ghi nơi tiếp"),
        ({"mode": "nobody"}, "Lựa chọn này không có"),
        ({"held_on": "2199-01-01"}, "hơn một năm"),
        ({"held_on": "2020-01-01"}, "Ngày này đã qua"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(clerk, typed, sentence):
    answer = publish(clerk, a_far_day(), **typed)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_two_sessions_of_the_same_head_do_not_overlap(clerk, school):
    publish(clerk, a_far_day())
    answer = publish(clerk, a_far_day(), begins_at="10:00", ends_at="12:00")

    assert answer.status_code == 422
    assert "Đã có một buổi tiếp khác" in answer.text


def test_a_month_without_the_heads_day_is_said_so(clerk, school):
    assert "Chưa có ngày người đứng đầu tiếp" in page(clerk, "/tiep-cong-dan")
    a_session(school, clock.today())

    assert f"người đứng đầu tiếp ngày {clock.today():%d/%m}" in page(clerk, "/tiep-cong-dan")


def test_a_day_called_off_or_delegated_is_not_the_heads_day(clerk, school):
    a_session(school, clock.today(), "delegated")
    a_session(school, clock.today()).cancel(clock.today(), "Họp gấp")

    assert "người đứng đầu tiếp ngày" not in page(clerk, "/tiep-cong-dan")


def test_a_session_is_called_off_with_a_note(clerk, school):
    session = a_session(school, in_days(3))
    action, prefix = f"/tiep-cong-dan/{session.id}/huy", f"s{session.id}-"
    assert send(clerk, "/tiep-cong-dan", action, prefix, note="").status_code == 422

    send(clerk, "/tiep-cong-dan", action, prefix, note="Dời sang thứ Sáu 18/12.")
    session = now_in_base(session)

    assert session.cancelled_on == clock.today()
    assert "Dời sang thứ Sáu 18/12." in page(clerk, "/tiep-cong-dan")


def test_a_session_of_another_school_does_not_exist(clerk, office):
    foreign = a_session(a_school("NTH", "Trường Nguyễn Thượng Hiền", office), in_days(3))
    db.session.commit()

    assert clerk.post(f"/tiep-cong-dan/{foreign.id}/huy").status_code == 404


def test_the_office_sees_which_school_lacks_the_heads_day(office, school, sign_in):
    a_school("NTH", "Trường Nguyễn Thượng Hiền", office)
    a_session(school, clock.today())
    found = page(sign_in(an_officer(office, "office")), "/tiep-cong-dan")

    assert found.index("Trường Nguyễn Thượng Hiền") < found.index("Trường Tiểu học Lê Đức Thọ")
    assert f"ngày {clock.today():%d/%m}" in found


def test_the_office_publishes_for_a_school_it_looks_after(office, school, sign_in):
    watcher = sign_in(an_officer(office, "office"))
    assert 'selected value="LDT"' in page(watcher, "/tiep-cong-dan/moi?unit=LDT")
    publish(watcher, a_far_day(), unit="LDT")

    assert db.session.query(Reception).one().unit_id == school.id


def test_a_clerk_publishes_for_no_other_school(clerk, school, office):
    a_school("NTH", "Trường Nguyễn Thượng Hiền", office)
    publish(clerk, a_far_day(), unit="NTH")

    assert db.session.query(Reception).one().unit_id == school.id


# --- appointments -------------------------------------------------------------------------------


def test_who_waits_for_an_appointment_stands_on_top_with_the_wish(clerk, school):
    waiting = an_appointment(school)
    found = page(clerk, "/tiep-cong-dan")

    assert waiting.reference in found
    assert "Muốn gặp vào: sáng thứ Ba" in found
    assert "Nguyễn Thị Mai" not in found


def test_an_answered_appointment_stays_until_the_person_came(clerk, school, lan):
    case = an_appointment(school)
    case.answer(an_act(lan, "Mời chị 8 giờ thứ Ba."), "explained", "Hẹn ngày")
    assert "Đã hẹn, chờ người đến" in page(clerk, "/tiep-cong-dan")
    record(clerk, reference=case.reference)

    assert case.reference not in page(clerk, "/tiep-cong-dan")


def test_coming_from_an_appointment_the_form_knows_name_and_words(clerk, school):
    case = an_appointment(school)
    found = page(clerk, f"/so-tiep-cong-dan/moi?case={case.reference}")

    assert 'value="Nguyễn Thị Mai"' in found
    assert "việc xếp lớp" in found


def test_having_received_somebody_answers_the_appointment(clerk, school):
    case = an_appointment(school)
    answer = record(
        clerk, reference=case.reference, result="Đã xếp lại lớp 2A từ thứ Hai.", tell="y"
    )
    case = now_in_base(case)

    assert answer.status_code == 303
    assert (case.status, case.outcome_code) == ("answered", "explained")
    assert case.messages[-1].text == "Đã xếp lại lớp 2A từ thứ Hai."
    assert db.session.query(Visit).one().case_id == case.id


def test_without_the_tick_the_parent_is_told_nothing(clerk, school):
    case = an_appointment(school)
    record(clerk, reference=case.reference, result="Nói chuyện nội bộ.")

    assert now_in_base(case).status == "new"
    assert not now_in_base(case).messages


def test_an_appointment_answered_meanwhile_leaves_nothing_half_done(clerk, school, lan):
    case = an_appointment(school)
    case.answer(an_act(lan, "Mời chị 8 giờ thứ Ba."), "explained", "Hẹn ngày")
    answer = record(clerk, reference=case.reference, result="Đã gặp.", tell="y")

    assert answer.status_code == 422
    assert "Đã trả lời" in answer.text
    assert "Nguyễn Thị Mai" in answer.text
    assert db.session.query(Visit).count() == 0
    events = db.session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.seq)
    )
    assert [event.move_code for event in events] == ["receive", "answer"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reference": "LDT-2026-AAAAA"}, "Không có cuộc hẹn nào"),
        ({"tell": "y", "result": "Đã gặp."}, "Chỉ gửi được khi người đến đã hẹn trước"),
        ({"tell": "y"}, "mời ghi phần Kết quả trước"),
    ],
)
def test_only_an_appointment_of_this_unit_can_be_answered(clerk, typed, sentence):
    answer = record(clerk, **typed)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_an_appointment_of_another_school_is_not_known(clerk, office):
    foreign = an_appointment(a_school("NTH", "Trường Nguyễn Thượng Hiền", office))
    found = page(clerk, f"/so-tiep-cong-dan/moi?case={foreign.reference}")

    assert "Nguyễn Thị Mai" not in found
    assert record(clerk, reference=foreign.reference).status_code == 422


def test_a_reference_that_is_hidden_from_the_school_is_not_known(clerk, school):
    hidden = a_case(school, kind_code="TC", about_code="leader", text="Hiệu trưởng thu tiền.")
    assert record(clerk, reference=hidden.reference).status_code == 422

    about_head = an_appointment(school)
    about_head.hide()
    about_head.owner_id = school.manager.id

    assert about_head.reference not in page(clerk, "/tiep-cong-dan")


# --- the register -------------------------------------------------------------------------------


def test_a_visit_is_a_numbered_row_and_its_person_is_sealed(clerk, school, story):
    answer = record(clerk)
    visit = db.session.query(Visit).one()

    assert answer.status_code == 303
    assert (visit.number, visit.unit_id, visit.mode) == (1, school.id, "head")
    kept = repr(story.exec_driver_sql("SELECT * FROM visit").fetchall())
    assert not any(secret in kept for secret in SECRETS)
    sealed = visit.sealed_person or b""
    assert all(secret.encode() not in sealed for secret in SECRETS)
    assert "Nguyễn Thị Mai" in page(clerk, "/so-tiep-cong-dan")


def test_a_name_sealed_for_one_row_does_not_open_in_another(clerk):
    record(clerk)
    record(clerk, name="Trần Văn Bình")
    first, second = db.session.scalars(select(Visit).order_by(Visit.number))
    first.sealed_person = second.sealed_person
    found = page(clerk, "/so-tiep-cong-dan")

    assert found.count("Trần Văn Bình") == 1
    assert "không mở được" in found


def test_numbers_run_without_gaps_within_unit_and_year(clerk, office, sign_in):
    other = a_school("NTH", "Trường Nguyễn Thượng Hiền", office)
    last_year = date(clock.today().year - 1, 12, 31).isoformat()
    record(clerk)
    record(clerk, name="")
    record(clerk, name="Trần Văn Bình")
    record(sign_in(an_officer(other)))
    record(clerk, received_on=last_year)
    rows = db.session.scalars(select(Visit).order_by(Visit.id))

    assert [(visit.unit.code, visit.received_on.year, visit.number) for visit in rows] == [
        ("LDT", clock.today().year, 1),
        ("LDT", clock.today().year, 2),
        ("NTH", clock.today().year, 1),
        ("LDT", clock.today().year - 1, 1),
    ]


def test_pressing_twice_writes_one_row_and_answers_once(clerk, school):
    case = an_appointment(school)
    for _ in range(2):
        answer = record(clerk, reference=case.reference, result="Đã gặp.", tell="y")
        assert answer.status_code == 303

    assert db.session.query(Visit).count() == 1
    assert len(now_in_base(case).messages) == 1


def test_a_visit_on_a_published_day_belongs_to_its_session(clerk, school):
    session = a_session(school, clock.today())
    record(clerk)

    assert db.session.query(Visit).one().reception_id == session.id


def test_five_people_are_a_group(clerk):
    record(clerk, people="4", content="Bốn phụ huynh lớp 2A.")
    assert "1 đoàn" not in page(clerk, "/so-tiep-cong-dan")
    record(clerk, people="5", content="Năm phụ huynh lớp 3B.")

    assert page(clerk, "/so-tiep-cong-dan").count("chip-warn") == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Mời ghi họ tên người đến"),
        ({"content": " "}, "Mời ghi người đến trình bày việc gì"),
        ({"content": "a" * 6000}, "nhiều nhất là 5.000"),
        ({"people": "0"}, "Số người từ 1 đến 1000"),
        ({"people": "nhiều"}, "số nguyên"),
        ({"identity": "<script>"}, "Số giấy tờ chỉ gồm"),
        ({"received_on": "2199-01-01"}, "Ngày này chưa tới"),
        ({"kind": "XX"}, "Lựa chọn này không có"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_and_everything_is_kept(clerk, typed, sentence):
    answer = record(clerk, **typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="12 Lê Đức Thọ"' in answer.text
    assert db.session.query(Visit).count() == 0


def test_the_book_has_thirteen_columns_and_the_sheet_no_person(clerk):
    record(clerk, guided_to="UBND phường An Hội Đông", note="Hẹn gọi lại")
    book = page(clerk, "/so-tiep-cong-dan/in")
    sheet = get(clerk, "/so-tiep-cong-dan.csv")

    assert "(13)" in book
    assert all(secret in book for secret in SECRETS)
    assert "UBND phường An Hội Đông" in sheet.text
    assert not any(secret in sheet.text for secret in SECRETS)
    assert sheet.headers["Content-Disposition"].startswith("attachment; filename=so-tiep-cong-dan")


def test_a_formula_in_the_register_is_harmless_in_a_spreadsheet(clerk):
    record(clerk, content="=HYPERLINK(1)")

    assert "'=HYPERLINK(1)" in get(clerk, "/so-tiep-cong-dan.csv").text


def test_what_came_of_it_is_written_into_the_row_later(clerk):
    record(clerk)
    where = f"/so-tiep-cong-dan/LDT/{clock.today().year}/1"
    send(clerk, where, result="Đã trả lời bằng văn bản 12/TB.", passed_to="UBND phường")
    visit = db.session.query(Visit).one()

    assert visit.result == "Đã trả lời bằng văn bản 12/TB."
    assert (visit.passed_to, visit.competent) == ("UBND phường", False)
    assert "Nguyễn Thị Mai" in page(clerk, where)


def test_nobody_else_reads_the_register(clerk, office, sign_in):
    record(clerk)
    other = sign_in(an_officer(a_school("NTH", "Trường Nguyễn Thượng Hiền", office)))
    watcher = sign_in(an_officer(office, "office"))
    for stranger in (other, watcher):
        for path in ("", "/in", ".csv"):
            assert "Hỏi về bữa ăn" not in get(stranger, f"/so-tiep-cong-dan{path}?unit=LDT").text
        row = f"/so-tiep-cong-dan/LDT/{clock.today().year}/1"
        assert get(stranger, row).status_code == 404


def test_a_linked_case_that_became_hidden_is_no_longer_named(clerk, school):
    case = an_appointment(school)
    record(clerk, reference=case.reference)
    where = f"/so-tiep-cong-dan/LDT/{clock.today().year}/1"
    assert case.reference in page(clerk, where)
    case = now_in_base(case)
    case.hide()
    case.owner_id = school.manager.id

    assert case.reference not in page(clerk, where)
    assert case.reference not in page(clerk, "/so-tiep-cong-dan")


def test_the_list_turns_its_pages_without_losing_a_row(clerk, lan, school):
    for number in range(1, 56):
        db.session.add(
            Visit(
                unit_id=school.id,
                officer_id=lan.id,
                number=number,
                received_at=clock.now(),
                received_on=clock.today(),
                mode="regular",
                kind_code="PA",
                content=f"Việc thứ {number}.",
            )
        )
    first = page(clerk, "/so-tiep-cong-dan")
    href = next(part for part in first.split('"') if "after=" in part)
    second = page(clerk, href)

    assert "Việc thứ 55." in first
    assert "Việc thứ 5." not in first
    assert all(f"Việc thứ {number}." in second for number in range(1, 6))


@pytest.mark.parametrize("query", ["?period=xyz", "?after=rubbish", "?unit=NTH", "?period=2026-13"])
def test_nonsense_in_the_address_does_no_harm(clerk, query):
    assert get(clerk, f"/so-tiep-cong-dan{query}").status_code == 200


@pytest.mark.parametrize("row", ["LDT/0/1", "LDT/99999/1", "LDT/2026/999999999"])
def test_a_row_that_is_not_there_is_not_found(clerk, row):
    assert get(clerk, f"/so-tiep-cong-dan/{row}").status_code == 404
