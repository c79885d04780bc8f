"""Who answers: stepping aside, the accused, and a signature that is never the preparer's own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback import clock, db, intake, notices
from feedback.models.cases import Case
from feedback.models.conflicts import Recusal
from feedback.models.notices import Notice
from feedback.models.officers import Officer
from feedback.rules.signing import NOT_SIGNER, PREPARED_IT
from feedback.shelf import JPEG
from tests import world
from tests.eyes import Seen
from tests.web.colleagues import Colleague, Town, again

FOUND = {"result": "tc_partly", "note": "Có việc thu sai quy định; số tiền được trả lại."}
TEXT = "Bữa trưa của bé ít thịt, con về nhà nói đói."


class Hall(Town):
    """The town with a second clerk, the people of the office, and the committee's chair."""

    def __post_init__(self) -> None:
        super().__post_init__()
        committee = self.office.manager
        assert committee
        self.minh = world.an_officer(self.school, name="Đỗ Quang Minh")
        self.chair = world.an_officer(committee, "chair", "Võ Thành An")
        self.head = world.an_officer(self.office, "office_head", "Bùi Thị Kim Chi")
        self.tam = world.an_officer(self.office, "office", "Đặng Minh Tâm")
        db.session.commit()


@pytest.fixture
def town(story, sign_in) -> Hall:
    return Hall(sign_in)


def page(matter: Case) -> str:
    return f"/viec/{matter.reference}"


def who(matter: Case) -> str:
    return f"{page(matter)}/ai-giai-quyet"


def steps_aside(desk: Colleague, matter: Case, officer: Officer | None = None, **said: str):
    filled = {"recuse-relation": "sibling", "recuse-note": "Em dâu tôi là người bị nhắc đến."}
    filled |= {"recuse-officer": str(officer.id)} if officer else {}
    return desk.see(who(matter)).send("/xung-dot", **filled, **said)


def accuses(desk: Colleague, matter: Case, **said: str):
    return desk.see(who(matter)).send("/bi-to-cao", **{f"accuse-{k}": v for k, v in said.items()})


def told(template: str) -> list[str]:
    """Who got a letter of this kind when everything was announced."""
    notices.announce(db.session(), clock.now())
    db.session.commit()
    found = db.session.scalars(select(Notice).where(Notice.template == template))
    return sorted(one.officer.name for one in found if one.officer)


# --- stepping aside ---------------------------------------------------------------------------


def test_who_steps_aside_finds_the_case_nowhere_any_more(town):
    matter = town.matter()
    desk = town.at_desk(town.hang)
    desk.see(page(matter)).send("/accept")
    said = steps_aside(desk, matter)
    assert said.answer.request.path == "/hop-viec"
    for path in (
        "/hom-nay",
        "/hop-viec",
        "/hop-viec?folder=all",
    ):
        assert matter.reference not in desk.see(path).said, path
    for asked in ("thit", matter.reference):
        assert "Không có việc nào ở đây" in desk.see(f"/hop-viec?q={asked}").said
    assert desk.client.get(page(matter)).status_code == 404
    assert desk.client.get(who(matter)).status_code == 404
    assert desk.client.post(f"{page(matter)}/note", data={"note": "Thử"}).status_code == 404
    paper = desk.client.get(f"{page(matter)}/van-ban/answer")
    assert paper.status_code == 404


def test_its_photos_are_gone_for_that_officer_too(town, app):
    shelf = app.extensions["feedback.shelf"]
    photo = shelf.keep(b"\xff\xd8", JPEG)
    matter = town.matter()
    matter.submission.attachments.append(intake.attachment(photo))
    db.session.commit()
    desk = town.at_desk(town.hang)
    assert desk.client.get(f"/tep/{photo.name}").status_code == 200
    steps_aside(desk, matter)
    assert desk.client.get(f"/tep/{photo.name}").status_code == 404
    assert town.client(town.minh).get(f"/tep/{photo.name}").status_code == 200


def test_a_colleague_goes_on_with_it_and_hears_of_it(town):
    matter = town.matter()
    desk = town.at_desk(town.hang)
    desk.see(page(matter)).send("/accept")
    told("new_case")
    steps_aside(desk, matter)
    assert again(matter).handler_id == town.minh.id
    assert told("assigned") == ["Đỗ Quang Minh"]
    assert "Em dâu tôi" in town.at_desk(town.minh).see(page(matter)).said


def test_when_it_is_the_head_the_superior_takes_it_on_the_same_clocks(town):
    matter = town.matter()
    due_on = matter.due_on
    steps_aside(town.at_desk(town.hoa), matter)
    kept = again(matter)
    assert (kept.owner_id, kept.due_on) == (town.office.id, due_on)
    assert matter.reference in town.at_desk(town.lan).see("/hop-viec").said
    # The clerk still knows of it, and reads no name of who stepped aside in what the parent reads.
    words = [message.text for message in again(matter).messages]
    assert words == ["Cấp quản lý trực tiếp giải quyết để bảo đảm khách quan."]
    assert town.client(town.hoa).get(page(matter)).status_code == 404
    assert town.hoa.name not in told("new_case")


