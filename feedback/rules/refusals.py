"""REFUSALS: the coded reasons for which a matter or a visit is not taken up.

Each says it to the sender in plain words, with what he or she can do next. `written` reasons go
out on a notice.
"""

from dataclasses import dataclass

_SUGGESTIONS = frozenset({"KH", "GY", "PA", "KNGHI", "DK_TCD", "DK_DT"})
_COMPLAINT, _DENUNCIATION = frozenset({"KN"}), frozenset({"TC"})
_EVERY = _SUGGESTIONS | _COMPLAINT | _DENUNCIATION


@dataclass(frozen=True, slots=True)
class Refusal:
    """One ground. `kinds` it may be used for; `advice` is the sender's next step."""

    code: str
    label: str
    law: str
    kinds: frozenset[str]
    advice: str = ""
    written: bool = True


_KN11 = "Điều 11 Luật Khiếu nại 2011"
_TC29 = "Điều 29 khoản 1 Luật Tố cáo 2018"
_TCD26 = "Điều 26 Luật Tiếp công dân 2013"
_TCD9 = "Điều 9 Luật Tiếp công dân 2013"
_ND4 = "Điều 4 khoản 1 Nghị định 154/2026/NĐ-CP"

_SIGN = "Anh/chị có thể in đơn, ký tên rồi gửi lại, hoặc đến trường ký trực tiếp."
_REPRESENT = "Anh/chị có thể nộp thêm giấy tờ chứng minh quyền đại diện rồi gửi lại."

# code, what the sender reads, article, kinds, next step
# fmt: off
_MATTERS = (
    Refusal("KN_INTERNAL",
        "Việc bị khiếu nại là chỉ đạo nội bộ giữa các cơ quan hoặc thuộc bí mật nhà nước.",
        _KN11 + " khoản 1", _COMPLAINT),
    Refusal("KN_NOT_OWN_RIGHT",
        "Việc bị khiếu nại không trực tiếp liên quan đến quyền lợi của người khiếu nại.",
        _KN11 + " khoản 2", _COMPLAINT,
        "Anh/chị vẫn có thể gửi việc này dưới dạng phản ánh hoặc tố cáo."),
    Refusal("KN_NO_CAPACITY",
        "Người khiếu nại chưa đủ năng lực hành vi dân sự và không có người đại diện hợp pháp.",
        _KN11 + " khoản 3", _COMPLAINT, _REPRESENT),
    Refusal("KN_REPRESENTATIVE",
        "Người đại diện khiếu nại không hợp pháp.",
        _KN11 + " khoản 4", _COMPLAINT, _REPRESENT),
    Refusal("KN_UNSIGNED",
        "Đơn khiếu nại không có chữ ký hoặc điểm chỉ của người khiếu nại.",
        _KN11 + " khoản 5", _COMPLAINT, _SIGN),
    Refusal("KN_TOO_LATE",
        "Đã quá thời hiệu khiếu nại (90 ngày) mà không có lý do chính đáng.",
        _KN11 + " khoản 6", _COMPLAINT,
        "Nếu có trở ngại khách quan, xin gửi lại kèm lý do và giấy tờ chứng minh."),
    Refusal("KN_DECIDED_TWICE",
        "Khiếu nại đã có quyết định giải quyết lần hai.",
        _KN11 + " khoản 7", _COMPLAINT, "Anh/chị có quyền khởi kiện tại Tòa án."),
    Refusal("KN_TERMINATED",
        "Đã có văn bản đình chỉ giải quyết và sau 30 ngày không khiếu nại tiếp.",
        _KN11 + " khoản 8", _COMPLAINT),
    Refusal("KN_IN_COURT",
        "Tòa án đã thụ lý hoặc đã có bản án, quyết định về việc này.",
        _KN11 + " khoản 9", _COMPLAINT),
    Refusal("TC_FORM",
        "Tố cáo chưa đúng cách: thiếu họ tên, địa chỉ, chữ ký hoặc nội dung mà luật yêu cầu.",
        _TC29 + "; Điều 23", _DENUNCIATION, _SIGN),
    Refusal("TC_NO_CAPACITY",
        "Người tố cáo chưa đủ năng lực hành vi dân sự và không có người đại diện.",
        _TC29, _DENUNCIATION, _REPRESENT),
    Refusal("TC_NOT_COMPETENT",
        "Việc tố cáo không thuộc thẩm quyền giải quyết của đơn vị này.",
        _TC29, _DENUNCIATION, "Đơn vị sẽ chuyển tố cáo đến nơi có thẩm quyền."),
    Refusal("TC_NOT_CONCRETE",
        "Nội dung chưa đủ để xác định người vi phạm và hành vi vi phạm.",
        _TC29, _DENUNCIATION, "Anh/chị có thể gửi thêm thông tin, hình ảnh, giấy tờ."),
    Refusal("TC_OLD_COMPLAINT",
        "Nội dung là việc khiếu nại đã được giải quyết, không có chứng cứ mới.",
        _TC29, _DENUNCIATION, "Anh/chị có thể khiếu nại tiếp hoặc khởi kiện tại Tòa án."),
    Refusal("ALREADY_ANSWERED",
        "Việc này đã được trả lời đầy đủ và không có tình tiết mới.",
        _ND4 + " điểm h", _SUGGESTIONS, "Nếu có thông tin mới, xin gửi lại và nêu rõ điểm mới."),
    Refusal("NOT_COMPETENT",
        "Việc này không thuộc phạm vi của đơn vị và không có nơi nào để chuyển.",
        _TCD26, _SUGGESTIONS, "Anh/chị có thể hỏi UBND phường nơi cư trú."),
    Refusal("IN_COURT",
        "Việc này đã có bản án, quyết định của Tòa án đã có hiệu lực.",
        _ND4 + " điểm i", _SUGGESTIONS),
    Refusal("ELSEWHERE",
        "Cơ quan khác đang giải quyết việc này.",
        _ND4 + " điểm k", _SUGGESTIONS, "Xin chờ trả lời của cơ quan đó."),
    Refusal("NO_MATTER",
        "Nội dung trống, gửi thử, quảng cáo hoặc không đọc được nên không xử lý được.",
        "Quy chế tiếp nhận ý kiến của đơn vị", _EVERY,
        "Nếu có việc cần nói, xin gửi lại và viết rõ việc gì, ở đâu, khi nào.", written=False),
)

