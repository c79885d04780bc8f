"""Standing in during leave, and handing over: what moves, who hears, and what stays closed."""

from datetime import timedelta

import pytest

from feedback import clock, db, notices
from feedback.models.cases import Case
from feedback.models.notices import Notice
from feedback.models.officers import Delegation
from tests import world
from tests.web.colleagues import Colleague, Town, again

DAY = timedelta(days=1)


@pytest.fixture
def town(story, sign_in) -> Town:
    made = Town(sign_in)
    made.thu = world.an_officer(made.school, name="Lê Thị Thu", email="thu@demo.invalid")  # type: ignore[attr-defined]
    db.session.commit()
    return made


def on(days: int) -> str:
    return (clock.today() + days * DAY).isoformat()


def go_away(hang: Colleague, town: Town, start: int = 0, end: int = 5):
    page = hang.see("/uy-quyen")
    filled = {
        "away-delegate": f"{town.thu.id}-{town.school.id}",  # type: ignore[attr-defined]
        "away-from_on": on(start),
        "away-to_on": on(end),
    }
    return page.send("/uy-quyen", **filled)


def handler(matter: Case) -> str:
    now = again(matter).handler
    return now.name if now else ""


def in_hand(town: Town):
    matter = town.matter()
    matter.accept(world.an_act(town.hang))
    db.session.commit()
    return matter


def test_while_hang_is_away_thu_finds_her_cases_among_her_own(town, hang):
    matter = in_hand(town)
    thu = town.at_desk(town.thu)
    assert matter.reference not in thu.see("/hop-viec?folder=mine").said
    assert "Đã ủy quyền cho Lê Thị Thu." in go_away(hang, town).said
    assert matter.reference in thu.see("/hop-viec?folder=mine").said
    assert "Anh/chị làm thay Trần Thị Thu Hằng" in thu.see("/uy-quyen").said
    assert handler(matter) == "Trần Thị Thu Hằng"


def test_not_before_it_begins_and_not_after_she_takes_it_back(town, hang):
    matter, thu = in_hand(town), town.at_desk(town.thu)
    go_away(hang, town, start=2)
    assert matter.reference not in thu.see("/hop-viec?folder=mine").said
    go_away(hang, town)
    for _ in range(2):
        hang.see("/uy-quyen").send("/thoi")
    assert matter.reference not in thu.see("/hop-viec?folder=mine").said


def test_both_hear_that_the_mother_wrote(town, hang):
    matter = in_hand(town)
    go_away(hang, town)
    for event in again(matter).events:
        event.announced_at = clock.now()
    again(matter).reply(world.an_act(note="Hôm nay vẫn thế ạ", as_parent=True))
    db.session.flush()
    notices.announce(db.session(), clock.now())
    db.session.flush()
    told = {n.officer.name for n in db.session.query(Notice) if n.officer}
    assert told == {"Trần Thị Thu Hằng", "Lê Thị Thu"}


@pytest.mark.parametrize(("start", "end"), [(3, 1), (-9, -1), (0, 400)])
def test_days_that_make_no_sense_are_refused(town, hang, start, end):
    assert go_away(hang, town, start, end).status == 422
    assert db.session.query(Delegation).count() == 0


def test_nobody_of_another_unit_can_stand_in(town, hang):
    assert "Ngô Quốc Bảo" not in hang.see("/uy-quyen").said
    page = hang.see("/uy-quyen").send(
        "/uy-quyen",
        **{"away-delegate": f"{town.bao.id}-{town.school.id}", "away-from_on": on(0)},
        **{"away-to_on": on(1)},
    )
    assert page.status == 422
    assert db.session.query(Delegation).count() == 0


def test_only_she_herself_takes_it_back(town, hang):
    go_away(hang, town)
    made = db.session.query(Delegation).one()
    assert town.client(town.hoa).post(f"/uy-quyen/{made.id}/thoi").status_code == 404


# --- handover ---------------------------------------------------------------------------------


def test_the_principal_hands_over_all_open_cases_of_a_leaver_each_with_an_entry(town, hang):
    first, second = in_hand(town), in_hand(town)
    done = world.an_answered_case(town.school, town.hang)
    db.session.commit()
    page = town.at_desk(town.hoa).see("/uy-quyen")
    assert "Trần Thị Thu Hằng (2 việc đang mở)" in page.answer.get_data(as_text=True)
    after = page.send(
        "/ban-giao",
        **{
            "handover-leaver": f"{town.hang.id}-{town.school.id}",
            "handover-heir": f"{town.thu.id}-{town.school.id}",
            "handover-note": "Cô Hằng chuyển trường",
        },
    )
    assert "Đã bàn giao 2 việc." in after.said
    for matter in (first, second):
        now = again(matter)
        assert handler(matter) == "Lê Thị Thu"
        assert (now.events[-1].move_code, now.events[-1].note) == (
            "assign",
            "Cô Hằng chuyển trường",
        )
    assert handler(done) == "Trần Thị Thu Hằng"


def test_a_clerk_hands_nothing_over(town, hang):
    assert "handover" not in hang.see("/uy-quyen").answer.get_data(as_text=True)
    assert hang.client.post("/uy-quyen/ban-giao").status_code == 404


def test_the_head_of_a_school_hands_over_nothing_that_is_hidden_from_it(town):
    secret = town.secret()
    secret.accept(world.an_act(town.lan))
    db.session.commit()
    said = town.at_desk(town.hoa).see("/uy-quyen").answer.get_data(as_text=True)
    assert "Phạm Ngọc Lan" not in said
    assert "Không ai đang giữ việc nào." in said
    page = town.client(town.hoa).post("/uy-quyen/ban-giao", data={"handover-leaver": "1-1"})
    assert page.status_code == 422
    assert handler(secret) == "Phạm Ngọc Lan"


def test_standing_in_opens_nothing_that_was_closed(town, hang):
    """Thu's view grows by nobody's secrets: the list is still what she herself may see."""
    secret = town.secret()
    go_away(hang, town)
    again(secret).handler_id = town.hang.id
    db.session.commit()
    thu = town.at_desk(town.thu)
    assert secret.reference not in thu.see("/hop-viec?folder=mine").said
    assert thu.client.get(f"/viec/{secret.reference}").status_code == 404
