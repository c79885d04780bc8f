"""What the law forbids in the handling of a đơn, each limit as the sentence that names its rule."""

from collections.abc import Collection
from datetime import date

from feedback.rules.calendar import WorkCalendar
from feedback.rules.clocks import DeadlineRule
from feedback.rules.results import EXTENSION_GROUNDS
from feedback.rules.sentences import Said, Sentence
from feedback.rules.terms import due_before

ALREADY_DONE = "Bước này đã được ghi nhận rồi."
NOT_LAPSED = (
    "Chưa hết thời hạn giải quyết lần đầu nên chưa mở được lần hai "
    "(Điều 33 khoản 1 Luật Khiếu nại 2011)."
)
MAY_LODGE_YET = "Thời hạn khiếu nại lần hai chưa hết (Điều 33 khoản 1 Luật Khiếu nại 2011)."
LODGED_ALREADY = "Việc này đã được xem xét lần hai nên không nhận thêm đơn lần hai."
NOT_OVERDUE = (
    "Chưa hết thời hạn giải quyết tố cáo nên chưa tố cáo tiếp vì quá hạn được "
    "(Điều 38 Luật Tố cáo 2018)."
)
CLAIMED_ALREADY = "Đã nhận đơn tố cáo tiếp vì quá hạn; đang chờ nơi giải quyết báo cáo."
NEEDS_CLAIM = "Chưa có đơn tố cáo tiếp vì quá hạn (Điều 38 Luật Tố cáo 2018)."
NEEDS_REPORT = "Chưa hết hạn báo cáo: cấp trên nhận giải quyết sau khi nghe nơi đang giải quyết."
NO_FORWARDER = "Chưa ghi nơi chuyển đơn nên không có nơi nào để báo kết quả."
ONLY_OF_DENUNCIATIONS = (
    "Chỉ thông tin có nội dung tố cáo mới phải thanh tra, kiểm tra hoặc chuyển theo Điều 25 "
    "Luật Tố cáo 2018."
)
NEEDS_INSPECTION = (
    "Thông tin có nội dung cụ thể: phải thanh tra, kiểm tra hoặc chuyển nơi có thẩm quyền trước "
    "(Điều 25 khoản 2 Luật Tố cáo 2018)."
)
NEEDS_INVITATION = (
    "Chưa mời đối thoại: phải thông báo bằng văn bản ít nhất 5 ngày trước buổi đối thoại "
    "(Điều 11 Nghị định 155/2026/NĐ-CP)."
)
NEEDS_DIALOGUE = (
    "Lần hai bắt buộc phải đối thoại trước khi ra quyết định (Điều 39 Luật Khiếu nại 2011)."
)
NOT_SENT = "Chưa gửi kết luận nội dung tố cáo (Điều 35 khoản 3 Luật Tố cáo 2018)."
NOT_PUBLISHED = "Chưa công khai kết luận nội dung tố cáo (Điều 40 khoản 1 Luật Tố cáo 2018)."
NEEDS_REVIEW = "Chưa xem xét hồ sơ giải quyết trước (Điều 37 Luật Tố cáo 2018)."
NEEDS_GROUND = (
    "Phải có ít nhất một trong bảy căn cứ của vụ việc phức tạp "
    "(Điều 3 khoản 2 Nghị định 31/2019/NĐ-CP; Điều 3a Nghị định 124/2020/NĐ-CP)."
)
TWO_GROUNDS = (
    "Gia hạn lần hai chỉ khi vụ việc đặc biệt phức tạp, tức là có từ hai căn cứ trở lên "
    "(Điều 30 khoản 3 Luật Tố cáo 2018; Điều 3 khoản 3 Nghị định 31/2019/NĐ-CP)."
)
ENDED_BEFORE = "Thời hạn giải quyết đã hết nên không gia hạn được nữa: chỉ gia hạn khi còn hạn."
TOO_LATE = (
    "Thời hạn khiếu nại lần hai đã hết ngày %(day)s (30 ngày, Điều 33 khoản 1 Luật Khiếu nại "
    "2011). Nếu có trở ngại khách quan như ốm đau, thiên tai, công tác xa thì thời gian trở ngại "
    "không tính (Điều 9): cần nêu rõ, kèm giấy tờ chứng minh."
)
NOT_IN_FORCE = (
    "Quyết định chỉ có hiệu lực sau 30 ngày và khi đã hết thời hạn khiếu nại lần hai (Điều 44, "
    "Điều 33 Luật Khiếu nại 2011), tức là sau %(day)s."
)
INVITED_TOO_LATE = (
    "Giấy mời phải đi trước ít nhất %(term)s (%(law)s). Mời chọn ngày đối thoại muộn hơn."
)
PAST_DAY = "Ngày đối thoại phải ở tương lai."
FUTURE_DAY = "Ngày đối thoại ở tương lai: chỉ ghi kết quả khi đã đối thoại xong."
BEFORE_INVITED = "Ngày đối thoại phải từ ngày ghi trong giấy mời trở đi."

ONLY_ONCE = "Đã kéo dài một lần: Điều 28, Điều 37 Luật Khiếu nại 2011 không cho phép lần nữa."
ONLY_TWICE = "Đã gia hạn hai lần: Điều 30 khoản 3 Luật Tố cáo 2018 không cho phép lần thứ ba."

# The longer term that stands in the place of the running one.
LONGER = {"KN1_RESOLVE": "KN1_RESOLVE_C", "KN2_RESOLVE": "KN2_RESOLVE_C"}


def most_extensions(kind_code: str) -> str:
    """Why there is no further extension."""
    return ONLY_ONCE if kind_code == "KN" else ONLY_TWICE


def too_few(grounds: Collection[str], extended: int) -> str:
    """Whether the grounds carry this extension: one for the first, two for the second."""
    if not grounds or not set(grounds) <= EXTENSION_GROUNDS.keys():
        return NEEDS_GROUND
    return TWO_GROUNDS if extended and len(set(grounds)) == 1 else ""


def longer_code(running_code: str, grounds: int) -> str:
    """The rule of the longer term: of a complaint by instance, of a denunciation by grounds."""
    return LONGER.get(running_code) or ("TC_EXT1" if grounds == 1 else "TC_EXT2")


def lodged_too_late(until: date) -> Sentence:
    """The term to complain again, named; an obstacle is not counted in (Đ9)."""
    return Sentence(TOO_LATE, {"day": until})


def not_in_force(until: date) -> Sentence:
    return Sentence(NOT_IN_FORCE, {"day": until})


def invitation_day(
    rule: DeadlineRule | None, day: date, today: date, calendar: WorkCalendar
) -> Said:
    """Whether a letter of today is early enough for a dialogue on that day."""
    if day <= today:
        return PAST_DAY
    if rule is None or today <= due_before(rule.term, day, calendar).on:
        return ""
    return Sentence(INVITED_TOO_LATE, {"term": rule.term, "law": rule.law})


def dialogue_day(day: date, invited_on: date | None, today: date) -> str:
    """Whether a dialogue can have been held on that day."""
    if day > today:
        return FUTURE_DAY
    return BEFORE_INVITED if invited_on and day < invited_on else ""
