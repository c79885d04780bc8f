"""RETENTION: how long each class of record is kept, why, and what happens then.

Data, not code: an Office may set another period for its units (`RetentionTerm`). `verify` marks a
period that no official text read here has confirmed (domain 3 §7.2).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DAYS, MONTHS, YEARS, FOREVER = "D", "M", "Y", "F"
PERIOD_UNITS = {DAYS: "ngày", MONTHS: "tháng", YEARS: "năm", FOREVER: "vĩnh viễn"}
MONTHS_A_YEAR = 12

# What is taken away: all words and files, or only who wrote.
WORDS, CONTACT = "words", "contact"
NOTHING_READABLE = "NO_MATTER"
SIGNED_KINDS = frozenset({"KN", "TC"})


@dataclass(frozen=True, slots=True)
class Period:
    """A length of keeping: 30 D, 12 M, 15 Y, or for ever."""

    quantity: int
    unit: str

    def after(self, day: date) -> date | None:
        """The last day of keeping; none when it never ends."""
        return self._away(day, 1)

    def before(self, day: date) -> date | None:
        """No later than this did what is due by `day` end; a few days more in a short month."""
        return self._away(day, -1)

    def _away(self, day: date, sign: int) -> date | None:
        if self.unit == FOREVER:
            return None
        if self.unit == DAYS:
            return day + timedelta(days=sign * self.quantity)
        months = sign * self.quantity * (MONTHS_A_YEAR if self.unit == YEARS else 1)
        year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """One class. `erases` empty: kept by its own rules, never proposed by the program."""

    code: str
    label: str
    period: Period
    basis: str
    erases: str = ""
    verify: bool = True


RETENTION: dict[str, RetentionClass] = {
    one.code: one
    for one in (
        RetentionClass(
            "spam",
            "Nội dung trống, gửi thử, quảng cáo",
            Period(30, DAYS),
            "Điều 3 Luật Bảo vệ dữ liệu cá nhân 2025: không giữ lâu hơn mục đích",
            WORDS,
        ),
        RetentionClass(
            "contact",
            "Tên, cách liên lạc của ý kiến thông thường",
            Period(12, MONTHS),
            "Điều 3 Luật Bảo vệ dữ liệu cá nhân 2025: không giữ lâu hơn mục đích",
            CONTACT,
        ),
        RetentionClass(
            "opinion",
            "Góp ý, phản ánh, kiến nghị, khen ngợi",
            Period(3, YEARS),
            "Điều 3 Luật Bảo vệ dữ liệu cá nhân 2025; hai năm sau báo cáo năm",
            WORDS,
        ),
        RetentionClass(
            "not_taken",
            "Đơn không đủ điều kiện thụ lý",
            Period(1, YEARS),
            "Thông tư 05/2021/TT-TTCP",
            WORDS,
        ),
        RetentionClass(
            "information",
            "Thông tin có nội dung khiếu nại, tố cáo chưa ký",
            Period(5, YEARS),
            "Đơn vị tự quy định; Luật Lưu trữ 33/2024/QH15",
            WORDS,
        ),
        RetentionClass(
            "petition",
            "Hồ sơ khiếu nại, tố cáo",
            Period(15, YEARS),
            "Thông tư 09/2011/TT-BNV, thay bằng Thông tư 10/2022/TT-BNV",
            WORDS,
        ),
        RetentionClass(
            "grave",
            "Hồ sơ khiếu nại, tố cáo vụ việc nghiêm trọng",
            Period(0, FOREVER),
            "Thông tư 09/2011/TT-BNV, thay bằng Thông tư 10/2022/TT-BNV",
        ),
        RetentionClass(
            "visit",
            "Sổ tiếp công dân",
            Period(20, YEARS),
            "Luật Lưu trữ 33/2024/QH15",
        ),
        RetentionClass(
            "letter",
            "Văn bản đã ban hành, công văn trao đổi",
            Period(10, YEARS),
            "Thông tư 09/2011/TT-BNV, thay bằng Thông tư 10/2022/TT-BNV",
        ),
        RetentionClass(
            "report",
            "Báo cáo năm (báo cáo 6 tháng: 20 năm)",
            Period(0, FOREVER),
            "Thông tư 09/2011/TT-BNV, thay bằng Thông tư 10/2022/TT-BNV",
        ),
        RetentionClass(
            "survey",
            "Phiếu khảo sát không tên",
            Period(3, YEARS),
            "Điều 3 Luật Bảo vệ dữ liệu cá nhân 2025; hai năm sau báo cáo năm",
        ),
        RetentionClass(
            "proof",
            "Lịch sử xử lý, đồng ý, yêu cầu về dữ liệu",
            Period(5, YEARS),
            "Điều 6 khoản 2 Nghị định 356/2025/NĐ-CP",
        ),
        RetentionClass(
            "short",
            "Phiên đăng nhập, đếm lượt thử, thư báo đã gửi",
            Period(12, MONTHS),
            "Đơn vị tự quy định",
        ),
        RetentionClass(
            "running",
            "Danh mục, sơ đồ đơn vị, tài khoản",
            Period(0, FOREVER),
            "Cần cho hệ thống hoạt động; tài khoản được khóa khi thôi việc",
        ),
    )
}


def class_of(kind_code: str, signed: bool, refusal_code: str | None) -> str:
    """The class of a matter that has ended."""
    if refusal_code == NOTHING_READABLE:
        return "spam"
    if kind_code not in SIGNED_KINDS:
        return "opinion"
    if signed:
        return "petition"
    return "not_taken" if refusal_code else "information"
