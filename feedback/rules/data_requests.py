"""DATA_REQUESTS: what a sender may ask for about their own data, by when, and why not.

Luật 91/2025/QH15 Đ4, Đ9, Đ14; Nghị định 356/2025/NĐ-CP Đ5.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataRequestKind:
    """One right. `rule_code` is its term; an extension, once, is as long again.

    `at_once`: the program itself can do it for whoever holds the code, nobody has to decide.
    """

    code: str
    label: str
    hint: str
    rule_code: str
    at_once: bool = False


DATA_REQUESTS: dict[str, DataRequestKind] = {
    kind.code: kind
    for kind in (
        DataRequestKind(
            "access",
            "Xem dữ liệu đang được lưu",
            "Nhận một tệp gồm mọi thứ đang được lưu về phiếu này.",
            "DSR_SHOW",
            at_once=True,
        ),
        DataRequestKind(
            "correct",
            "Sửa dữ liệu",
            "Ghi rõ điều gì sai và đúng là thế nào. Lời đã gửi được giữ nguyên, lời đính chính "
            "được ghi kèm.",
            "DSR_SHOW",
        ),
        DataRequestKind(
            "erase",
            "Xóa dữ liệu",
            "Xóa hẳn lời đã viết, ảnh, tên và cách liên lạc; không lấy lại được. Phiếu đang giải "
            "quyết sẽ dừng lại.",
            "DSR_ERASE",
        ),
        DataRequestKind(
            "restrict",
            "Hạn chế xử lý",
            "Dữ liệu vẫn được giữ nhưng tên và cách liên lạc không được dùng nữa.",
            "DSR_LIMIT",
        ),
        DataRequestKind(
            "consent",
            "Rút lại đồng ý liên lạc",
            "Tên và cách liên lạc bị xóa; phiếu vẫn được giải quyết.",
            "DSR_LIMIT",
            at_once=True,
        ),
    )
}

DONE, REFUSED = "done", "refused"
REQUEST_OUTCOMES: dict[str, str] = {DONE: "Đã thực hiện", REFUSED: "Không thực hiện được"}

# Why a request is not granted: what the sender reads, with its article.
DATA_REFUSALS: dict[str, str] = {
    "ARCHIVE": "Hồ sơ khiếu nại, tố cáo phải được lưu trữ theo pháp luật về lưu trữ nên chưa xóa "
    "được (Điều 14 khoản 2 Luật Bảo vệ dữ liệu cá nhân 2025).",
    "DUTY": "Dữ liệu đang được dùng để giải quyết vụ việc theo nhiệm vụ mà luật giao (Điều 19 "
    "khoản 1 Luật Bảo vệ dữ liệu cá nhân 2025).",
    "CHILD": "Dữ liệu cần để bảo vệ tính mạng, sức khỏe của trẻ (Điều 19 khoản 1 Luật Bảo vệ dữ "
    "liệu cá nhân 2025).",
    "IDENTITY": "Chưa xác định được người yêu cầu là người đã gửi. Mời đến đơn vị, mang theo biên "
    "nhận và giấy tờ tùy thân.",
    "OTHERS": "Yêu cầu đụng đến dữ liệu của người khác nên không thực hiện được toàn bộ.",
}

ALREADY_ASKED = "Yêu cầu này đang được xử lý rồi, không cần gửi lại."
SETTLED = "Yêu cầu này đã được trả lời rồi."
ONE_EXTENSION = "Chỉ được gia hạn một lần (Điều 5 Nghị định 356/2025/NĐ-CP)."
TOO_LATE = "Thời hạn đã hết nên không gia hạn được nữa: chỉ gia hạn khi còn hạn."
ARCHIVED = (
    "Đơn đã ký thuộc hồ sơ phải lưu trữ: không xóa theo yêu cầu mà chỉ hủy khi hết thời hạn lưu "
    "trữ. Mời trả lời “Không thực hiện được” với lý do lưu trữ."
)
HELD = "Hồ sơ đang bị giữ lại vì một lý do pháp lý nên không xóa, không hủy được."
STILL_OPEN = "Vụ việc chưa kết thúc nên chưa hủy được."
ERASED = "Dữ liệu này đã được xóa trước đó."
