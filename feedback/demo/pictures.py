"""Harmless drawings instead of photos: a tray, a tap, a chair, and what was done about them."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from feedback import files
from feedback.demo.place import Place
from feedback.shelf import JPEG, StoredFile

if TYPE_CHECKING:
    from PIL import ImageDraw

FONT = Path(__file__).parents[1] / "fonts" / "BeVietnamPro-Regular.ttf"
SIZE = (960, 720)
CAPTION_AT, CAPTION_SIZE = (40, 640), 34
WALL, FLOOR, FLOOR_FROM = "#e9edf0", "#c9d3d8", 480
STEEL, WOOD, WATER, GREEN, RED, INK = (
    "#9fb0b8", "#b07c44", "#6fb7d6", "#5c9a58", "#c0504a", "#2b3b40",
)  # fmt: skip

Shape = tuple[Literal["box", "oval", "line"], tuple[int, ...], str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A few shapes and what is written under them."""

    caption: str
    shapes: tuple[Shape, ...]


TRAY: tuple[Shape, ...] = (
    ("box", (180, 220, 780, 560), STEEL),
    ("oval", (220, 260, 440, 420), "#fbfbf6"),
    ("oval", (500, 260, 740, 400), "#8fbf6a"),
    ("box", (240, 450, 420, 530), "#d9a441"),
)
TAP: tuple[Shape, ...] = (
    ("box", (420, 120, 540, 170), STEEL),
    ("box", (460, 170, 500, 260), STEEL),
    ("box", (240, 440, 720, 520), "#ffffff"),
)
CHAIR: tuple[Shape, ...] = (
    ("box", (340, 180, 380, 420), WOOD),
    ("box", (340, 380, 620, 420), WOOD),
    ("line", (360, 420, 360, 600), WOOD),
)
GATE: tuple[Shape, ...] = (
    ("box", (140, 160, 200, 600), RED),
    ("box", (760, 160, 820, 600), RED),
    ("box", (140, 120, 820, 180), GREEN),
)
PANEL: tuple[Shape, ...] = (
    ("box", (340, 120, 620, 500), "#dfe3c8"),
    ("box", (380, 170, 580, 300), INK),
)
BOARD: tuple[Shape, ...] = (
    ("box", (160, 120, 800, 560), WOOD),
    ("box", (190, 150, 770, 530), "#ffffff"),
    ("line", (230, 220, 730, 220), INK),
    ("line", (230, 300, 730, 300), INK),
    ("line", (230, 380, 560, 380), INK),
)

# By what the sender saw ("before") and what the office shows of its work ("after").
DRAWINGS: dict[str, Drawing] = {
    "tray": Drawing("Khay cơm trưa (hình vẽ minh họa)", TRAY),
    "tray_after": Drawing(
        "Khay mẫu treo ở bảng tin (hình vẽ minh họa)",
        (*TRAY, ("oval", (480, 430, 740, 540), "#c97b4a")),
    ),
    "tap": Drawing("Vòi nước rỉ (hình vẽ minh họa)", (*TAP, ("line", (480, 260, 480, 440), WATER))),
    "tap_after": Drawing("Vòi nước đã thay (hình vẽ minh họa)", TAP),
    "chair": Drawing(
        "Ghế gãy chân (hình vẽ minh họa)", (*CHAIR, ("line", (600, 420, 680, 560), WOOD))
    ),
    "chair_after": Drawing(
        "Ghế đã sửa (hình vẽ minh họa)", (*CHAIR, ("line", (600, 420, 600, 600), WOOD))
    ),
    "gate": Drawing("Cổng trường giờ tan học (hình vẽ minh họa)", GATE),
    "gate_after": Drawing(
        "Vạch chờ trước cổng (hình vẽ minh họa)", (*GATE, ("line", (220, 620, 740, 620), "#f2c230"))
    ),
    "panel": Drawing(
        "Tủ điện hở nắp (hình vẽ minh họa)", (*PANEL, ("line", (480, 300, 560, 470), RED))
    ),
    "panel_after": Drawing(
        "Tủ điện đã đóng, có khóa (hình vẽ minh họa)",
        (("box", (340, 120, 620, 500), "#dfe3c8"), ("oval", (570, 300, 600, 330), INK)),
    ),
    "board": Drawing("Bảng tin của trường (hình vẽ minh họa)", BOARD),
    "board_after": Drawing("Biên bản làm việc, đã che tên (hình vẽ minh họa)", BOARD),
}
SHOWN_BY_SUBJECT = {
    "BAN_TRU": "tray",
    "VE_SINH": "tap",
    "CSVC": "chair",
    "AN_NINH": "gate",
    "DUA_DON": "gate",
    "CONG_TRINH": "panel",
}


@dataclass(slots=True)
class Album:
    """The drawings, each taken in once like any photo, and put on the shelf as often as needed."""

    place: Place
    _taken: dict[str, bytes] = field(default_factory=dict)

    def before(self, subject_code: str) -> StoredFile | None:
        """What a parent may have photographed; nothing for matters that cannot be seen."""
        shown = SHOWN_BY_SUBJECT.get(subject_code)
        return self._copy(shown) if shown else None

    def after(self, subject_code: str) -> StoredFile:
        """What the office shows of what it did."""
        return self._copy(f"{SHOWN_BY_SUBJECT.get(subject_code, 'board')}_after")

    def _copy(self, name: str) -> StoredFile:
        shelf = self.place.shelf
        if name in self._taken:
            return shelf.keep(self._taken[name], JPEG)
        first = files.take(shelf, f"{name}.jpg", draw(DRAWINGS[name]))
        with shelf.open(first.name) as file:
            self._taken[name] = file.read()
        return first


def draw(drawing: Drawing) -> bytes:
    """The drawing as a small JPEG."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - heavy

    picture = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, FLOOR_FROM, *SIZE), FLOOR)
    for shape in drawing.shapes:
        _put(pen, shape)
    pen.text(CAPTION_AT, drawing.caption, INK, ImageFont.truetype(FONT, CAPTION_SIZE))
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _put(pen: "ImageDraw.ImageDraw", shape: Shape) -> None:
    kind, where, colour = shape
    if kind == "line":
        pen.line(where, colour, width=14)
    elif kind == "oval":
        pen.ellipse(where, colour, INK, 4)
    else:
        pen.rectangle(where, colour, INK, 4)
