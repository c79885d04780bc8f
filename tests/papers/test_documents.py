"""Every official paper, as Word opens it and as the PDF prints it."""

import io
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from feedback.papers.catalogue import LETTER, NAMED, PAPERS, PETITION, SLIP
from feedback.papers.documents import Paper, compose, paper_docx, paper_pdf
from feedback.papers.facts import Redacted
from tests.papers import stories
from tests.papers.reading import as_pdf, as_word, opened, pages, plain, spoken, words
from tests.papers.stories import COMPLAINT, FACTS, HEAD, KITCHEN, PRINCIPAL

EVERY = pytest.mark.parametrize("code", PAPERS)
HEADED = pytest.mark.parametrize("code", [c for c, k in PAPERS.items() if k.heading != PETITION])

# --- the catalogue --------------------------------------------------------------------------


def test_every_paper_has_a_story_and_every_story_a_paper():
    assert set(FACTS) == set(PAPERS)


@EVERY
def test_an_entry_says_its_law_its_signer_and_what_it_is_filled_from(code: str):
    kind = PAPERS[code]
    assert "Điều" in kind.law
    assert kind.signed_by
    assert kind.fields
    assert kind.symbol in {"", "TB", "QĐ", "PC", "HD", "GM", "BB", "KL", "ĐX"}
    assert all(unicodedata.is_normalized("NFC", word) for word in (kind.label, kind.law))


def test_a_receipt_is_filled_from_the_citizen_the_matter_and_the_day():
    found = set(PAPERS["receipt"].fields)
    assert {"citizen.name", "citizen.identity.number", "matter.content", "due.on"} <= found
    assert "enclosures.pages" in found


def test_the_facts_of_another_paper_are_not_taken():
    with pytest.raises(TypeError, match="Refused"):
        compose("complaint_refused", FACTS["receipt"], HEAD, PRINCIPAL)


# --- Word -----------------------------------------------------------------------------------


@EVERY
def test_the_word_file_has_the_decrees_page_and_only_styles_of_the_sheet(code: str):
    document = opened(as_word(code))
    page = document.sections[0]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    sides = (page.page_width, page.page_height, *margins)
    assert [round(side.mm) for side in sides if side] == [210, 297, 20, 20, 30, 20]
    assert not document.element.body.xpath(".//w:rFonts | .//w:sz | .//w:color")
    assert page.header.paragraphs[0]._p.xpath("./w:fldSimple/@w:instr") == ["PAGE"]
    assert page.different_first_page_header_footer


@EVERY
def test_the_nation_is_named_once_and_the_paper_by_its_kind(code: str):
    document, kind = opened(as_word(code)), PAPERS[code]
    assert list(spoken(document, "Quốc hiệu")) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert list(spoken(document, "Tiêu ngữ")) == ["Độc lập - Tự do - Hạnh phúc"]
    named = [] if kind.heading == LETTER else [kind.title.upper()]
    assert list(spoken(document, "Tên loại")) == named


@HEADED
def test_number_and_day_stand_on_one_line_below_the_names(code: str):
    kind = PAPERS[code]
    names, line = opened(as_word(code)).tables[0].rows
    issuer = "UBND PHƯỜNG AN HỘI ĐÔNG TRƯỜNG TIỂU HỌC LÊ ĐỨC THỌ"
    assert " ".join(names.cells[0].text.split()) == issuer
    number = f"Số: 05/{kind.symbol}-THLĐT" if kind.symbol else "Số: 05/THLĐT"
    expected = {NAMED: number, SLIP: ""}.get(kind.heading, f"{number} V/v trả lời phản ánh")
    assert plain(line.cells[0].text) == expected
    assert plain(line.cells[1].text) == "An Hội Đông, ngày 02 tháng 12 năm 2026"


@EVERY
def test_it_ends_with_who_signs_and_who_receives_it(code: str):
    document, kind = opened(as_word(code)), PAPERS[code]
    recipients = list(spoken(document, "Danh sách nơi nhận"))
    if kind.recipients:
        assert recipients[-1] == "- Lưu: VT, hồ sơ."
        assert list(spoken(document, "Người ký")) == ["Lê Thị Minh Khai"]
    else:
        assert recipients == []
        assert all(how.startswith("(") for how in spoken(document, "Cách ký"))


# --- PDF ------------------------------------------------------------------------------------


@EVERY
def test_the_pdf_says_the_same_as_the_word_file(code: str):
    printed = Counter(words(as_pdf(code)).split())
    written = Counter(" ".join(map(plain, spoken(opened(as_word(code))))).split())
    count = len(pages(as_pdf(code)))
    assert printed - written == Counter(str(n) for n in range(2, count + 1))
    assert not written - printed


