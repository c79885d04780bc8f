"""A draft is laid with its whole paper: who signs reads that very letter, and types nothing."""

import pytest
from sqlalchemy import select

from feedback import db, traces
from feedback.models.cases import Case
from feedback.models.signings import SigningRequest
from tests import world
from tests.papers.reading import words as pdf_words
from tests.web.colleagues import Colleague, Town, again
from tests.web.test_acts import DECIDED, FINDINGS, act, complaint
from tests.web.test_papers import MAI, issued, read

WHOLE = {**DECIDED, **FINDINGS}


@pytest.fixture
def chair(town) -> Colleague:
    found = world.an_officer(town.office.manager, "chair", "Võ Thành An")
    db.session.commit()
    return town.at_desk(found)


def desk_of(matter: Case, move: str = "decide") -> str:
    return f"/viec/{matter.reference}/trinh-ky/{move}/kem-van-ban"


def pdf(matter: Case, code: str = "complaint_decision") -> str:
    return f"/viec/{matter.reference}/du-thao/{code}.pdf"


def taken_up(town: Town, desk: Colleague, **said: str) -> Case:
    matter = complaint(town, **said)
    desk.act(matter, "accept")
    return matter


def drafts(matter: Case) -> list[SigningRequest]:
    asked = select(SigningRequest).where(SigningRequest.case_id == matter.id)
    return list(db.session.scalars(asked.order_by(SigningRequest.id)))


def draft(matter: Case) -> SigningRequest:
    return drafts(matter)[-1]


def test_mr_hòa_reads_the_letter_ms_hằng_has_filled_in_and_signs_without_typing(town, hang, app):
    matter = taken_up(town, hang)
    page = hang.see(f"/viec/{matter.reference}")
    assert "Soạn cả văn bản rồi trình ký: Quyết định giải quyết khiếu nại lần đầu" in page.said
    seen = hang.see(desk_of(matter)).send("/kem-van-ban", **WHOLE)
    assert "Đã trình ký kèm văn bản" in seen.said
    hoa = town.at_desk(town.hoa)
    assert "Xem văn bản đã soạn (PDF)" in hoa.see(f"/viec/{matter.reference}").said
    shown = hoa.client.get(pdf(matter))
    assert shown.headers["Content-Type"] == "application/pdf"
    words = pdf_words(shown.data)
    for said in (DECIDED["note"], FINDINGS["orders"], "Nguyễn Thị Mai", "Lê Văn Hòa"):
        assert said in words
    assert not issued(matter)  # looking at it issues nothing
    assert again(matter).status == "verifying"
    form = hoa.see(act(matter, "decide"))
    assert form.form("/kem-van-ban").values["orders"] == FINDINGS["orders"]
    form.send("/kem-van-ban")
    (paper,) = issued(matter)
    assert FINDINGS["orders"] in read(app, paper)
    assert (again(matter).status, draft(matter).ended_as) == ("decided", "signed")


def test_before_laying_it_ms_hằng_sees_the_letter_and_nothing_is_kept(town, hang):
    matter = taken_up(town, hang)
    form = hang.see(desk_of(matter)).form("/kem-van-ban").values
    shown = hang.client.post(
        f"{desk_of(matter)}/complaint_decision", data={**form, **WHOLE, "way": "here"}
    )
    assert shown.headers["Content-Type"] == "application/pdf", shown.get_data(as_text=True)
    assert FINDINGS["orders"] in pdf_words(shown.data)
    assert not drafts(matter)
    assert again(matter).status == "verifying"


def test_what_lacks_is_said_and_every_word_stays(town, hang):
    matter = taken_up(town, hang)
    seen = hang.see(desk_of(matter)).send("/kem-van-ban", **{**WHOLE, "orders": ""})
    assert seen.status == 422
    assert "Mời điền mục này" in seen.said
    assert seen.form("/kem-van-ban").values["note"] == DECIDED["note"]
    assert not drafts(matter)


