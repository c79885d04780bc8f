"""The copy on paper: what was masked can be read out of it by nobody."""

from datetime import date
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from analysis.masking import BLOCK, places, without
from feedback.papers.documents import paper_docx, paper_pdf
from feedback.papers.facts import Clerk, Letterhead
from feedback.papers.redacted import RedactedCopy, copy_of
from tests.papers.reading import opened, pages, spoken, words

HEAD = Letterhead("", "Trường Thử", "Gò Vấp", None, "TT", date(2026, 11, 24))
SYLLABLES = ("xoài", "Xoài", "XOAI", "Quýt", "quyt", "bưởi", "0909111222", "+84 909.111.222")
TEXTS = st.lists(st.sampled_from((*SYLLABLES, "đi", "chợ", ",", "\n")), min_size=1, max_size=40)
NAMES = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=2).map(" ".join)


def a_copy(*parts: tuple[str, str], kind: str = "TC", pictures: tuple[bytes, ...] = ()):
    facts = RedactedCopy(kind, "TT-2026-AAAAA", 1, parts, pictures, Clerk("Hằng", "Văn thư"))
    return copy_of(facts, HEAD)


def a_picture(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "green").save(file, "JPEG")
    return file.getvalue()


@settings(max_examples=30, deadline=None)
@given(TEXTS, st.lists(NAMES, min_size=1, max_size=3))
def test_what_was_masked_is_not_to_be_read_out_of_the_pdf(parts, names):
    pdf = paper_pdf(a_copy(("Nội dung thư", without(" ".join(parts), names))))
    said = words(pdf)
    for name in names:
        assert not list(places(said, name))
    digits = "".join(letter for letter in said if letter.isdigit())
    if {"0909111222", "+84 909.111.222"} & set(names):
        assert "909111222" not in digits
    facts = dict(PdfReader(BytesIO(pdf)).metadata or {})
    assert not any(list(places(str(value), name)) for value in facts.values() for name in names)


def test_word_and_pdf_say_the_same_and_name_the_law_of_a_denunciation():
    copy = a_copy(("Nội dung thư", f"Tôi là {BLOCK}."), pictures=(a_picture(40, 30),))
    told = " ".join(" ".join(spoken(opened(paper_docx(copy)))).split())
    for one in (told, words(paper_pdf(copy))):
        assert f"Tôi là {BLOCK}." in one
        assert "Điều 56 khoản 2" in one
    assert "Luật Tố cáo" not in words(paper_pdf(a_copy(("Nội dung thư", "A."), kind="PA")))


def test_a_wide_photo_and_a_high_one_stay_on_their_pages():
    copy = a_copy(("Nội dung thư", "A."), pictures=(a_picture(900, 200), a_picture(200, 900)))
    assert sum(len(page.images) for page in pages(paper_pdf(copy))) == 2
