"""CASE_STATUSES and MOVES: where a case stands, and who may move it where.

Composed from the articles behind the handling of kiến nghị, phản ánh and góp ý (Luật Tiếp công dân
Đ26, Đ28). *Late* is no status: it is arithmetic on the deadlines, so a late case still says where
it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

PARENT, STAFF, SYSTEM = "parent", "staff", "system"


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """`stage` is the dot of the parent's five: nhận, xem xét, giải quyết, trả lời, xong."""

    code: str
    label: str
    stage: int
    open: bool


CASE_STATUSES: dict[str, CaseStatus] = {
    status.code: status
    for status in (
        CaseStatus("new", "Mới nhận", 1, open=True),
        CaseStatus("reviewing", "Đang xem xét", 2, open=True),
        CaseStatus("working", "Đang giải quyết", 3, open=True),
        CaseStatus("waiting", "Chờ phụ huynh", 3, open=True),
        CaseStatus("answered", "Đã trả lời", 4, open=False),
        CaseStatus("closed", "Đã xong", 5, open=False),
        CaseStatus("refused", "Không xử lý", 5, open=False),
        CaseStatus("withdrawn", "Người gửi đã rút", 5, open=False),
    )
}

STAGES = ("Đã nhận", "Đang xem xét", "Đang giải quyết", "Đã trả lời", "Đã xong")
OPEN = tuple(status.code for status in CASE_STATUSES.values() if status.open)
ENDED = tuple(status.code for status in CASE_STATUSES.values() if not status.open)


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: from where to where, who may, what must be given, what follows.

    `needs` names what the verb is not allowed without; `tells_parent` marks the moves that the
    sender is told of; `consequence` stands beside the button.
    """

    code: str
    label: str
    paths: Mapping[str, str]
    who: frozenset[str]
    consequence: str = ""
    needs: frozenset[str] = field(default_factory=frozenset)
    tells_parent: bool = False


def _stay(*statuses: str) -> dict[str, str]:
    return {status: status for status in statuses}


def _go(to: str, *statuses: str) -> dict[str, str]:
    return dict.fromkeys(statuses, to)


_STAFF, _PARENT, _SYSTEM = frozenset({STAFF}), frozenset({PARENT}), frozenset({SYSTEM})
_EITHER = frozenset({STAFF, PARENT})
_NOTE = frozenset({"note"})

MOVES: dict[str, Move] = {
    move.code: move
    for move in (
        Move("receive", "Tiếp nhận", {"": "new"}, _EITHER | _SYSTEM, tells_parent=True),
        Move(
            "alert", "Báo khẩn: trẻ có thể gặp nguy hiểm", _stay(*CASE_STATUSES), _EITHER | _SYSTEM
        ),
        Move(
            "attend",
            "Đã xử lý khẩn",
            _stay(*CASE_STATUSES),
            _STAFF,
            "Ghi lại ai đã đến với trẻ và đã báo cho ai (111, Công an, UBND). Báo động được tắt.",
            _NOTE,
        ),
        Move(
            "accept",
            "Nhận xử lý",
            _go("reviewing", "new"),
            _STAFF,
            "Phụ huynh thấy việc đang được xem xét. Anh/chị là người phụ trách.",
            tells_parent=True,
        ),
        Move(
            "reclassify",
            "Phân loại lại",
            _stay(*OPEN),
            _STAFF,
            "Đổi loại hoặc lĩnh vực; phụ huynh được báo kèm lý do. "
            "Nếu việc liên quan đến ban giám hiệu, vụ việc chuyển ngay lên cấp quản lý.",
            _NOTE,
            tells_parent=True,
        ),
        Move(
            "assign",
            "Giao việc",
            {"new": "working", "reviewing": "working"} | _stay("working", "waiting"),
            _STAFF,
            "Người được giao thấy việc trong mục “Của tôi”.",
            frozenset({"handler"}),
        ),
        Move(
            "note", "Ghi chú nội bộ", _stay(*CASE_STATUSES), _STAFF, "Phụ huynh không thấy.", _NOTE
        ),
        Move(
            "ask",
            "Hỏi phụ huynh",
            _go("waiting", *OPEN),
            _STAFF,
            "Câu hỏi hiện trên trang theo dõi của phụ huynh. Hạn trả lời không dừng lại.",
            _NOTE,
            tells_parent=True,
        ),
        Move(
            "reply",
            "Phụ huynh viết thêm",
            {"waiting": "working"} | _stay("new", "reviewing", "working", "answered"),
            _PARENT,
            needs=_NOTE,
        ),
        Move(
            "answer",
            "Trả lời",
            _go("answered", *OPEN),
            _STAFF,
            "Phụ huynh đọc được ngay và được hỏi việc đã ổn chưa.",
            frozenset({"note", "outcome", "done"}),
            tells_parent=True,
        ),
        Move(
            "transfer",
            "Chuyển đơn vị có thẩm quyền",
            _go("new", *OPEN),
            _STAFF,
            "Đơn vị nhận thành nơi trả lời; phụ huynh được báo tên đơn vị và lý do.",
            frozenset({"note", "unit"}),
            tells_parent=True,
        ),
        Move(
            "refuse",
            "Không xử lý",
            _go("refused", "new", "reviewing"),
            _STAFF,
            "Phụ huynh đọc được lý do và cách làm tiếp. Vụ việc dừng ở đây.",
            frozenset({"note", "reason"}),
            tells_parent=True,
        ),
        # Papers are issued on a page of their own; the case stays where it stands.
        Move("issue", "Ban hành văn bản", _stay(*CASE_STATUSES), _STAFF),
        Move(
            "close",
            "Kết thúc",
            _go("closed", "answered"),
            _STAFF,
            "Dùng khi phụ huynh không bấm xác nhận nhưng đã báo là ổn. Ghi rõ vì sao.",
            _NOTE,
            tells_parent=True,
        ),
        Move("confirm", "Phụ huynh xác nhận đã ổn", _go("closed", "answered"), _PARENT),
        Move("dispute", "Phụ huynh báo chưa ổn", _go("working", "answered"), _PARENT, needs=_NOTE),
        Move(
            "reopen",
            "Mở lại",
            _go("working", *ENDED),
            _STAFF,
            "Việc trở lại danh sách đang giải quyết với hạn trả lời mới.",
            _NOTE,
            tells_parent=True,
        ),
        Move("withdraw", "Người gửi rút", _go("withdrawn", *OPEN), _PARENT, needs=_NOTE),
        Move(
            "escalate",
            "Đề nghị cấp trên xem lại",
            _go("new", "answered", "closed", "refused"),
            _EITHER,
            "Cơ quan quản lý nhận việc và trả lời lần nữa.",
            _NOTE,
            tells_parent=True,
        ),
        # The unit that answered has ended (Điều 12 khoản 4, 5 Luật Tố cáo 2018).
        Move("succeed", "Chuyển sang đơn vị kế thừa", _stay(*CASE_STATUSES), _SYSTEM),
    )
}


class MoveRefused(ValueError):
    """A move the table does not allow; the sentence is for the person who tried it."""


def next_status(status: str, move_code: str, actor: str) -> str:
    """Where the move leads from here; `MoveRefused` says which rule forbids it."""
    move = MOVES[move_code]
    if actor not in move.who:
        raise MoveRefused(f"“{move.label}” không phải là việc của người này.")
    if status not in move.paths:
        where = CASE_STATUSES[status].label
        raise MoveRefused(
            f"Vụ việc đang ở bước “{where}” nên không thể “{move.label}”. Mời tải lại trang."
        )
    return move.paths[status]


def moves_from(status: str, actor: str) -> tuple[Move, ...]:
    """The moves open to this actor here, in the order of the table."""
    return tuple(m for m in MOVES.values() if status in m.paths and actor in m.who)
