"""A denunciation of a deputy head: from the scan to the published conclusion, nobody in the way."""

import re

import pytest

from tests.browser.conftest import LAPTOP, House, Visit, Visitor
from tests.browser.test_journey import _receipt, _scan

pytestmark = pytest.mark.browser
ACCUSATION = "Phó hiệu trưởng ép phụ huynh mua đồng phục ở cửa hàng của người nhà."
FINDING = "Có việc chỉ định nơi mua đồng phục. Nhà trường phải chấm dứt, kiểm điểm người vi phạm."


def _accuse(parent: Visitor) -> tuple[str, str]:
    _scan(parent, "Khiếu nại · Tố cáo")
    parent.page.get_by_role("radio", name="Không", exact=True).first.check()
    parent.page.locator("input[name=unlawful][value=yes]").check()
    parent.page.get_by_role("radio", name="Hiệu trưởng, phó hiệu trưởng").check()
    parent.press("Xem cách gửi")
    parent.page.locator("main .actions a").first.click()
    parent.page.get_by_label("Chuyện gì, ở đâu, khi nào?").fill(ACCUSATION)
    parent.press("Gửi")
    return _receipt(parent)


def _open(staff: Visitor, summary: str) -> None:
    staff.page.locator("summary", has_text=summary).first.click()


def _school_sees_nothing(visit: Visit, house: House, reference: str) -> None:
    for role in ("clerk", "principal"):
        staff = visit(viewport=LAPTOP)
        staff.sign_in(role, house.school())
        for path in ("/hom-nay", "/hop-viec?q=đồng+phục+cửa+hàng"):
            staff.go(path)
            assert not staff.sees(reference)
            assert not staff.sees(ACCUSATION[:30])
        for path in (f"/viec/{reference}", f"/viec/{reference}/ai-giai-quyet"):
            answer = staff.page.goto(f"{house.url}{path}")
            assert answer
            assert answer.status == 404


def _sign_on_paper(office: Visitor, reference: str) -> None:
    """The denouncer came by and signed: it is a đơn from today."""
    office.go(f"/viec/{reference}")
    _open(office, "Ghi nhận chữ ký")
    box = office.page.locator("form[action*='/sign']")
    box.get_by_label("Họ tên người ký").fill("Nguyễn Thị Mai")
    box.get_by_label("Địa chỉ").fill("12 Phan Văn Trị, Gò Vấp")
    box.get_by_label("Số căn cước hoặc hộ chiếu").fill("079180001234")
    office.press("Ghi nhận chữ ký")


def _lay_before_the_chair(office: Visitor) -> None:
    _open(office, "Trình ký: Kết luận nội dung tố cáo")
    box = office.page.locator("form[action*='/trinh-ky/conclude']")
    box.get_by_role("radio", name="Tố cáo đúng", exact=True).check()
    box.get_by_label("Nội dung chính (người gửi đọc được)").fill(FINDING)
    box.get_by_role("button", name="Trình ký").click()
    office.page.wait_for_load_state()
    office.inspect()


def _sign(chair: Visitor, reference: str) -> None:
    """The chair reads the draft, looks at the conclusion as it will be printed, and signs it."""
    chair.follow("Xem lại, sửa và ký")
    assert chair.page.get_by_label("Nội dung chính").first.input_value() == FINDING
    form = chair.page.locator("form[action*='/conclude/kem-van-ban']")
    signer = form.locator("[name='signer.name']").input_value()
    assert signer
    assert chair.sees(signer)  # it is the name of who is signed in, at the head of the page
    chair.act(reference, "conclude", "Ra kết luận")
    assert chair.sees("Đã ghi kết luận")


def test_a_deputy_head_is_denounced_and_the_chair_concludes(visit: Visit, house: House):
    mai = visit()
    reference, code = _accuse(mai)
    _school_sees_nothing(visit, house, reference)

    office = visit(viewport=LAPTOP)
    office.sign_in("office", "PGD")
    _sign_on_paper(office, reference)
    office.act(reference, "accept", "Thụ lý")
    office.act(reference, "notify_acceptance", "Đã thông báo thụ lý")
    # Who prepares has no button that concludes, and is told who signs.
    assert office.page.locator(f"form[action*='/viec/{reference}/conclude']").count() == 0
    assert office.sees("chuẩn bị, trình dự thảo; không ký.")
    _lay_before_the_chair(office)
    assert office.sees("Dự thảo chờ ký")

    chair = visit(viewport=LAPTOP)
    chair.sign_in("chair", "UBGV")
    chair.go("/hom-nay")
    assert chair.sees("Chờ anh/chị ký")
    chair.go(f"/viec/{reference}")
    assert chair.sees(FINDING)
    assert chair.sees("đang mở vụ việc này từ")
    _sign(chair, reference)

    office.go(f"/viec/{reference}")
    office.press("Đã gửi kết luận")
    office.press("Đã công khai")
    _open(office, "Kết thúc")
    office.page.locator("form[action*='/close'] textarea").fill("Đã gửi và công khai kết luận.")
    office.press("Kết thúc")
    assert office.sees("Đã kết thúc vụ việc")
    _school_sees_nothing(visit, house, reference)

    mai.go("/tra-cuu")
    mai.page.get_by_label("Mã tra cứu").fill(code)
    mai.press("Xem phiếu")
    assert mai.sees(FINDING)
    assert not mai.sees(ACCUSATION[:30])
    assert re.search("Đã xong", mai.page.locator("body").inner_text())
