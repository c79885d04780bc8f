"""The right words of the seed for a case: the answer written for this message, or one that fits."""

from collections.abc import Callable

from feedback.demo.place import Place
from feedback.demo.seeds import Row, pick, words
from feedback.models.cases import Case
from feedback.rules.refusals import REFUSALS, refusals_for

# By which words of the seed a text is known that fits the danger.
ATTENDED = {
    "XAM_HAI": "người liên quan",
    "THAI_DO_GV": "người liên quan",
    "BAN_TRU": "Cô y tế",
    "Y_TE": "Cô y tế",
    "TAM_LY": "Cô tham vấn",
    "CONG_TRINH": "rào khu vực",
    "CSVC": "cắt điện",
    "AN_NINH": "cho gia đình",
    "DUA_DON": "cho gia đình",
    "BAO_LUC": "cho gia đình",
}
FALSE_ALARM, PASSED_UP, WITHOUT_NAME = "Đã xác minh", "chưa đồng ý", "ẩn danh"
# Texts of one particular matter, told by these words: they would be out of place elsewhere.
OUT_OF_PLACE = {
    "not_yet": ("vẫn hư", "lạnh nhạt", "hình đã gửi", "bảng tin", "bang tin", "giờ khác", "bé vẫn",
                "lời hứa", "Monday", "con em kể", "mỗi người"),
    "thanks": ("bé về", "giữ kín", "Thank", "sạch sẽ", "xin lỗi", "co nguoi sua", "gọi điện"),
    "closings": ("Hai bên",),
    "withdrawals": ("Hai gia đình",),
    "disputes": ("chuyển loại", "từ chối", "bị phản ánh", "chứng kiến", "lần thứ hai",
                 "lý do trùng", "so lieu", "khó khăn", "xin lỗi"),
}  # fmt: skip
# Subjects whose note in the seed holds for every matter of theirs.
GENERAL_NOTES = frozenset(
    {"BAN_TRU", "VE_SINH", "DUA_DON", "BAI_TAP", "NGOAI_KHOA", "GIANG_DAY", "KHAC"}
)


def any_of(place: Place, part: str) -> str:
    """Words of this part that fit every matter."""
    signs = OUT_OF_PLACE.get(part, ())
    fitting = [text for text in words(part) if not any(sign in text for sign in signs)]
    return str(place.rng.choice(fitting))


def looked_after(case: Case, story: Row) -> str:
    """Who went to the child; where only a word sounded like danger, that it was looked into."""
    sign = ATTENDED.get(case.subject_code, FALSE_ALARM) if story["danger"] else FALSE_ALARM
    return next(str(text) for text in words("attended") if sign in text)


def note(place: Place, case: Case) -> str:
    subject = case.subject_code if case.subject_code in GENERAL_NOTES else None
    named = case.submission.sender is not None
    return _text(
        place,
        "notes",
        lambda row: row["subject"] == subject and not (named and WITHOUT_NAME in row["text"]),
    )


def dialogue(place: Place, case: Case) -> Row:
    """A question to the sender and what the sender writes back."""
    rows: list[Row] = words("questions")
    own = [row for row in rows if row["subject"] == case.subject_code]
    return place.rng.choice(own or rows)


def reply_to(question: str) -> str:
    return next(str(row["reply"]) for row in words("questions") if row["question"] == question)


def answer(place: Place, case: Case, story: Row) -> Row:
    """By the kind, else for this very message, else for its subject; later ones fit any matter."""
    desk = "school" if case.owner.is_school else "office"
    found = pick(place.rng, _of(desk, "kind_answers"), lambda row: row["kind"] == case.kind_code)
    if found is None and not case.answered_on:
        found = pick(
            place.rng,
            _of(desk, "answers"),
            lambda row: any(story["text"].startswith(opening) for opening in row["fits"]),
            lambda row: row["subject"] == case.subject_code and not row["fits"],
        )
    return found or place.rng.choice(words("any_answers" if desk == "school" else "office_answers"))


def _of(desk: str, part: str) -> list[Row]:
    return [row for row in words(part) if row["by"] == desk]


def passed_up(place: Place) -> str:
    return _text(place, "transfer_reasons", lambda row: PASSED_UP in row["text"])


def passed_over(place: Place) -> str:
    return _text(place, "transfer_reasons", lambda row: row["to"] == "other_school")


def renamed(place: Place, kind_code: str, to: str) -> str:
    return _text(
        place, "reclassifications", lambda row: (row["from"], row["to"]) == (kind_code, to)
    )


def refusal(place: Place, kind_code: str) -> tuple[str, str]:
    """A coded reason, and what the sender reads."""
    row = pick(place.rng, words("refusals"), lambda row: kind_code in row["kinds"])
    reason = row["reason"] if row else refusals_for(kind_code)[0].code
    return reason, row["text"] if row else REFUSALS[reason].label


def _text(place: Place, part: str, fits: Callable[[Row], bool]) -> str:
    found = pick(place.rng, words(part), fits)
    return str(found["text"]) if found else ""
