"""A sealed identity, opened by two officers in a browser and read on a machine of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import LAPTOP, ROOT, House, Visit, Visitor
from tests.browser.test_journey import _receipt, _track

pytestmark = pytest.mark.browser
PASSPHRASE = "bốn từ rời nhau trên giấy"
WORDS = "Hiệu trưởng thu tiền vận động mà không có biên nhận, ai hỏi thì bị nhắc tên."
WHY = "Cần gặp người tố cáo để làm rõ các khoản thu không có biên nhận."


def run(house: House, database_url: str, *words: str) -> str:
    """A command of the program, in the house's own surroundings."""
    environment = os.environ | {
        "FEEDBACK_DEMO": "1",
        "FEEDBACK_VAR": str(house.var),
        "FEEDBACK_DATABASE_URL": database_url,
        "FEEDBACK_BASE_URL": house.url,
    }
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words, "--passphrase", PASSPHRASE],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


def denounce(mai: Visitor, house: House) -> tuple[str, str]:
    """Mai tells who she is; what she is told about it is on the receipt."""
    mai.go(f"/q/{house.point(house.school())}")
    mai.go(f"/q/{house.point(house.school())}/khieu-nai-to-cao?about=leaders&as=TC")
    mai.page.locator("[name=text]").fill(WORDS)
    mai.page.locator("[name=reply][value=contact]").check()
    mai.page.locator("[name=name]").fill("Nguyễn Thị Mai")
    mai.page.locator("[name=phone]").fill("0901234567")
    mai.page.locator("[name=consent]").check()
    mai.press("Gửi")
    assert mai.sees("Tên và cách liên lạc đã được niêm phong")
    return _receipt(mai)


def test_opening_a_sealed_identity_with_two_officers(
    visit: Visit, house: House, database_url: str, tmp_path: Path
):
    office = next(o["unit"] for o in house.world["officers"] if o["role"] == "office_head")
    made = run(house, database_url, "office-key", "new", str(tmp_path / "key"), "--unit", office)
    assert f"{office} seals with key" in made
    mai = visit()
    reference, code = denounce(mai, house)
    _track(mai, code)
    assert mai.sees("đang được niêm phong, chưa ai mở")

    clerk = visit(viewport=LAPTOP)
    clerk.sign_in("office", office)
    clerk.go(f"/viec/{reference}")
    assert not clerk.sees("Nguyễn Thị Mai")
    clerk.follow("Mở danh tính")
    clerk.page.locator("[name=ask-ground][value=hear]").check()
    clerk.page.locator("[name=ask-note]").fill(WHY)
    clerk.press("Gửi đề nghị")
    assert clerk.sees("Chờ đồng ý")

    head = visit(viewport=LAPTOP)
    head.sign_in("office_head", office)
    head.go(f"/viec/{reference}")
    assert head.sees("Có đề nghị chờ đồng ý")
    head.follow("Mở danh tính")
    head.press("Đồng ý mở")

    clerk.go(f"/viec/{reference}/danh-tinh")
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("button", name="Nhận phong bì").click()
    download.value.save_as(tmp_path / "phong-bi.json")
    assert "Mai" not in (tmp_path / "phong-bi.json").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "phong-bi.json").read_text())["reference"] == reference
    clerk.go(f"/viec/{reference}/danh-tinh")
    assert clerk.sees("Đã giao phong bì")

    opened = run(
        house, database_url, "open-identity", str(tmp_path / "phong-bi.json"),
        "--key", str(tmp_path / "key"),
    )  # fmt: skip
    assert "Họ tên: Nguyễn Thị Mai" in opened
    assert "Điện thoại: 0901234567" in opened
    _track(mai, code)
    assert mai.sees("đã được hai cán bộ có trách nhiệm mở lúc")