def test_the_head_declares_it_for_a_clerk_and_a_clerk_for_nobody_else(town):
    matter = town.matter()
    forced = steps_aside(town.at_desk(town.hang), matter, town.minh)
    assert forced.status == 422
    steps_aside(town.at_desk(town.hoa), matter, town.hang)
    assert town.client(town.hang).get(page(matter)).status_code == 404


def test_a_relation_and_a_word_are_asked_and_what_was_typed_stays(town):
    matter = town.matter()
    desk = town.at_desk(town.hang)
    seen = desk.see(who(matter)).send("/xung-dot", **{"recuse-note": "Là em dâu."})
    assert seen.status == 422
    assert "Mời chọn loại quan hệ" in seen.said
    assert seen.form("/xung-dot").values["recuse-note"] == "Là em dâu."
    assert db.session.scalar(select(Recusal.id)) is None


def test_it_is_lifted_by_another_with_a_reason_never_by_who_said_it(town):
    matter = town.matter()
    steps_aside(town.at_desk(town.hoa), matter, town.hang)
    mine = town.at_desk(town.hoa).see(who(matter))
    assert not [form for form in mine.page.forms if form.action.endswith("/bo")]
    recusal = again(matter).recusals[0]
    assert (
        town.client(town.hang).post(f"{page(matter)}/xung-dot/{recusal.id}/bo").status_code == 404
    )
    office = town.at_desk(town.lan)
    empty = office.see(who(matter)).send("/bo")
    assert "Mời ghi vì sao bỏ khai báo" in empty.said
    office.see(who(matter)).send("/bo", **{"lift-note": "Đã xác minh: chỉ trùng họ."})
    seen = town.at_desk(town.hang).see(page(matter))
    # Back at the case, and still no word of what was said of it.
    assert "Em dâu tôi" not in seen.said
    assert "chỉ trùng họ" not in seen.said


def test_nobody_shut_out_is_given_the_case(town):
    matter = town.matter()
    steps_aside(town.at_desk(town.hoa), matter, town.hang)
    seen = town.at_desk(town.minh).see(page(matter)).send("/assign", handler=str(town.hang.id))
    assert seen.status == 422
    assert again(matter).handler_id is None


# --- the accused ------------------------------------------------------------------------------


def test_an_accused_clerk_loses_it_and_the_school_keeps_it(town):
    matter = town.matter(kind_code="TC", about_code="staff", subject_code="THU_CHI")
    accuses(town.at_desk(town.hoa), matter, kind="officer", officer=str(town.hang.id))
    kept = again(matter)
    assert (kept.owner_id, kept.hidden_from_school) == (town.school.id, False)
    assert town.client(town.hang).get(page(matter)).status_code == 404
    assert town.client(town.minh).get(page(matter)).status_code == 200


@pytest.mark.parametrize("kind", ["head", "deputy", "school", "unclear"])
def test_the_safe_route_is_taken_whenever_it_turns_out(town, kind):
    matter = town.matter(kind_code="TC", about_code="staff", subject_code="THU_CHI")
    desk = town.at_desk(town.hang)
    desk.see(page(matter)).send("/accept")
    accuses(desk, matter, kind=kind)
    kept = again(matter)
    assert (kept.owner_id, kept.hidden_from_school) == (town.office.id, True)
    for officer in (town.hang, town.hoa, town.minh):
        assert town.client(officer).get(page(matter)).status_code == 404


def test_an_accused_principal_picked_from_the_list_is_the_head(town):
    matter = town.matter(kind_code="TC", about_code="staff", subject_code="THU_CHI")
    accuses(town.at_desk(town.hang), matter, kind="officer", officer=str(town.hoa.id))
    kept = again(matter)
    assert (kept.owner_id, kept.hidden_from_school) == (town.office.id, True)
    assert town.client(town.hang).get(page(matter)).status_code == 404


def test_what_becomes_a_denunciation_with_nobody_clear_leaves_the_school(town):
    matter = town.matter(about_code="staff")
    desk = town.at_desk(town.hang)
    accuses(desk, matter, kind="unclear")
    assert not again(matter).hidden_from_school
    desk.see(page(matter)).send("/reclassify", kind="TC", note="Người gửi tố cáo.")
    assert again(matter).hidden_from_school


