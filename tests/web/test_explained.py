"""Why a day is the day: to the parent, to another system; and the 45 days in words."""

from datetime import datetime, timedelta

import pytest
import time_machine

from feedback import clock, db, reckoning, tokens
from feedback.models.units import load_calendar
from tests import world
from tests.eyes import Visitor

TUESDAY = datetime(2026, 11, 10, 9, 0, tzinfo=clock.OFFICE_ZONE)
DAY = timedelta(days=1)


@pytest.fixture
def made(town):
    """A signed complaint of Tuesday 10 November 2026."""
    found = world.a_receipt(town.school, TUESDAY, kind_code="KN", signed=True)
    db.session.commit()
    return found


def at(days: int) -> time_machine.travel:
    return time_machine.travel(TUESDAY + days * DAY, tick=False)


def test_the_parent_reads_every_term_with_each_day_that_was_skipped(made, parent):
    with at(1):
        said = Visitor(parent).post("/tra-cuu", {"code": made.code}).said
    assert "Tất cả thời hạn của việc này (3)" in said
    assert "Thông báo thụ lý hoặc không thụ lý khiếu nại" in said
    assert "Không tính thứ Ba, 24/11/2026: Ngày Văn hóa Việt Nam." in said
    assert "Luật 136/2025/QH15; Điều 10 Nghị định 155/2026/NĐ-CP" in said


def test_a_matter_that_has_ended_shows_no_term(made, town, parent):
    made.case.assign(world.an_act(town.hoa, at=TUESDAY), town.hang)
    made.case.refuse(world.an_act(town.hoa, "Không liên quan.", TUESDAY + DAY), "KN_UNSIGNED")
    db.session.commit()
    with at(2):
        assert "Tất cả thời hạn" not in Visitor(parent).post("/tra-cuu", {"code": made.code}).said


@pytest.mark.parametrize(
    ("days", "words"),
    [(20, ""), (40, "trước khi hết 45 ngày"), (50, "đã quá 45 ngày mà chưa được xử lý")],
)
def test_the_desk_reads_of_the_45_days_once_they_are_near(made, town, days, words):
    with at(days):
        said = town.at_desk(town.hang).see(f"/viec/{made.case.reference}").said
    assert (words in said) if words else ("45 ngày mà chưa được xử lý." not in said)


def test_the_parent_reads_that_it_lay_too_long(made, parent):
    with at(44):
        assert "quá 45 ngày mà" not in told_at_the_top(parent, made)
    with at(50):
        assert "đã quá 45 ngày mà chưa được xử lý" in told_at_the_top(parent, made)


def told_at_the_top(parent, made) -> str:
    said = Visitor(parent).post("/tra-cuu", {"code": made.code}).said
    return said.split("Tất cả thời hạn")[0]


# --- another system ---------------------------------------------------------------------------


def ask(client, token: str | None, reference: str):
    shown = {"Authorization": f"Bearer {token}"} if token else {}
    return client.get(f"/api/v1/cases/{reference}/deadlines", headers=shown)


@pytest.fixture
def token(town) -> str:
    made = tokens.issue(db.session(), town.office, "Cổng dữ liệu", clock.now())
    db.session.commit()
    return made


def test_the_api_tells_the_same_lines_as_the_prompt(made, parent, token):
    with at(1):
        answer = ask(parent, token, made.case.reference)
        lines = list(reckoning.explained(made.case, load_calendar(db.session())))
    assert answer.status_code == 200
    told = {one["code"]: one for one in answer.json["deadlines"]}
    assert told["KN_ACCEPT"]["due_on"] == "2026-11-19"
    assert told["KN_ACCEPT"]["law"] == "Luật 136/2025/QH15; Điều 10 Nghị định 155/2026/NĐ-CP"
    assert set(told["ACK_ALL"]["why"]) <= {line.strip() for line in lines}
    assert "Không tính thứ Ba, 24/11/2026: Ngày Văn hóa Việt Nam." in told["ACK_ALL"]["why"]


def test_no_word_of_anybody_goes_out(town, parent, token):
    made = world.a_receipt(town.school, TUESDAY, kind_code="KN", contact=world.a_contact())
    db.session.commit()
    text = ask(parent, token, made.case.reference).get_data(as_text=True)
    for secret in ("ít thịt", "Mai", "demo.invalid", made.code):
        assert secret not in text


def test_what_the_holder_may_not_know_is_what_does_not_exist(town, parent):
    secret = town.secret()
    school = tokens.issue(db.session(), town.school, "Bảng tin", clock.now())
    db.session.commit()
    hidden, missing = ask(parent, school, secret.reference), ask(parent, school, "LDT-2026-00000")
    assert (hidden.status_code, hidden.json) == (404, missing.json)
    assert ask(parent, None, secret.reference).status_code == 401