@EVERY
def test_the_pdf_has_its_letters_inside_and_speaks_vietnamese(code: str):
    reader = PdfReader(io.BytesIO(as_pdf(code)))
    fonts = {
        font.get_object()["/BaseFont"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts
    assert all("+Tinos" in font for font in fonts)
    assert reader.trailer["/Root"]["/Lang"].startswith("vi")  # type: ignore[index]
    assert reader.metadata
    assert reader.metadata.title == PAPERS[code].label  # a title names nobody
    assert {round(float(page.mediabox.width) / 72 * 25.4) for page in reader.pages} == {210}


# --- what people type -----------------------------------------------------------------------

ODD = "Giá #panic() $5 *đậm* <b> & \\ @x =SUM(1)\x00\x0b"


def test_what_people_type_is_printed_and_never_run():
    facts = replace(FACTS["answer"], findings=ODD)
    odd = compose("answer", facts, HEAD, PRINCIPAL)
    expected = "Giá #panic() $5 *đậm* <b> & \\ @x =SUM(1)"
    assert expected in words(paper_pdf(odd))
    assert any(expected in line for line in spoken(opened(paper_docx(odd))))


# --- long ones ------------------------------------------------------------------------------


def long_paper(code: str) -> Paper:
    head = replace(HEAD, issuer=stories.LONGEST)
    changes = {"matter": replace(COMPLAINT, content=stories.THREE_PAGES)}
    if code == "denounced_notice":
        changes = {"content": Redacted((stories.THREE_PAGES, "Ký khống phiếu."))}  # type: ignore[dict-item]
    return compose(code, replace(FACTS[code], **changes), head, PRINCIPAL)


LONG = ("complaint_accepted", "complaint_decision", "denounced_notice")


@pytest.mark.parametrize("code", LONG)
def test_a_long_name_and_three_pages_keep_the_signature_with_the_last_words(code: str):
    printed = pages(paper_pdf(long_paper(code)))
    assert len(printed) > 3
    first, last = printed[0].extract_text(), printed[-1].extract_text()
    assert stories.LONGEST in " ".join(first.split())
    assert not first.lstrip().startswith("1")
    assert last.lstrip().startswith(str(len(printed)))
    assert "Lê Thị Minh Khai" in last
    assert "./." in last


def at_length(code: str) -> Paper:
    """The paper with a long name and, where it has room for words, three pages of them."""
    facts = FACTS[code]
    names = {field.name for field in fields(facts)}
    roomy = next((n for n in ROOMY if isinstance(getattr(facts, n, None), str)), "")
    changes: dict[str, Any] = {roomy: stories.THREE_PAGES} if roomy else {}
    if "matter" in names:
        changes["matter"] = replace(facts.matter, content=stories.THREE_PAGES)
    for name in {"content", "about"} & names:
        if isinstance(getattr(facts, name), Redacted):
            changes[name] = Redacted((stories.THREE_PAGES,))
    return compose(
        code, replace(facts, **changes), replace(HEAD, issuer=stories.LONGEST), PRINCIPAL
    )


ROOMY = ("findings", "detail", "content", "reason", "opinions", "competence", "responsibility")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_every_paper_at_length_and_numbers_its_pages_from_the_second(
    tmp_path: Path,
):
    for code in PAPERS:
        (tmp_path / f"{code}.docx").write_bytes(paper_docx(at_length(code)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = sorted(map(str, tmp_path.glob("*.docx")))
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, *files], check=True, capture_output=True, timeout=240)
    for code in PAPERS:
        printed = [p.extract_text().split() for p in pages((tmp_path / f"{code}.pdf").read_bytes())]
        assert printed[0][0] != "1", code
        assert [page[0] for page in printed[1:]] == [
            str(number) for number in range(2, len(printed) + 1)
        ], code
        # No signature stands alone on a page: something is said above it.
        assert len(printed[-1]) > 12, code


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_them_and_counts_the_same_pages(tmp_path: Path):
    for code in LONG:
        (tmp_path / f"{code}.docx").write_bytes(paper_docx(long_paper(code)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = sorted(map(str, tmp_path.glob("*.docx")))
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, *files], check=True, capture_output=True, timeout=120)
    for code in LONG:
        by_office = (tmp_path / f"{code}.pdf").read_bytes()
        assert len(pages(by_office)) == len(pages(paper_pdf(long_paper(code))))
        assert "Lê Thị Minh Khai" in pages(by_office)[-1].extract_text()


# --- references -----------------------------------------------------------------------------

CROWDED = "Theo các mã hồ sơ " + "LDT-2026-4F7K2, " * 30


def crowded() -> Paper:
    """An answer with a reference at the end of many of its lines."""
    facts = replace(FACTS["answer"], findings=CROWDED)
    return compose("answer", facts, HEAD, PRINCIPAL)


def test_no_line_of_the_pdf_ends_inside_a_reference():
    text = "\n".join(page.extract_text() for page in pages(paper_pdf(crowded())))
    assert text.count("LDT-2026-4F7K2") == 30
    assert not re.search(r"LDT-\s|LDT-2026-\s", text)


def test_word_breaks_no_reference_and_whoever_reads_it_reads_the_hyphens():
    document = opened(paper_docx(crowded()))
    read = " ".join(spoken(document))
    assert read.count("LDT-2026-4F7K2") == 30
    assert read.count(KITCHEN.reference) == 2
    assert len(document.element.body.xpath(".//w:noBreakHyphen")) == 2 * (30 + 2)