_VISITS = (
    Refusal("TCD_WEAPON", "Mang vũ khí hoặc vật nguy hiểm.", _ND4 + " điểm a", frozenset(),
        written=False),
    Refusal("TCD_NO_CHECK", "Không chấp hành kiểm tra an ninh.", _ND4 + " điểm b", frozenset(),
        written=False),
    Refusal("TCD_RECORDING", "Ghi âm, ghi hình, phát trực tiếp khi đã được hướng dẫn không làm.",
        _ND4 + " điểm c", frozenset(), written=False),
    Refusal("TCD_DISORDER", "Kích động, gây rối trật tự nơi tiếp công dân.", _ND4 + " điểm d",
        frozenset(), written=False),
    Refusal("TCD_NO_CAPACITY", "Chưa đủ năng lực hành vi dân sự và không có người đại diện.",
        _ND4 + " điểm đ", frozenset(), _REPRESENT, written=False),
    Refusal("TCD_NO_PAPERS", "Người đại diện không có giấy tờ chứng minh quyền đại diện.",
        _ND4 + " điểm e", frozenset(), _REPRESENT, written=False),
    Refusal("TCD_OTHER_MATTER", "Việc không phải là khiếu nại, tố cáo, kiến nghị, phản ánh.",
        _ND4 + " điểm g", frozenset(), written=False),
    Refusal("TCD_ANSWERED", "Kiến nghị, phản ánh đã được trả lời và không có tình tiết mới.",
        _ND4 + " điểm h", frozenset()),
    Refusal("TCD_IN_COURT", "Đã có bản án, quyết định của Tòa án có hiệu lực.",
        _ND4 + " điểm i", frozenset(), written=False),
    Refusal("TCD_ELSEWHERE", "Cơ quan khác đang giải quyết việc này.", _ND4 + " điểm k",
        frozenset(), written=False),
    Refusal("TCD_UNFIT", "Trong tình trạng say do dùng chất kích thích hoặc không làm chủ được "
        "hành vi.", _TCD9 + " khoản 1", frozenset(), "Xin mời đến vào ngày khác.", written=False),
    Refusal("TCD_THREAT", "Đe dọa, xúc phạm cơ quan, người tiếp công dân.", _TCD9 + " khoản 2",
        frozenset(), written=False),
    Refusal("TCD_SETTLED", "Việc đã được giải quyết đúng luật, đã được rà soát và đã thông báo, "
        "nhưng vẫn tiếp tục yêu cầu.", _TCD9 + " khoản 3", frozenset()),
)
# fmt: on

REFUSALS: dict[str, Refusal] = {refusal.code: refusal for refusal in _MATTERS}

# Grounds for not receiving a visitor. Only two of them need a written notice (form 01/TCD).
VISIT_REFUSALS: dict[str, Refusal] = {refusal.code: refusal for refusal in _VISITS}


def refusals_for(kind_code: str) -> tuple[Refusal, ...]:
    """The grounds that exist for this kind of matter."""
    return tuple(refusal for refusal in _MATTERS if kind_code in refusal.kinds)
