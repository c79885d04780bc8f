"""What each fact of a paper is called on the form that asks for it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

# By the whole path, else by its last two parts, else by the last one.
LABELS: dict[str, Any] = {
    "citizen.name": _l("Họ tên người gửi"),
    "citizen.address": _l("Địa chỉ người gửi"),
    "identity.number": _l("Số căn cước, định danh cá nhân hoặc hộ chiếu"),
    "identity.issued_on": _l("Ngày cấp"),
    "identity.issued_by": _l("Nơi cấp"),
    "matter.content": _l("Nội dung sự việc"),
    "received_at": _l("Nhận lúc"),
    "place": _l("Tại đâu?"),
    "received_by.name": _l("Người nhận"),
    "received_by.position": _l("Chức vụ người nhận"),
    "enclosures.name": _l("Tài liệu kèm theo"),
    "enclosures.pages": _l("Số trang"),
    "enclosures.state": _l("Bản chính, bản sao hay bản phô tô?"),
    "due.on": _l("Hạn cuối"),
    "due.because": _l("Vì sao hạn là ngày này?"),
    "copies": _l("Số bản"),
    "ground_code": _l("Lý do theo quy định"),
    "answered_by": _l("Văn bản đã trả lời việc này"),
    "competence": _l("Vì sao thuộc thẩm quyền của đơn vị?"),
    "proposed_by.name": _l("Người đề xuất"),
    "proposed_by.position": _l("Chức vụ người đề xuất"),
    "settled_before": _l("Cơ quan đã giải quyết trước đây"),
    "receiving": _l("Nơi nhận có thẩm quyền"),
    "reason": _l("Lý do"),
    "law": _l("Căn cứ pháp luật"),
    "enclosed": _l("Gửi kèm"),
    "transfer.title": _l("Văn bản chuyển đơn"),
    "decision.title": _l("Văn bản làm căn cứ"),
    "report.title": _l("Báo cáo kết quả xác minh"),
    "first.title": _l("Quyết định giải quyết lần đầu"),
    "suspension.title": _l("Quyết định tạm đình chỉ"),
    "number": _l("Số, ký hiệu"),
    "dated": _l("Ngày ký"),
    "detail": _l("Nói rõ thêm"),
    "addressee": _l("Kính gửi"),
    "about.points": _l("Về việc gì? Mỗi dòng một ý"),
    "content.points": _l("Nội dung tố cáo, mỗi dòng một ý"),
    "grounds": _l("Căn cứ gia hạn, mỗi dòng một căn cứ"),
    "before": _l("Hạn trước đây"),
    "invited": _l("Mời ai?"),
    "at": _l("Lúc nào?"),
    "began_at": _l("Bắt đầu lúc"),
    "ended_at": _l("Kết thúc lúc"),
    "chair.name": _l("Người chủ trì"),
    "chair.position": _l("Chức vụ người chủ trì"),
    "secretary.name": _l("Người ghi biên bản"),
    "secretary.position": _l("Chức vụ người ghi biên bản"),
    "agenda": _l("Nội dung đối thoại"),
    "complainant.name": _l("Người khiếu nại dự đối thoại"),
    "complained.name": _l("Người bị khiếu nại dự đối thoại"),
    "affected.name": _l("Người có quyền, nghĩa vụ liên quan"),
    "others.name": _l("Đại diện cơ quan, tổ chức liên quan"),
    "complainant.reason": _l("Vì sao vắng mặt?"),
    "complained.reason": _l("Vì sao vắng mặt?"),
    "affected.reason": _l("Vì sao vắng mặt?"),
    "others.reason": _l("Vì sao vắng mặt?"),
    "position": _l("Chức vụ"),
    "absent": _l("Vắng mặt"),
    "opening": _l("Người chủ trì nêu mục đích, yêu cầu, tóm tắt"),
    "opinions": _l("Ý kiến của những người tham gia"),
    "agreed": _l("Những nội dung đã thống nhất"),
    "differing": _l("Những vấn đề còn ý kiến khác nhau"),
    "unsigned": _l("Ai không ký, vì sao?"),
    "complained": _l("Người bị khiếu nại"),
    "findings": _l("Kết quả kiểm tra, xác minh"),
    "dialogue": _l("Kết quả đối thoại"),
    "basis": _l("Căn cứ pháp luật"),
    "verdict_code": _l("Kết luận đúng hay sai?"),
    "conclusion": _l("Kết luận"),
    "orders": _l("Quyết định những gì? Mỗi dòng một điều"),
    "carried_out_by": _l("Ai thi hành?"),
    "next_level": _l("Khiếu nại lần hai gửi đến đâu?"),
    "denounced.name": _l("Người bị tố cáo"),
    "denounced.position": _l("Chức vụ người bị tố cáo"),
    "denounced.workplace": _l("Nơi làm việc của người bị tố cáo"),
    "days": _l("Thời hạn giải quyết (ngày)"),
    "explain_by": _l("Giải trình chậm nhất ngày"),
    "times": _l("Gia hạn lần thứ mấy?"),
    "point": _l("Nội dung bị tố cáo"),
    "explained": _l("Giải trình của người bị tố cáo"),
    "found": _l("Kết quả xác minh"),
    "responsibility": _l("Trách nhiệm của người có liên quan"),
    "measures": _l("Biện pháp xử lý, mỗi dòng một biện pháp"),
    "proposals": _l("Kiến nghị"),
    "done": _l("Việc đã làm"),
    "next_steps": _l("Việc sẽ làm tiếp"),
    "contact": _l("Địa chỉ để phản hồi"),
    "signer.title": _l("Chức vụ người ký"),
    "signer.name": _l("Họ tên người ký"),
    "signer.authority": _l("Dòng trên chức vụ (TM., KT.), nếu có"),
}
_CLEARED = _l(
    "Viết lại bằng lời của đơn vị, bỏ hết những gì có thể cho biết ai đã tố cáo "
    "(Điều 8 Luật Tố cáo)."
)
HINTS: dict[str, Any] = {
    "content.points": _CLEARED,
    "about.points": _l("Văn bản này không ghi tên người gửi."),
    "due.because": _l("Những dòng này được in dưới hạn cuối."),
}


def label(path: str) -> str:
    """The words beside the field of this path; places of a list are numbered."""
    parts = [part for part in path.split(".") if not part.isdigit()]
    found = next(LABELS[key] for key in _keys(parts) if key in LABELS)
    place = next((int(part) + 1 for part in path.split(".") if part.isdigit()), 0)
    return str(_("%(label)s (%(n)s)", label=found, n=place)) if place else str(found)


def _keys(parts: list[str]) -> tuple[str, str, str]:
    return ".".join(parts), ".".join(parts[-2:]), parts[-1]
