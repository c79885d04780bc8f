"""The code on a receipt: drawn fast, and every bit as the library would draw it."""

import random
import re

import pytest
import qrcode
import zxingcpp
from PIL import Image

from feedback import drawings
from feedback.codes import CODE_SYMBOLS, CROCKFORD

STEMS = (
    "http://127.0.0.1:8000/tra-cuu#",
    "https://gop-y-truong-hoc.phuong-an-hoi-dong.tphcm.gov.vn/tra-cuu#",
)


def _some_code(number: int) -> str:
    return "".join(random.Random(number).choices(CROCKFORD, k=CODE_SYMBOLS))


def _rows(family: drawings.Family, code: str) -> list[str]:
    return ["".join(f"{byte:08b}" for byte in row)[: family.size] for row in family.rows(code)]


def _by_the_library(text: str, mask: int) -> list[str]:
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_Q, border=0, mask_pattern=mask
    )
    code.add_data(text, optimize=0)
    code.make()
    return ["".join("01"[bool(module)] for module in row) for row in code.modules]


def _read(rows: list[str]) -> str:
    """What a phone reads from these modules, printed six dots wide with white around."""
    width = 6 * (len(rows) + 2 * drawings.QUIET_ZONE)
    picture = Image.new("L", (width, width), 255)
    for y, row in enumerate(rows, drawings.QUIET_ZONE):
        for x, module in enumerate(row, drawings.QUIET_ZONE):
            if module == "1":
                picture.paste(0, (6 * x, 6 * y, 6 * x + 6, 6 * y + 6))
    return str(zxingcpp.read_barcodes(picture)[0].text)


@pytest.mark.parametrize("stem", STEMS)
def test_a_receipts_code_is_drawn_as_the_library_draws_it(stem: str):
    family = drawings.Family(stem, CODE_SYMBOLS)
    for number in range(40):
        code = _some_code(number)
        assert _rows(family, code) == _by_the_library(stem + code, family.mask)


@pytest.mark.parametrize("stem", STEMS)
def test_a_phone_reads_the_address_with_the_code(stem: str):
    family = drawings.Family(stem, CODE_SYMBOLS)
    for number in range(20):
        code = _some_code(number)
        assert _read(_rows(family, code)) == stem + code


def _drawn(svg: str, size: int) -> list[str]:
    """The modules that the path of a drawing paints dark."""
    rows = [["0"] * size for _row in range(size)]
    path = svg.rpartition('d="')[2].partition('"')[0]
    x = y = 0
    for move, number, other in re.findall(r"([Mmh])(\d+)(?: ([\d.]+))?", path):
        if move == "M":
            x, y = int(number), int(float(other))
            continue
        if move == "h":
            rows[y][x : x + int(number)] = "1" * int(number)
        x += int(number)
    return ["".join(row) for row in rows]


@pytest.mark.parametrize("stem", STEMS)
def test_the_path_paints_every_dark_module_and_no_other(stem: str):
    code = _some_code(7)
    rows, quiet = _rows(drawings.family(stem, CODE_SYMBOLS), code), drawings.QUIET_ZONE
    painted = _drawn(drawings.qr_svg(stem, code, "Mã QR"), len(rows) + 2 * quiet)
    assert [row[quiet:-quiet] for row in painted[quiet:-quiet]] == rows
    assert sum(row.count("1") for row in painted) == sum(row.count("1") for row in rows)


def test_the_drawing_says_what_it_is():
    assert "<title>Mã &lt;QR&gt;</title>" in drawings.qr_svg(STEMS[0], _some_code(1), "Mã <QR>")
