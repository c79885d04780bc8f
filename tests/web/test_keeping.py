"""Two people dispose of what was kept long enough, with minutes; a hold stops it."""

from datetime import timedelta

import pytest
import time_machine

from feedback import clock, db, traces
from feedback.models.officers import Officer
from feedback.models.retention import Disposal, Erasure
from feedback.models.submissions import Sender
from feedback.passwords import hash_password
from tests import world
from tests.web.colleagues import Colleague, Town, again
from tests.world import PASSWORD

LONG_AGO = timedelta(days=4 * 366)


@pytest.fixture
def town(story, sign_in) -> Town:
    made = Town(sign_in)
    made.minh = world.an_officer(made.office, "office_head", "Võ Minh")  # type: ignore[attr-defined]
    db.session.commit()
    return made


@pytest.fixture
def minh(town) -> Colleague:
    return town.at_desk(town.minh)


def an_old(town: Town, ago: timedelta = LONG_AGO, **said: object):
    matter = world.an_answered_case(town.school, town.hang, clock.now() - ago, **said)
    matter.confirm(world.an_act(at=clock.now() - ago + timedelta(days=3), as_parent=True), 3)
    db.session.commit()
    return matter


def propose(desk: Colleague, code: str = "opinion"):
    """Press the button of a class, also when the page shows none for want of anything due."""
    page = desk.see("/luu-tru")
    return desk.post(f"/luu-tru/de-nghi/{code}", page.form("/luu-tru").values)


def the_list() -> Disposal:
    db.session.expire_all()
    return db.session.query(Disposal).one()


def carry_out(desk: Colleague):
    return desk.see(f"/luu-tru/huy/{the_list().id}").send("/thuc-hien")


def test_one_proposes_another_carries_out_and_the_minutes_name_both(town, lan, minh):
    old, young = an_old(town), an_old(town, timedelta(days=300))
    assert "Đã lập danh sách" in propose(lan).said
    assert [item.case_id for item in the_list().items] == [old.id]
    assert "Đã hủy 1 hồ sơ" in carry_out(minh).said
    assert again(old).submission.text == traces.STUB
    assert again(young).submission.text != traces.STUB
    minutes = minh.see(f"/luu-tru/huy/{the_list().id}/bien-ban").said
    for words in ("BIÊN BẢN", "Phạm Ngọc Lan", "Võ Minh", old.reference, "Đã hủy 1 trên 1 hồ sơ"):
        assert words in minutes
    assert db.session.query(Erasure).one().why == "retention"


def test_who_proved_too_long_ago_disposes_of_nothing_yet(town, lan, minh):
    old = an_old(town)
    propose(lan)
    officer = db.session.get_one(Officer, town.minh.id)
    officer.password_hash = hash_password(PASSWORD)
    db.session.commit()
    minh.see("/luu-tru")
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        asked = carry_out(minh)
        assert "Xác nhận lại" in asked.said
        assert again(old).submission.text != traces.STUB
        assert "Đã hủy 1 hồ sơ" in asked.send("/thuc-hien", proof=PASSWORD).said
    assert again(old).submission.text == traces.STUB


def test_nobody_does_both(town, lan):
    old = an_old(town)
    propose(lan)
    page = lan.see(f"/luu-tru/huy/{the_list().id}")
    assert "một người khác" in page.said
    token = page.page.forms[-1].values.get("csrf_token") or ""
    answer = lan.post(f"/luu-tru/huy/{the_list().id}/thuc-hien", {"csrf_token": token})
    assert "một người khác" in answer.said
    assert the_list().state == "proposed"
    assert again(old).submission.text != traces.STUB


def test_what_is_held_is_not_even_proposed_and_stays_when_held_in_between(town, lan, minh):
    old = an_old(town)
    propose(lan)
    page = minh.see(f"/viec/{old.reference}/du-lieu")
    page.send("/giu-lai", **{"hold-note": "Tòa án yêu cầu"})
    assert "Đã hủy 0 hồ sơ" in carry_out(minh).said
    assert again(old).submission.text != traces.STUB
    assert "Không có hồ sơ nào đến hạn" in propose(lan).said


def test_what_was_opened_again_stays(town, lan, minh):
    old = an_old(town)
    propose(lan)
    again(old).reopen(world.an_act(town.hang, "Có thêm tin"))
    db.session.commit()
    assert "Đã hủy 0 hồ sơ" in carry_out(minh).said


def test_a_list_sent_back_says_why_and_disposes_of_nothing(town, lan, minh):
    old = an_old(town)
    propose(lan)
    page = minh.see(f"/luu-tru/huy/{the_list().id}")
    assert page.send("/tra-lai", **{"reject-note": ""}).status == 422
    page.send("/tra-lai", **{"reject-note": "Chờ báo cáo năm"})
    assert (the_list().state, the_list().note) == ("rejected", "Chờ báo cáo năm")
    assert again(old).submission.text != traces.STUB
    assert minh.client.get(f"/luu-tru/huy/{the_list().id}/bien-ban").status_code == 404


def test_after_a_year_the_contact_goes_and_the_words_stay(town, lan, minh):
    old = an_old(town, timedelta(days=380), contact=world.a_contact())
    propose(lan, "contact")
    carry_out(minh)
    assert db.session.query(Sender).count() == 0
    assert again(old).submission.text != traces.STUB


def test_a_signed_petition_is_kept_fifteen_years(town, lan):
    matter = an_old(town, timedelta(days=5 * 366))
    matter.kind_code, matter.is_petition = "KN", True
    db.session.commit()
    assert "Không có hồ sơ nào đến hạn" in propose(lan).said
    assert "Không có hồ sơ nào đến hạn" in propose(lan, "petition").said
    matter = again(matter)
    long_ago = clock.today() - timedelta(days=16 * 366)
    matter.received_on = matter.closed_on = matter.answered_on = long_ago
    db.session.commit()
    assert "Đã lập danh sách" in propose(lan, "petition").said


def test_an_office_sets_its_own_period_with_its_basis(town, lan):
    an_old(town)
    page = lan.see("/luu-tru")
    term = {"term-record": "opinion", "term-quantity": "10", "term-period": "Y"}
    refused = page.send("/thoi-han", **term, **{"term-basis": ""})
    assert refused.status == 422
    assert "Mời ghi căn cứ" in refused.said
    page.send("/thoi-han", **term, **{"term-basis": "Quyết định 12/QĐ-PGDĐT"})
    assert "Quyết định 12/QĐ-PGDĐT" in lan.see("/luu-tru").said
    assert "Không có hồ sơ nào đến hạn" in propose(lan).said


def test_no_school_and_no_other_office_disposes_of_anything(town, lan):
    an_old(town)
    propose(lan)
    for officer in (town.hang, town.hoa, town.bao):
        desk = town.at_desk(officer)
        assert desk.client.get("/luu-tru").status_code == 404
        assert desk.client.get(f"/luu-tru/huy/{the_list().id}").status_code == 404
        assert desk.client.post(f"/luu-tru/huy/{the_list().id}/thuc-hien").status_code == 404
        assert desk.client.post("/luu-tru/de-nghi/opinion").status_code == 404
    other = world.an_office("PGD2", world.a_committee("UB2"))
    stranger = town.at_desk(world.an_officer(other, "office"))
    db.session.commit()
    assert stranger.client.get(f"/luu-tru/huy/{the_list().id}").status_code == 404
