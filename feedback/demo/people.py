"""The officers of the demo: invented given names, addresses that reach nobody, one password."""

import base64
import hashlib
from datetime import timedelta
from typing import NamedTuple

from feedback import clock, factors
from feedback.demo.place import Place, at
from feedback.models.officers import Officer, Role
from feedback.models.units import Unit
from feedback.passwords import hash_password

PASSWORD = "phuong-vi-do-san-truong"  # noqa: S105 - the demo's own, printed for everybody to read
DOMAIN = "demo.invalid"
SECRET_BYTES = 20
# Somebody had the post before the first message came.
BEFORE = timedelta(days=400)

WOMEN_SHARE = 0.7
WOMEN = ("Lan", "Hạnh", "Ngọc", "Thảo", "Dung", "Hiền", "Trang", "Phượng", "Yến", "Vân", "Châu")
MEN = ("Minh", "Hùng", "Quân", "Tâm", "Phúc", "Khánh", "Lộc", "Bình", "Đức", "Sơn")
MIDDLE_OF_WOMEN = ("Thu", "Ngọc", "Thanh", "Bích", "Kim", "Mỹ", "Hồng")
MIDDLE_OF_MEN = ("Quang", "Minh", "Hữu", "Anh", "Thành", "Gia")


class Post(NamedTuple):
    """One account: the word before the @, what the person is called, the roles; the first shows."""

    mailbox: str
    title: str
    roles: tuple[str, ...]


# The two who are told at once when a child may be in danger hold a duty at each level.
SCHOOL_POSTS = (
    Post("vanthu", "văn thư", ("clerk",)),
    Post("hieutruong", "hiệu trưởng", ("principal", "duty")),
)
OFFICE_POSTS = (
    Post("chuyenvien1", "chuyên viên", ("office", "duty")),
    Post("chuyenvien2", "chuyên viên", ("office",)),
    Post("truongphong", "trưởng phòng", ("office_head", "duty")),
)
COMMITTEE_POSTS = (
    Post("chutich", "chủ tịch UBND", ("chair",)),
    Post("ubnd", "chuyên viên UBND", ("office",)),
    Post("quantri", "quản trị hệ thống", ("admin",)),
    Post("kiemsoat", "kiểm soát sổ cái", ("auditor",)),
)


def build(place: Place) -> None:
    """Every post filled. The slow hash is worked out once: all have the same password."""
    password_hash = hash_password(PASSWORD)
    for unit in place.units.values():
        for post in _posts(unit):
            place.session.add(_officer(place, unit, post, password_hash))
    place.session.flush()
    for officer in {one.id: one for staff in place.staff.values() for one in staff}.values():
        _give_app(place, officer)


def totp_secret(officer: Officer) -> str:
    """Known to everybody who reads demo.json, like the password: the demo protects nothing."""
    if not officer.needs_second_on(clock.today()):
        return ""
    digest = hashlib.sha256(f"{PASSWORD}|{officer.email}".encode()).digest()
    return base64.b32encode(digest[:SECRET_BYTES]).decode()


def _give_app(place: Place, officer: Officer) -> None:
    secret = totp_secret(officer)
    if secret:
        key = place.keys.factor
        place.session.add(factors.keep_app(key, officer.id, secret, officer.created_at))


def _posts(unit: Unit) -> tuple[Post, ...]:
    if unit.is_school:
        return SCHOOL_POSTS
    return OFFICE_POSTS if unit.kind == "office" else COMMITTEE_POSTS


def _officer(place: Place, unit: Unit, post: Post, password_hash: str) -> Officer:
    begun = place.wishes.since - BEFORE
    suffix = f".{unit.code.lower()}" if unit.is_school else ""
    officer = Officer(
        email=f"{post.mailbox}{suffix}@{DOMAIN}",
        name=f"{_given_name(place)} ({post.title})",
        password_hash=password_hash,
        created_at=at(begun, 8),
    )
    for code in post.roles:
        officer.roles.append(Role(unit=unit, code=code, valid_from=begun))
        place.staff.setdefault((unit.id, code), []).append(officer)
    return officer


def _given_name(place: Place) -> str:
    """As colleagues say it. No family name: nobody real is meant."""
    if place.rng.random() < WOMEN_SHARE:
        return f"Cô {place.rng.choice(MIDDLE_OF_WOMEN)} {place.rng.choice(WOMEN)}"
    return f"Thầy {place.rng.choice(MIDDLE_OF_MEN)} {place.rng.choice(MEN)}"
