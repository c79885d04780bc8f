"""A parent has her letter erased; two people dispose of what was kept long enough."""

import re

import pytest
from sqlalchemy import create_engine, text

from tests.browser.conftest import LAPTOP, PHONE, House, Visit, Visitor

pytestmark = pytest.mark.browser
WORDS = "Sân sau đọng nước từ thứ Hai, các con đi hay bị trượt."
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
REFERENCE = re.compile(r"[A-Z]{2,6}-\d{4}-[0-9A-Z]{5}\b")


def _send(parent: Visitor) -> tuple[str, str]:
    """A letter; its reference and its code."""
    parent.go(f"/q/{parent.house.point(parent.house.school())}")
    parent.follow("Gửi ý kiến")
    parent.page.get_by_label("Chuyện gì, ở đâu, khi nào?").fill(WORDS)
    parent.page.get_by_role("radio", name=re.compile("^Phản ánh")).check()
    parent.page.get_by_role("radio", name="Cơ sở vật chất, việc chung").check()
    parent.press("Gửi")
    said = parent.page.locator("body").inner_text()
    reference, code = REFERENCE.search(said), CODE.search(said)
    assert reference
    assert code
    return reference.group(), code.group()


def _track(parent: Visitor, code: str) -> None:
    parent.go("/tra-cuu")
    parent.page.get_by_label("Mã tra cứu").fill(code)
    parent.press("Xem phiếu")


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["360", "1280"])
def test_a_parent_has_her_letter_erased(visit: Visit, house: House, viewport: dict[str, int]):
    mai = visit(viewport=viewport)
    reference, code = _send(mai)
    _track(mai, code)
    mai.page.get_by_text("Dữ liệu của tôi: xem, sửa, xóa").click()
    mai.inspect()
    mai.page.get_by_role("radio", name=re.compile("^Xóa dữ liệu")).check()
    mai.press("Gửi yêu cầu")
    assert mai.sees("Đã nhận yêu cầu")

    lan = visit(viewport=viewport)
    lan.sign_in("office", "PGD")
    lan.go("/du-lieu")
    row = lan.page.get_by_role("listitem").filter(has_text=reference)
    row.get_by_role("link", name="Xóa dữ liệu").click()
    lan.page.wait_for_load_state()
    lan.inspect()
    lan.page.get_by_role("radio", name="Đã thực hiện").check()
    lan.page.get_by_label("Trả lời người yêu cầu").fill("Đã xóa hẳn theo yêu cầu.")
    lan.press("Ghi kết quả")
    assert lan.sees("Đã trả lời")
    lan.follow("Thư trả lời để in")

    _track(mai, code)
    assert mai.sees("(Nội dung đã được xóa.)")
    assert not mai.sees("Sân sau đọng nước")
    assert (house.var / "erasures.jsonl").read_text().count('"words"') >= 1


def _age(house: House, database_url: str) -> None:
    """What ended in the demo world ended ten years ago."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE case_file SET received_on = '2016-02-01', closed_on = '2016-03-01', "
                "answered_on = '2016-03-01', "
                "refused_on = NULL, answered_again_on = NULL "
                "WHERE status = 'closed' AND kind_code IN ('PA', 'GY', 'KH', 'KNGHI')"
            )
        )
    engine.dispose()


def test_two_people_dispose_of_what_was_kept_long_enough(
    visit: Visit, house: House, database_url: str
):
    _age(house, database_url)
    lan = visit(viewport=LAPTOP)
    lan.sign_in("office", "PGD")
    lan.go("/luu-tru")
    lan.press("Đề nghị hủy Góp ý, phản ánh")
    assert lan.sees("Đã lập danh sách đề nghị hủy")
    assert lan.sees("hai người cùng chịu trách nhiệm")
    address = lan.page.url.removeprefix(house.url)

    head = visit(viewport=LAPTOP)
    head.sign_in("office_head", "PGD")
    head.go(address)
    head.press("Hủy")
    assert head.sees("Đã hủy")
    head.follow("Biên bản hủy để in và ký")
    assert head.sees("BIÊN BẢN")
