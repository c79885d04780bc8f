"""What the law asks of single papers: secrecy, grounds, dated laws, who signs."""

import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, get_args, get_type_hints
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from feedback.papers.catalogue import PAPERS
from feedback.papers.documents import compose, paper_docx, paper_pdf
from feedback.papers.facts import Citizen, Matter, PaperRefused
from feedback.papers.wording import cited
from feedback.rules.refusals import REFUSALS, VISIT_REFUSALS, refusals_for
from tests.papers.reading import as_pdf, as_word, opened, spoken, words
from tests.papers.stories import BUOI, DENUNCIATION, FACTS, HEAD, PRINCIPAL

# What the denounced gets to read.
REACHES_THE_DENOUNCED = pytest.mark.parametrize(
    "code",
    [
        "denunciation_accepted",
        "denounced_notice",
        "denunciation_extended",
        "denunciation_extension_notice",
        "denunciation_suspended",
        "denunciation_resumed",
        "denunciation_ended",
        "denunciation_conclusion",
    ],
)


# --- whoever denounces ----------------------------------------------------------------------


def types_in(kind: Any) -> Iterator[Any]:
    """Every type that facts of this kind can hold, however deep."""
    yield kind
    inner = [*get_args(kind)]
    if is_dataclass(kind) and isinstance(kind, type):
        inner += [get_type_hints(kind)[field.name] for field in fields(kind)]
    for one in inner:
        yield from types_in(one)


@REACHES_THE_DENOUNCED
def test_what_reaches_the_denounced_has_no_room_for_a_denouncer(code: str):
    kind = PAPERS[code]
    assert not {Citizen, Matter, Any, object, dict} & set(types_in(kind.made_of))
    personal = {"citizen", "address", "identity", "contact", "matter", "reference"}
    assert not [field for field in kind.fields if personal & set(field.split("."))]


@REACHES_THE_DENOUNCED
def test_nothing_of_the_denouncer_is_in_the_file_the_denounced_gets(code: str):
    assert BUOI.identity
    who = (BUOI.name, "Bưởi", "688/57/44", BUOI.identity.number, BUOI.contact)
    secret = (*who, DENUNCIATION.content, "Khôi", DENUNCIATION.reference)
    with ZipFile(io.BytesIO(as_word(code))) as parts:
        file = "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    pdf = words(as_pdf(code)) + str(PdfReader(io.BytesIO(as_pdf(code))).metadata)
    assert not [word for word in secret if word in file or word in pdf]
    assert BUOI.name in words(as_pdf("denunciation_notice"))


def test_the_denounced_reads_each_point_and_until_when_to_answer():
    said = words(as_pdf("denounced_notice"))
    assert "1. Nhận tiền của nhà cung cấp suất ăn." in said
    assert "chậm nhất hết ngày 09 tháng 12 năm 2026" in said


# --- what the law asks of single papers -----------------------------------------------------


@pytest.mark.parametrize("ground", [g.code for g in refusals_for("KN") if g.written])
def test_a_complaint_is_refused_with_its_coded_ground_and_its_article(ground: str):
    facts = replace(FACTS["complaint_refused"], ground_code=ground)
    said = list(spoken(opened(paper_docx(compose("complaint_refused", facts, HEAD, PRINCIPAL)))))
    assert REFUSALS[ground].label in said
    assert any(cited(REFUSALS[ground].law) in line for line in said)
    assert "nh/chị" not in " ".join(said)


@pytest.mark.parametrize(
    ("code", "change", "sentence"),
    [
        ("complaint_refused", {"ground_code": "TC_FORM"}, "không phải là lý do"),
        ("complaint_refused", {"ground_code": "NO_MATTER"}, "không phải là lý do"),
        ("reception_refused", {"ground_code": "TCD_WEAPON"}, "giải thích trực tiếp"),
        ("complaint_extended", {"grounds": ()}, "ít nhất một căn cứ"),
        ("denunciation_extended", {"times": 2}, "hai căn cứ"),
        ("denunciation_extended", {"times": 3, "grounds": ("a", "b", "c")}, "nhiều nhất hai lần"),
    ],
)
def test_a_paper_the_law_does_not_allow_is_refused_in_words(
    code: str, change: dict[str, Any], sentence: str
):
    with pytest.raises(PaperRefused, match=sentence):
        compose(code, replace(FACTS[code], **change), HEAD, PRINCIPAL)


