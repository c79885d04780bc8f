"""OPINIONS: how a khen, góp ý, phản ánh or kiến nghị is handled, and unsigned information.

Composed from the articles behind the handling of kiến nghị, phản ánh and góp ý (Luật Tiếp công dân
Đ26, Đ28). *Late* is no status: it is arithmetic on the deadlines, so a late case still says where
it stands.
"""

from feedback.rules.moves import (
    ANYONE,
    EITHER,
    NOTE,
    PARENT_ONLY,
    STAFF_ONLY,
    CaseStatus,
    Move,
    go,
    joining,
    machine,
    passing,
    sifting,
    stay,
)

_STATUSES = (
    CaseStatus("new", "Mới nhận", 1, open=True),
    CaseStatus("reviewing", "Đang xem xét", 2, open=True),
    CaseStatus("working", "Đang giải quyết", 3, open=True),
    CaseStatus("waiting", "Chờ phụ huynh", 3, open=True),
    CaseStatus("answered", "Đã trả lời", 4, open=False),
    CaseStatus("closed", "Đã xong", 5, open=False),
    CaseStatus("refused", "Không xử lý", 5, open=False),
    CaseStatus("withdrawn", "Người gửi đã rút", 5, open=False),
    CaseStatus("joined", "Đã gộp vào vụ việc khác", 5, open=False),
)
_EVERY = tuple(status.code for status in _STATUSES)
_OPEN = tuple(status.code for status in _STATUSES if status.open)
# A joined matter is not over: the one it was joined to answers for it.
_ENDED = tuple(s.code for s in _STATUSES if not s.open and s.code != "joined")

_MOVES = (
    Move("receive", "Tiếp nhận", {"": "new"}, ANYONE, tells_parent=True),
    Move("alert", "Báo khẩn: trẻ có thể gặp nguy hiểm", stay(*_EVERY), ANYONE),
    Move(
        "attend",
        "Đã xử lý khẩn",
        stay(*_EVERY),
        STAFF_ONLY,
        "Ghi lại ai đã đến với trẻ và đã báo cho ai (111, Công an, UBND). Báo động được tắt.",
        NOTE,
    ),
    Move(
        "accept",
        "Nhận xử lý",
        go("reviewing", "new"),
        STAFF_ONLY,
        "Phụ huynh thấy việc đang được xem xét. Anh/chị là người phụ trách.",
        tells_parent=True,
    ),
    Move(
        "reclassify",
        "Phân loại lại",
        stay(*_OPEN),
        STAFF_ONLY,
        "Đổi loại hoặc lĩnh vực; phụ huynh được báo kèm lý do. "
        "Nếu việc liên quan đến ban giám hiệu, vụ việc chuyển ngay lên cấp quản lý.",
        NOTE,
        tells_parent=True,
    ),
    Move(
        "assign",
        "Giao việc",
        {"new": "working", "reviewing": "working"} | stay("working", "waiting"),
        STAFF_ONLY,
        "Người được giao thấy việc trong mục “Của tôi”.",
        frozenset({"handler"}),
    ),
    Move("note", "Ghi chú nội bộ", stay(*_EVERY), STAFF_ONLY, "Phụ huynh không thấy.", NOTE),
    *passing(*_EVERY),
    Move(
        "ask",
        "Hỏi phụ huynh",
        go("waiting", *_OPEN),
        STAFF_ONLY,
        "Câu hỏi hiện trên trang theo dõi của phụ huynh. Hạn trả lời không dừng lại.",
        NOTE,
        tells_parent=True,
    ),
    Move(
        "reply",
        "Phụ huynh viết thêm",
        {"waiting": "working"} | stay("new", "reviewing", "working", "answered"),
        PARENT_ONLY,
        needs=NOTE,
    ),
    Move(
        "answer",
        "Trả lời",
        go("answered", *_OPEN),
        STAFF_ONLY,
        "Phụ huynh đọc được ngay và được hỏi việc đã ổn chưa.",
        frozenset({"note", "outcome", "done"}),
        tells_parent=True,
        paper="answer",
    ),
    Move(
        "transfer",
        "Chuyển đơn vị có thẩm quyền",
        go("new", *_OPEN),
        STAFF_ONLY,
        "Đơn vị nhận thành nơi trả lời; phụ huynh được báo tên đơn vị và lý do.",
        frozenset({"note", "unit"}),
        tells_parent=True,
        paper="transfer",
    ),
    Move(
        "refuse",
        "Không xử lý",
        go("refused", "new", "reviewing"),
        STAFF_ONLY,
        "Phụ huynh đọc được lý do và cách làm tiếp. Vụ việc dừng ở đây.",
        frozenset({"note", "reason"}),
        tells_parent=True,
        paper="suggestion_refused",
    ),
    Move(
        "close",
        "Kết thúc",
        go("closed", "answered"),
        STAFF_ONLY,
        "Dùng khi phụ huynh không bấm xác nhận nhưng đã báo là ổn. Ghi rõ vì sao.",
        NOTE,
        tells_parent=True,
    ),
    Move("confirm", "Phụ huynh xác nhận đã ổn", go("closed", "answered"), PARENT_ONLY),
    Move("dispute", "Phụ huynh báo chưa ổn", go("working", "answered"), PARENT_ONLY, needs=NOTE),
    Move(
        "reopen",
        "Mở lại",
        go("working", *_ENDED),
        STAFF_ONLY,
        "Việc trở lại danh sách đang giải quyết với hạn trả lời mới.",
        NOTE,
        tells_parent=True,
    ),
    *joining(_OPEN),
    *sifting(_OPEN),
    Move("withdraw", "Người gửi rút", go("withdrawn", *_OPEN), PARENT_ONLY, needs=NOTE),
    Move(
        "escalate",
        "Đề nghị cấp trên xem lại",
        go("new", "answered", "closed", "refused"),
        EITHER,
        "Cơ quan quản lý nhận việc và trả lời lần nữa.",
        NOTE,
        tells_parent=True,
    ),
)

OPINIONS = machine("opinions", "Ý kiến", _STATUSES, _MOVES)

# A complaint or denunciation that nobody has signed yet: handled as an opinion until it is a đơn.
SIGN = Move(
    "sign",
    "Ghi nhận chữ ký, giấy tờ tùy thân",
    go("new", *_OPEN),
    STAFF_ONLY,
    "Thông tin trở thành đơn kể từ hôm nay: thời hạn theo luật bắt đầu, thời hạn trả lời ý kiến "
    "dừng lại.",
    frozenset({"identity"}),
    tells_parent=True,
)
# Anonymous, or not in the form of a đơn, but concrete (Luật Tố cáo 2018 Đ25.2): never just filed.
FIND_CONCRETE = Move(
    "find_concrete",
    "Có nội dung cụ thể, phải kiểm tra",
    stay("new", "reviewing", "working"),
    STAFF_ONLY,
    "Nêu rõ ai, việc gì, có tài liệu, chứng cứ: phải thanh tra, kiểm tra, hoặc chuyển nơi có thẩm "
    "quyền, rồi mới kết thúc được.",
    NOTE,
)
INSPECT = Move(
    "inspect",
    "Ghi việc đã thanh tra, kiểm tra",
    stay(*_OPEN),
    STAFF_ONLY,
    "Ghi ai đã kiểm tra, ngày nào, thấy gì. Người gửi không thấy.",
    NOTE,
)
INFORMATION = machine(
    "information", "Thông tin chưa ký", _STATUSES, (*_MOVES, SIGN, FIND_CONCRETE, INSPECT)
)
