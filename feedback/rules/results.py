"""RESULTS and EXTENSION_GROUNDS: what a decision or conclusion finds, and why it took longer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One finding. `after` is the move that may state it, `kind` the kind it exists for."""

    code: str
    label: str
    kind: str
    after: str


RESULTS: dict[str, Result] = {
    result.code: result
    for result in (
        # Luật Khiếu nại 2011 Đ31, Đ40
        Result("kn_right", "Khiếu nại đúng", "KN", "decide"),
        Result("kn_partly", "Khiếu nại đúng một phần", "KN", "decide"),
        Result("kn_wrong", "Khiếu nại sai", "KN", "decide"),
        Result("kn_upheld", "Công nhận quyết định giải quyết lần đầu", "KN", "decide_again"),
        Result("kn_changed", "Hủy, sửa quyết định giải quyết lần đầu", "KN", "decide_again"),
        # Luật Tố cáo 2018 Đ35 khoản 2
        Result("tc_right", "Tố cáo đúng", "TC", "conclude"),
        Result("tc_partly", "Tố cáo đúng một phần", "TC", "conclude"),
        Result("tc_wrong", "Tố cáo sai sự thật", "TC", "conclude"),
    )
}

# Nghị định 31/2019 Đ3.2 for denunciations, Nghị định 155/2026 Đ3a for complaints: the same seven.
EXTENSION_GROUNDS: dict[str, str] = {
    "places": "Phải xác minh ở từ hai địa điểm trở lên",
    "contents": "Có từ hai nội dung trở lên",
    "people": "Nhiều người cùng đứng đơn hoặc liên quan đến quyền lợi của nhiều người",
    "foreign": "Có yếu tố nước ngoài",
    "agencies": "Thuộc trách nhiệm của nhiều cơ quan",
    "disagree": "Các cơ quan có ý kiến khác nhau",
    "evidence": "Chứng cứ mâu thuẫn, cần thời gian hoặc giám định",
}


def results_for(kind_code: str, move_code: str) -> tuple[Result, ...]:
    """What this move may find in a matter of this kind."""
    return tuple(r for r in RESULTS.values() if (r.kind, r.after) == (kind_code, move_code))
