"""ROLES: what a person on staff is at a unit for a span of time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoleKind:
    """`handles` opens the cases of the unit, `oversees` also those of the units below.

    `second_factor`: opens sealed matters or the tree itself, so a password alone is not enough.
    """

    code: str
    label: str
    handles: bool = False
    oversees: bool = False
    signs: bool = False
    administers: bool = False
    second_factor: bool = False
    audits: bool = False


ROLES: dict[str, RoleKind] = {
    role.code: role
    for role in (
        RoleKind("clerk", "Cán bộ tiếp nhận", handles=True),
        RoleKind("principal", "Hiệu trưởng", handles=True, signs=True),
        RoleKind("office", "Chuyên viên Phòng", handles=True, oversees=True, second_factor=True),
        # Decides what the office below only prepares (Nghị định 124/2020 Đ14.2).
        RoleKind(
            "chair",
            "Chủ tịch, phó chủ tịch UBND",
            handles=True,
            signs=True,
            second_factor=True,
        ),
        RoleKind(
            "office_head",
            "Lãnh đạo Phòng",
            handles=True,
            oversees=True,
            signs=True,
            second_factor=True,
        ),
        # Named for being woken when a child is in danger; opens nothing by itself.
        RoleKind("duty", "Trực bảo vệ trẻ em"),
        # Sets up units, officers and points, and sees no word of any case.
        RoleKind("admin", "Quản trị hệ thống", administers=True, second_factor=True),
        # Reads who did what when, in the ledger, and not a word of any case.
        RoleKind("auditor", "Kiểm soát sổ cái", audits=True, second_factor=True),
    )
}
