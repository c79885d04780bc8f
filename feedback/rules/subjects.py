"""SUBJECTS: the 24 matters people write about, who answers them and how urgent they are.

Praise and denunciation are kinds, not subjects: they may carry any of these.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from feedback.rules.subject_examples import SUBJECT_EXAMPLES
from feedback.rules.subject_keywords import SUBJECT_KEYWORDS

ALL = frozenset({"MN", "TH", "CS"})
PUPILS = frozenset({"TH", "CS"})  # of an age for marks and for quarrels of their own

LEVELS = {"MN": "Mầm non", "TH": "Tiểu học", "CS": "Trung học cơ sở"}

# P0 alert now, P1 the same working day, P2 in the ordinary term.
PRIORITIES = {"P0": "Khẩn cấp", "P1": "Trong ngày", "P2": "Thông thường"}

# Fields of form 02/XLD of Thông tư 06/2025/TT-TTCP, for a matter that becomes a đơn.
FORM_FIELDS = {
    "CDCS": "Chế độ, chính sách",
    "K": "Khác",
    "HC": "Hành chính",
    "TN": "Tham nhũng",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """One matter. `owner` answers by default: the school, or the office that manages it.

    `hidden`: the school itself may be at fault, so it does not see the matter. `office_copy`: the
    office sees it beside the school. `keywords` are folded phrases that suggest it;
    `examples` are three composed messages.
    """

    code: str
    label: str
    levels: frozenset[str] = ALL
    priority: Literal["P0", "P1", "P2"] = "P2"
    knpa_field: Literal["CDCS", "K"] = "K"
    tc_field: Literal["HC", "TN", "K"] = "HC"
    owner: Literal["school", "office"] = "school"
    hidden: bool = False
    office_copy: bool = False
    retired: bool = False

    @property
    def keywords(self) -> tuple[str, ...]:
        return SUBJECT_KEYWORDS[self.code]

    @property
    def examples(self) -> tuple[str, ...]:
        return SUBJECT_EXAMPLES[self.code]


_CATALOGUE = (
    Subject("BAN_TRU", "Bán trú, bữa ăn, suất ăn"),
    Subject(
        "THU_CHI", "Thu chi đầu năm, quỹ lớp, vận động tài trợ", knpa_field="CDCS", tc_field="TN"
    ),
    Subject("DAY_THEM", "Dạy thêm, học thêm", PUPILS, knpa_field="CDCS"),
    Subject(
        "BAO_LUC",
        "Bạo lực học đường, bắt nạt (kể cả trên mạng)",
        PUPILS,
        priority="P1",
        office_copy=True,
    ),
    Subject("XAM_HAI", "Xâm hại, bạo hành trẻ", priority="P0", owner="office", hidden=True),
    Subject("THAI_DO_GV", "Thái độ, ứng xử của giáo viên, nhân viên"),
    Subject("CSVC", "Phòng học, máy lạnh, thiết bị, nước uống"),
    Subject("VE_SINH", "Nhà vệ sinh, vệ sinh chung"),
    Subject("AN_NINH", "An ninh cổng trường, người lạ, kẹt xe", priority="P1"),
    Subject("TUYEN_SINH", "Tuyển sinh, đúng tuyến, trái tuyến", knpa_field="CDCS", owner="office"),
    Subject("CHUYEN_TRUONG", "Chuyển trường, học bạ, giấy tờ", knpa_field="CDCS"),
    Subject("DUA_DON", "Xe đưa rước, giao nhận trẻ", priority="P1"),
    Subject("Y_TE", "Y tế học đường, dịch bệnh, dị ứng", priority="P1"),
    Subject("BAI_TAP", "Áp lực bài tập, kiểm tra, điểm số", PUPILS),
    Subject("SACH_DONG_PHUC", "Sách, đồng phục, mua sắm bắt buộc", knpa_field="CDCS"),
    Subject("THONG_TIN", "Thông tin, họp phụ huynh, nhóm lớp, Ban đại diện"),
    Subject(
        "HOA_NHAP",
        "Trẻ khuyết tật, hòa nhập, hỗ trợ khó khăn, miễn giảm",
        priority="P1",
        knpa_field="CDCS",
    ),
    Subject("NGOAI_KHOA", "Hoạt động ngoại khóa, tham quan, câu lạc bộ"),
    Subject("TTHC", "Thủ tục hành chính, bộ phận tiếp nhận"),
    Subject(
        "TAM_LY",
        "Tâm lý học đường, tự gây hại",
        PUPILS,
        priority="P0",
        # 02/XLD has no field for it: it is no denunciation.
        tc_field="K",
    ),
    Subject(
        "QUAN_LY",
        "Công tác quản lý, điều hành; ban giám hiệu",
        priority="P1",
        owner="office",
        hidden=True,
    ),
    Subject("CONG_TRINH", "Thi công, cháy nổ, cây xanh, điện", priority="P1"),
    Subject("GIANG_DAY", "Chất lượng dạy học, chương trình, thời khóa biểu"),
    # The table gives it to the Office to sort. At a school's own point the school sorts it: who
    # asks there for the Tết holidays expects the school to know, and a clerk can transfer.
    Subject("KHAC", "Việc khác", tc_field="K"),
)

SUBJECTS: dict[str, Subject] = {subject.code: subject for subject in _CATALOGUE}


def subjects_for(level: str | None) -> tuple[Subject, ...]:
    """The subjects in use at a school of this level (all of them when it has none)."""
    return tuple(
        subject
        for subject in _CATALOGUE
        if not subject.retired and (level is None or level in subject.levels)
    )


def suggest(folded: str, most: int = 3) -> tuple[str, ...]:
    """The codes whose keywords a folded text (small letters, no accents) names, best first."""
    words = re.findall(r"[a-z0-9]+", folded)
    text, scores = f" {' '.join(words)} ", Counter[str]()
    for word in set(words):
        for phrase, code, worth in _PHRASES.get(word, ()):
            scores[code] += worth if phrase in text else 0
    found = [code for code in SUBJECTS if scores[code]]
    return tuple(sorted(found, key=lambda code: -scores[code])[:most])


def _by_first_word() -> dict[str, list[tuple[str, str, int]]]:
    """Each keyword with its subject and what finding it is worth: a longer phrase says more than a
    short one, and a hurt child goes before a dirty wall.
    """
    phrases: dict[str, list[tuple[str, str, int]]] = {}
    for subject in _CATALOGUE:
        weight = 3 if subject.priority == "P0" or subject.hidden else 1
        for phrase in () if subject.retired else subject.keywords:
            words = phrase.split()
            found = (f" {phrase} ", subject.code, weight * len(words) ** 2)
            phrases.setdefault(words[0], []).append(found)
    return phrases


_PHRASES = _by_first_word()
