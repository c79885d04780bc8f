"""When a send looks like a flood or a program, and what that may lead to: a label, never a refusal.

One sign that only programs show, or two weak ones together, make a submission wait to be looked at.
A parent who is quick, or sends what a neighbour sent too, shows one weak sign and waits for nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.rules.petitions import SIGNED_KINDS


@dataclass(frozen=True, slots=True)
class FloodSign:
    """`strong` is enough by itself; `label` is for the desk."""

    code: str
    label: str
    strong: bool = False


FLOOD_SIGNS: dict[str, FloodSign] = {
    sign.code: sign
    for sign in (
        FloodSign("flood", "Gửi dồn dập từ một nơi", strong=True),
        FloodSign("trap", "Điền vào ô mà người dùng không thấy", strong=True),
        FloodSign("too_quick", "Gửi nhanh hơn một người kịp gõ"),
        FloodSign("busy_unit", "Đơn vị nhận rất nhiều phiếu trong giờ đó"),
        FloodSign("same_text", "Giống từng chữ một phiếu khác ở điểm này"),
        FloodSign("paused_point", "Gửi khi điểm này đang tạm dừng"),
    )
}
# These say nothing about the sender: forty parents may agree on their words.
INNOCENT = frozenset({"same_text", "paused_point"})
DOUBTS = 2

NO_PETITION = "Khiếu nại, tố cáo không được để vào mục “Nghi là tin rác”."
NO_DANGER = "Phiếu có báo khẩn không được để vào mục “Nghi là tin rác”."
ONLY_NEW = "Chỉ phiếu chưa ai nhận xử lý mới để được vào mục “Nghi là tin rác”."
NOT_HELD = "Phiếu này không còn trong mục “Nghi là tin rác”."


def holds(signs: Iterable[str]) -> bool:
    """Whether these signs together make a submission wait for somebody's look."""
    shown = {FLOOD_SIGNS[code] for code in signs}
    doubts = [sign for sign in shown if sign.code not in INNOCENT]
    # Quick, and word for word what came before: that is a program too.
    same = any(sign.code == "same_text" for sign in shown) and bool(doubts)
    return any(sign.strong for sign in shown) or len(doubts) + same >= DOUBTS


def why_not_held(kind_code: str, urgent: bool) -> str:
    """Why a matter may never wait unseen, as a sentence; nothing when it may."""
    if kind_code in SIGNED_KINDS:
        return NO_PETITION
    return NO_DANGER if urgent else ""
