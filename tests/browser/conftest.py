"""The whole house running for real: gunicorn, the notice runner, a demo world, a browser."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from feedback import clock, factors, pressure
from tests.places import browser, free_port

ROOT = Path(__file__).parent.parent.parent
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}
PATIENCE = 60


@dataclass(frozen=True)
class House:
    """The running service: its address, its folder and its demo world."""

    url: str
    var: Path
    world: dict[str, Any]
    # By TOTP secret the step of the last code that somebody signed in with.
    spent: dict[str, int] = field(default_factory=dict)

    def officer(self, role: str, unit: str) -> dict[str, str]:
        """The demo account of this role at this unit."""
        return next(o for o in self.world["officers"] if (o["role"], o["unit"]) == (role, unit))

    def point(self, unit: str) -> str:
        return str(next(p["code"] for p in self.world["points"] if p["unit"] == unit))

    def school(self) -> str:
        """The first school of the world."""
        return str(self.world["points"][0]["unit"])


@pytest.fixture(scope="session")
def house(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    var, port = tmp_path_factory.mktemp("house"), free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "FEEDBACK_DEMO": "1",
        "FEEDBACK_VAR": str(var),
        "FEEDBACK_DATABASE_URL": database_url,
        "FEEDBACK_BASE_URL": url,
        "FEEDBACK_SPARE_MIB": "0",
        "PORT": str(port),
    }
    _flask(environment, "db", "upgrade")
    _flask(environment, "demo", "--schools", "3", "--months", "4", "--submissions", "48")
    with _running(environment, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"):
        _wait_for(f"{url}/healthz")
        with _running(environment, "-m", "flask", "--app", "wsgi", "run-notices"):
            yield House(url, var, json.loads((var / "demo.json").read_text(encoding="utf-8")))
    shutil.rmtree(pressure.place_of(var), ignore_errors=True)


def _flask(environment: dict[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _running(environment: dict[str, str], *words: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _wait_for(url: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


class Visitor:
    """A person at a screen. Every page they come to is inspected."""

    def __init__(self, context: BrowserContext, house: House, scripted: bool) -> None:
        self.house = house
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.scripted = scripted
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._note_request)
        self.page.on("console", lambda message: self._note_console(message.type, message.text))

    def _note_request(self, request: Any) -> None:
        if not request.url.startswith((self.house.url, "data:", "blob:")):
            self.strangers.append(request.url)

    def _note_console(self, kind: str, text: str) -> None:
        # A page sent back with its errors (422 and the like) is no fault of the page.
        if kind == "error" and "Failed to load resource" not in text:
            self.complaints.append(text)

    def go(self, path: str) -> None:
        self.page.goto(self.house.url + path)
        self.inspect()

    def press(self, name: str) -> None:
        """Press the button of this name and look at the page that comes."""
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()
        self.inspect()

    def follow(self, name: str) -> None:
        """Follow the link of this name and look at the page that comes."""
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        self.inspect()

    def inspect(self) -> None:
        """No barrier, no stranger, nothing wider than the screen."""
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        assert self.page.locator("h1").count() == 1, self.page.url
        assert self.strangers == []
        assert self.complaints == []
        if self.scripted:
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width, (
                self.page.url
            )
            found = Axe().run(self.page)
            assert found.violations_count == 0, found.generate_report()

    def sees(self, words: str) -> bool:
        return words in self.page.locator("body").inner_text()

    def sign_in(self, role: str, unit: str) -> None:
        officer = self.house.officer(role, unit)
        self.go("/dang-nhap")
        self.page.get_by_label("Thư điện tử").fill(officer["email"])
        self.page.get_by_label("Mật khẩu").fill(officer["password"])
        self.press("Đăng nhập")
        if officer["totp_secret"]:
            self._show_code(officer["totp_secret"])

    def _show_code(self, secret: str) -> None:
        """The second step. A code works once: each visit takes one that no visit took before."""
        step = max(_step_now(), self.house.spent.get(secret, 0) + 1)
        while step > _step_now() + 1:
            self.page.wait_for_timeout(500)
        self.house.spent[secret] = step
        moment = datetime.fromtimestamp(step * factors.STEP, UTC)
        self.page.get_by_label("Mã xác nhận").fill(factors.code_now(secret, moment))
        self.press("Vào bàn làm việc")
        assert "/dang-nhap" not in self.page.url

    def act(self, reference: str, move: str, button: str, **told: str) -> None:
        """Make a move from the page of its case, with papers that were made elsewhere."""
        self.go(f"/viec/{reference}")
        self.page.locator(f"a[href*='/{move}/kem-van-ban']").first.click()
        self.page.wait_for_load_state()
        self.inspect()
        form = self.page.locator("form[action*='/kem-van-ban']").first
        tell(form, **told)
        form.locator("[name=way][value=outside]").check()
        for empty in form.locator("[name^='outside.']").all():
            dated = empty.get_attribute("type") == "date"
            empty.fill(f"{clock.today()}" if dated else "01/VB")
        form.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_load_state()
        self.inspect()


def _step_now() -> int:
    return int(clock.now().timestamp()) // factors.STEP


def tell(form: Locator, **told: Any) -> None:
    """Fill in the fields of a form by their names."""
    for name, value in told.items():
        field = form.locator(f"[name={name}]")
        if value is True:
            field.check()
        elif field.first.get_attribute("type") == "radio":
            form.locator(f"[name={name}][value={value}]").check()
        else:
            field.fill(str(value))


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Browser, house: House) -> Iterator[Visit]:
    """Somebody comes: at a phone, or with `viewport=LAPTOP`; `scripted=False` turns scripts off."""
    contexts: list[BrowserContext] = []

    def come(viewport: dict[str, int] | None = None, scripted: bool = True) -> Visitor:
        context = chromium.new_context(
            viewport=viewport or PHONE,  # type: ignore[arg-type]
            java_script_enabled=scripted,
            locale="vi-VN",
        )
        contexts.append(context)
        return Visitor(context, house, scripted)

    yield come
    for context in contexts:
        context.close()
