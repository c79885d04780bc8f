"""Attachments: looked into, redrawn if they are pictures, and put on the shelf."""

import base64
import hmac
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from feedback.generations import every
from feedback.pictures import PictureRefused, reencode
from feedback.shelf import DOCX, EXTENSIONS, JPEG, PDF, Shelf, StoredFile

MAX_FILES = 5
MAX_BYTES = 8 * 2**20

SHOWN_LETTERS = 60

PNG, WEBP = "image/png", "image/webp"
PICTURES = frozenset({JPEG, PNG, WEBP})  # anyone; kept as JPEG, whatever they were
PAPERS = frozenset({PDF, DOCX})  # staff only, with an answer
CLAIMS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".pdf", ".docx"})

SIGNATURES = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"%PDF-": PDF}
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
DOCX_PARTS = frozenset({"[Content_Types].xml", "word/document.xml"})
DOCX_PACKING = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # ISO/IEC 29500-2
ZIP_START, ZIP_ENTRY = b"PK\x03\x04", b"PK\x01\x02"

# What a Word file may grow to when it is opened.
MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 64 * 2**20
MAX_RATIO = 100

# What is wrong and how to mend it, by reason.
REASONS = {
    "too_large": "Tệp “{name}” lớn hơn 8 MB. Hãy chọn tệp nhỏ hơn; nếu là ảnh, có thể gửi "
    "ảnh chụp màn hình của ảnh đó.",
    "empty": "Tệp “{name}” trống, không có nội dung. Hãy chọn lại tệp khác.",
    "not_allowed": "Tệp “{name}” không thuộc loại được nhận. Hãy gửi ảnh JPEG, PNG hoặc WebP; "
    "nếu là giấy tờ, có thể chụp ảnh rồi gửi.",
    "not_allowed_staff": "Tệp “{name}” không thuộc loại được nhận. Hãy gửi ảnh (JPEG, PNG, WebP), "
    "hoặc lưu lại thành PDF hay Word (.docx).",
    "heic": "Ảnh “{name}” ở dạng HEIC của iPhone nên chưa mở được ở đây. Hãy vào Cài đặt → "
    "Camera → Định dạng, chọn “Tương thích nhất” rồi chụp lại, hoặc gửi ảnh chụp màn hình "
    "của ảnh đó.",
    "disguised": "Tệp “{name}” có tên như ảnh hoặc giấy tờ nhưng bên trong là thứ khác, nên không "
    "được nhận. Hãy chọn lại đúng tệp gốc, hoặc gửi ảnh chụp màn hình.",
    "truncated": "Tệp “{name}” bị hỏng hoặc thiếu một phần, có thể do tải về chưa xong. Hãy mở "
    "thử, rồi chọn lại hoặc chụp lại.",
    "too_many_pixels": "Ảnh “{name}” có kích thước quá lớn. Hãy chụp lại ở cỡ thường, hoặc gửi "
    "ảnh chụp màn hình của ảnh đó.",
    "too_slow": "Ảnh “{name}” mất quá nhiều thời gian để mở. Hãy gửi ảnh chụp màn hình của ảnh đó.",
    "zip_bomb": "Tệp Word “{name}” phình ra quá lớn khi mở. Hãy lưu lại thành PDF rồi gửi.",
    "macros": "Tệp Word “{name}” có macro (mã tự chạy) nên không được nhận. Hãy lưu lại thành "
    "PDF, hoặc thành .docx không có macro.",
    "too_many": "Mỗi lần chỉ gửi được 5 tệp, nên tệp “{name}” chưa được nhận. Hãy bỏ bớt một tệp "
    "rồi chọn lại.",
}
PICTURE_REASONS = {
    "not_picture": "truncated",  # it does begin like one
    "truncated": "truncated",
    "too_big": "too_many_pixels",
    "too_slow": "too_slow",
}