def test_a_draft_sent_back_is_taken_up_with_everything_in_it(town, hang):
    matter = taken_up(town, hang)
    hang.see(desk_of(matter)).send("/kem-van-ban", **WHOLE)
    hoa = town.at_desk(town.hoa)
    hoa.see(f"/viec/{matter.reference}").send("/tra-lai", note="Ghi rõ căn cứ.")
    values = hang.see(desk_of(matter)).form("/kem-van-ban").values
    assert values["orders"] == FINDINGS["orders"]
    assert values["note"] == DECIDED["note"]


def test_the_draft_keeps_the_paper_without_who_sent_it_and_sealed_where_the_school_is_shut_out(
    town, hang, chair
):
    matter = complaint(town, about_code="leaders")
    lan = town.at_desk(town.lan)
    lan.act(matter, "accept")
    lan.see(desk_of(matter)).send("/kem-van-ban", **WHOLE)
    kept = draft(matter)
    assert FINDINGS["orders"] in kept.facts
    assert MAI.name not in kept.facts
    stored = db.session.execute(select(SigningRequest.__table__.c.facts)).scalar_one()
    raw = db.session.connection().exec_driver_sql("select facts from signing_request").scalar()
    assert stored == kept.facts
    assert FINDINGS["orders"] not in str(raw)
    assert hang.client.get(pdf(matter)).status_code == 404
    assert MAI.name in pdf_words(chair.client.get(pdf(matter)).data)


def test_the_office_that_only_oversees_does_not_read_the_paper_of_a_draft(town, hang):
    matter = taken_up(town, hang)
    hang.see(desk_of(matter)).send("/kem-van-ban", **WHOLE)
    lan = town.at_desk(town.lan)
    assert "Xem văn bản đã soạn" not in lan.see(f"/viec/{matter.reference}").said
    assert lan.client.get(pdf(matter)).status_code == 404
    assert hang.client.get(pdf(matter, "complaint_refused")).status_code == 404


def test_a_draft_of_words_alone_still_asks_the_signer_for_the_rest(town, hang):
    matter = taken_up(town, hang)
    hang.see(f"/viec/{matter.reference}").send("/trinh-ky/decide", **DECIDED)
    hoa = town.at_desk(town.hoa)
    assert "Xem văn bản đã soạn" not in hoa.see(f"/viec/{matter.reference}").said
    assert hoa.client.get(pdf(matter)).status_code == 404
    assert hoa.see(act(matter, "decide")).send("/kem-van-ban").status == 422


def test_a_paper_made_elsewhere_is_laid_as_words_and_numbered_by_who_signs(town, hang):
    matter = taken_up(town, hang)
    grounds = {"grounds": ["people", "evidence"], "note": "Nhiều phụ huynh cùng đứng đơn."}
    page = hang.see(desk_of(matter, "extend"))
    page.send("/kem-van-ban", way="outside", **grounds)
    hoa = town.at_desk(town.hoa)
    assert "Xem văn bản đã soạn" not in hoa.see(f"/viec/{matter.reference}").said
    hoa.act(matter, "extend")
    kept = again(matter)
    assert kept.running("KN1_RESOLVE_C")
    event = next(one for one in kept.events if one.move_code == "extend")
    assert event.detail["grounds"] == ["evidence", "people"]


def test_what_a_rule_refuses_is_said_to_who_prepares_and_not_only_to_who_signs(town, hang):
    matter = town.matter(kind_code="TC", signed=True, about_code="class_teacher", contact=MAI)
    hang.act(matter, "accept")
    town.at_desk(town.hoa)
    page = hang.see(desk_of(matter, "extend"))
    told = {"grounds": ["places"], "note": "Phải xác minh ở hai nơi.", "way": "outside"}
    page.send("/kem-van-ban", **told)
    town.at_desk(town.hoa).act(matter, "extend")
    seen = hang.see(desk_of(matter, "extend")).send("/kem-van-ban", **told)
    assert seen.status == 409
    assert "từ hai căn cứ trở lên" in seen.said
    assert [one.ended_as for one in drafts(matter)] == ["signed"]


def test_what_is_erased_is_erased_from_the_draft_too(town, hang):
    matter = taken_up(town, hang)
    hang.see(desk_of(matter)).send("/kem-van-ban", **WHOLE)
    kept = db.session.get_one(Case, matter.id)
    traces._erase_reasons(kept)
    db.session.commit()
    assert draft(matter).facts == ""
