"""From the scan to the last tap, and on to the Office's report: real pages, real server."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.conftest import LAPTOP, House, Visit, Visitor

pytestmark = pytest.mark.browser
STORY = "Máy lạnh lớp 2/3 hư cả tháng, trưa nóng các con không ngủ được."
ACCUSATION = "Hiệu trưởng thu tiền vận động tài trợ mà không có kế hoạch, không công khai."


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "may-lanh.jpg"
    Image.new("RGB", (1200, 900), (90, 140, 150)).save(path)
    return path


def _scan(parent: Visitor, door: str) -> None:
    parent.go(f"/q/{parent.house.point(parent.house.school())}")
    parent.follow(door)


def _receipt(parent: Visitor) -> tuple[str, str]:
    """The reference and the tracking code on the receipt in front of the parent."""
    shown = parent.page.locator("body").inner_text()
    reference = re.search(r"[A-Z]{2,6}-\d{4}-[0-9A-Z]{5}", shown)
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", shown)
    assert reference, shown
    assert code, shown
    return reference.group(), code.group()


def _send(parent: Visitor, photo: Path, where: str) -> tuple[str, str]:
    # Who is as quick as this browser, in the very words of another, waits as suspected spam.
    _scan(parent, "Gửi ý kiến")
    parent.page.get_by_label("Chuyện gì, ở đâu, khi nào?").fill(f"{STORY} {where}")
    parent.page.get_by_role("radio", name=re.compile("^Phản ánh")).check()
    parent.page.get_by_role("radio", name="Cơ sở vật chất, việc chung").check()
    parent.page.locator("input[type=file]").set_input_files(photo)
    parent.press("Gửi")
    assert parent.sees("Đã nhận")
    return _receipt(parent)


def _track(parent: Visitor, code: str) -> None:
    parent.go("/tra-cuu")
    parent.page.get_by_label("Mã tra cứu").fill(code)
    parent.press("Xem phiếu")


def _answer(clerk: Visitor, reference: str, words: str, photo: Path) -> None:
    clerk.go(f"/viec/{reference}")
    box = clerk.page.locator("form", has=clerk.page.get_by_label("Lời trả lời phụ huynh"))
    box.get_by_role("radio", name="Đã giải quyết xong").check()
    box.get_by_label("Đã làm gì (một dòng)").fill("Thay tụ, vệ sinh máy lạnh lớp 2/3")
    box.get_by_label("Lời trả lời phụ huynh").fill(words)
    box.locator("input[type=file]").set_input_files(photo)
    clerk.press("Gửi trả lời")


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "script off"])
def test_mai_writes_is_answered_disagrees_and_is_heard(
    visit: Visit, house: House, photo: Path, scripted: bool
):
    mai = visit(scripted=scripted)
    reference, code = _send(mai, photo, "Phía cửa sổ." if scripted else "Phía cửa ra vào.")
    clerk = visit(viewport=LAPTOP, scripted=scripted)
    clerk.sign_in("clerk", house.school())
    clerk.go(f"/hop-viec?q={reference}")
    assert clerk.sees("Máy lạnh lớp 2/3")
    clerk.go(f"/viec/{reference}")
    clerk.press("Nhận xử lý")
    _answer(clerk, reference, "Nhà trường đã sửa máy lạnh sáng nay.", photo)

    _track(mai, code)
    assert mai.sees("Nhà trường đã sửa máy lạnh sáng nay.")
    mai.press("Chưa")
    mai.page.get_by_label("Còn vướng ở chỗ nào?").fill("Hôm nay máy lại chảy nước.")
    mai.press("Báo chưa ổn")
    assert mai.sees("Đang giải quyết")

    _answer(clerk, reference, "Đã thay máy mới, mời anh/chị xem lại.", photo)
    _track(mai, code)
    mai.press("Rồi")
    assert mai.sees("Đã xong")


def test_a_denunciation_of_the_principal_never_reaches_the_school(visit: Visit, house: House):
    hoa = visit()
    _scan(hoa, "Khiếu nại · Tố cáo")
    hoa.page.get_by_role("radio", name="Không", exact=True).first.check()
    hoa.page.locator("input[name=unlawful][value=yes]").check()
    hoa.page.get_by_role("radio", name="Hiệu trưởng, phó hiệu trưởng").check()
    hoa.press("Xem cách gửi")
    assert hoa.sees("Nhà trường không")
    hoa.page.locator("main .actions a").first.click()
    hoa.inspect()
    hoa.page.get_by_label("Chuyện gì, ở đâu, khi nào?").fill(ACCUSATION)
    hoa.press("Gửi")
    reference, code = _receipt(hoa)

    for role in ("clerk", "principal"):
        staff = visit(viewport=LAPTOP)
        staff.sign_in(role, house.school())
        for path in (
            "/hom-nay",
            f"/hop-viec?q={reference}",
            "/hop-viec?q=vận+động+tài+trợ+kế+hoạch",
        ):
            staff.go(path)
            assert not staff.sees(ACCUSATION[:30])
        answer = staff.page.goto(f"{house.url}/viec/{reference}")
        assert answer
        assert answer.status == 404

    office = visit(viewport=LAPTOP)
    office.sign_in("office", "PGD")
    office.go(f"/hop-viec?q={reference}")
    assert office.sees(reference)
    office.go(f"/viec/{reference}")
    assert office.sees(ACCUSATION[:30])
    assert office.sees("Kín với trường")
    _track(hoa, code)
    assert not hoa.sees(ACCUSATION[:30])


def _reports_of(staff: Visitor) -> list[str]:
    """The addresses of the reports on the rounds page."""
    staff.go("/bao-cao")
    links = staff.page.locator("main a[href^='/bao-cao/']").all()
    found = [link.get_attribute("href") or "" for link in links]
    return [path for path in dict.fromkeys(found) if re.fullmatch(r"/bao-cao/\d+", path)]


def _open_report(staff: Visitor, button: str) -> str:
    """The first report in which this can still be done."""
    for path in _reports_of(staff):
        staff.go(path)
        if staff.page.get_by_role("button", name=button).count():
            return path
    raise AssertionError(button)


def test_from_the_register_to_the_consolidated_report(visit: Visit, house: House):
    school = house.school()
    clerk = visit(viewport=LAPTOP)
    clerk.sign_in("clerk", school)
    path = _open_report(clerk, "Lưu bản nháp")
    clerk.page.locator("textarea").first.fill("Thực hiện kế hoạch năm học của nhà trường.")
    clerk.press("Lưu bản nháp")
    assert clerk.page.get_by_role("button", name="Nộp báo cáo").count() == 0

    principal = visit(viewport=LAPTOP)
    principal.sign_in("principal", school)
    principal.go(path)
    figure = principal.page.locator("main table a[href^='/hop-viec']").first
    counted = int(figure.inner_text().replace(".", ""))
    principal.go(figure.get_attribute("href") or "")
    assert principal.sees(f"{counted} việc")
    principal.go(path)
    principal.press("Nộp báo cáo")
    assert principal.sees("Số liệu đã chốt")

    office = visit(viewport=LAPTOP)
    office.sign_in("office_head", "PGD")
    office.go(path)
    assert office.sees("Thực hiện kế hoạch năm học của nhà trường.")
    office.page.locator("summary", has_text="Duyệt").click()
    office.press("Duyệt báo cáo")
    own = _open_report(office, "Nộp báo cáo")
    assert own != path
    assert office.sees("tổng của")
    office.go("/cac-truong")
