"""A mixed letter split in two at the clerk's desk; its sender follows both parts with one code."""

import re

import pytest

from tests.browser.conftest import LAPTOP, PHONE, House, Visit, Visitor

pytestmark = pytest.mark.browser
FOOD = "Bữa trưa thứ Ba của các con lớp 2/3 rất ít thịt."
LIGHT = "Đèn hành lang lầu 2 hư đã một tháng nay."
# Nothing in the words tells a machine that Thầy Hùng is the head; the clerk knows.
BRIBE = "Thầy Hùng nhận phong bì của vài phụ huynh."
REFERENCE = re.compile(r"[A-Z]{2,6}-\d{4}-[0-9A-Z]{5}")
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


def _send(parent: Visitor, text: str) -> tuple[str, str]:
    parent.go(f"/q/{parent.house.point(parent.house.school())}")
    parent.follow("Gửi ý kiến")
    parent.page.get_by_label("Chuyện gì, ở đâu, khi nào?").fill(text)
    parent.page.get_by_role("radio", name=re.compile("^Phản ánh")).check()
    parent.page.get_by_role("radio", name="Cơ sở vật chất, việc chung").check()
    parent.press("Gửi")
    shown = parent.page.locator("body").inner_text()
    reference, code = REFERENCE.search(shown), CODE.search(shown)
    assert reference, shown
    assert code, shown
    return reference.group(), code.group()


def _split(clerk: Visitor, reference: str, part: str, **codes: str) -> None:
    clerk.go(f"/viec/{reference}")
    clerk.follow("Tách một phần thư")
    clerk.page.locator("#text").fill(part)
    clerk.page.locator("#kept").fill(FOOD)
    for name, code in codes.items():
        clerk.page.locator(f"#{name}").select_option(code)
    clerk.press("Xem trước")
    assert clerk.sees("Sẽ tách như sau")
    clerk.press("Tách thành hai việc")
    assert clerk.sees("Đã tách.")


def _track(parent: Visitor, code: str) -> None:
    parent.go("/tra-cuu")
    parent.page.get_by_label("Mã tra cứu").fill(code)
    parent.press("Xem phiếu")


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["360", "1280"])
def test_a_mixed_letter_is_split_in_two(visit: Visit, house: House, viewport: dict[str, int]):
    mai = visit(viewport=viewport)
    # Who is as quick as this browser, in the very words of another, waits as suspected spam.
    reference, code = _send(mai, f"{FOOD} {LIGHT} Cảm ơn trường ({viewport['width']}).")
    clerk = visit(viewport=viewport)
    clerk.sign_in("clerk", house.school())
    _split(clerk, reference, LIGHT, kind="PA", subject="CSVC", about="facilities")
    assert clerk.sees("Các phần khác của cùng thư")

    _track(mai, code)
    assert mai.sees("Thư của anh/chị có 2 phần")
    assert mai.sees(reference)
    mai.page.get_by_role("button", name=re.compile("^Xem phần")).click()
    mai.page.wait_for_load_state()
    mai.inspect()
    assert mai.sees(LIGHT)


def test_a_part_about_the_head_is_nowhere_at_the_school(visit: Visit, house: House):
    hoa = visit()
    reference, code = _send(hoa, f"{FOOD} {BRIBE}")
    clerk = visit(viewport=LAPTOP)
    clerk.sign_in("clerk", house.school())
    _split(clerk, reference, BRIBE, kind="TC", subject="THU_CHI", about="leaders")
    assert clerk.sees(FOOD)
    assert not clerk.sees(BRIBE)
    assert not clerk.sees("Các phần khác")

    principal = visit(viewport=LAPTOP)
    principal.sign_in("principal", house.school())
    for path in ("/hom-nay", "/hop-viec?folder=all", "/hop-viec?q=phong+bì+thầy+Hùng"):
        principal.go(path)
        assert not principal.sees(reference)
        assert not principal.sees(BRIBE)
    answer = principal.page.goto(f"{house.url}/viec/{reference}")
    assert answer
    assert answer.status == 404

    office = visit(viewport=LAPTOP)
    office.sign_in("office", "PGD")
    office.go(f"/viec/{reference}")
    assert office.sees(BRIBE)
    _track(hoa, code)
    assert hoa.sees("Thư của anh/chị có 2 phần")
    assert not hoa.sees(BRIBE)
