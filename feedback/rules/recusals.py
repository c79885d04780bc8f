"""RELATIONS and ACCUSED: who may not handle a matter, and whom it accuses.

Nghị định 31/2019 Đ5.2, Đ10.3: spouse, parent, child or sibling (also in-law or adoptive) of the
person concerned, or a shared benefit, and the superior must take the matter; such persons verify
nothing either.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

LAW = "Điều 5 khoản 2, Điều 10 khoản 3 Nghị định 31/2019/NĐ-CP"

# Set by naming the accused, never chosen from a list.
ACCUSED_RELATION = "accused"
RELATIONS: dict[str, str] = {
    "spouse": "Vợ hoặc chồng của người liên quan",
    "parent": "Cha, mẹ (kể cả cha mẹ nuôi, cha mẹ của vợ hoặc chồng)",
    "child": "Con (kể cả con nuôi, con dâu, con rể)",
    "sibling": "Anh, chị, em ruột (kể cả anh chị em của vợ hoặc chồng)",
    "benefit": "Có chung lợi ích trực tiếp",
    ACCUSED_RELATION: "Chính là người bị khiếu nại, tố cáo",
    "other": "Lý do khác khiến việc giải quyết có thể không khách quan",
}


@dataclass(frozen=True, slots=True)
class AccusedKind:
    """`past_school`: then the school itself must not know of it. `clear`: somebody is meant."""

    code: str
    label: str
    past_school: bool = False
    clear: bool = True


ACCUSED: dict[str, AccusedKind] = {
    kind.code: kind
    for kind in (
        AccusedKind("officer", "Cán bộ có tài khoản trong danh sách"),
        AccusedKind("head", "Hiệu trưởng", past_school=True),
        AccusedKind("deputy", "Phó hiệu trưởng", past_school=True),
        AccusedKind("school", "Chính nhà trường", past_school=True),
        AccusedKind("staff", "Giáo viên, nhân viên khác (ghi tên)"),
        AccusedKind("outside", "Người, đơn vị bên ngoài trường (ghi tên)"),
        AccusedKind("unclear", "Chưa rõ là ai", clear=False),
    )
}

# Neutral words: the parent and the school's history never say who has stepped aside.
TAKEN_OVER = "Cấp quản lý trực tiếp giải quyết để bảo đảm khách quan."

ALREADY = "Người này đã được ghi nhận là không tham gia vụ việc này."
NOT_STANDING = "Khai báo này đã được bỏ từ trước."
NOT_ALONE = f"Người được bỏ khai báo và người đã khai không tự bỏ được: cần một người khác ({LAW})."
BARRED = f"Người này không được tham gia giải quyết vụ việc này ({LAW})."


class SomeAccused(Protocol):
    """What is read of an accused person here."""

    @property
    def kind_code(self) -> str: ...


def past_school(accused: Iterable[SomeAccused]) -> bool:
    """Whether one of them must never be judged by the school."""
    return any(ACCUSED[one.kind_code].past_school for one in accused)


def is_clear(accused: Iterable[SomeAccused]) -> bool:
    """Whether it is known who is meant; nobody named leaves that to what the sender ticked."""
    return all(ACCUSED[one.kind_code].clear for one in accused)
