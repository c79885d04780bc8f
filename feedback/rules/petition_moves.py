"""The moves that a signed khiếu nại and a signed tố cáo have in common."""

from collections.abc import Iterable, Sequence

from feedback.rules.moves import (
    ANYONE,
    NOTE,
    PARENT_ONLY,
    SPLIT,
    STAFF_ONLY,
    CaseStatus,
    Move,
    passing,
    stay,
)


def everyday(
    statuses: Sequence[CaseStatus], assigned: Iterable[str], papers: tuple[str, str]
) -> tuple[Move, ...]:
    """What may happen on any day: words, tasks, danger, a pause.

    `assigned` are the statuses somebody works in; `papers` of the pause and of its end.
    """
    every = [status.code for status in statuses]
    return (
        *_pausing(*papers),
        *_talking([status.code for status in statuses if status.open], assigned),
        Move("receive", "Tiếp nhận", {"": "new"}, ANYONE, tells_parent=True, paper="receipt"),
        Move("note", "Ghi chú nội bộ", stay(*every), STAFF_ONLY, "Phụ huynh không thấy.", NOTE),
        *passing(*every),
        *_signing([status.code for status in statuses if status.open]),
        Move("alert", "Báo khẩn: trẻ có thể gặp nguy hiểm", stay(*every), ANYONE),
        Move(
            "attend",
            "Đã xử lý khẩn",
            stay(*every),
            STAFF_ONLY,
            "Ghi lại ai đã đến với trẻ và đã báo cho ai (111, Công an, UBND). Báo động được tắt.",
            NOTE,
        ),
    )


def _pausing(suspended: str, resumed: str) -> tuple[Move, ...]:
    return (
        Move(
            "suspend",
            "Tạm đình chỉ giải quyết",
            {"verifying": "suspended", "verifying_again": "suspended_again"},
            STAFF_ONLY,
            "Bằng quyết định. Thời gian tạm đình chỉ không tính vào thời hạn giải quyết.",
            NOTE,
            tells_parent=True,
            paper=suspended,
            signed=True,
        ),
        Move(
            "resume",
            "Tiếp tục giải quyết",
            {"suspended": "verifying", "suspended_again": "verifying_again"},
            STAFF_ONLY,
            "Bằng quyết định. Thời hạn được tính tiếp từ hôm nay.",
            NOTE,
            tells_parent=True,
            paper=resumed,
            signed=True,
        ),
    )


def _signing(open_: Iterable[str]) -> tuple[Move, ...]:
    """Who prepares hands a draft to whoever signs."""
    here = tuple(open_)
    return (
        Move("submit", "Trình ký", stay(*here), STAFF_ONLY, needs=NOTE),
        Move("send_back", "Trả lại dự thảo", stay(*here), STAFF_ONLY, needs=NOTE, signed=True),
    )


def _talking(open_: Iterable[str], assigned: Iterable[str]) -> tuple[Move, ...]:
    here = tuple(assigned)
    return (
        Move(
            "assign",
            "Giao việc",
            stay(*here),
            STAFF_ONLY,
            "Người được giao thấy việc trong mục “Của tôi”.",
            frozenset({"handler"}),
        ),
        Move(
            "ask",
            "Hỏi phụ huynh",
            stay(*here),
            STAFF_ONLY,
            "Câu hỏi hiện trên trang theo dõi của phụ huynh. Thời hạn không dừng lại.",
            NOTE,
            tells_parent=True,
        ),
        Move("reply", "Phụ huynh viết thêm", stay(*open_), PARENT_ONLY, needs=NOTE),
        Move(
            "reclassify",
            "Phân loại lại",
            stay("new"),
            STAFF_ONLY,
            "Chỉ trước khi thụ lý. Phụ huynh được báo kèm lý do.",
            NOTE,
            tells_parent=True,
        ),
        # Before thụ lý: afterwards the đơn is handled as it was accepted.
        Move("split", SPLIT, stay("new"), STAFF_ONLY, tells_parent=True),
    )