class FileRefused(Exception):
    """A file that is not taken: a code of REASONS, and the name to show with it (never to log)."""

    def __init__(self, reason: str, filename: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.filename = filename


@dataclass(frozen=True)
class Taken:
    """What became of several files: those on the shelf, and those to be mended by their sender."""

    kept: tuple[StoredFile, ...]
    refused: tuple[FileRefused, ...]


def take_all(
    shelf: Shelf, uploads: Iterable[tuple[str, bytes]], staff: bool = False, room: int = MAX_FILES
) -> Taken:
    """Take each (name, content) there is room for; one bad file does not spoil the others."""
    kept: list[StoredFile] = []
    refused: list[FileRefused] = []
    for filename, data in uploads:
        try:
            if len(kept) >= room:
                raise FileRefused("too_many", _shown(filename))
            kept.append(take(shelf, filename, data, staff))
        except FileRefused as refusal:
            refused.append(refusal)
    return Taken(tuple(kept), tuple(refused))


def take(shelf: Shelf, filename: str, data: bytes, staff: bool = False) -> StoredFile:
    """Look into a file, redraw it if it is a picture, and keep it; FileRefused says why not."""
    name = _shown(filename)
    if not data:
        raise FileRefused("empty", name)
    if len(data) > MAX_BYTES:
        raise FileRefused("too_large", name)
    media_type = sniff(data)
    if media_type in PICTURES:
        return shelf.keep(_redrawn(data, name), JPEG)
    if media_type is None or not staff:
        raise FileRefused(_why_not(data, name, media_type, staff), name)
    fault = _fault_of_pdf(data) if media_type == PDF else _fault_of_docx(data)
    if fault:
        raise FileRefused(fault, name)
    return shelf.keep(data, media_type)


def sniff(data: bytes) -> str | None:
    """The media type by content, whatever the name says; None for what nobody may attach."""
    for signature, media_type in SIGNATURES.items():
        if data.startswith(signature):
            return media_type
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    is_docx = data.startswith(ZIP_START) and all(part.encode() in data for part in DOCX_PARTS)
    return DOCX if is_docx else None


def _redrawn(data: bytes, name: str) -> bytes:
    try:
        return reencode(data)
    except PictureRefused as refusal:
        raise FileRefused(PICTURE_REASONS[refusal.reason], name) from None


def _why_not(data: bytes, name: str, media_type: str | None, staff: bool) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "heic"
    if media_type is None and PurePath(name).suffix.lower() in CLAIMS:
        return "disguised"
    return "not_allowed_staff" if staff else "not_allowed"


def _fault_of_pdf(data: bytes) -> str | None:
    """PDF 1.7 §7.5.5: the last line is %%EOF; readers look for it in the last kilobyte."""
    return None if b"%%EOF" in data[-1024:] else "truncated"


def _fault_of_docx(data: bytes) -> str | None:
    """Judged by its table of contents before anything is unpacked, and that only in passing."""
    if data.count(ZIP_ENTRY) > MAX_ENTRIES:
        return "zip_bomb"
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _fault_of_archive(archive, len(data))
    except Exception:  # a damaged archive fails in many ways, all of them the same to the sender
        return "truncated"


def _fault_of_archive(archive: zipfile.ZipFile, size: int) -> str | None:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > min(MAX_UNPACKED_BYTES, MAX_RATIO * size):
        return "zip_bomb"
    names = {entry.filename for entry in entries}
    if not names >= DOCX_PARTS or not {entry.compress_type for entry in entries} <= DOCX_PACKING:
        return "disguised"
    if _has_macros(archive, names):
        return "macros"
    return "truncated" if archive.testzip() else None


def _has_macros(archive: zipfile.ZipFile, names: set[str]) -> bool:
    types = archive.read("[Content_Types].xml")
    return b"macroEnabled" in types or any(n.lower().endswith("vbaproject.bin") for n in names)


def _shown(filename: str) -> str:
    """The name as shown back: no folders, nothing invisible or back to front, not too long."""
    last = re.split(r"[/\\]", filename)[-1]
    name = "".join(letter for letter in last if letter.isprintable()).strip() or "không tên"
    return name if len(name) <= SHOWN_LETTERS else f"{name[:40]}…{name[-15:]}"


# A file already on the shelf survives a form that is sent back with errors


def keep_token(key: bytes, stored: StoredFile, once_id: str) -> str:
    """What the form carries in a hidden field for a kept file; good for this form alone."""
    body = f"{stored.name}|{stored.size}|{stored.sha256}"
    return f"{body}|{_kept_mac(key, once_id, body)}"


def read_keep_token(key: bytes, token: str, once_id: str) -> StoredFile | None:
    """The file of a token that we gave to this form; None otherwise. It may be swept by now."""
    body, _, mac = token.rpartition("|")
    made = (_kept_mac(one, once_id, body) for one in every(key))
    if not token.isascii() or not any(hmac.compare_digest(mac, one) for one in made):
        return None
    name, size, sha256 = body.split("|")
    media_type = next(kind for kind, ending in EXTENSIONS.items() if name.endswith(ending))
    return StoredFile(name, media_type, int(size), sha256)


def _kept_mac(key: bytes, once_id: str, body: str) -> str:
    digest = hmac.digest(key, f"kept1|{once_id}|{body}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:18]).decode()
