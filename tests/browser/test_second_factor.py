"""The second factor with real pages: an app, a paper, a passkey of Chromium's own test bench."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from feedback import clock, factors
from tests.browser.conftest import LAPTOP, PHONE, House, Visit, Visitor

pytestmark = pytest.mark.browser


def _password(visitor: Visitor, role: str, unit: str) -> dict[str, str]:
    officer = visitor.house.officer(role, unit)
    visitor.go("/dang-nhap")
    visitor.page.get_by_label("Thư điện tử").fill(officer["email"])
    visitor.page.get_by_label("Mật khẩu").fill(officer["password"])
    visitor.press("Đăng nhập")
    return officer


def _quiet_schools(house: House) -> list[str]:
    """Schools no other journey comes to: whoever sets up a factor here keeps it."""
    heads = [one["unit"] for one in house.world["officers"] if one["role"] == "principal"]
    return [unit for unit in heads if unit != house.school()]


def _next_code(secret: str, steps: int = 1) -> str:
    """A code nobody used yet: the window takes one half minute ahead."""
    return factors.code_now(secret, clock.now() + timedelta(seconds=30 * steps))


@pytest.fixture
def by_name(house: House) -> House:
    """The same house asked for by its name: browsers make no passkey for a bare address."""
    return replace(house, url=house.url.replace("127.0.0.1", "localhost"))


def _with_test_key(visitor: Visitor) -> Any:
    """A security key that answers at once, as the browser's developer tools offer it."""
    tools = visitor.page.context.new_cdp_session(visitor.page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return tools


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_head_of_a_school_sets_up_an_app_and_comes_in_with_code_and_paper(
    visit: Visit, house: House, viewport: dict[str, int]
):
    unit_code = _quiet_schools(house)[viewport == LAPTOP]
    hoa = visit(viewport=viewport)
    _password(hoa, "principal", unit_code)
    hoa.go("/tai-khoan/")
    hoa.follow("Thêm hoặc thay")
    hoa.press("Dùng ứng dụng tạo mã")
    secret = hoa.page.locator(".slip .code").inner_text().replace(" ", "")
    hoa.page.get_by_label("Mã 6 số trên ứng dụng").fill(_next_code(secret, 0))
    hoa.press("Xong, bật bước thứ hai")
    hoa.press("Tạo và hiện mười mã")
    paper = hoa.page.locator(".recovery li").all_inner_texts()
    assert len(paper) == 10
    hoa.follow("Đã cất mã")
    assert hoa.sees("Còn 10 mã chưa dùng")

    again = visit(viewport=viewport)
    _password(again, "principal", unit_code)
    assert again.sees("Bước xác nhận thứ hai")
    again.page.get_by_label("Mã xác nhận").fill("123456")
    again.press("Vào bàn làm việc")
    assert again.sees("Mã chưa đúng hoặc đã dùng rồi")
    again.page.get_by_label("Mã xác nhận").fill(_next_code(secret))
    again.press("Vào bàn làm việc")
    assert again.page.url.endswith("/hom-nay")

    third = visit(viewport=viewport, scripted=False)
    _password(third, "principal", unit_code)
    third.page.get_by_label("Mã xác nhận").fill(paper[0].lower())
    third.press("Vào bàn làm việc")
    third.go("/tai-khoan/")
    assert third.sees("Còn 9 mã chưa dùng")
    third.page.get_by_role("button", name="Kết thúc mọi phiên khác").click()
    again.page.goto(f"{house.url}/hom-nay")
    assert "/dang-nhap" in again.page.url


def test_the_clerk_comes_in_with_a_passkey_and_proves_herself_with_it(
    visit: Visit, house: House, by_name: House
):
    hang = visit(viewport=LAPTOP)
    hang.house = by_name
    tools = _with_test_key(hang)
    _password(hang, "clerk", _quiet_schools(house)[0])
    hang.go("/tai-khoan/buoc-hai/")
    hang.page.get_by_label("Tên gợi nhớ").fill("Máy văn thư")
    hang.page.get_by_role("button", name="Tạo khóa truy cập").click()
    hang.page.wait_for_url("**/ma-du-phong")
    hang.go("/tai-khoan/")
    assert hang.sees("Máy văn thư")
    hang.press("Đăng xuất")

    _password(hang, "clerk", _quiet_schools(house)[0])
    hang.page.get_by_role("button", name="Dùng khóa truy cập").click()
    hang.page.wait_for_url("**/hom-nay")
    hang.go("/xac-nhan?then=/uy-quyen")
    hang.page.get_by_role("button", name="Dùng khóa truy cập").click()
    hang.page.wait_for_url("**/uy-quyen")
    assert hang.complaints == []

    tools.send("WebAuthn.disable")
    tools.send("WebAuthn.enable")
    hang.press("Đăng xuất")
    _password(hang, "clerk", _quiet_schools(house)[0])
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}},
    )
    hang.page.get_by_role("button", name="Dùng khóa truy cập").click()
    hang.page.get_by_text("Chưa dùng được khóa truy cập").wait_for()
    assert hang.page.get_by_label("Mã xác nhận").is_visible()
