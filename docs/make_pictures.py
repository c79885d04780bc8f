"""Take the pictures of the README and of the guide again: `.venv/bin/python docs/make_pictures.py`.

Starts `./run` on an empty folder that is gone afterwards, and goes through one story: Mai writes of
a broken tap, the school clerk answers, Mai is asked whether it is solved. Needs `./run setup dev`
and the browser of the tests.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from feedback.clock import now  # noqa: E402 - found only from the line above on
from feedback.demo.pictures import DRAWINGS, draw  # noqa: E402 - found only from the line above on
from feedback.factors import code_now  # noqa: E402 - the same
from tests.places import browser, free_port  # noqa: E402 - the same

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, ViewportSize

FOLDER = ROOT / "docs" / "pictures"
# What is printed on posters and receipts; it leads nowhere.
ADDRESS = "http://gop-y.example"
PHONE: "ViewportSize" = {"width": 360, "height": 740}
LAPTOP: "ViewportSize" = {"width": 1280, "height": 800}
COLOURS, MOST_BYTES, MARGIN = 160, 120_000, 4
READY = "Staff sign in"
WRITING_MS = 6_000

STORY = "Vòi rửa tay trước lớp 2/3 hỏng cả tuần nay, các con phải đi xa mới có nước rửa tay."
WISH = "Mong trường sửa vòi và cho gia đình biết khi nào xong."
DONE = "Đã thay vòi mới, thử lại cả dãy bồn rửa"
ANSWER = (
    "Cảm ơn anh/chị đã báo. Sáng nay nhà trường đã thay vòi mới và kiểm tra cả dãy bồn rửa. "
    "Từ nay bảo vệ đi kiểm tra vòi nước vào sáng thứ Hai hằng tuần."
)


@contextmanager
def demo() -> Iterator[tuple[str, dict[str, Any]]]:
    """The address of a running demo, and what its `demo.json` says."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        port = free_port()
        environment = {k: v for k, v in os.environ.items() if not k.startswith("FEEDBACK_")} | {
            "FEEDBACK_VAR": folder,
            "FEEDBACK_BASE_URL": ADDRESS,
            "FEEDBACK_SPARE_MIB": "0",
            "PORT": str(port),
        }
        command = [str(ROOT / "run")]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as house:  # noqa: S603 - our own script
            try:
                if not any(READY in line for line in house.stdout or ()):
                    raise RuntimeError("The demo did not start (see above).")
                yield f"http://127.0.0.1:{port}", json.loads(Path(folder, "demo.json").read_text())
            finally:
                house.terminate()


def take(seen: "Page | Locator", name: str, height: float | None = None) -> None:
    """Keep what is seen, or its first so many pixels, as a small picture of few colours."""
    # A photo comes when it is scrolled to, which on a busy machine takes a while.
    page: Any = seen
    getattr(page, "page", page).wait_for_load_state("networkidle")
    shot = Image.open(BytesIO(seen.screenshot())).convert("RGB")
    if height:
        shot = shot.crop((0, 0, shot.width, int(height)))
    path = FOLDER / f"{name}.png"
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise RuntimeError(f"{path.name} is larger than {MOST_BYTES} bytes.")


def jpeg(name: str) -> Any:
    """One of the demo's drawings, as a file to choose."""
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": draw(DRAWINGS[name])}


def press(page: "Page", name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def show(page: "Page", what: str) -> None:
    """Bring a part of the page to the top of the screen."""
    page.locator(what).first.evaluate("part => part.scrollIntoView()")


def height_between(upper: "Locator", lower: "Locator") -> float:
    """From the top of the one to the top of the other."""
    tops = [part.evaluate("part => part.getBoundingClientRect().top") for part in (upper, lower)]
    return float(tops[1] - tops[0])


def comes(opened: "Browser", base: str, size: "ViewportSize") -> "Page":
    """Somebody new at a screen; a phone has the finer one."""
    scale = 2 if size is PHONE else 1
    context = opened.new_context(
        base_url=base, viewport=size, device_scale_factor=scale, locale="vi-VN"
    )
    return context.new_page()


def mai_sends(mai: "Page", code: str) -> str:
    """The reference on her receipt; she stays at the page that can be followed from there."""
    mai.goto(f"/q/{code}")
    take(mai, "parent-school")
    mai.goto(f"/q/{code}/gui")
    mai.get_by_label("Chuyện gì, ở đâu, khi nào?").fill(STORY)
    mai.get_by_label("Anh/chị mong muốn điều gì?").fill(WISH)
    mai.get_by_role("radio", name=re.compile("^Phản ánh")).check()
    mai.get_by_role("radio", name="Cơ sở vật chất, việc chung").check()
    mai.locator("input[type=file]").set_input_files(jpeg("tap"))
    show(mai, "h1")
    take(mai, "parent-form")
    # Nobody writes faster than this; the desk is told of whoever does.
    mai.wait_for_timeout(WRITING_MS)
    press(mai, "Gửi")
    take(mai, "parent-receipt")
    return mai.locator("body").inner_text().split("Mã hồ sơ")[1].split()[0]


def mai_reads(mai: "Page") -> None:
    press(mai, "Xem trang theo dõi")
    show(mai, ".thread > :last-child")
    take(mai, "parent-thread")


def the_clerk_answers(clerk: "Page", reference: str) -> None:
    clerk.goto("/hom-nay")
    take(clerk, "desk-today")
    clerk.goto(f"/viec/{reference}")
    press(clerk, "Nhận xử lý")
    take(clerk, "desk-case")
    box = clerk.locator("#reply")
    box.get_by_role("radio", name="Đã giải quyết xong").check()
    box.get_by_label("Đã làm gì (một dòng)").fill(DONE)
    box.get_by_label("Lời trả lời phụ huynh").fill(ANSWER)
    files = box.locator("input[type=file]")
    # The browser speaks English about files: the picture ends above.
    take(box, "desk-answer", height_between(box, files) - MARGIN)
    files.set_input_files(jpeg("tap_after"))
    press(clerk, "Gửi trả lời")


def the_clerk_does_the_rest(clerk: "Page", code: str) -> None:
    clerk.goto("/hop-viec")
    take(clerk, "desk-inbox")
    clerk.goto(f"/ma-qr/{code}")
    take(clerk, "desk-point")
    clerk.goto("/bao-cao")
    clerk.locator("main a.case-words").first.click()
    clerk.wait_for_load_state()
    show(clerk, "h3:has-text('giải quyết đơn thư')")
    take(clerk, "desk-report")


def sign_in(page: "Page", account: dict[str, str]) -> None:
    page.goto("/dang-nhap")
    page.get_by_label("Thư điện tử").fill(account["email"])
    page.get_by_label("Mật khẩu").fill(account["password"])
    press(page, "Đăng nhập")
    if account["totp_secret"]:
        page.get_by_label("Mã xác nhận").fill(code_now(account["totp_secret"], now()))
        press(page, "Vào bàn làm việc")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with demo() as (base, world), browser() as opened:
        code = world["points"][0]["code"]
        mai, clerk = comes(opened, base, PHONE), comes(opened, base, LAPTOP)
        reference = mai_sends(mai, code)
        sign_in(clerk, next(one for one in world["officers"] if one["role"] == "clerk"))
        the_clerk_answers(clerk, reference)
        mai_reads(mai)
        the_clerk_does_the_rest(clerk, code)


if __name__ == "__main__":
    main()
