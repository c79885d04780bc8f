"""A flood is slowed and labelled, people are not refused, and nothing that was sent is lost."""

import base64
import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from altcha.v1 import Challenge, Payload, solve_challenge
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from analysis.periods import period
from feedback import clock, countables, db, grounds, notices
from feedback.clock import OFFICE_ZONE
from feedback.models.cases import Case
from feedback.models.meetings import Reception
from feedback.models.notices import Notice
from feedback.models.officers import Officer
from feedback.models.points import Gathering, QrPoint
from feedback.models.sifting import FloodMark
from feedback.models.submissions import Submission
from feedback.models.units import load_calendar
from feedback.pressure import Basin
from feedback.web.public import checks, gates, pages
from tests import world
from tests.eyes import Seen, Visitor
from tests.web.colleagues import Town
from tests.web.test_casework import a_photo

LUNCH = "Hôm nay bữa trưa của bé rất ít thịt, con về nhà nói đói."
EVENING = datetime(2026, 11, 27, 19, 0, tzinfo=OFFICE_ZONE)
SAID = {"text": LUNCH, "kind": "PA", "about": "boarding"}


@pytest.fixture
def town(sign_in: Callable[[Officer], FlaskClient]) -> Town:
    return Town(sign_in)


@pytest.fixture
def gate(town: Town) -> QrPoint:
    point = world.a_point(town.school)
    db.session.commit()
    return point


@pytest.fixture(autouse=True)
def no_kept_page() -> Iterator[None]:
    pages.forget()
    yield
    pages.forget()


@pytest.fixture
def evening() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(EVENING, tick=False) as now:
        yield now


class Wifi:
    """Phones behind one address, at one point."""

    def __init__(self, app: Flask, gate: QrPoint, address: str) -> None:
        self.client, self.code = app.test_client(), gate.code
        self.client.environ_base["REMOTE_ADDR"] = address
        self.sent, self.address = 0, address

    def page(self) -> Seen:
        return Visitor(self.client).see(f"/q/{self.code}/gui")

    def send(self, now: time_machine.Traveller, **said: Any) -> Seen:
        """One parent opens the page, writes for half a minute, and sends."""
        page = self.page()
        now.shift(30)
        self.sent += 1
        return page.send(**SAID | {"text": f"{LUNCH} Lần {self.sent} từ {self.address}."} | said)


def _crowd(wifi: Wifi, now: time_machine.Traveller, many: int, seconds: float) -> list[str]:
    """So many forms, opened in time and sent one after the other within so many seconds."""
    opened = [wifi.page() for _one in range(many)]
    now.shift(30)
    answers = []
    for number, page in enumerate(opened):
        answers.append(page.send(**SAID | {"text": f"{LUNCH} Con tôi học lớp {number}."}).said)
        now.shift(seconds / many)
    return answers


def _kept() -> list[Case]:
    return list(db.session.scalars(select(Case).order_by(Case.id)))


def _codes(case: Case) -> set[str]:
    of = select(FloodMark.code).where(FloodMark.submission_id == case.submission.id)
    return set(db.session.scalars(of))


def _solve(page: Seen) -> str:
    """What the worker of the page finds out."""
    riddle = json.loads(next(a["data-proof"] for _t, a in page.page.elements if "data-proof" in a))
    given = Challenge(
        riddle["algorithm"], riddle["challenge"], riddle["maxNumber"], riddle["salt"],
        riddle["signature"],
    )  # fmt: skip
    found = solve_challenge(given)
    assert found is not None
    answer = Payload(given.algorithm, given.challenge, found.number, given.salt, given.signature)
    return answer.to_base64()


# --- who is labelled, and who is not --------------------------------------------------------------


