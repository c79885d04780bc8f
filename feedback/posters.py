"""Sheets to print: a point's code, its poster and stickers, the wall sheet, the receipt."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from html import escape
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Literal

from feedback.clock import OFFICE_ZONE
from feedback.rules.sentences import format_day

FONTS = Path(__file__).parent / "fonts"
SHEETS = Path(__file__).parents[1] / "templates" / "papers"
QUIET_ZONE = 4
FEWEST_STICKERS, MOST_STICKERS = 12, 24

Step = tuple[int, int]


@dataclass(frozen=True)
class Poster:
    """One printed code: who puts it up, where it hangs, what it opens."""

    school: str
    place: str
    manager: str
    url: str
    short_url: str
    serial: str
    printed_on: date
    contact: str = ""
    hotline: str = "111"


@dataclass(frozen=True)
class HeadDay:
    """A day the head receives in person, at least one a month (NĐ 154/2026 Đ10.2)."""

    day: date
    hours: str
    who: str
    content: str = ""


@dataclass(frozen=True)
class Wall:
    """What must be posted at the place of reception (NĐ 154/2026 Đ11; Luật 91/2025 Đ4).

    The four lists are the school's own words; an empty one leaves the standing words of the sheet.
    """

    room: str
    hours: str
    receiver: str
    period: str
    days: tuple[HeadDay, ...]
    participants: str
    house_rules: tuple[str, ...] = ()
    reception_steps: tuple[str, ...] = ()
    petition_steps: tuple[str, ...] = ()
    privacy: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What a person takes home who spoke at the desk, telephoned or handed in a paper."""

    unit: str
    manager: str
    reference: str
    code: str
    received_at: datetime
    kind: str
    channel: str
    url: str
    short_url: str
    promised_on: date | None = None
    explanation: tuple[str, ...] = ()


# --- the code -------------------------------------------------------------------------------


def qr_svg(url: str, border: int = QUIET_ZONE, title: str = "Mã QR") -> str:
    """The code as a small drawing to set into a page; error correction Q."""
    modules = _modules(url)
    size = len(modules) + 2 * border
    path = "".join(_loop(x + border, y + border, steps) for x, y, steps in _outlines(modules))
    return (
        f'<svg class="qr" viewBox="0 0 {size} {size}" role="img"><title>{escape(title)}</title>'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/></svg>'
    )


def qr_terminal(url: str) -> str:
    """The code in half blocks, for a dark terminal."""
    import qrcode  # noqa: PLC0415 - heavy

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=2)
    code.add_data(url)
    text = StringIO()
    code.print_ascii(out=text, invert=True)
    return text.getvalue()


def _modules(url: str) -> list[list[bool]]:
    import qrcode  # noqa: PLC0415 - heavy

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=0)
    code.add_data(url)
    code.make()
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def _outlines(modules: list[list[bool]]) -> Iterator[tuple[int, int, list[Step]]]:
    """The closed lines around the dark areas: touching squares show hairlines in print."""
    edges = _edges(modules)
    while edges:
        start = at = min(edges)
        steps: list[Step] = []
        while at in edges:
            step = edges[at].pop()
            if not edges[at]:
                del edges[at]
            steps.append(step)
            at = at[0] + step[0], at[1] + step[1]
        yield *start, steps


def _edges(modules: list[list[bool]]) -> dict[Step, list[Step]]:
    """Every side where dark meets light, walked with the dark on the right."""
    dark = {(x, y) for y, row in enumerate(modules) for x, module in enumerate(row) if module}
    edges: dict[Step, list[Step]] = {}
    sides = (((0, 0), (1, 0)), ((1, 0), (0, 1)), ((1, 1), (-1, 0)), ((0, 1), (0, -1)))
    for x, y in dark:
        for (left, down), (dx, dy) in sides:
            if (x + dy, y - dx) not in dark:
                edges.setdefault((x + left, y + down), []).append((dx, dy))
    return edges


def _loop(x: int, y: int, steps: list[Step]) -> str:
    """SVG path data of one closed line; its last run is drawn by the closing z."""
    runs = [(step, len(list(same))) for step, same in groupby(steps)]
    drawn = (f"h{dx * n}" if dx else f"v{dy * n}" for (dx, dy), n in runs[:-1])
    return f"M{x} {y}{''.join(drawn)}z"


# --- the sheets -----------------------------------------------------------------------------


def poster_pdf(poster: Poster, size: Literal["A4", "A5"] = "A4") -> bytes:
    """The poster of one point, tagged for screen readers (PDF/UA-1)."""
    return _typeset("poster.typ", _poster_facts(poster) | {"size": size}, poster.printed_on)


def sticker_sheet_pdf(poster: Poster, count: int = 24) -> bytes:
    """One A4 sheet of 12 to 24 stickers of the same point."""
    if not FEWEST_STICKERS <= count <= MOST_STICKERS:
        raise ValueError(f"{FEWEST_STICKERS} to {MOST_STICKERS} stickers on a sheet, not {count}")
    return _typeset("stickers.typ", _poster_facts(poster) | {"count": count}, poster.printed_on)


def wall_sheet_pdf(poster: Poster, wall: Wall) -> bytes:
    """The second sheet beside the poster: reception, schedule, rules, procedures, privacy."""
    days = [(f"{d.day:%d/%m/%Y}", d.hours, d.who, d.content) for d in wall.days]
    facts = _poster_facts(poster) | {"wall": asdict(wall) | {"days": days}}
    return _typeset("wall.typ", facts, poster.printed_on)


def walk_in_receipt_pdf(receipt: Receipt) -> bytes:
    """The A5 receipt handed over the counter; its code shows the answer, so it is printed once."""
    facts = asdict(receipt) | _code_facts(receipt.url)
    received_at = receipt.received_at.astimezone(OFFICE_ZONE)
    facts["received_at"] = f"{received_at:%H:%M}, {format_day(received_at.date())}"
    facts["promised_on"] = format_day(receipt.promised_on) if receipt.promised_on else ""
    return _typeset("receipt.typ", facts, received_at.date())


def _poster_facts(poster: Poster) -> dict[str, object]:
    host, _, path = poster.short_url.partition("/")
    facts = asdict(poster) | _code_facts(poster.url)
    return facts | {"printed_on": f"{poster.printed_on:%d/%m/%Y}", "host": host, "path": f"/{path}"}


def _code_facts(url: str) -> dict[str, object]:
    # A drawing of its own, unlike one inside a page, must name its language.
    return {"qr": qr_svg(url).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)}


def _typeset(sheet: str, facts: dict[str, object], made_on: date) -> bytes:
    """The PDF of a sheet in templates/papers; its facts go in as data, never as source."""
    import typst  # noqa: PLC0415 - heavy

    printed = typst.compile(
        SHEETS / sheet,
        root=SHEETS,
        font_paths=typst.Fonts(False, False, [FONTS]),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"given": json.dumps(facts, ensure_ascii=False)},
        timestamp=int(datetime.combine(made_on, time(), OFFICE_ZONE).timestamp()),
    )
    return bytes(printed)
