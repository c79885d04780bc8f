"""What a page weighs on a weak network, and that a kept page is the page."""

import gzip
import re
import zlib
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback import clock, codes, db
from feedback.models.points import QrPoint
from feedback.web.public import pages
from feedback.web.public.pages import GAP, KEY_LENGTH, Page
from tests.eyes import Visitor
from tests.world import KEYS, a_point, a_receipt, a_school, the_holidays

KIB = 1024
LIMIT, RECEIPT_LIMIT = 14 * KIB, 4 * KIB
NGINX_LEVEL = 6
LONGEST = "Trường Trung học cơ sở và Trung học phổ thông Phạm Ngũ Lão – Cơ sở Nguyễn Thái Sơn"


@pytest.fixture
def gate(parent: FlaskClient) -> QrPoint:
    the_holidays()
    pages.forget()
    school = a_school()
    school.names[0].name = LONGEST
    point = a_point(school, "Bảng tin trước phòng giáo viên, dãy nhà B, tầng trệt")
    db.session.commit()
    return point


def _packed(data: bytes) -> int:
    return len(gzip.compress(data, NGINX_LEVEL))


def _loaded(html: str) -> list[str]:
    """What a browser fetches besides the page."""
    links = re.findall(r'<(?:link rel="stylesheet" href|script src|img src)="([^"]+)"', html)
    return [link for link in links if not link.startswith("data:")]


def _weights(client: FlaskClient, path: str) -> dict[str, int]:
    """The page and everything it loads, each compressed as the proxy compresses it."""
    page = client.get(path)
    weights = {path: _packed(page.data)}
    for link in _loaded(page.text):
        with client.get(link) as loaded:
            weights[link] = _packed(loaded.data)
    return weights


def test_a_school_page_and_its_style_are_two_light_requests(parent: FlaskClient, gate: QrPoint):
    weights = _weights(parent, f"/q/{gate.code}")
    assert len(weights) == 2
    assert sum(weights.values()) <= LIMIT, weights


@pytest.mark.parametrize("door", ["gui", "khieu-nai-to-cao?as=TC&about=leaders", "gap"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_form_with_all_it_loads_is_light(
    parent: FlaskClient, gate: QrPoint, door: str, lang: str
):
    weights = _weights(parent, f"/q/{gate.code}/{door}{'&' if '?' in door else '?'}lang={lang}")
    needed = {link: weight for link, weight in weights.items() if ".js" not in link}
    assert len(needed) == 2, "the page and its style; the script is only an improvement"
    assert sum(weights.values()) <= LIMIT, weights


def test_a_receipt_is_one_light_page(parent: FlaskClient, gate: QrPoint):
    form = Visitor(parent).see(f"/q/{gate.code}/gui")
    receipt = form.send(text="Hôm nay bữa trưa của bé rất ít thịt.", kind="PA", about="leaders")
    assert "Đã nhận" in receipt.said
    assert _packed(receipt.answer.data) <= RECEIPT_LIMIT


def test_a_thread_is_light(parent: FlaskClient, gate: QrPoint):
    receipt = a_receipt(db.session.get_one(QrPoint, gate.id).unit, text="Cơm trưa nguội. " * 30)
    db.session.commit()
    page = Visitor(parent).see("/tra-cuu").send(code=receipt.code)
    assert _packed(page.answer.data) <= RECEIPT_LIMIT + KIB


def test_the_headers_stay_small(parent: FlaskClient, gate: QrPoint):
    answer = parent.get(f"/q/{gate.code}/gui")
    assert len(str(answer.headers)) < 2 * KIB
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


# --- the kept page ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/gui", "/gap"])
def test_compressed_and_plain_are_the_same_page(parent: FlaskClient, gate: QrPoint, path: str):
    path = f"/q/{gate.code}{path}"
    plain = parent.get(path)
    packed = parent.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert _without_keys(gzip.decompress(packed.data).decode()) == _without_keys(plain.text)
    assert len(packed.data) < len(plain.data) / 2


def _without_keys(html: str) -> str:
    return re.sub(r"[A-Za-z0-9_-]{56}", "KEY", html)


@pytest.mark.parametrize("length", [10, 3_000, 40_000, 90_000])
def test_one_gzip_member_holds_head_key_and_tail(length: int):
    """Browsers read one member only, so the page must not be a row of them."""
    page = Page.cut("Gửi ý kiến " * length + GAP + "Gửi ý kiến, trả lời " * length)
    key = "k" * KEY_LENGTH
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert reader.decompress(page.packed(key)) == page.plain(key)
    assert reader.eof
    assert reader.unused_data == b""


def test_the_key_has_the_length_the_tail_was_packed_for():
    assert len(codes.mint_once(KEYS.once, clock.now())) == KEY_LENGTH


def test_every_form_gets_a_key_of_its_own(parent: FlaskClient, gate: QrPoint):
    keys = {Visitor(parent).see(f"/q/{gate.code}/gui").form().values["once"] for _ in range(3)}
    assert len(keys) == 3
    assert GAP not in parent.get(f"/q/{gate.code}/gui").text


def test_a_page_is_rendered_once_a_minute(app: Flask):
    made = []
    at = clock.now()

    def render() -> str:
        made.append(1)
        return f"trang {GAP}"

    for seconds in (0, 30, 59, 61, 62):
        pages.keep("x", at + timedelta(seconds=seconds), render)
    assert len(made) == 2


def test_only_so_many_pages_are_kept():
    pages.forget()
    for number in range(pages.KEPT_PAGES + 10):
        pages.keep(number, clock.now(), lambda: "trang")
    assert len(pages._kept) == pages.KEPT_PAGES


def test_the_style_sheet_goes_out_compressed_and_stays_a_year(parent: FlaskClient, gate: QrPoint):
    link = _loaded(parent.get(f"/q/{gate.code}").text)[0]
    with parent.get(link, headers={"Accept-Encoding": "gzip"}) as packed, parent.get(link) as plain:
        assert gzip.decompress(packed.data) == plain.data
        assert packed.headers["Cache-Control"] == plain.headers["Cache-Control"] == pages.A_YEAR
    with parent.get("/static/favicon.svg") as unversioned:
        assert unversioned.headers["Cache-Control"] != pages.A_YEAR


def test_what_nobody_asked_to_be_compressed_is_not(parent: FlaskClient, gate: QrPoint):
    answer = parent.get(f"/q/{gate.code}", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in answer.headers