def test_a_name_is_asked_where_nobody_can_be_picked(town):
    matter = town.matter(kind_code="TC", about_code="staff", subject_code="THU_CHI")
    seen = accuses(town.at_desk(town.hang), matter, kind="staff")
    assert seen.status == 422
    assert "Mời ghi họ tên hoặc chức vụ" in seen.said
    assert not again(matter).accused


# --- who signs --------------------------------------------------------------------------------


def taken_up(town: Hall) -> Case:
    """A signed denunciation of the deputy head, taken up at the office by Lan."""
    matter = town.secret(signed=True)
    town.at_desk(town.lan).act(matter, "accept")
    return again(matter)


def test_the_office_prepares_and_cannot_sign_not_even_its_head(town):
    matter = taken_up(town)
    for officer in (town.lan, town.head):
        seen = town.at_desk(officer).see(page(matter))
        assert [f for f in seen.page.forms if f.action.endswith("/trinh-ky/conclude")]
        assert not [f for f in seen.page.forms if f.action.endswith(f"{matter.reference}/conclude")]
        forced = town.client(officer).post(f"{page(matter)}/conclude", data=FOUND)
        assert forced.status_code == 409
        assert NOT_SIGNER[:60] in forced.get_data(as_text=True)
    assert again(matter).status == "verifying"


def test_the_chair_knows_nothing_until_a_draft_is_laid_before_them_and_then_signs_it(town):
    matter = taken_up(town)
    assert town.client(town.chair).get(page(matter)).status_code == 404
    town.at_desk(town.lan).see(page(matter)).send("/trinh-ky/conclude", **FOUND)
    assert told("to_sign") == ["Võ Thành An"]
    chair = town.at_desk(town.chair)
    today = chair.see("/hom-nay")
    assert "Chờ anh/chị ký" in today.said
    assert FOUND["note"] in chair.see(page(matter)).said
    signing = chair.see(leads_to(today, matter))
    assert "Phạm Ngọc Lan trình lúc" in signing.said
    assert signing.form("/kem-van-ban").values["result"] == "tc_partly"
    assert signing.form("/kem-van-ban").values["note"] == FOUND["note"]
    done = chair.act(matter, "conclude")
    assert "Đã ghi kết luận" in done.said
    kept = again(matter)
    assert (kept.status, kept.result_code) == ("concluded", "tc_partly")
    assert kept.signings[0].ended_as == "signed"
    assert "Chờ anh/chị ký" not in chair.see("/hom-nay").said


def leads_to(today: Seen, matter: Case) -> str:
    """Where the button of a case on Hôm nay goes."""
    links = [a["href"] for tag, a in today.page.elements if tag == "a"]
    return next(link for link in links if f"{matter.reference}/conclude" in link)


def test_the_paper_has_the_name_of_the_signer_and_never_names_its_own_unit_as_the_next(town):
    matter = taken_up(town)
    town.at_desk(town.lan).see(page(matter)).send("/trinh-ky/conclude", **FOUND)
    chair = town.at_desk(town.chair)
    form = chair.see(f"{page(matter)}/conclude/kem-van-ban").form("/kem-van-ban").values
    assert (form["signer.name"], form["signer.title"]) == ("Võ Thành An", "Chủ tịch")
    complaint = town.matter(kind_code="KN", about_code="leaders", signed=True)
    lan = town.at_desk(town.lan)
    lan.act(complaint, "accept")
    lan.see(page(complaint)).send("/trinh-ky/decide", result="kn_wrong", note="Không có cơ sở.")
    form = chair.see(f"{page(complaint)}/decide/kem-van-ban").form("/kem-van-ban").values
    # Who decided first is not where the second đơn goes.
    assert form["next_level"] == ""


def test_a_draft_sent_back_says_why_and_is_taken_up_where_it_stood(town):
    matter = taken_up(town)
    lan, chair = town.at_desk(town.lan), town.at_desk(town.chair)
    lan.see(page(matter)).send("/trinh-ky/conclude", **FOUND)
    empty = chair.see(page(matter)).send("/tra-lai")
    assert "Mời ghi cần sửa gì" in empty.said
    chair.see(page(matter)).send("/tra-lai", note="Thiếu căn cứ về số tiền.")
    assert again(matter).status == "verifying"
    seen = lan.see(page(matter))
    assert "Thiếu căn cứ về số tiền." in seen.said
    assert seen.form("/trinh-ky/conclude").values["note"] == FOUND["note"]
    assert told("draft_returned") == ["Phạm Ngọc Lan"]


