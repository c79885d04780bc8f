"""A signed đơn at the desk: offered step by step, each on its own form."""

from datetime import timedelta

from feedback import clock, db, identities
from feedback.models.cases import Case
from tests import world
from tests.web.colleagues import again

SIGNER = {"name": "Nguyễn Thị Mai", "address": "12 Phan Văn Trị", "identity": "079180001234"}


def page(matter: Case) -> str:
    return f"/viec/{matter.reference}"


def test_a_clerk_makes_a_complaint_from_the_web_a_petition(town, hang):
    matter = town.matter(kind_code="KN")
    seen = hang.see(page(matter)).send("/sign", **SIGNER)
    assert "Đã thành đơn" in seen.said
    assert "Thời hạn giải quyết bắt đầu hôm nay" in seen.said
    assert SIGNER["identity"] not in seen.said
    kept = again(matter)
    assert kept.is_petition
    assert identities.contact_of(kept.submission, world.KEYS).identity == SIGNER["identity"]


def test_a_signature_without_an_identity_is_none(town, hang):
    matter = town.matter(kind_code="KN")
    seen = hang.see(page(matter)).send("/sign", **{**SIGNER, "identity": ""})
    assert seen.status == 422
    assert "Mời ghi số căn cước" in seen.said
    assert not again(matter).is_petition


def test_an_opinion_offers_no_step_of_a_petition(town, hang):
    seen = hang.see(page(town.matter()))
    assert "Ghi nhận chữ ký" not in seen.said
    assert "Thời hạn giải quyết bắt đầu hôm nay" not in seen.said


def test_a_complaint_is_extended_suspended_and_resumed_by_who_signs(town, hang):
    matter = town.matter(kind_code="KN", signed=True)
    assert "Giải quyết khiếu nại lần đầu" in hang.act(matter, "accept").said
    hoa, many = town.at_desk(town.hoa), "Nhiều phụ huynh cùng đứng đơn."
    laying = hang.see(f"{page(matter)}/trinh-ky/extend/kem-van-ban")
    laying.send("/kem-van-ban", grounds=["people"], note=many, way="outside")
    assert "vụ việc phức tạp" in hoa.act(matter, "extend").said
    assert "Trình ký: Kéo dài thời hạn" not in hang.see(page(matter)).said
    hang.see(page(matter)).send("/trinh-ky/suspend", note="Chờ kết luận giám định.")
    assert "đang tạm dừng" in hoa.act(matter, "suspend").said
    hang.see(page(matter)).send("/trinh-ky/resume", note="Đã có kết luận.")
    assert "đang tạm dừng" not in hoa.act(matter, "resume").said
    made = [event.move_code for event in again(matter).events if event.officer_id == town.hoa.id]
    assert made == ["extend", "issue", "suspend", "issue", "resume", "issue"]


def test_a_complaint_is_taken_up_decided_and_sent(town, hang):
    matter = town.matter(kind_code="KN", signed=True)
    hang.act(matter, "accept")
    seen = hang.see(page(matter))
    seen.send("/trinh-ky/decide", result="kn_partly", note="Nhà trường sửa lại mức thu.")
    seen = town.at_desk(town.hoa).act(matter, "decide")
    assert "Đã ghi quyết định" in seen.said
    seen = seen.send("/send_decision")
    assert "Khiếu nại đúng một phần" in seen.said
    kept = again(matter)
    assert (kept.status, kept.result_code) == ("sent", "kn_partly")
    assert kept.messages[-1].text == "Nhà trường sửa lại mức thu."


def test_a_dialogue_too_soon_is_refused_with_its_rule(town, hang):
    matter = town.matter(kind_code="KN", signed=True)
    seen = hang.act(matter, "accept")
    tomorrow = clock.today() + timedelta(days=1)
    seen = hang.act(matter, "invite", day=tomorrow.isoformat(), note="8 giờ, phòng họp.")
    assert seen.status == 409
    assert "Điều 11 Nghị định 155/2026" in seen.said
    assert again(matter).dialogue_on is None


def test_a_second_complaint_leaves_the_school_for_the_office(town, hang):
    matter = town.matter(kind_code="KN", signed=True)
    seen = hang.act(matter, "accept")
    seen.send("/trinh-ky/decide", result="kn_wrong", note="Khiếu nại không có cơ sở.")
    seen = town.at_desk(town.hoa).act(matter, "decide")
    seen.send("/send_decision").send("/lodge_again", note="Không đồng ý.", signed="y")
    kept = again(matter)
    assert kept.owner_id == town.school.manager.id
    lan = town.at_desk(town.lan)
    lan.act(kept, "accept_again")
    refused = lan.act(kept, "decide_again", result="kn_upheld", note="Giữ nguyên quyết định.")
    assert refused.status == 409
    assert "bắt buộc phải đối thoại" in refused.said
    assert again(matter).status == "verifying_again"


def test_the_denounced_school_never_sees_the_petition(town, hang):
    matter = town.secret()
    assert hang.client.get(page(matter)).status_code == 404
    lan = town.at_desk(town.lan)
    lan.see(page(matter)).send("/sign", **SIGNER)
    assert hang.client.get(page(again(matter))).status_code == 404
    assert db.session.get_one(Case, matter.id).machine.code == "denunciations"
