"""DENUNCIATIONS: how a signed tố cáo is handled, from thụ lý to the published conclusion.

Luật Tố cáo 2018; Nghị định 31/2019 (sửa đổi bởi Nghị định 156/2026). A withdrawal does not always
end it: with signs of a violation it goes on (Nghị định 31 Đ4.4).
"""

from feedback.rules.moves import (
    EITHER,
    NOTE,
    STAFF_ONLY,
    CaseStatus,
    Move,
    go,
    machine,
    stay,
)
from feedback.rules.petition_moves import everyday

_STATUSES = (
    CaseStatus("new", "Mới nhận", 1, open=True),
    CaseStatus("verifying", "Đã thụ lý, đang xác minh", 3, open=True),
    CaseStatus("suspended", "Tạm đình chỉ", 3, open=True),
    CaseStatus("recanted", "Người tố cáo đã rút, chờ quyết định", 3, open=True),
    CaseStatus("concluded", "Đã có kết luận", 4, open=True),
    CaseStatus("lodged_again", "Đã nhận đơn lần hai", 2, open=True),
    CaseStatus("verifying_again", "Đã thụ lý lần hai, đang xác minh", 3, open=True),
    CaseStatus("suspended_again", "Tạm đình chỉ lần hai", 3, open=True),
    CaseStatus("recanted_again", "Người tố cáo đã rút, chờ quyết định", 3, open=True),
    CaseStatus("concluded_again", "Đã có kết luận lần hai", 4, open=True),
    CaseStatus("closed", "Đã xong", 5, open=False),
    CaseStatus("refused", "Không xử lý", 5, open=False),
    CaseStatus("withdrawn", "Người gửi đã rút", 5, open=False),
    CaseStatus("ended", "Đã đình chỉ giải quyết", 5, open=False),
)
_WORK = ("verifying", "verifying_again")
_SUSPENDED = ("suspended", "suspended_again")
_RECANTED = ("recanted", "recanted_again")
_CONCLUDED = ("concluded", "concluded_again")
_ASSIGNED = ("new", "lodged_again", *_WORK)

_MOVES = (
    Move(
        "accept",
        "Ra quyết định thụ lý tố cáo",
        go("verifying", "new"),
        STAFF_ONLY,
        "Thời hạn giải quyết bắt đầu hôm nay; phải thông báo việc thụ lý trong 5 ngày làm việc.",
        tells_parent=True,
        paper="denunciation_accepted",
    ),
    Move(
        "accept_again",
        "Thụ lý tố cáo tiếp",
        go("verifying_again", "lodged_again"),
        STAFF_ONLY,
        "Thời hạn giải quyết bắt đầu hôm nay.",
        tells_parent=True,
        paper="denunciation_accepted",
    ),
    Move(
        "notify_acceptance",
        "Đã thông báo việc thụ lý",
        stay(*_WORK, *_SUSPENDED),
        STAFF_ONLY,
        "Cho người tố cáo, và nội dung tố cáo cho người bị tố cáo (không nêu ai tố cáo).",
        tells_parent=True,
        paper="denunciation_notice",
    ),
    Move(
        "extend",
        "Gia hạn giải quyết tố cáo",
        stay(*_WORK),
        STAFF_ONLY,
        "Thêm 30 ngày: một lần khi có một căn cứ, hai lần khi có từ hai căn cứ.",
        frozenset({"note", "grounds"}),
        tells_parent=True,
        paper="denunciation_extended",
    ),
    Move(
        "terminate",
        "Đình chỉ giải quyết",
        go("ended", *_WORK, *_SUSPENDED, *_RECANTED),
        STAFF_ONLY,
        "Bằng quyết định. Vụ việc dừng ở đây.",
        NOTE,
        tells_parent=True,
        signed=True,
    ),
    Move(
        "carry_on",
        "Giải quyết tiếp dù đã rút",
        {"recanted": "verifying", "recanted_again": "verifying_again"},
        STAFF_ONLY,
        "Khi có dấu hiệu vi phạm, hoặc người tố cáo bị đe dọa, mua chuộc. Ghi rõ căn cứ.",
        NOTE,
        tells_parent=True,
    ),
    Move(
        "conclude",
        "Kết luận nội dung tố cáo",
        {"verifying": "concluded", "verifying_again": "concluded_again"},
        STAFF_ONLY,
        "Phải gửi trong 5 ngày làm việc và công khai trong 7 ngày làm việc.",
        frozenset({"note", "result"}),
        tells_parent=True,
        paper="denunciation_conclusion",
        signed=True,
    ),
    Move(
        "send_conclusion",
        "Đã gửi kết luận",
        stay(*_CONCLUDED),
        STAFF_ONLY,
        "Ghi nhận kết luận đã được gửi hôm nay.",
        tells_parent=True,
    ),
    Move(
        "publish_conclusion",
        "Đã công khai kết luận",
        stay(*_CONCLUDED),
        STAFF_ONLY,
        "Bản công khai không được làm lộ người tố cáo.",
    ),
    Move(
        "close",
        "Kết thúc",
        go("closed", *_CONCLUDED, "lodged_again"),
        STAFF_ONLY,
        "Sau khi kết luận đã gửi và công khai, hoặc khi tố cáo tiếp không có căn cứ. "
        "Ghi rõ vì sao.",
        NOTE,
        tells_parent=True,
    ),
    Move(
        "lodge_again",
        "Nhận đơn tố cáo tiếp",
        go("lodged_again", "concluded"),
        STAFF_ONLY,
        "Cơ quan quản lý cấp trên xem xét hồ sơ trong 20 ngày.",
        NOTE,
        tells_parent=True,
        paper="receipt",
    ),
    Move(
        "review",
        "Đã xem xét hồ sơ giải quyết trước",
        stay("lodged_again"),
        STAFF_ONLY,
        "Sau đó thụ lý tố cáo tiếp, hoặc kết thúc khi không có căn cứ.",
        NOTE,
    ),
    Move(
        "transfer",
        "Chuyển đơn vị có thẩm quyền",
        stay("new"),
        STAFF_ONLY,
        "Đơn vị nhận thành nơi giải quyết; người tố cáo được báo tên đơn vị và lý do.",
        frozenset({"note", "unit"}),
        tells_parent=True,
        paper="denunciation_transfer",
    ),
    Move(
        "refuse",
        "Không thụ lý",
        go("refused", "new"),
        STAFF_ONLY,
        "Người tố cáo nhận thông báo kèm căn cứ và cách làm tiếp. Vụ việc dừng ở đây.",
        frozenset({"note", "reason"}),
        tells_parent=True,
        paper="denunciation_refused",
        signed=True,
    ),
    Move(
        "withdraw",
        "Người gửi rút",
        {
            "new": "withdrawn",
            "lodged_again": "withdrawn",
            "verifying": "recanted",
            "verifying_again": "recanted_again",
        },
        EITHER,
        "Đã thụ lý rồi thì phải quyết định: đình chỉ, hoặc giải quyết tiếp kèm căn cứ.",
        NOTE,
    ),
)

_SHARED = everyday(_STATUSES, _ASSIGNED)

DENUNCIATIONS = machine("denunciations", "Tố cáo có chữ ký", _STATUSES, (*_MOVES, *_SHARED))
