"""A file is judged by what it is; a refusal says what is wrong and how to mend it."""

import zipfile
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from feedback import files, pictures
from feedback.files import (
    MAX_BYTES,
    MAX_ENTRIES,
    MAX_FILES,
    REASONS,
    FileRefused,
    keep_token,
    read_keep_token,
    sniff,
    take,
    take_all,
)
from feedback.shelf import DOCX, EXTENSIONS, JPEG, PDF, Shelf, ShelfFull, StoredFile

KEY = b"f" * 32
PDF_FILE = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100
PLAIN_TYPES = b"<Types><Override ContentType='wordprocessingml.document.main+xml'/></Types>"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "files", spare_mib=0)


def a_photo(form: str = "JPEG") -> bytes:
    file = BytesIO()
    Image.effect_noise((60, 40), 90).save(file, form)
    return file.getvalue()


def a_docx(types: bytes = PLAIN_TYPES, **parts: bytes) -> bytes:
    """A Word file; `parts` by name, two underscores for a slash and one for a dot."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", b"<w:document/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def refusal(shelf: Shelf, filename: str, data: bytes, staff: bool = False) -> str:
    with pytest.raises(FileRefused) as refused:
        take(shelf, filename, data, staff)
    assert not list(shelf.root.glob("*/*"))
    return refused.value.reason


# What it is


@pytest.mark.parametrize(("data", "media_type"), [
    (a_photo("JPEG"), "image/jpeg"), (a_photo("PNG"), "image/png"), (a_photo("WEBP"), "image/webp"),
    (PDF_FILE, PDF), (a_docx(), DOCX),
    (EXE, None), (HEIC, None), (b"", None), (b"<svg/>", None), (a_photo("GIF"), None),
    (b"RIFF\x00\x00\x00\x00WAVE", None), (b"PK\x03\x04 any other zip", None),
])  # fmt: skip
def test_content_tells_the_type(data, media_type):
    assert sniff(data) == media_type


@given(data=st.binary(max_size=200))
def test_any_bytes_can_be_sniffed(data):
    sniff(data)


# A parent's photo


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("filename", ["IMG_1.jpg", "anh.png", "no ending", "photo.exe"])
def test_a_photo_is_kept_as_jpeg_whatever_its_name_says(shelf, form, filename):
    stored = take(shelf, filename, a_photo(form))
    assert stored.media_type == JPEG
    with shelf.open(stored.name) as file:
        assert sniff(file.read()) == JPEG


@pytest.mark.parametrize(("filename", "data", "reason"), [
    ("photo.jpg", b"", "empty"),
    ("photo.jpg", b"\xff\xd8\xff" + b"\x00" * MAX_BYTES, "too_large"),
    ("photo.jpg", EXE, "disguised"),
    ("letter.PDF", EXE, "disguised"),
    ("setup.exe", EXE, "not_allowed"),
    ("film.mp4", b"\x00\x00\x00\x18ftypisom", "not_allowed"),
    ("IMG_0012.HEIC", HEIC, "heic"),
    ("IMG_0012.jpg", HEIC, "heic"),
    ("letter.pdf", PDF_FILE, "not_allowed"),
    ("letter.docx", a_docx(), "not_allowed"),
    ("photo.jpg", PDF_FILE, "not_allowed"),
    ("photo.jpg", a_photo()[:200], "truncated"),
    ("photo.jpg", b"\xff\xd8\xff" + EXE, "truncated"),
    ("drawing.svg", b"<svg onload='alert(1)'/>", "not_allowed"),
])  # fmt: skip
def test_what_a_parent_may_not_send_is_refused_for_a_reason(shelf, filename, data, reason):
    assert refusal(shelf, filename, data) == reason


@pytest.mark.parametrize(("of_picture", "of_file"), [
    ("not_picture", "truncated"), ("truncated", "truncated"), ("too_big", "too_many_pixels"),
    ("too_slow", "too_slow"),
])  # fmt: skip
def test_what_is_wrong_with_a_picture_is_said_as_of_a_file(shelf, monkeypatch, of_picture, of_file):
    def refuse(_data):
        raise pictures.PictureRefused(of_picture)

    monkeypatch.setattr(files, "reencode", refuse)
    assert refusal(shelf, "photo.jpg", a_photo()) == of_file


def test_a_full_shelf_is_no_fault_of_the_file(tmp_path):
    with pytest.raises(ShelfFull):
        take(Shelf(tmp_path, spare_mib=2**42), "photo.jpg", a_photo())


# A clerk's papers


@pytest.mark.parametrize(("data", "media_type"), [(PDF_FILE, PDF), (a_docx(), DOCX)])
def test_staff_may_attach_papers_and_they_stay_as_they_are(shelf, data, media_type):
    stored = take(shelf, "bien-ban", data, staff=True)
    assert stored.media_type == media_type
    with shelf.open(stored.name) as file:
        assert file.read() == data


def a_docx_that_grows() -> bytes:
    return a_docx(word__media__a_bin=bytes(3 * 2**20))


def a_docx_of_many_parts() -> bytes:
    return a_docx(**{f"word__p{number}_xml": b"" for number in range(MAX_ENTRIES)})


def a_docx_that_claims_to_be_huge() -> bytes:
    """Its table of contents says 4 GiB for a part of some bytes."""
    data = bytearray(a_docx(word__big_bin=b"small"))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = b"\xff\xff\xff\xfe"
    return bytes(data)


def a_docx_packed_in_an_unusual_way() -> bytes:
    file = BytesIO(a_docx())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/styles.xml", b"<w:styles/>")
    return file.getvalue()


def a_zip_that_only_mentions_word() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("read me.txt", b"[Content_Types].xml word/document.xml")
    return file.getvalue()


@pytest.mark.parametrize(("data", "reason"), [
    (EXE, "disguised"),
    (HEIC, "heic"),
    (PDF_FILE[:30], "truncated"),
    (a_docx()[:-40], "truncated"),
    (a_docx_that_grows(), "zip_bomb"),
    (a_docx_of_many_parts(), "zip_bomb"),
    (a_docx_that_claims_to_be_huge(), "zip_bomb"),
    (a_docx(word__vbaProject_bin=b"Sub AutoOpen()"), "macros"),
    (a_docx(types=b"<Types><x T='document.macroEnabled.main+xml'/></Types>"), "macros"),
    (b"PK\x03\x04[Content_Types].xml word/document.xml", "truncated"),
    (a_docx().replace(b"word/document.xml", b"word/document.xmk", 1), "truncated"),
    (a_docx(word__a_bin=bytes(range(256))).replace(b"abc", b"abd"), "truncated"),
    (a_docx_packed_in_an_unusual_way(), "disguised"),
    (a_zip_that_only_mentions_word(), "disguised"),
])  # fmt: skip
def test_what_staff_may_not_attach_is_refused_for_a_reason(shelf, data, reason):
    assert refusal(shelf, "bien-ban.docx", data, staff=True) == reason


def test_an_old_word_file_is_refused_with_a_hint_for_staff(shelf):
    assert refusal(shelf, "a.doc", b"\xd0\xcf\x11\xe0", staff=True) == "not_allowed_staff"


@given(place=st.integers(0, 10_000), junk=st.binary(min_size=1, max_size=8))
def test_a_damaged_word_file_never_raises_anything_else(place, junk):
    data = bytearray(a_docx())
    data[place % len(data) : place % len(data) + len(junk)] = junk
    assert files._fault_of_docx(bytes(data)) in {None, *REASONS}


# Several at once


def test_one_bad_file_does_not_spoil_the_others(shelf):
    taken = take_all(shelf, [("a.jpg", a_photo()), ("b.jpg", EXE), ("c.png", a_photo("PNG"))])
    assert len(taken.kept) == 2
    assert [(one.filename, one.reason) for one in taken.refused] == [("b.jpg", "disguised")]


@pytest.mark.parametrize(("room", "kept"), [(MAX_FILES, 5), (2, 2), (0, 0)])
def test_no_more_are_kept_than_there_is_room_for(shelf, monkeypatch, room, kept):
    monkeypatch.setattr(files, "reencode", lambda data: data)
    taken = take_all(shelf, [(f"{number}.jpg", a_photo()) for number in range(7)], room=room)
    assert len(taken.kept) == kept
    assert {one.reason for one in taken.refused} == {"too_many"}


# What is said


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_is_a_sentence_that_names_the_file_and_says_what_to_do(reason):
    fields = [field for _, field, _, _ in Formatter().parse(REASONS[reason]) if field]
    sentence = REASONS[reason].format(name="IMG_1.jpg")
    assert fields == ["name"]
    assert "“IMG_1.jpg”" in sentence
    assert "Hãy" in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(("filename", "shown"), [
    ("IMG_1.jpg", "IMG_1.jpg"),
    ("C:\\Users\\Lan\\ảnh lớp 3A.jpg", "ảnh lớp 3A.jpg"),
    ("../../etc/passwd", "passwd"),
    ("gpj.\u202eexe", "gpj.exe"),
    ("a\r\nSet-Cookie: b", "aSet-Cookie: b"),
    ("", "không tên"),
    ("a" * 300 + ".jpg", "a" * 40 + "…" + "a" * 11 + ".jpg"),
])  # fmt: skip
def test_the_name_is_shown_back_tidy(shelf, filename, shown):
    with pytest.raises(FileRefused) as refused:
        take(shelf, filename, b"")
    assert refused.value.filename == shown
    assert shown not in str(refused.value)


# A form sent back with errors


@pytest.mark.parametrize(("media_type", "ending"), EXTENSIONS.items())
def test_a_kept_file_survives_a_form_that_comes_back(media_type, ending):
    stored = StoredFile("0" * 32 + ending, media_type, 12_345, "a" * 64)
    assert read_keep_token(KEY, keep_token(KEY, stored, "form"), "form") == stored


@pytest.mark.parametrize("spoil", [
    lambda token: "", lambda token: "|||", lambda token: token[:-1], lambda token: token + "|",
    lambda token: "1" + token[1:], lambda token: token.replace(".jpg", ".pdf"),
    lambda token: token.replace("|12345|", "|12346|"), lambda token: "é" + token,
    lambda token: "\ud800",
])  # fmt: skip
def test_a_changed_token_brings_no_file(spoil):
    stored = StoredFile("0" * 32 + ".jpg", JPEG, 12_345, "a" * 64)
    assert read_keep_token(KEY, spoil(keep_token(KEY, stored, "form")), "form") is None


def test_a_token_is_good_for_its_own_form_and_key_alone():
    token = keep_token(KEY, StoredFile("0" * 32 + ".jpg", JPEG, 12_345, "a" * 64), "form")
    assert read_keep_token(KEY, token, "another form") is None
    assert read_keep_token(b"x" * 32, token, "form") is None
