"""SECTIONS: the outline of the report on dân vận and quy chế dân chủ, in the order of print.

Composed from the headings of the district's plan (Kế hoạch 847/KH-UBND, Chỉ thị 33/CT-TTg) and of
reports that schools published; no order fixes it word for word.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SUBJECT = "Kết quả thực hiện công tác dân vận của chính quyền và quy chế dân chủ ở cơ sở"

# A report that is not of the whole year is of its first six months.
WHOLE_YEAR = "Y"
SPANS: dict[str, str] = {"6M": "6 tháng đầu năm %(year)s", WHOLE_YEAR: "năm %(year)s"}

ANNEXES: tuple[str, ...] = ("register", "open_cases")
# Whose identity was opened is the Office's to answer for (two officers, each step in the ledger).
OFFICE_ANNEXES: tuple[str, ...] = ("by_school", *ANNEXES, "openings")


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of level 1 to 3; `tables` are counted from the register and stand in its place.

    `written` asks for words; a heading over others asks for none. `heading_year` is what it says in
    the report of the whole year, `office` what it asks of an office that consolidates.
    """

    code: str
    heading: str
    guidance: str = ""
    tables: tuple[str, ...] = ()
    written: bool = True
    heading_year: str = ""
    office: str = ""

    @property
    def level(self) -> int:
        return self.code.count(".") + 1

    @property
    def number(self) -> str:
        """“II.”, “4.”, “c)”; the preface has none."""
        last = self.code.rpartition(".")[2]
        if last == PREFACE:
            return ""
        return f"{last})" if last.islower() else f"{last}."

    def heading_in(self, round_code: str, year: int) -> str:
        """What it says in that round's report."""
        of_year = self.heading_year if round_code == WHOLE_YEAR else ""
        return (of_year or self.heading) % {"next_year": year + 1}


PREFACE = "MO_DAU"

# fmt: off
SECTIONS: Mapping[str, Section] = {
    section.code: section
    for section in (
        Section(
            PREFACE, "Mở đầu",
            "Ghi kế hoạch làm căn cứ: cơ quan ban hành, số, ngày. Chỉ cần hai, ba dòng."),
        Section(
            "I", "Đặc điểm tình hình",
            "Số lớp, số học sinh; số cán bộ quản lý, giáo viên, nhân viên, đảng viên; thuận lợi và "
            "khó khăn thật của kỳ này. Tránh chép lại kỳ trước.",
            office="Quy mô các trường trực thuộc, đội ngũ; thuận lợi và khó khăn chung."),
        Section("II", "Kết quả công tác dân vận của chính quyền", written=False),
        Section(
            "II.1", "Công tác lãnh đạo, chỉ đạo, quán triệt, tuyên truyền",
            "Số cuộc, số lượt người dự, văn bản đã ban hành; cách đưa đến giáo viên và phụ huynh "
            "(Chỉ thị số 33/CT-TTg, kế hoạch các cấp)."),
        Section(
            "II.2", "Cải cách hành chính, chuyển đổi số, Đề án 06; chỉ số hài lòng",
            "Thủ tục đã rút gọn, việc làm qua mạng, Đề án 06; đọc kết quả khảo sát và nói đã làm "
            "gì từ kết quả đó.", ("survey",)),
        Section(
            "II.3", "Đạo đức công vụ, quy tắc ứng xử, kỷ luật; xử lý vi phạm",
            "Việc thực hiện quy tắc ứng xử; số trường hợp nhắc nhở, xử lý (không nêu tên); "
            "bài học."),
        Section("II.4", "Tiếp công dân, đối thoại, giải quyết đơn thư", written=False),
        Section(
            "II.4.a", "Tiếp công dân",
            "Nhận xét việc giữ lịch tiếp công dân; nếu hoãn thì ghi lý do và ngày thay thế.",
            ("reception",)),
        Section(
            "II.4.b", "Đối thoại",
            "Số cuộc, số người dự, số ý kiến và số đã giải quyết; lời hứa đã thực hiện, lời hứa "
            "chậm thì ghi lý do."),
        Section(
            "II.4.c", "Đơn thư",
            "Nêu lý do các vụ còn tồn. Không ghi tên người gửi.", ("kinds",)),
        Section(
            "II.4.d", "Ý kiến qua mã QR, hòm thư",
            "Lĩnh vực có nhiều ý kiến, việc đã sửa nhờ góp ý và vì sao còn trễ.",
            ("subjects", "satisfaction")),
        Section(
            "II.5", "Phong trào “Dân vận khéo”, gương điển hình",
            "Mỗi mô hình ba ý: cách làm, kết quả, có thể nhân rộng không.",
            office="Chọn những mô hình hay nhất từ báo cáo của các trường."),
        Section(
            "II.6", "Phối hợp Công đoàn, Ban đại diện cha mẹ học sinh, đoàn thể",
            "Việc cùng làm và kết quả, tránh liệt kê các buổi họp."),
        Section("III", "Kết quả thực hiện quy chế dân chủ ở cơ sở", written=False),
        Section(
            "III.1",
            "Quán triệt Luật 10/2022/QH15, Nghị định 59/2023/NĐ-CP, Thông tư 11/2020/TT-BGDĐT; "
            "kiện toàn Ban chỉ đạo; ban hành, sửa quy chế",
            "Việc phổ biến; người trong Ban chỉ đạo (chức vụ, không cần tên); số, ngày của quy "
            "chế, sửa phần nào và vì sao."),
        Section(
            "III.2",
            "Những nội dung công khai (Điều 46 Luật 10/2022/QH15, Thông tư 09/2024/TT-BGDĐT)",
            "Số nội dung đã công khai trên tổng số, hình thức, thời gian; nội dung chậm thì ghi lý "
            "do và ngày bù."),
        Section(
            "III.3",
            "Nội dung viên chức bàn, quyết định, tham gia ý kiến; hội nghị viên chức",
            "Ngày hội nghị, tỷ lệ dự; ý kiến được tiếp thu, ý kiến chưa được và vì sao."),
        Section(
            "III.4", "Kiểm tra, giám sát; Ban Thanh tra nhân dân",
            "Số thành viên, số cuộc giám sát; kiến nghị đưa ra và việc đã sửa."),
        Section(
            "III.5", "Dân chủ với người học, cha mẹ học sinh",
            "Điều phụ huynh, học sinh được biết, được góp ý, được bàn trong kỳ và việc đã sửa."),
        Section("IV", "Đánh giá chung", written=False),
        Section(
            "IV.1", "Ưu điểm", "Hai, ba điều làm được, có số liệu trong phụ lục chứng minh."),
        Section("IV.2", "Tồn tại, hạn chế", "Việc chưa làm được, không cần giải thích ở đây."),
        Section("IV.3", "Nguyên nhân", "Tách nguyên nhân chủ quan và khách quan."),
        Section(
            "V", "Phương hướng, nhiệm vụ 6 tháng cuối năm",
            "Mỗi việc ghi rõ người phụ trách và thời hạn.",
            heading_year="Phương hướng, nhiệm vụ năm %(next_year)s"),
        Section(
            "VI", "Kiến nghị, đề xuất",
            "Đề nghị cụ thể với cấp nào; không có thì ghi “Không”."),
    )
}
# fmt: on

WRITTEN: tuple[str, ...] = tuple(code for code, one in SECTIONS.items() if one.written)
# The tables that stand in the sections, then those behind the signature.
TABLES_USED: tuple[str, ...] = tuple(
    dict.fromkeys((*(table for one in SECTIONS.values() for table in one.tables), *OFFICE_ANNEXES))
)
