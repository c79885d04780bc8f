"""What is under a black box is gone: from the pixels, from the squares beside it, from the file."""

import random
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from feedback import pictures
from feedback.pictures import reencode
from tests.safe.test_pictures import a_photo_with_a_past, encoded, opened, pixel

SIZE = (150, 110)
EDGES = st.floats(0.0, 1.0, allow_nan=False)


def noise(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture of which every pixel is another."""
    return Image.frombytes("RGB", size, random.Random(seed).randbytes(size[0] * size[1] * 3))


def kept(photo: Image.Image) -> bytes:
    """As it lies on the shelf."""
    return pictures._redrawn(encoded(photo, "PNG"), ())


def boxed(data: bytes, *boxes: pictures.Box) -> bytes:
    return pictures._redrawn(data, boxes)


def under(box: pictures.Box, size: tuple[int, int] = SIZE) -> tuple[int, int, int, int]:
    """The pixels that a box touches."""
    left, top, right, bottom = box
    width, height = size
    return int(left * width), int(top * height), -int(-right * width), -int(-bottom * height)


@st.composite
def boxes(draw):
    across, down = sorted(draw(st.tuples(EDGES, EDGES))), sorted(draw(st.tuples(EDGES, EDGES)))
    return across[0], down[0], across[1], down[1]


@settings(max_examples=40, deadline=None)
@given(boxes(), st.integers(0, 5))
def test_all_that_is_under_a_box_is_black(box, seed):
    copy = opened(boxed(kept(noise(seed)), box)).crop(under(box))
    assert not any(copy.tobytes())


@settings(max_examples=40, deadline=None)
@given(boxes(), st.integers(0, 5))
def test_the_copy_is_the_same_file_whatever_was_under_the_box(box, seed):
    area = under(box)
    one, other = noise(seed), noise(seed)
    patch = noise(seed + 100, (max(1, area[2] - area[0]), max(1, area[3] - area[1])))
    if area[2] > area[0] and area[3] > area[1]:
        other.paste(patch, area[:2])
    # The photo on the shelf is a JPEG itself: what was there has left its traces around the box.
    assert boxed(kept(one), box) == boxed(kept(other), box)


def test_beside_the_box_the_photo_is_still_to_be_seen():
    photo = Image.new("RGB", SIZE, (220, 20, 20))
    copy = opened(boxed(kept(photo), (0.0, 0.0, 0.3, 1.0)))
    assert pixel(copy, 10, 50) == (0, 0, 0)
    assert pixel(copy, 120, 50)[0] > 200


def test_a_photo_with_a_past_loses_it_and_is_boxed_as_it_is_shown():
    data = a_photo_with_a_past()  # turned on its side: upright it is 40 by 80, red above
    copy = reencode(data, [(0.0, 0.0, 1.0, 0.3)])
    photo = opened(copy)
    assert photo.size == (40, 80)
    assert not any(photo.crop((0, 0, 40, 24)).tobytes())
    assert not photo.getexif()
    assert set(photo.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert all(word not in copy for word in (b"Lan", b"Exif", b"ICC_PROFILE", b"http"))


def test_several_boxes_are_drawn_in_the_child_as_well():
    copy = opened(reencode(encoded(noise(1)), [(0, 0, 0.2, 0.2), (0.8, 0.8, 1, 1)]))
    assert not any(copy.crop((0, 0, 30, 22)).tobytes())
    assert not any(copy.crop((120, 88, 150, 110)).tobytes())
    assert any(copy.crop((60, 40, 90, 60)).tobytes())


def test_without_a_box_nothing_changes_in_how_a_photo_is_kept():
    assert reencode(encoded(noise(2))) == reencode(encoded(noise(2)), [])


@pytest.mark.parametrize("box", [(0, 0, 1, 1), (0.999, 0.999, 1, 1), (0, 0, 0, 0)])
def test_boxes_at_the_edges_are_boxes_too(box):
    assert opened(BytesIO(boxed(kept(noise(3)), box)).getvalue()).size == SIZE
