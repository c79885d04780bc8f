"""Opening a sealed identity: on which ground, by whom, and for how long each step holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from feedback.rules.moves import MoveRefused

LEAST_REASON = 20  # characters
ANSWERED_WITHIN = timedelta(days=1)
HANDED_OUT_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class OpeningGround:
    """Why the law lets an officer learn who it is."""

    code: str
    label: str
    law: str


OPENING_GROUNDS: dict[str, OpeningGround] = {
    ground.code: ground
    for ground in (
        OpeningGround(
            "verify_name",
            "Kiểm tra họ tên, địa chỉ người tố cáo trước khi thụ lý",
            "Luật Tố cáo 2018 Điều 24 khoản 1",
        ),
        OpeningGround(
            "hear",
            "Làm việc trực tiếp với người tố cáo để làm rõ nội dung",
            "Luật Tố cáo 2018 Điều 11, Điều 31",
        ),
        OpeningGround(
            "protect",
            "Bảo vệ người tố cáo hoặc người thân",
            "Luật Tố cáo 2018 Điều 47 đến Điều 58",
        ),
        OpeningGround(
            "notify",
            "Gửi văn bản phải gửi cho người tố cáo",
            "Luật Tố cáo 2018 Điều 29, Điều 35",
        ),
        OpeningGround(
            "child",
            "Trẻ em đang gặp nguy hiểm, cần gặp gia đình ngay",
            "Luật Trẻ em 2016 Điều 50, Điều 51",
        ),
        OpeningGround(
            "authority",
            "Cơ quan có thẩm quyền yêu cầu bằng văn bản",
            "Luật Tố cáo 2018 Điều 56",
        ),
    )
}

# What each refusal says.
NOTHING_SEALED = "Vụ việc này không có phong bì danh tính: người gửi ẩn danh, hoặc chưa niêm phong."
WAITS_ALREADY = "Đã có một đề nghị mở danh tính đang chờ trong vụ việc này."
TOO_SHORT = "Lý do mở danh tính cần ít nhất 20 ký tự, nói rõ cần gặp ai, để làm gì."
NO_GROUND = "Mời chọn căn cứ mở danh tính."
NOT_ALONE = "Người đề nghị không tự đồng ý được: phải là một người khác."
NEEDS_SIGNER = "Một trong hai người phải là lãnh đạo có quyền ký của đơn vị giải quyết."
NOT_WAITING = "Đề nghị này không còn chờ: đã được trả lời hoặc đã dùng."
LAPSED = "Đề nghị đã quá một ngày chưa được trả lời nên hết hiệu lực. Cần thì đề nghị lại."
NOT_ALLOWED = "Đề nghị này chưa được đồng ý, hoặc đã bị từ chối."
ONLY_THE_ASKER = "Chỉ người đã đề nghị được nhận phong bì."
USED = "Phong bì của đề nghị này đã giao một lần; mỗi đề nghị chỉ giao một lần."
TOO_LATE = "Quá 15 phút từ lúc đồng ý nên phong bì không giao được nữa. Cần thì đề nghị lại."


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to open, as the rules see it."""

    by_id: int
    by_signs: bool
    at: datetime
    decided_at: datetime | None = None
    allowed: bool = False
    handed_out: bool = False


def check_request(ground: str, reason: str) -> None:
    """MoveRefused unless it says why."""
    if ground not in OPENING_GROUNDS:
        raise MoveRefused(NO_GROUND)
    if len(" ".join(reason.split())) < LEAST_REASON:
        raise MoveRefused(TOO_SHORT)


def why_not_decide(asked: Asked, by_id: int, by_signs: bool, at: datetime) -> str:
    """Why this officer cannot answer the request now; nothing when they can."""
    if asked.decided_at is not None:
        return NOT_WAITING
    if by_id == asked.by_id:
        return NOT_ALONE
    if not (by_signs or asked.by_signs):
        return NEEDS_SIGNER
    return LAPSED if at - asked.at > ANSWERED_WITHIN else ""


def why_not_hand_out(asked: Asked, by_id: int, at: datetime) -> str:
    """Why the envelope is not given to this officer now; nothing when it is."""
    if asked.decided_at is None or not asked.allowed:
        return NOT_ALLOWED
    if by_id != asked.by_id:
        return ONLY_THE_ASKER
    if asked.handed_out:
        return USED
    return TOO_LATE if at - asked.decided_at > HANDED_OUT_WITHIN else ""
