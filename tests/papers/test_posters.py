"""The sheets a school prints: a phone reads the code, a person reads the words."""

import gzip
import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import typst
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from feedback import posters

URL = "https://gopy.govap.example.vn/q/7K3MQ2XD"
LE_DUC_THO = posters.Poster(
    school="Trường Tiểu học Lê Đức Thọ",
    place="Cổng chính",
    manager="UBND phường An Hội Đông",
    url=URL,
    short_url="gopy.govap.example.vn/q/7K3MQ2XD",
    serial="3",
    printed_on=date(2026, 11, 24),
    contact="688/57/44 Lê Đức Thọ, phường An Hội Đông",
)
LONGEST = replace(
    LE_DUC_THO,
    school="TRƯỜNG TIỂU HỌC NGUYỄN THƯỢNG HIỀN – ĐIỂM TRƯỜNG SỐ 2 PHƯỜNG AN HỘI ĐÔNG",
    place="Bảng tin trước phòng y tế và phòng tiếp công dân, tầng trệt dãy nhà B, "
    "lối vào từ đường Nguyễn Thượng Hiền",
    manager="Ủy ban nhân dân phường Hạnh Thông (qua Phòng Văn hóa – Xã hội)",
    url="https://gop-y-truong-hoc.phuong-an-hoi-dong.tphcm.gov.vn/q/7K3MQ2XD",
    short_url="gop-y-truong-hoc.phuong-an-hoi-dong.tphcm.gov.vn/q/7K3MQ2XD",
    contact="Điểm trường số 2, 76 Nguyễn Thượng Hiền, phường Hạnh Thông, Thành phố Hồ Chí Minh "
    "· 028 3999 0000 · van-phong@nguyenthuonghien.example.vn",
)
WALL = posters.Wall(
    room="Phòng tiếp công dân, tầng trệt dãy A",
    hours="Thứ Hai đến thứ Sáu, 7 giờ 30–11 giờ",
    receiver="nhân viên văn thư",
    period="tháng 12/2026",
    days=(
        posters.HeadDay(date(2026, 12, 3), "8:00–11:00", "Hiệu trưởng", "Bán trú"),
        posters.HeadDay(date(2026, 12, 17), "14:00–16:00", "Phó Hiệu trưởng"),
    ),
    participants="hiệu trưởng, chủ tịch công đoàn",
)
RECEIPT = posters.Receipt(
    unit="Trường Tiểu học Lê Đức Thọ",
    manager="UBND phường An Hội Đông",
    reference="LDT-2026-4F7K2",
    code="7K3M-9QXT-4HDW",
    received_at=datetime(2026, 11, 25, 1, 35, tzinfo=UTC),
    kind="Phản ánh",
    channel="Gặp trực tiếp",
    url="https://gopy.govap.example.vn/tra-cuu",
    short_url="gopy.govap.example.vn/tra-cuu",
    promised_on=date(2026, 12, 9),
    explanation=("10 ngày làm việc kể từ 25/11/2026.",),
)
BOTH = pytest.mark.parametrize("poster", [LE_DUC_THO, LONGEST], ids=["short", "longest"])


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    """The text of all pages; a line may end anywhere, so every break counts as one space."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def painted(pdf: bytes, folder: Path, ppi: float) -> Image.Image:
    """The first page as paper would show it."""
    (folder / "sheet.pdf").write_bytes(pdf)
    width, height = (float(side) for side in read(pdf).pages[0].mediabox[2:])
    page = f'#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n#image("sheet.pdf")'
    (folder / "page.typ").write_text(page)
    png: Any = typst.compile(folder / "page.typ", root=folder, format="png", ppi=ppi)
    return Image.open(io.BytesIO(png)).convert("L")


def width_mm(code: zxingcpp.Barcode, ppi: float) -> float:
    return (code.position.top_right.x - code.position.top_left.x) / ppi * 25.4


# --- the code -------------------------------------------------------------------------------


def test_a_code_set_into_a_page_is_small_and_has_a_name():
    svg = posters.qr_svg(URL, title="Mã tra cứu & mã hồ sơ")
    assert len(gzip.compress(svg.encode())) < 800
    assert 'role="img"><title>Mã tra cứu &amp; mã hồ sơ</title>' in svg
    assert not re.search(r"style=|xmlns|<\?xml|http", svg)


def test_a_code_keeps_its_light_border_also_on_a_dark_page():
    svg = posters.qr_svg(URL)
    assert 'viewBox="0 0 41 41"' in svg
    assert '<path fill="#fff" d="M0 0h41v41H0z"/>' in svg
    assert min(int(x) for x in re.findall(r"M(\d+) ", svg.split("/><path")[1])) == 4


def test_a_phone_reads_the_code_of_a_page(tmp_path):
    svg = posters.qr_svg(URL).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
    (tmp_path / "code.svg").write_text(svg)
    page = '#set page(width: 41mm, height: 41mm, margin: 0pt)\n#image("code.svg", width: 41mm)'
    (tmp_path / "page.typ").write_text(page)
    png: Any = typst.compile(tmp_path / "page.typ", root=tmp_path, format="png", ppi=100)
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    assert (found.text, found.ec_level) == (URL, "Q")


def test_the_terminal_shows_the_code_as_a_square_of_half_blocks():
    lines = posters.qr_terminal("http://127.0.0.1:8000/q/7K3MQ2XD").splitlines()
    assert {len(line) for line in lines} == {29}
    assert set("".join(lines)) <= set("█▀▄ \xa0")


# --- the poster -----------------------------------------------------------------------------


@BOTH
def test_a_phone_reads_the_poster_and_its_code_is_large(poster, tmp_path):
    [found] = zxingcpp.read_barcodes(painted(posters.poster_pdf(poster), tmp_path, 100))
    assert (found.text, found.ec_level) == (poster.url, "Q")
    assert width_mm(found, 100) >= 85  # the dark part alone; with its border above 100 mm


@BOTH
@pytest.mark.parametrize("ppi", [30, 50])
def test_a_phone_reads_the_poster_from_far_away(poster, ppi, tmp_path):
    page = painted(posters.poster_pdf(poster, "A5"), tmp_path, 150)
    small = page.resize((page.width * ppi // 100, page.height * ppi // 100))
    assert [found.text for found in zxingcpp.read_barcodes(small)] == [poster.url]


@BOTH
@pytest.mark.parametrize(("size", "sides"), [("A4", (210, 297)), ("A5", (148, 210))])
def test_a_poster_is_one_page_however_long_the_names(poster, size, sides):
    [page] = read(posters.poster_pdf(poster, size)).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == pytest.approx(
        sides, abs=1
    )


@BOTH
def test_a_poster_says_who_where_how_and_that_no_name_is_asked(poster):
    text = words(posters.poster_pdf(poster))
    for said in (
        poster.school.upper(),
        poster.manager.upper(),
        poster.place,
        poster.short_url,
        "Không cần cài app, không cần đăng nhập, có thể ẩn danh",
        "gọi ngay 111",
        "1. Quét",
        "2. Viết",
        "3. Nhận trả lời",
        "you may stay anonymous",
        "Tờ số 3 · In ngày 24/11/2026",
        "Thấy mã bị dán đè, xin báo ngay nhà trường.",
    ):
        assert said in text


def test_a_poster_speaks_to_screen_readers_and_brings_its_letters():
    pdf = read(posters.poster_pdf(LE_DUC_THO))
    catalogue: Any = pdf.trailer["/Root"]
    assert catalogue["/Lang"] == "vi-VN"
    assert catalogue["/MarkInfo"]["/Marked"].value is True
    assert pdf.metadata
    assert pdf.metadata.title == "Mã QR gửi ý kiến – Trường Tiểu học Lê Đức Thọ"
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()
    assert embedded_fonts(pdf) == {"BeVietnamPro-Regular", "BeVietnamPro-Bold"}


def embedded_fonts(pdf: PdfReader) -> set[str]:
    fonts: Any = pdf.pages[0]["/Resources"]
    names = set()
    for font in fonts["/Font"].values():
        [descendant] = font.get_object()["/DescendantFonts"]
        assert "/FontFile2" in descendant.get_object()["/FontDescriptor"]
        names.add(font.get_object()["/BaseFont"].partition("+")[2])
    return names


def test_a_school_name_is_never_read_as_a_command():
    sly = replace(LE_DUC_THO, school='#panic("x") *Đậm* $x$ </svg> "', place="\\ #include")
    assert '#PANIC("X") *ĐẬM* $X$ </SVG> "' in words(posters.poster_pdf(sly))


def test_the_same_poster_is_the_same_file():
    assert posters.poster_pdf(LE_DUC_THO) == posters.poster_pdf(LE_DUC_THO)


# --- stickers, wall, receipt ----------------------------------------------------------------


@BOTH
@pytest.mark.parametrize("count", [12, 15, 24])
def test_a_phone_reads_every_sticker_of_the_sheet(poster, count, tmp_path):
    pdf = posters.sticker_sheet_pdf(poster, count)
    assert len(read(pdf).pages) == 1
    found = zxingcpp.read_barcodes(painted(pdf, tmp_path, 120))
    assert [code.text for code in found] == [poster.url] * count
    assert min(width_mm(code, 120) for code in found) > 20
    assert words(pdf).count("có thể ẩn danh") == count


@pytest.mark.parametrize("count", [0, 11, 25])
def test_a_sheet_holds_twelve_to_twenty_four_stickers(count):
    with pytest.raises(ValueError, match="12 to 24"):
        posters.sticker_sheet_pdf(LE_DUC_THO, count)


@BOTH
def test_the_wall_sheet_says_on_one_page_what_the_law_wants_posted(poster, tmp_path):
    pdf = posters.wall_sheet_pdf(poster, WALL)
    [found] = zxingcpp.read_barcodes(painted(pdf, tmp_path, 120))
    assert (found.text, len(read(pdf).pages)) == (poster.url, 1)
    text = words(pdf)
    for said in (
        "Lịch người đứng đầu tiếp công dân tháng 12/2026",
        "03/12/2026 8:00–11:00 Hiệu trưởng Bán trú",
        "Thành phần dự: hiệu trưởng, chủ tịch công đoàn",
        "Nơi tiếp: Phòng tiếp công dân, tầng trệt dãy A",
        "Nội quy",
        "Quy trình tiếp công dân",
        "Giải quyết đơn, ý kiến",
        "Thông tin cá nhân",
        "gọi ngay 111",
    ):
        assert said in text


def test_a_school_puts_its_own_rules_on_the_wall():
    own = replace(WALL, house_rules=("Xin gõ cửa trước khi vào.",), days=())
    text = words(posters.wall_sheet_pdf(LE_DUC_THO, own))
    assert "Xin gõ cửa trước khi vào." in text
    assert "Không mang vũ khí" not in text
    assert "Chưa có lịch; xin hỏi văn phòng." in text


def test_the_walk_in_receipt_fits_one_small_page_and_leads_to_the_answer(tmp_path):
    pdf = posters.walk_in_receipt_pdf(RECEIPT)
    [found] = zxingcpp.read_barcodes(painted(pdf, tmp_path, 100))
    assert (found.text, len(read(pdf).pages)) == (RECEIPT.url, 1)
    text = words(pdf)
    assert "LDT-2026-4F7K2" in text
    assert "7K3M-9QXT-4HDW" in text
    assert "Nhận lúc 08:35, thứ Tư, 25/11/2026" in text
    assert "Trả lời chậm nhất thứ Tư, 09/12/2026" in text
    assert "10 ngày làm việc kể từ 25/11/2026." in text


def test_a_receipt_without_a_promise_explains_no_date():
    thanks = replace(RECEIPT, kind="Khen", promised_on=None, explanation=())
    text = words(posters.walk_in_receipt_pdf(thanks))
    assert "Trả lời chậm nhất" not in text
    assert "Vì sao là ngày này?" not in text


# --- the letters ----------------------------------------------------------------------------

FONTS = json.loads((posters.FONTS / "MANIFEST.json").read_text())["fonts"]


@pytest.mark.parametrize("font", FONTS, ids=[font["name"] for font in FONTS])
def test_every_letter_file_is_the_one_of_its_package_and_comes_with_its_licence(font):
    assert font["licence_file"] in font["sha256"]
    for name, digest in font["sha256"].items():
        assert hashlib.sha256((posters.FONTS / name).read_bytes()).hexdigest() == digest
    assert "SIL OPEN FONT LICENSE" in (posters.FONTS / font["licence_file"]).read_text()