@pytest.mark.parametrize("ground", [g.code for g in VISIT_REFUSALS.values() if g.written])
def test_a_visit_is_refused_in_writing_only_on_the_two_grounds_of_the_decree(ground: str):
    facts = replace(FACTS["reception_refused"], ground_code=ground)
    assert compose("reception_refused", facts, HEAD, PRINCIPAL).blocks


def test_a_decision_cites_only_laws_in_force_on_its_day():
    old = compose("complaint_decision", FACTS["complaint_decision"], before_july(), PRINCIPAL)
    cited_then = [line for line in spoken(opened(paper_docx(old)), "Căn cứ") if "155/2026" in line]
    assert cited_then == []
    now = list(spoken(opened(as_word("complaint_decision")), "Căn cứ"))
    assert any("155/2026/NĐ-CP" in line for line in now)
    assert [line[-1] for line in now] == [";"] * (len(now) - 1) + ["."]


def before_july() -> Any:
    return replace(HEAD, dated=date(2026, 6, 30))


def test_the_articles_of_a_decision_are_counted_without_a_gap():
    said = [line for line in spoken(opened(as_word("complaint_decision"))) if line[:4] == "Điều"]
    assert [line.split(".")[0] for line in said] == [f"Điều {n}" for n in range(1, 6)]
    assert "khiếu nại lần hai đến Chủ tịch UBND phường An Hội Đông" in said[3]


def test_a_deputy_signs_for_the_head_and_the_head_decides():
    deputy = replace(PRINCIPAL, title="Phó Hiệu trưởng", authority="KT. Hiệu trưởng")
    deputy = replace(deputy, office="Hiệu trưởng")
    document = opened(
        paper_docx(compose("complaint_ended", FACTS["complaint_ended"], HEAD, deputy))
    )
    assert next(spoken(document, "Thẩm quyền")) == "HIỆU TRƯỞNG TRƯỜNG TIỂU HỌC LÊ ĐỨC THỌ"
    assert list(spoken(document, "Chức vụ")) == ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"]


def test_an_unnamed_sender_gets_no_copy_of_the_transfer():
    facts = replace(FACTS["transfer"], citizen=None)
    document = opened(paper_docx(compose("transfer", facts, HEAD, PRINCIPAL, ("Công an phường",))))
    copies = list(spoken(document, "Danh sách nơi nhận"))
    assert copies == ["- Như trên;", "- Công an phường;", "- Lưu: VT, hồ sơ."]
    assert any("không để lại họ tên" in line for line in spoken(document))


def test_what_is_not_known_of_a_complaint_is_left_to_the_pen():
    said = list(spoken(opened(as_word("complaint_petition"))))
    assert any(line.startswith("Địa chỉ: ………") for line in said)
    assert any("chỉ có giá trị khi người viết đơn đã ký" in line for line in said)


def test_a_draft_says_so_and_leaves_room_for_the_number():
    head = replace(HEAD, number=None, draft=True)
    drafted = compose("guidance", FACTS["guidance"], head, PRINCIPAL)
    document = opened(paper_docx(drafted))
    assert list(spoken(document, "Dự thảo")) == ["DỰ THẢO"]
    assert next(spoken(document, "Số ký hiệu")).replace("\u00a0", "_") == "Số: ________/HD-THLĐT"
    assert "DỰ THẢO" in words(paper_pdf(drafted))


def test_an_unnamed_sender_has_no_place_to_sign_the_receipt():
    facts = replace(FACTS["receipt"], citizen=None, enclosures=())
    document = opened(paper_docx(compose("receipt", facts, HEAD)))
    assert list(spoken(document, "Chức vụ")) == ["NGƯỜI NHẬN"]
    assert "Đã nhận của người gửi không để lại họ tên." in list(spoken(document))
