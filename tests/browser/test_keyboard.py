"""The clerk's fifteen minutes by keyboard alone: from signing in to signing out, no mouse."""

import re

import pytest

from tests.browser.conftest import LAPTOP, House, Visit, Visitor

pytestmark = pytest.mark.browser
WORRIES = (
    "Quạt trần lớp 3/1 kêu to, các con không nghe cô giảng.",
    "Nhà vệ sinh tầng hai hết xà phòng từ đầu tuần.",
    "Cổng phụ giờ tan học kẹt xe, mong trường xếp lại lối ra.",
)
FAR = 150


@pytest.fixture
def worries(visit: Visit, house: House) -> None:
    """Three parents have written this morning; they tap, the clerk does not."""
    parent = visit()
    for words in WORRIES:
        parent.go(f"/q/{house.point(house.school())}")
        parent.follow("Gửi ý kiến")
        parent.page.get_by_label("Chuyện gì, ở đâu, khi nào?").fill(words)
        parent.page.get_by_role("radio", name=re.compile("^Góp ý")).check()
        parent.page.get_by_role("radio", name="Cơ sở vật chất, việc chung").check()
        parent.press("Gửi")


class Hands:
    """Ten fingers and no mouse: what is typed goes where the focus is."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.insert_text(words)

    def focused(self) -> str:
        """What a screen reader would call the place of the focus."""
        return str(
            self.page.evaluate(
                """() => {
                  const at = document.activeElement, label = at.labels?.[0];
                  return (label ?? at).innerText.replace(/\\s+/g, " ").trim();
                }"""
            )
        )

    def tab_to(self, name: str) -> None:
        for _ in range(FAR):
            self.press("Tab")
            if self.focused().startswith(name):
                return
        raise AssertionError(f"{name} is not reached; the focus is on {self.focused()}")

    def enter(self) -> None:
        """Enter opens or sends; the page that comes is inspected like every other."""
        with self.page.expect_navigation():
            self.press("Enter")
        self.visitor.inspect()

    def fill(self, name: str, words: str) -> None:
        self.tab_to(name)
        self.type(words)


def test_a_clerk_needs_no_mouse(visit: Visit, house: House, worries: None):
    clerk = visit(viewport=LAPTOP)
    hands, officer = Hands(clerk), house.officer("clerk", house.school())

    clerk.go("/dang-nhap")
    hands.fill("Thư điện tử", officer["email"])
    hands.fill("Mật khẩu", officer["password"])
    hands.enter()
    assert clerk.sees("Hôm nay")

    # The table of keys opens, keeps the other keys quiet, and gives the focus back.
    hands.press("?")
    assert clerk.page.locator("#keys").is_visible()
    clerk.inspect()
    hands.press("j", "Escape")
    assert not clerk.page.locator("#keys").is_visible()

    # A template for the answers of today.
    hands.tab_to("Mẫu trả lời")
    hands.enter()
    hands.tab_to("Thêm mẫu")
    hands.enter()
    hands.fill("Tên mẫu", "Đã xem xét")
    hands.fill("Lời trả lời", "Nhà trường đã xem việc anh/chị nêu ngày {ngày nhận}.")
    hands.tab_to("Lưu mẫu")
    hands.enter()

    # Hôm nay: the next case, its prepared step, and taking it up.
    hands.tab_to("Hôm nay")
    hands.enter()
    hands.press("j")
    hands.press("/")
    clerk.page.wait_for_url("**/hop-viec#q")
    hands.type("quạt trần lớp 3/1")
    hands.enter()
    hands.press("j")
    hands.enter()
    assert clerk.sees(WORRIES[0])
    hands.tab_to("Nhận xử lý")
    hands.enter()
    assert clerk.sees("Anh/chị đã nhận việc này.")

    # Letters typed into a field are letters.
    hands.press("n")
    hands.page.keyboard.type("jkxrate/?")
    assert clerk.page.locator("#note textarea").input_value() == "jkxrate/?"
    hands.press("Shift+Tab")

    # The answer, with the template.
    hands.press("t")
    hands.press("ArrowDown")
    hands.tab_to("Chèn mẫu")
    hands.enter()
    assert "Nhà trường đã xem" in clerk.page.locator("#reply textarea").input_value()
    hands.tab_to("Đã giải quyết xong")
    hands.press("Space")
    hands.fill("Đã làm gì", "Thay vòng bi quạt")
    hands.tab_to("Gửi trả lời")
    hands.enter()
    assert clerk.sees("Đã gửi trả lời")

    # Two more at once: ticked, answered by the template, looked at, done.
    hands.tab_to("Hộp việc")
    hands.enter()
    for words in WORRIES[1:]:
        _answer_from_the_list(hands, words)

    # What is answered is closed in one go.
    hands.tab_to("Hộp việc")
    hands.enter()
    hands.tab_to("Đã xong")
    hands.enter()
    hands.press("j", "x", "j", "x", "e")
    assert hands.focused() == "Kết thúc"
    hands.enter()
    hands.fill("Vì sao kết thúc", "Phụ huynh đã báo là ổn.")
    hands.tab_to("Xem trước")
    hands.enter()
    hands.tab_to("Ghi cho 2 việc")
    hands.enter()
    assert clerk.sees("2 việc")

    hands.tab_to("Đăng xuất")
    hands.enter()
    assert clerk.sees("Đăng nhập")


def _answer_from_the_list(hands: Hands, words: str) -> None:
    hands.press("/")
    hands.press("Control+A")
    hands.type(words[:24])
    hands.enter()
    hands.press("j", "r")
    assert hands.focused() == "Trả lời theo mẫu"
    hands.enter()
    hands.tab_to("Mẫu trả lời")
    hands.press("ArrowDown")
    hands.tab_to("Đã giải quyết xong")
    hands.press("Space")
    hands.fill("Đã làm gì", "Đã cho làm ngay")
    hands.tab_to("Xem trước")
    hands.enter()
    hands.tab_to("Ghi cho 1 việc")
    hands.enter()
