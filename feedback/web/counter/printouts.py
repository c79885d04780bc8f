"""What is printed for a point: poster, stickers, and the sheet the law wants on the wall."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from flask_babel import gettext as _

from analysis.language import fold
from analysis.spans import month_of
from feedback import clock
from feedback.models.meetings import Reception
from feedback.models.points import QrPoint
from feedback.models.units import Unit
from feedback.posters import (
    HeadDay,
    Poster,
    Wall,
    poster_pdf,
    sticker_sheet_pdf,
    wall_sheet_pdf,
)
from feedback.web import here
from feedback.web.counter import timetable

Sheet = Callable[[QrPoint], bytes]


def poster_of(point: QrPoint) -> Poster:
    """The poster's facts; its serial tells an old print from a new one."""
    url = point_url(point)
    return Poster(
        school=point.unit.name,
        place=point.place,
        manager=point.unit.manager_name,
        url=url,
        short_url=short(url),
        serial=str(point.serial),
        printed_on=clock.today(),
        contact=_contact(point.unit),
    )


def point_url(point: QrPoint) -> str:
    """What the printed code opens."""
    return f"{here.settings().base_url}/q/{point.code}"


def short(url: str) -> str:
    """The address as a hand types it."""
    parts = urlsplit(url)
    return parts.netloc + parts.path


def file_name(point: QrPoint, size: str) -> str:
    """ap-phich-ldt-cong-chinh-a4.pdf: only letters, digits and hyphens."""
    words = fold(f"ap phich {point.unit.code} {point.place} {size}")
    bare = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in words)
    return "-".join(bare.split())[:100] + ".pdf"


def _contact(unit: Unit) -> str:
    return " · ".join(part for part in (unit.address, unit.phone, unit.email) if part)


def _wall(point: QrPoint) -> bytes:
    return wall_sheet_pdf(poster_of(point), wall_of(point.unit))


def wall_of(unit: Unit) -> Wall:
    """The sheet's facts, from the timetable as it is published (NĐ 154/2026 Đ11)."""
    coming = timetable.published(unit, clock.today())
    regular = [session for session in coming if session.mode == "regular"]
    return Wall(
        room=coming[0].place if coming else _("Văn phòng nhà trường"),
        hours="; ".join(_when(s) for s in regular[:3])
        or _("theo lịch dưới đây; ngày khác xin hỏi văn phòng"),
        receiver=_("cán bộ tiếp công dân"),
        period=_months(clock.today()),
        days=tuple(_head_day(session) for session in coming if session.mode != "regular"),
        participants=_("người tiếp công dân, người ghi sổ và người có liên quan được mời"),
    )


def _head_day(session: Reception) -> HeadDay:
    hours = timetable.hours(session)
    return HeadDay(session.held_on, hours, timetable.who(session), session.content)


def _when(session: Reception) -> str:
    return f"{timetable.hours(session)} {session.held_on:%d/%m}"


def _months(today: date) -> str:
    this, then = month_of(today), month_of(timetable.next_month(today))
    return f"{this.label} – {then.label}".lower()


SHEETS: dict[str, Sheet] = {
    "A4": lambda point: poster_pdf(poster_of(point), "A4"),
    "A5": lambda point: poster_pdf(poster_of(point), "A5"),
    "stickers": lambda point: sticker_sheet_pdf(poster_of(point)),
    "wall": _wall,
}