def test_forty_parents_behind_the_schools_wifi_all_get_through(
    app: Flask, gate: QrPoint, evening: time_machine.Traveller
):
    said = _crowd(Wifi(app, gate, "203.0.113.7"), evening, 40, 60)
    assert all("Đã nhận" in one for one in said)
    assert not any(case.is_held for case in _kept())
    assert db.session.scalar(select(func.count()).select_from(FloodMark)) == 0


def _meeting(gate: QrPoint, town: Town) -> None:
    db.session.add(
        Gathering(
            point_id=gate.id,
            begins_at=EVENING - timedelta(minutes=30),
            ends_at=EVENING + timedelta(hours=2),
            name="Họp phụ huynh đầu năm",
            officer_id=town.hang.id,
            made_at=EVENING - timedelta(days=2),
        )
    )
    db.session.commit()


def test_on_a_meeting_night_five_hundred_in_five_minutes_are_received_without_a_label(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    _meeting(gate, town)
    said = _crowd(Wifi(app, gate, "203.0.113.7"), evening, 500, 300)
    assert sum("Đã nhận" in one for one in said) == 500
    assert db.session.scalar(select(func.count(Submission.id))) == 500
    assert db.session.scalar(select(func.count()).select_from(FloodMark)) == 0


def test_a_published_reception_widens_the_limits_by_itself(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    _fill(app, gate, "203.0.113.7", 170)
    db.session.add(
        Reception(
            unit_id=town.school.id, held_on=EVENING.date(), begins_at=time(17, 30),
            ends_at=time(18, 30), place="Phòng họp", published_on=EVENING.date(),
        )
    )  # fmt: skip
    db.session.commit()
    Wifi(app, gate, "203.0.113.7").send(evening)
    assert not _kept()[0].is_held


def _fill(app: Flask, gate: QrPoint, address: str, many: int) -> None:
    """As after so many sends at this very moment."""
    basin: Basin = app.extensions["feedback.basin"]
    for _one in range(many):
        basin.press(gates.ADDRESS, f"{gate.code}|{address}", clock.now())


def test_a_flood_is_labelled_then_slowed_then_without_photos_and_its_neighbours_notice_nothing(
    app: Flask, gate: QrPoint, evening: time_machine.Traveller
):
    flooder, mai = Wifi(app, gate, "198.51.100.9"), Wifi(app, gate, "203.0.113.7")
    _fill(app, gate, "198.51.100.9", 195)
    labelled = flooder.send(evening)  # half a minute later: 16 over
    assert "Đã nhận" in labelled.said
    assert "có dấu hiệu gửi tự động" in labelled.said
    _fill(app, gate, "198.51.100.9", 80)
    slowed = flooder.send(evening, photos=[a_photo()])
    assert slowed.status == 429
    assert "chỉ nhận chữ nên 1 ảnh chưa được nhận" in slowed.said
    assert "Đã nhận" in mai.send(evening).said
    first, last = _kept()
    assert (first.is_held, _codes(first)) == (True, {"flood"})
    assert (last.is_held, _codes(last)) == (False, set())


def test_who_is_slowed_waits_twenty_seconds_without_script_and_loses_nothing(
    app: Flask, gate: QrPoint, evening: time_machine.Traveller
):
    wifi = Wifi(app, gate, "198.51.100.9")
    _fill(app, gate, "198.51.100.9", 220)
    words = "Dòng một.\nDòng hai, bữa trưa của bé rất ít thịt."
    asked = wifi.send(evening, text=words, wish="Xem lại suất ăn.", photos=[a_photo()])
    assert asked.status == 429
    assert "Chưa gửi" in asked.said
    assert "Đã giữ 1 ảnh" in asked.said
    assert not _kept()
    evening.shift(8)
    early = asked.send()
    assert "còn 12 giây nữa" in early.said
    evening.shift(12)
    assert "Đã nhận" in early.send().said
    kept = _kept()[0].submission
    assert (kept.text, kept.wish) == (words, "Xem lại suất ăn.")
    assert len(kept.attachments) == 1
    assert "Đã nhận" in early.send().said  # pressed twice
    assert len(_kept()) == 1


def test_the_proof_of_work_sends_it_at_once_and_belongs_to_one_form(
    app: Flask, gate: QrPoint, evening: time_machine.Traveller
):
    wifi = Wifi(app, gate, "198.51.100.9")
    _fill(app, gate, "198.51.100.9", 250)
    asked = wifi.send(evening)
    answer = _solve(asked)
    assert "Đã nhận" in asked.send(altcha=answer).said
    _fill(app, gate, "198.51.100.9", 100)
    other = wifi.send(evening)
    assert other.send(altcha=answer).status == 429
    assert len(_kept()) == 1


@pytest.mark.parametrize(
    "payload", ["", "x", "e30=", "W10=", "bnVsbA==", base64.b64encode(b"[" * 5000).decode(), "é"]
)
def test_nonsense_in_place_of_a_proof_is_no_proof(app: Flask, payload: str):
    with app.app_context():
        assert not checks.proved(payload, "form")


def test_a_ticket_of_another_form_or_a_changed_one_is_worth_nothing(app: Flask):
    with app.app_context():
        now = clock.now()
        ticket = checks.ticket("mine", now - checks.WAIT)
        assert checks.passes({"waited": ticket}, "mine", now)
        assert not checks.passes({"waited": ticket}, "yours", now)
        assert not checks.passes({"waited": f"1{ticket}"}, "mine", now)


def test_a_filled_trap_waits_and_a_quick_parent_does_not(
    app: Flask, gate: QrPoint, evening: time_machine.Traveller
):
    wifi = Wifi(app, gate, "203.0.113.7")
    assert "Đã nhận" in wifi.page().send(**SAID).said  # at once: a sign, and no more
    wifi.send(evening, website="http://spam.example")
    quick, trapped = _kept()
    assert (quick.is_held, _codes(quick)) == (False, {"too_quick"})
    assert (trapped.is_held, _codes(trapped)) == (True, {"trap"})


def test_behind_a_proxy_nobody_was_told_of_not_everybody_is_one_address(
    app: Flask, gate: QrPoint, evening: time_machine.Traveller
):
    _fill(app, gate, "127.0.0.1", 300)
    mai = Wifi(app, gate, "127.0.0.1")
    mai.client.environ_base["HTTP_X_FORWARDED_FOR"] = "203.0.113.7"
    assert "Đã nhận" in mai.send(evening).said
    assert not _kept()[0].is_held


def test_a_school_that_gets_too_many_is_labelled_and_beyond_that_takes_words_only(
    app: Flask, gate: QrPoint, evening: time_machine.Traveller
):
    basin: Basin = app.extensions["feedback.basin"]
    for _one in range(400):
        basin.press(gates.WHOLE_UNIT, "LDT", clock.now())
    mai = Wifi(app, gate, "203.0.113.7")
    assert "Đã nhận" in mai.send(evening).said
    assert (_kept()[0].is_held, _codes(_kept()[0])) == (False, {"busy_unit"})
    for _one in range(700):
        basin.press(gates.WHOLE_UNIT, "LDT", clock.now())
    asked = mai.send(evening, photos=[a_photo()])
    assert "chỉ nhận chữ" in asked.said
    assert "Đã nhận" in asked.send(altcha=_solve(asked)).said


def test_the_same_words_from_many_parents_are_told_apart_and_none_waits(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    for address in ("203.0.113.7", "203.0.113.8", "203.0.113.9"):
        Wifi(app, gate, address).send(evening, text=LUNCH)
    first, *others = _kept()
    assert [_codes(case) for case in others] == [{"same_text"}] * 2
    assert not any(case.is_held for case in _kept())
    page = town.at_desk(town.hang).see(f"/viec/{others[0].reference}").said
    assert f"giống {first.reference}" in page


def test_a_school_does_not_hear_that_somebody_wrote_the_same_about_its_head(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    Wifi(app, gate, "203.0.113.7").send(evening, text=LUNCH, about="leaders")
    Wifi(app, gate, "203.0.113.8").send(evening, text=LUNCH)
    hidden, shown = _kept()
    assert hidden.hidden_from_school
    page = town.at_desk(town.hang).see(f"/viec/{shown.reference}").said
    assert "Giống từng chữ" not in page
    assert hidden.reference not in page


def test_when_the_buckets_cannot_be_had_everybody_is_received(
    app: Flask, gate: QrPoint, evening: time_machine.Traveller, tmp_path: Any, caplog: Any
):
    (tmp_path / "taken").write_text("a file where the folder should be")
    kept, app.extensions["feedback.basin"] = (
        app.extensions["feedback.basin"], Basin(tmp_path / "taken"),
    )  # fmt: skip
    with caplog.at_level(logging.WARNING, "feedback"):
        assert "Đã nhận" in Wifi(app, gate, "203.0.113.7").send(evening).said
    app.extensions["feedback.basin"] = kept
    assert "not counted" in caplog.text
    assert "203.0.113.7" not in caplog.text


# --- what never waits -----------------------------------------------------------------------------


def test_a_child_in_danger_never_waits_however_it_came(
    app: Flask, gate: QrPoint, evening: time_machine.Traveller
):
    Wifi(app, gate, "203.0.113.7").send(evening, website="x", danger="y")
    Wifi(app, gate, "203.0.113.8").send(
        evening, website="x", text="Con tôi bị cô bảo mẫu đánh bầm tím lưng tối nay."
    )
    assert [(case.alarmed, case.is_held) for case in _kept()] == [(True, False), (True, False)]


def test_under_the_hardest_pressure_a_child_in_danger_is_stored_at_once_and_rings(
    app: Flask, gate: QrPoint, evening: time_machine.Traveller
):
    for said in ({"danger": "y"}, {"text": "Con tôi bị cô bảo mẫu đánh bầm tím lưng tối nay."}):
        _fill(app, gate, "198.51.100.9", 300)
        assert "Đã nhận" in Wifi(app, gate, "198.51.100.9").send(evening, **said).said
    assert [(case.alarmed, case.is_held) for case in _kept()] == [(True, False)] * 2


@pytest.mark.parametrize("kind", ["KN", "TC"])
def test_a_complaint_or_a_denunciation_never_waits(town: Town, kind: str):
    case = world.a_case(town.school, kind_code=kind, about_code="leaders")
    assert case.why_never_held()
    with pytest.raises(Exception, match="không được để vào"):
        case.hold_back(world.an_act(town.lan, "Trông như tin rác."))
    assert not case.is_held


# --- the folder -----------------------------------------------------------------------------------

FOLDER = "/hop-viec/nghi-la-tin-rac"


def _suspect(app: Flask, gate: QrPoint, now: time_machine.Traveller, **said: Any) -> Case:
    Wifi(app, gate, "203.0.113.7").send(now, website="x", **said)
    return _kept()[-1]


def _told() -> list[str]:
    notices.announce(db.session(), clock.now())
    return list(db.session.scalars(select(Notice.template)))


def test_what_waits_is_in_no_list_and_no_mail(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    case = _suspect(app, gate, evening)
    desk = town.at_desk(town.hang)
    for page in ("/hop-viec?folder=all", "/hom-nay", f"/hop-viec?q={case.reference}"):
        assert f"viec/{case.reference}" not in desk.see(page).answer.text, page
    assert "Nghi là tin rác: 1 phiếu chờ xem" in desk.see("/hop-viec").said
    assert "Điền vào ô mà người dùng không thấy" in desk.see(FOLDER).said
    assert _told() == []


def test_once_hang_says_it_is_real_it_is_work_with_the_days_it_has_had(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    case = _suspect(app, gate, evening)
    due = case.due_on
    evening.shift(timedelta(days=1))
    desk = town.at_desk(town.hang)
    folder = desk.see(FOLDER)
    assert "Đã đưa 1 phiếu" in folder.send("nghi-la-tin-rac", pick=[case.reference]).said
    back = db.session.get_one(Case, case.id, populate_existing=True)
    assert (back.is_held, back.due_on) == (False, due)
    assert back.events[-1].note == "Đã đọc, là ý kiến thật."
    assert case.reference in desk.see("/hop-viec?folder=all").said
    assert "new_case" in _told()


def test_the_figures_do_not_know_of_what_waits(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    real = world.a_case(town.school)
    db.session.commit()
    held = _suspect(app, gate, evening)
    asked = grounds.Asked(period("2026"), clock.today(), load_calendar(db.session()))
    ground = grounds.whole(town.school)

    def counted() -> list[str]:
        return [row.reference for row in countables.rows(db.session(), ground, asked).cases]

    assert counted() == [real.reference]
    held.let_in(world.an_act(town.hang, "Thật."))
    db.session.flush()
    assert sorted(counted()) == sorted([real.reference, held.reference])


def test_hang_may_set_aside_a_new_case_with_a_reason_and_take_it_back(
    gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    case = world.a_case(town.school)
    db.session.commit()
    desk = town.at_desk(town.hang)
    page = desk.see(f"/viec/{case.reference}")
    assert "Mời ghi vì sao nghi" in page.send("hold_back", note="").said
    held = page.send("hold_back", note="Quảng cáo bán hàng.")
    assert "Đang chờ trong mục" in held.said
    assert "Nhận xử lý" not in held.said
    assert "Nghi là tin rác: 1" in town.at_desk(town.lan).see("/hop-viec").said
    taken = held.send("let_in")
    assert "Nhận xử lý" in taken.said


def test_nothing_but_looking_happens_to_what_waits(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    case = _suspect(app, gate, evening)
    answer = town.client(town.hang).post(f"/viec/{case.reference}/accept", data={})
    assert answer.status_code == 409


def test_a_school_never_meets_a_hidden_matter_in_the_folder(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    case = _suspect(app, gate, evening, about="leaders")
    assert case.is_held
    assert case.hidden_from_school
    school = town.at_desk(town.hang)
    assert case.reference not in school.see(FOLDER).said
    assert "Nghi là tin rác:" not in school.see("/hop-viec").said
    page = school.see(FOLDER)
    assert town.client(town.hang).get(f"/viec/{case.reference}").status_code == 404
    assert "Không có phiếu nào" in page.said
    assert case.reference in town.at_desk(town.lan).see(FOLDER).said


def test_nobody_brings_back_what_belongs_to_another_school(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    elsewhere = world.a_point(town.other)
    db.session.commit()
    mine, other = _suspect(app, gate, evening), _suspect(app, elsewhere, evening)
    folder = town.at_desk(town.hang).see(FOLDER)
    folder.send("nghi-la-tin-rac", pick=[mine.reference, other.reference])
    assert not db.session.get_one(Case, mine.id, populate_existing=True).is_held
    assert db.session.get_one(Case, other.id, populate_existing=True).is_held
    again = town.at_desk(town.bao).see(FOLDER).send("nghi-la-tin-rac", pick=[])
    assert "Mời chọn ít nhất một phiếu" in again.said


def test_the_sender_reads_the_truth_on_the_thread_page(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    receipt = Wifi(app, gate, "203.0.113.7").send(evening, website="x")
    assert "kiểm tra phiếu của anh/chị" in receipt.said
    thread = receipt.send("/tra-cuu")
    assert "Phiếu đang chờ kiểm tra" in thread.said
    _kept()[0].let_in(world.an_act(town.hang, "Đã đọc."))
    db.session.commit()
    assert "Phiếu đang chờ kiểm tra" not in receipt.send("/tra-cuu").said
