"""A photo comes out as a plain upright JPEG, and a bad one hurts nobody."""

import struct
import subprocess
import sys
import threading
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from feedback import pictures
from feedback.pictures import PictureRefused, reencode

ROOT = Path(__file__).parents[2]
RED, BLUE = (220, 20, 20), (20, 20, 220)


def encoded(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data), formats=["JPEG"])
    picture.load()
    return picture


def a_photo(width: int = 80, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    photo = Image.new("RGB", (width, height), RED)
    photo.paste(BLUE, (width // 2, 0, width, height))
    return photo.convert(mode)


def a_photo_with_a_past() -> bytes:
    """From Lan's phone: turned on its side, with the place, the phone, a comment and a profile."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = "Lan-Phone"
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (10.0, 50.0, 7.5), 3: "E", 4: (106.0, 40.0, 1.5)}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x>Lan-Xmp</x>"
    return encoded(a_photo(), exif=exif, comment=b"Lan-Comment", xmp=xmp, icc_profile=profile)


def a_png(width: int, height: int) -> bytes:
    """A black-and-white PNG made by hand, because no picture library would make one so large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def refusal(data: bytes) -> str:
    with pytest.raises(PictureRefused) as refused:
        reencode(data)
    return refused.value.reason


def pixel(photo: Image.Image, left: int, top: int) -> tuple[int, ...]:
    return tuple(photo.crop((left, top, left + 1, top + 1)).tobytes())


def is_red(photo: Image.Image, left: int, top: int) -> bool:
    red, _, blue = pixel(photo, left, top)
    return red > 150 and blue < 80


def is_blue(photo: Image.Image, left: int, top: int) -> bool:
    red, _, blue = pixel(photo, left, top)
    return blue > 150 and red < 80


def test_the_photo_stands_upright():
    photo = opened(reencode(a_photo_with_a_past()))
    assert photo.size == (40, 80)
    assert is_red(photo, 20, 10)
    assert is_blue(photo, 20, 70)


def test_nothing_is_left_of_place_phone_comment_and_profile():
    before = a_photo_with_a_past()
    after = reencode(before)
    assert Image.open(BytesIO(before)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert not opened(after).getexif()
    assert set(opened(after).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert all(word not in after for word in (b"Lan", b"Exif", b"ICC_PROFILE", b"http"))


def test_a_script_behind_the_picture_is_gone():
    after = reencode(encoded(a_photo()) + b"<script>alert(1)</script>")
    assert b"script" not in after


def test_text_inside_a_png_is_gone():
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Lan")
    assert b"Lan" not in reencode(encoded(a_photo(), "PNG", pnginfo=text))


def test_the_same_photo_always_comes_out_the_same():
    assert reencode(a_photo_with_a_past()) == reencode(a_photo_with_a_past())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_three_forms_are_read(form):
    photo = opened(reencode(encoded(a_photo(), form)))
    assert is_red(photo, 10, 20)
    assert is_blue(photo, 70, 20)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_png_of_any_kind_becomes_rgb(mode):
    photo = opened(reencode(encoded(a_photo().convert("L").convert(mode), "PNG")))
    assert (photo.mode, photo.size) == ("RGB", (80, 40))


def test_a_sixteen_bit_grey_keeps_its_shade():
    grey = Image.new("I;16", (20, 20), 30_000)
    assert pixel(opened(reencode(encoded(grey, "PNG"))), 9, 9) == (117, 117, 117)


def test_a_printers_photo_becomes_rgb():
    photo = opened(reencode(encoded(a_photo(mode="CMYK"))))
    assert photo.mode == "RGB"
    assert is_blue(photo, 70, 20)


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("WEBP", "RGBA")])
def test_what_is_transparent_becomes_white_paper(form, mode):
    photo = opened(reencode(encoded(Image.new(mode, (20, 20)), form)))
    assert pixel(photo, 9, 9) == (255, 255, 255)


def test_a_transparent_palette_becomes_white_paper():
    photo = encoded(Image.new("P", (20, 20)), "PNG", transparency=0)
    assert pixel(opened(reencode(photo)), 9, 9) == (255, 255, 255)


@pytest.mark.parametrize(("before", "after"), [
    ((5200, 2600), (2560, 1280)), ((1300, 5200), (640, 2560)), ((2560, 10), (2560, 10)),
])  # fmt: skip
def test_the_longest_side_is_at_most_2560(before, after):
    assert opened(reencode(encoded(a_photo(*before)))).size == after


def test_unreadable_exif_does_not_cost_the_photo():
    broken = encoded(a_photo(), exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff" + b"\xff" * 40)
    assert opened(reencode(broken)).size == (80, 40)


@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00" * 100, b"GIF89a" + b"\0" * 99, b"<svg/>"])
def test_what_is_no_picture_is_called_so(data):
    assert refusal(data) == "not_picture"


def test_a_gif_is_not_read_though_the_library_could():
    assert refusal(encoded(a_photo(), "GIF")) == "not_picture"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_called_truncated(form):
    whole = encoded(Image.effect_noise((300, 200), 90), form)
    assert refusal(whole[: len(whole) // 2]) == "truncated"


def test_a_pixel_bomb_is_refused_before_it_goes_off():
    bomb = a_png(30_000, 30_000)
    assert len(bomb) < 200_000
    assert refusal(bomb) == "too_big"


@pytest.mark.parametrize(("width", "reason"), [(8_000, None), (8_001, "too_big")])
def test_forty_megapixels_are_the_limit(width, reason):
    photo = a_png(width, 5_000)
    if reason:
        assert refusal(photo) == reason
    else:
        assert opened(reencode(photo)).size == (2560, 1600)


def test_a_large_photo_with_transparency_fits_into_the_memory_allowed():
    photo = encoded(Image.new("RGBA", (8000, 5000), (9, 9, 9, 99)), "PNG", compress_level=1)
    assert opened(reencode(photo)).size == (2560, 1600)


def test_a_jpeg_of_endless_scans_is_refused_before_it_is_read():
    whole = encoded(a_photo(), progressive=True)
    last_scan = whole[whole.rindex(b"\xff\xda") : -2]
    assert refusal(whole[:-2] + last_scan * 200 + whole[-2:]) == "too_slow"
    assert opened(reencode(whole[:-2] + last_scan * 20 + whole[-2:])).size == (80, 40)


def test_when_all_decoders_are_busy_the_sender_is_not_blamed(monkeypatch):
    monkeypatch.setattr(pictures, "_decoders", threading.BoundedSemaphore(1))
    monkeypatch.setattr(pictures, "WALL_SECONDS", 0.01)
    with pictures._decoders, pytest.raises(OSError, match="busy"):
        reencode(encoded(a_photo()))


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(pictures, "WALL_SECONDS", 0.001)
    assert refusal(encoded(a_photo())) == "too_slow"


@pytest.mark.parametrize(("code", "reason"), [
    (-24, "too_slow"), (-9, "too_big"), (-11, "truncated"), (-6, "truncated"), (-7, "truncated"),
])  # fmt: skip
def test_a_child_that_was_stopped_tells_by_its_signal(monkeypatch, code, reason):
    ended = subprocess.CompletedProcess([], code, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: ended)
    assert refusal(b"x") == reason


def test_a_child_that_cannot_start_is_our_fault_and_not_the_parents(monkeypatch):
    ended = subprocess.CompletedProcess([], 1, b"", b"Traceback\nNo module named 'PIL'\n")
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: ended)
    with pytest.raises(OSError, match=r"code 1\. No module named 'PIL'"):
        reencode(b"x")


def test_the_child_is_not_told_the_secret(monkeypatch):
    monkeypatch.setenv("FEEDBACK_SECRET", "the root secret")
    told = {}

    def remember(*_args, **options):
        told.update(options["env"])
        return subprocess.CompletedProcess([], 0, b"jpeg", b"")

    monkeypatch.setattr(subprocess, "run", remember)
    assert reencode(b"x") == b"jpeg"
    assert set(told) <= {"PATH", "LD_LIBRARY_PATH"}


@pytest.mark.parametrize(("misdeed", "end"), [
    ("bytearray(600 * 2**20)", "MemoryError"),
    ("open('loot', 'wb', buffering=0).write(b'x')", "OSError: [Errno 27] File too large"),
])  # fmt: skip
def test_the_child_can_neither_take_much_memory_nor_write_a_file(tmp_path, misdeed, end):
    code = f"""
import os
from feedback.pictures import _limit_myself
os.chdir({str(tmp_path)!r})
_limit_myself()
{misdeed}
"""
    child = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert child.returncode == 1
    assert child.stderr.decode().splitlines()[-1] == end
