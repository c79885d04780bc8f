"""A parent's photo redrawn: upright, of modest size, with nothing in it but its picture.

Decoders of pictures are where hostile files do harm, so they run in a child process with little
memory, little time, no file to write to and none of the program's secrets. Run as a program, this
file is that child: any picture on standard input, a plain JPEG on standard output, or one of the
exit codes below. Black boxes are drawn before the picture is encoded: what was under them is in no
byte of what comes out.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2560
QUALITY = 85
# Left, top, right, bottom, as shares of the picture as it is shown.
Box = tuple[float, float, float, float]
# A JPEG keeps squares of up to 16 pixels together: what is half in a box has left traces in all of
# its square, and smooth colours reach two pixels further. So a box grows to that.
SQUARE, BEYOND = 16, 2

MEMORY_BYTES = 512 * 2**20
CPU_SECONDS = 10
WALL_SECONDS = 15
JPEG_START, JPEG_SCAN = b"\xff\xd8", b"\xff\xda\x00"
MAX_SCANS = 100  # cameras write 1, the web some 10; a bomb repeats one of 61 bytes 100,000 times

NOT_PICTURE, TRUNCATED, TOO_BIG = 10, 11, 12
REASONS = {
    NOT_PICTURE: "not_picture",
    TRUNCATED: "truncated",
    TOO_BIG: "too_big",
    -signal.SIGXCPU: "too_slow",
    -signal.SIGKILL: "too_big",  # the kernel ran out of memory and took the child
    -signal.SIGSEGV: "truncated",  # a decoder fell over a damaged or hostile file
    -signal.SIGBUS: "truncated",
    -signal.SIGABRT: "truncated",
}
_decoders = threading.BoundedSemaphore(2)  # so that a worker's children fit a small machine


class PictureRefused(Exception):
    """A file that did not become a picture: not_picture, truncated, too_big or too_slow."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# The parent's side


def reencode(data: bytes, boxes: Sequence[Box] = ()) -> bytes:
    """The picture as a bare JPEG, black where `boxes` are.

    PictureRefused if it cannot be, OSError if no child can run.
    """
    if data.startswith(JPEG_START) and data.count(JPEG_SCAN) > MAX_SCANS:
        raise PictureRefused("too_slow")
    if not _decoders.acquire(timeout=WALL_SECONDS):
        raise OSError("All picture decoders are busy.")
    try:
        return _outcome(_child(data, boxes))
    except subprocess.TimeoutExpired:
        raise PictureRefused("too_slow") from None
    finally:
        _decoders.release()


def _child(data: bytes, boxes: Sequence[Box]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - our own file; the picture is its standard input
        [sys.executable, "-I", __file__, json.dumps(boxes)],
        input=data,
        capture_output=True,
        timeout=WALL_SECONDS,
        env=_bare_env(),
        check=False,
    )


def _outcome(child: subprocess.CompletedProcess[bytes]) -> bytes:
    if child.returncode == 0:
        return child.stdout
    if child.returncode in REASONS:
        raise PictureRefused(REASONS[child.returncode])
    last_line = child.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    raise OSError(f"The picture decoder failed with code {child.returncode}. {last_line}")


def _bare_env() -> dict[str, str]:
    """What Python needs to start; not the secret that the server got in its environment."""
    return {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}


# The child's side


def main() -> int:
    """Redraw standard input on standard output; the exit code says what was wrong with it."""
    # Only the three formats wanted; all of Pillow's would take twice as long to load.
    from PIL import (  # noqa: PLC0415 - heavy
        Image,
        JpegImagePlugin,  # noqa: F401
        PngImagePlugin,  # noqa: F401
        UnidentifiedImageError,
        WebPImagePlugin,  # noqa: F401
    )

    _limit_myself()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        jpeg = _redrawn(sys.stdin.buffer.read(), json.loads(sys.argv[1]))
    except UnidentifiedImageError:
        return NOT_PICTURE
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        return TOO_BIG
    except Exception:  # decoders raise anything at all on damaged files
        return TRUNCATED
    sys.stdout.buffer.write(jpeg)
    return 0


def _limit_myself() -> None:
    os.nice(5)  # visitors come first
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the photo


def _redrawn(data: bytes, boxes: Sequence[Box]) -> bytes:
    from PIL import Image  # noqa: PLC0415 - heavy

    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        picture = _with_smooth_colours(opened)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        paper = _on_white_paper(_upright(picture))
    jpeg = BytesIO()
    if boxes:
        _blacken(paper, boxes)
        # Colours of their own for every pixel, or those beside a box would shine into it.
        paper.save(jpeg, "JPEG", quality=QUALITY, subsampling=0)
    else:
        paper.save(jpeg, "JPEG", quality=QUALITY)
    return jpeg.getvalue()


def _blacken(paper: "Image.Image", boxes: Sequence[Box]) -> None:
    width, height = paper.size
    for left, top, right, bottom in boxes:
        paper.paste(
            "black",
            (
                _before(left * width),
                _before(top * height),
                min(width, _after(right * width)),
                min(height, _after(bottom * height)),
            ),
        )


def _before(edge: float) -> int:
    """Where the square begins that an edge lies in, and a little before."""
    return max(0, int(edge) // SQUARE * SQUARE - BEYOND)


def _after(edge: float) -> int:
    """Where the square ends that an edge lies in, and a little behind."""
    return ceil(edge / SQUARE) * SQUARE + BEYOND


def _with_smooth_colours(picture: "Image.Image") -> "Image.Image":
    """Palettes, black-and-white and 16-bit greys cannot be shrunk smoothly as they are."""
    if picture.mode in {"P", "PA"}:
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    return picture.convert("L") if picture.mode == "1" else picture


def _upright(picture: "Image.Image") -> "Image.Image":
    from PIL import ImageOps  # noqa: PLC0415 - heavy

    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # a photo with unreadable EXIF is still a photo
        return picture


def _on_white_paper(picture: "Image.Image") -> "Image.Image":
    """On a new sheet, because a converted picture would carry its comments and profiles along."""
    from PIL import Image  # noqa: PLC0415 - heavy

    paper = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        paper.paste(seen, mask=seen.getchannel("A"))
    else:
        paper.paste(picture.convert("RGB"))
    return paper


if __name__ == "__main__":
    sys.exit(main())
