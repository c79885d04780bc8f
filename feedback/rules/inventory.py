"""INVENTORY: every column of every table: what class of data it is, why it is there, how long.

The page of the inventory and the notice to parents are made from it. A test fails for a column
that has no entry here (Luật 91/2025/QH15 Đ21; Nghị định 356/2025/NĐ-CP Đ3, Đ4, Đ19).
"""

from dataclasses import dataclass

from feedback.rules.inventory_tables import TABLES


@dataclass(frozen=True, slots=True)
class DataClass:
    """A class of data. `personal`: a person could be known by it; `sealed`: how it is kept."""

    label: str
    personal: bool
    kept: str


DATA_CLASSES: dict[str, DataClass] = {
    "contact": DataClass(
        "Tên, cách liên lạc, giấy tờ tùy thân của người gửi",
        personal=True,
        kept="Mã hóa, bảng riêng, chỉ nơi giải quyết mở được",
    ),
    "words": DataClass(
        "Lời người dân viết (có thể nói về trẻ em, sức khỏe: xem như nhạy cảm)",
        personal=True,
        kept="Chỉ người có trách nhiệm đọc; tố cáo thì nhà trường không thấy",
    ),
    "file": DataClass(
        "Ảnh, tệp, văn bản",
        personal=True,
        kept="Tên ngẫu nhiên, ảnh bỏ siêu dữ liệu, mỗi lần mở đều kiểm tra quyền",
    ),
    "desk": DataClass("Lời cán bộ viết khi xử lý", personal=True, kept="Như hồ sơ mà nó thuộc về"),
    "staff": DataClass(
        "Dữ liệu của cán bộ", personal=True, kept="Người quản trị và đồng nghiệp cùng việc"
    ),
    "secret": DataClass(
        "Mật khẩu, mã tra cứu, mã và khóa đăng nhập",
        personal=True,
        kept="Chỉ giữ bản băm có khóa; thứ phải dùng lại thì mã hóa",
    ),
    "fact": DataClass(
        "Số liệu xử lý không nêu tên (loại, ngày, kết quả)", personal=False, kept="Giữ để thống kê"
    ),
    "id": DataClass("Khóa, liên kết giữa các bảng", personal=False, kept="Không nói gì về ai"),
    "setup": DataClass("Danh mục, sơ đồ đơn vị, cấu hình", personal=False, kept="Công khai"),
}

PURPOSES: dict[str, str] = {
    "answer": "Tiếp nhận, giải quyết và trả lời (Điều 19 khoản 1 Luật Bảo vệ dữ liệu cá nhân)",
    "contact": "Trả lời người gửi theo đồng ý của họ",
    "receive": "Tiếp công dân và ghi sổ theo luật",
    "survey": "Đo mức độ hài lòng, không tên",
    "report": "Báo cáo, thống kê",
    "prove": "Chứng minh đã làm đúng: đồng ý, yêu cầu, xóa, sự cố",
    "run": "Đăng nhập, phân quyền, gửi thư báo, vận hành",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One column as the inventory knows it."""

    table: str
    label: str
    column: str
    data_code: str
    purpose_code: str
    retention_code: str


def _entries() -> dict[tuple[str, str], Entry]:
    return {
        (name, column): Entry(name, label, column, code, purpose, retention)
        for name, (label, purpose, retention, columns) in TABLES.items()
        for code, listed in columns.items()
        for column in listed.split()
    }


INVENTORY: dict[tuple[str, str], Entry] = _entries()