def test_a_principal_who_prepared_it_cannot_sign_it(town):
    matter = town.matter(kind_code="KN", signed=True)
    hoa = town.client(town.hoa)
    town.at_desk(town.hoa).act(matter, "accept")
    refused = hoa.post(f"{page(matter)}/decide", data={"result": "kn_right", "note": "Đúng."})
    assert refused.status_code == 409
    assert PREPARED_IT[:50] in refused.get_data(as_text=True)
    seen = town.at_desk(town.hoa).see(page(matter))
    # Nor lay it before themselves, where it would wait for ever.
    assert not [form for form in seen.page.forms if "trinh-ky" in form.action]
    seen.send("/assign", handler=str(town.hang.id))
    found = {"result": "kn_right", "note": "Nhà trường đã thu sai."}
    signed = town.at_desk(town.hoa).act(matter, "decide", **found)
    assert "Đã ghi quyết định" in signed.said


def test_a_school_of_one_hands_it_up(town):
    matter = world.a_case(town.other, clock.now(), kind_code="KN", signed=True)
    bao = town.bao
    bao.roles[0].code = "principal"
    db.session.commit()
    seen = town.at_desk(bao).see(who(matter))
    assert "Không còn đủ hai người" in seen.said
    seen.send("/cap-tren")
    assert again(matter).owner_id == town.office.id
    assert town.client(town.hoa).post(f"{page(matter)}/cap-tren").status_code == 404


def test_a_draft_of_who_steps_aside_is_not_signed_any_more(town):
    matter = taken_up(town)
    lan = town.at_desk(town.lan)
    lan.see(page(matter)).send("/trinh-ky/conclude", **FOUND)
    steps_aside(lan, matter)
    kept = again(matter)
    assert kept.signings[0].ended_as == "lapsed"
    assert kept.handler_id in {town.tam.id, town.head.id}


def test_an_opinion_is_answered_by_the_clerk_as_ever(town):
    matter = town.matter()
    seen = town.at_desk(town.hang).see(page(matter))
    assert not [f for f in seen.page.forms if "trinh-ky" in f.action]
    answered = seen.send("/answer", outcome="explained", done="Đã giải thích", note=TEXT)
    assert "Đã gửi trả lời" in answered.said


def test_the_panel_says_who_signs_and_what_would_change_it(town):
    matter = town.matter(kind_code="KN", signed=True)
    seen = town.at_desk(town.hang).see(page(matter)).said
    assert "Người ký: Lê Văn Hòa, Trường Tiểu học Lê Đức Thọ." in seen
    assert "Nếu người bị phản ánh, tố cáo là hiệu trưởng, phó hiệu trưởng" in seen
    hidden = town.at_desk(town.lan).see(page(taken_up(town))).said
    assert "Người ký: Võ Thành An, UBND quận Gò Vấp." in hidden
    assert "Trường Tiểu học Lê Đức Thọ không được biết vụ việc này." in hidden


# --- together at one case ---------------------------------------------------------------------


def test_who_else_has_it_open_is_said_and_for_how_long(town, monkeypatch):
    matter = town.matter()
    town.at_desk(town.minh).see(page(matter))
    assert "Đỗ Quang Minh đang mở vụ việc này từ" in town.at_desk(town.hang).see(page(matter)).said
    assert "đang mở vụ việc này" in town.at_desk(town.minh).see(page(matter)).said
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "đang mở vụ việc này" not in town.at_desk(town.hang).see(page(matter)).said


def test_what_others_did_since_is_unread_in_the_list_on_today_and_in_the_thread(town):
    matter = town.matter()
    hang = town.at_desk(town.hang)
    hang.see(page(matter)).send("/accept")
    assert "chưa đọc" not in hang.see("/hop-viec").said
    matter = again(matter)
    matter.add_note(world.an_act(town.minh, "Bếp trưởng hẹn chiều nay."))
    db.session.commit()
    assert "chưa đọc" in hang.see("/hop-viec").said
    assert "Có điều mới từ lần xem trước" in hang.see("/hom-nay").said
    assert matter.reference in hang.see("/hop-viec?folder=unread").said
    seen = hang.see(page(matter))
    assert seen.answer.get_data(as_text=True).count('chip chip-warn">Mới') == 1
    assert "chưa đọc" not in hang.see("/hop-viec").said
    assert "Có điều mới từ lần xem trước" not in hang.see("/hom-nay").said
    # For whoever wrote it, it was never unread.
    minh = town.at_desk(town.minh)
    minh.see(page(matter)).send("/note", note="Đã gặp bếp trưởng.")
    assert "chưa đọc" not in minh.see("/hop-viec").said


def test_a_paper_typed_in_that_says_nobody_clear_is_the_office_s(town):
    desk = town.at_desk(town.hang)
    form = desk.see("/nhap")
    typed = {"channel": "paper", "kind": "TC", "subject": "THU_CHI", "about": "unknown"}
    form.send("/nhap", **typed, text="Có người trong trường thu tiền rồi giữ riêng.")
    matter = db.session.scalars(select(Case)).one()
    assert (matter.owner_id, matter.hidden_from_school) == (town.office.id, True)
    assert town.client(town.hang).get(page(matter)).status_code == 404
