"""A phone behind an address that presses hard: with script the machine works, without one waits."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from feedback import pressure
from feedback.clock import OFFICE_ZONE
from feedback.pressure import Basin
from feedback.web.public import gates
from tests.browser.conftest import House, Visit, Visitor

pytestmark = pytest.mark.browser
WORDS = "Bữa trưa của bé rất ít thịt.\nCon về nhà nói đói."


OVER = 35  # more than is only labelled, less than what photos rest at


@pytest.fixture(autouse=True)
def calm_again(house: House) -> Iterator[None]:
    """Whoever comes after this story meets no flood."""
    yield
    Basin(pressure.place_of(house.var)).forget()


def _flood(house: House) -> None:
    """As after many sends from this machine, a moment ago."""
    basin = Basin(pressure.place_of(house.var))
    who, now = f"{house.point(house.school())}|127.0.0.1", datetime.now(OFFICE_ZONE)
    while basin.press(gates.ADDRESS, who, now).calm < OVER:
        pass


def _write(parent: Visitor, house: House, folder: Path) -> None:
    parent.go(f"/q/{house.point(house.school())}/gui")
    parent.page.get_by_label("Chuyện gì, ở đâu, khi nào?").fill(WORDS)
    parent.page.locator("input[name=kind][value=PA]").check()
    parent.page.locator("input[name=about][value=boarding]").check()
    photo = BytesIO()
    Image.new("RGB", (60, 40), "#c96").save(photo, "JPEG")
    (folder / "bep.jpg").write_bytes(photo.getvalue())
    parent.page.set_input_files("input[name=photos]", folder / "bep.jpg")


def _thread(parent: Visitor) -> None:
    assert parent.page.get_by_role("heading", level=1).inner_text().strip() == "Đã nhận"
    parent.press("Xem trang theo dõi")
    assert parent.sees("Con về nhà nói đói.")
    assert parent.sees("Phiếu đang chờ kiểm tra")
    assert parent.page.locator("img").count() >= 1


def test_the_machine_works_a_second_and_sends_by_itself(house: House, visit: Visit, tmp_path: Path):
    parent = visit()
    _write(parent, house, tmp_path)
    _flood(house)
    parent.page.get_by_role("button", name="Gửi", exact=True).click()
    parent.page.get_by_role("heading", name="Đã nhận").wait_for(timeout=30_000)
    parent.inspect()
    _thread(parent)


def test_without_script_a_person_waits_and_sends_all_that_was_typed(
    house: House, visit: Visit, tmp_path: Path
):
    parent = visit(scripted=False)
    _write(parent, house, tmp_path)
    _flood(house)
    parent.press("Gửi")
    assert parent.sees("Chưa gửi: mời đợi một chút")
    assert parent.sees("Đã giữ 1 ảnh")
    parent.press("Gửi")
    left = re.search(r"còn (\d+) giây nữa", parent.page.locator("body").inner_text())
    assert left
    parent.page.wait_for_timeout(int(left[1]) * 1000 + 200)
    parent.press("Gửi")
    _thread(parent)
