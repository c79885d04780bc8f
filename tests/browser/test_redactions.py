"""A copy without who sent it, made at the desk: words ticked, a photo boxed, read, confirmed."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.conftest import LAPTOP, PHONE, House, Visit, Visitor

pytestmark = pytest.mark.browser
TEXT = (
    "Tôi tên là Nguyễn Thị Hồng Mai, phụ huynh em Trần Gia Bảo lớp 3A2, số 0901.234.567. "
    "Cô Hạnh thu tiền áo ấm hai lần mà không có biên nhận."
)
BLOCK = "█████"
REFERENCE = re.compile(r"[A-Z]{2,6}-\d{4}-[0-9A-Z]{5}")


def _send(parent: Visitor, tmp_path: Path, mark: str) -> str:
    """A letter with a photo; the reference of its matter."""
    photo = tmp_path / "anh.jpg"
    Image.radial_gradient("L").resize((640, 420)).convert("RGB").save(photo, "JPEG")
    parent.go(f"/q/{parent.house.point(parent.house.school())}")
    parent.follow("Gửi ý kiến")
    parent.page.get_by_label("Chuyện gì, ở đâu, khi nào?").fill(f"{TEXT} Ghi chú số {mark}.")
    parent.page.get_by_role("radio", name=re.compile("^Phản ánh")).check()
    parent.page.get_by_role("radio", name="Cơ sở vật chất, việc chung").check()
    parent.page.locator("input[type=file]").first.set_input_files(str(photo))
    parent.press("Gửi")
    found = REFERENCE.search(parent.page.locator("body").inner_text())
    assert found
    return found.group()


def test_cells_are_drawn_along_with_a_mouse(visit: Visit, house: House, tmp_path: Path):
    reference = _send(visit(viewport=LAPTOP), tmp_path, "drag")
    clerk = visit(viewport=LAPTOP)
    clerk.sign_in("clerk", house.school())
    clerk.go(f"/viec/{reference}/ban-che")
    ends = []
    clerk.page.locator(".blacking-over").scroll_into_view_if_needed()
    for cell in ("C3", "F3"):
        place = clerk.page.locator(f".blacking-cells input[value={cell}]").bounding_box()
        assert place
        ends.append((place["x"] + place["width"] / 2, place["y"] + place["height"] / 2))
    clerk.page.mouse.move(*ends[0])
    clerk.page.mouse.down()
    clerk.page.mouse.move(*ends[1], steps=20)
    clerk.page.mouse.up()
    ticked = clerk.page.locator(".blacking-cells input:checked")
    assert [one.get_attribute("value") for one in ticked.all()] == ["C3", "D3", "E3", "F3"]
    clerk.page.locator(".blacking-cells input[value=H8]").click(force=True)
    assert ticked.count() == 5


@pytest.mark.parametrize(
    ("viewport", "scripted"),
    [(PHONE, True), (PHONE, False), (LAPTOP, True)],
    ids=["360", "360 without script", "1280"],
)
def test_a_clerk_makes_a_copy_without_who_sent_it(
    visit: Visit, house: House, tmp_path: Path, viewport: dict[str, int], scripted: bool
):
    mark = f"{viewport['width']} {scripted}"
    reference = _send(visit(viewport=viewport, scripted=scripted), tmp_path, mark)
    clerk = visit(viewport=viewport, scripted=scripted)
    clerk.sign_in("clerk", house.school())
    clerk.go(f"/viec/{reference}")
    clerk.follow("Làm bản che")

    clerk.page.get_by_role("radio", name="Đưa vào, che các ô đã chọn").check()
    for cell in ("Ô C3", "Ô D3"):
        clerk.page.get_by_role("checkbox", name=cell, exact=True).check(force=True)
    clerk.page.get_by_label("Hoặc ghi ô cần che").fill("C4:D6")
    clerk.page.get_by_label("Che thêm").fill("áo ấm")
    clerk.press("Xem trước")
    preview = clerk.page.locator("section[aria-labelledby=preview]").inner_text()
    assert f"Tôi tên là {BLOCK}, phụ huynh em {BLOCK} lớp {BLOCK}, số {BLOCK}." in preview
    assert f"Cô Hạnh thu tiền {BLOCK} hai lần" in preview
    assert "Ảnh 1: đưa vào, che 8 ô." in preview
    assert clerk.page.locator(".blacking-cells input:checked").count() == 8

    clerk.press("Tôi đã đọc hết, làm bản che này")
    assert clerk.sees("Đã làm bản che số 1.")
    href = clerk.page.get_by_role("link", name=re.compile("^Ảnh 1")).first.get_attribute("href")
    got = clerk.page.request.get(f"{house.url}{href}")
    drawn = Image.open(BytesIO(got.body()))
    assert not any(drawn.crop((107, 70, 213, 210)).tobytes())
    clerk.go(f"/viec/{reference}")
    assert clerk.sees("Bản số 1 (PDF)")
