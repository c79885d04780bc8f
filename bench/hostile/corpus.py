"""What no honest browser sends: strings, fields, parts and files, each under a name."""

import itertools
import random
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

# If this comes back as it stands, somebody could have sent a script instead.
MARK = "zq7<b id=zq7>\"'zq7"
MIB = 2**20

STRINGS: dict[str, str] = {
    "empty": "",
    "nul": "a\x00b",
    "controls": "".join(map(chr, range(32))),
    "right to left": "\u202eabc\u202c \u2067x\u2069 \u200f",
    "zero width": "\u200b\u200d\ufeff\u2060" * 40,
    "nfd": "Ho\u0323c phi\u0301 \u0111o\u0301ng hai la\u0302\u0300n",
    "zalgo": "a" + "\u0301\u0316\u0330\u034f" * 500,
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈🇻🇳" * 60,
    "one mebibyte": "ă" * (MIB // 2),
    "fifty thousand": "chữ " * 12_500,
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "sql": "' OR 1=1; DROP TABLE submission; --",
    "sql union": "1) UNION SELECT password_hash FROM officer --",
    "sql sleep": "1'||pg_sleep(9)||'",
    "template": "{{7*191}}${7*191}#{7*191}<%= 7*191 %>{{config}}{% for x in (1).__class__ %}",
    "format": "%s%n%x{0.__class__}{}%(a)s",
    "header": "x\r\nSet-Cookie: evil=1\r\nX-Evil: 1\r\n\r\n<h1>zq7</h1>",
    "header encoded": "x%0d%0aSet-Cookie:%20evil=1",
    "path": "../../../../etc/passwd\x00.jpg",
    "command": "$(sleep 9); `sleep 9` | sleep 9",
    "number": "9" * 400,
    "minus": "-1",
    "float": "1e309",
    "nan": "NaN",
    "list": "a[]=1&b[$ne]=1",
    "json": '{"__proto__": {"admin": true}}',
    "xml": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "regular": "a" * 40_000 + "!",
    "spaces": " \t\n\u3000\u00a0" * 2000,
    "mark": MARK,
    "script": "<script>zq7</script>",
    "picture": "<img src=x onerror=zq7>",
    "svg": "<svg/onload=zq7>",
    "attribute": '" autofocus onfocus=zq7 x="',
    "single": "' onmouseover=zq7 '",
    "address": "javascript:zq7//",
    "data": "data:text/html,<script>zq7</script>",
    "textarea": "</textarea><script>zq7</script>",
    "title": "</title><script>zq7</script>",
    "comment": "--><script>zq7</script><!--",
    "broken tag": "<<script>zq7//<</script>",
    "utf-7": "+ADw-script+AD4-zq7+ADw-/script+AD4-",
    "entities": "&lt;script&gt;zq7&#x3c;/script&#x3e;",
}
RAW: dict[str, bytes] = {
    "half letter": b"\xed\xa0\x80",
    "not utf-8": b"\xff\xfe\xc3\x28",
    "overlong": b"\xc0\xaf\xe0\x80\xaf",
    "cut": "ế".encode()[:2],
    "bad percent": b"%zz%u0041%",
}
# Raw answers that would be a script in the page, had nobody escaped them.
LIVE = (b"<b id=zq7>", b"<script>zq7", b"onerror=zq7>", b"onload=zq7>", b'" autofocus onfocus=zq7')


@dataclass(frozen=True, slots=True)
class Body:
    """One body to post, with the name of what is wrong with it."""

    name: str
    kind: str
    data: bytes


def _quoted(text: str) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in text.encode("utf-8", "surrogatepass"))


def _plain(pairs: list[tuple[str, bytes]]) -> bytes:
    return b"&".join(name.encode() + b"=" + value for name, value in pairs)


FORM = "application/x-www-form-urlencoded"


def of_fields(names: dict[str, str]) -> Iterator[Body]:
    """Each hostile string in each field, the others as a person would have them."""
    for name, (title, text) in itertools.product(names, STRINGS.items()):
        pairs = [(one, _quoted(text if one == name else usual)) for one, usual in names.items()]
        yield Body(f"{title} in {name}", FORM, _plain(pairs))
    for name, (title, raw) in itertools.product(names, RAW.items()):
        pairs = [(one, raw if one == name else _quoted(told)) for one, told in names.items()]
        yield Body(f"{title} in {name}", FORM, _plain(pairs))


def of_shapes(names: dict[str, str]) -> Iterator[Body]:
    """Fields missing, repeated, far too many, of another type."""
    usual = [(name, _quoted(told)) for name, told in names.items()]
    for gone in names:
        yield Body(f"without {gone}", FORM, _plain([one for one in usual if one[0] != gone]))
        yield Body(f"twice {gone}", FORM, _plain([*usual, (gone, b"x"), (gone, b"")]))
        yield Body(
            f"{gone} as list", FORM, _plain([*usual, (f"{gone}[]", b"x"), (f"{gone}[a]", b"1")])
        )
    yield Body("ten thousand fields", FORM, _plain([(f"f{n}", b"x") for n in range(10_000)]))
    yield Body("one field a thousand times", FORM, _plain(usual * 1000))
    yield Body("json", "application/json", b'{"text": ["x"], "kind": {"a": 1}}')
    yield Body("broken json", "application/json", b'{"text": ')
    yield Body("xml", "application/xml", STRINGS["xml"].encode())
    yield Body("no type", "", _plain(usual))
    yield Body("odd charset", f"{FORM}; charset=utf-7", _plain(usual))
    yield Body("odd type", "text/plain; boundary=--", _plain(usual))
    yield Body("nothing", FORM, b"")
    yield Body("only signs", FORM, b"&&&===&%&=&")


# --- parts ------------------------------------------------------------------------------------

EDGE = "zqedge"
PARTS = f"multipart/form-data; boundary={EDGE}"


def _part(name: str, value: bytes, more: str = "") -> bytes:
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + value + b"\r\n"


def _file(name: str, file: str, kind: str, data: bytes) -> bytes:
    return _part(name, data, f'; filename="{file}"\r\nContent-Type: {kind}')


END = f"--{EDGE}--\r\n".encode()


def of_parts(names: dict[str, str]) -> Iterator[Body]:
    """A multipart body that is cut, unbounded, nested or lies about itself."""
    usual = b"".join(_part(name, told.encode()) for name, told in names.items())
    whole = usual + END
    yield Body("no boundary", "multipart/form-data", whole)
    yield Body("empty boundary", "multipart/form-data; boundary=", whole)
    yield Body("other boundary", "multipart/form-data; boundary=other", whole)
    yield Body("long boundary", f"multipart/form-data; boundary={'b' * 5000}", whole)
    yield Body("no end", PARTS, usual)
    for cut in range(1, len(whole), max(1, len(whole) // 24)):
        yield Body(f"cut at {cut}", PARTS, whole[:cut])
    yield Body("thousand parts", PARTS, usual * 200 + END)
    yield Body("large field", PARTS, _part("text", b"x" * 3 * MIB) + END)
    yield Body("no name", PARTS, f"--{EDGE}\r\n\r\nx\r\n".encode() + END)
    yield Body("long head", PARTS, f"--{EDGE}\r\nX: {'y' * 200_000}\r\n\r\nx\r\n".encode() + END)
    yield Body("nested", PARTS, _part("text", b"x", f"\r\nContent-Type: {PARTS}") + END)
    yield Body(
        "base64", PARTS, _part("text", b"eA==", "\r\nContent-Transfer-Encoding: base64") + END
    )
    yield Body(
        "odd charset",
        PARTS,
        _part("text", b"\xff", "\r\nContent-Type: text/plain; charset=x") + END,
    )
    for file in (
        "../../x.jpg",
        "a\x00.jpg",
        "x.jpg\r\nX-Evil: 1",
        "<script>zq7</script>.jpg",
        "n" * 9000,
    ):
        yield Body(
            f"file called {file[:12]!r}",
            PARTS,
            usual + _file("photos", file, "image/jpeg", b"x") + END,
        )
    for title, (file, kind, data) in files().items():
        yield Body(f"file {title}", PARTS, usual + _file("photos", file, kind, data) + END)
    for field in names:
        yield Body(
            f"{field} as file", PARTS, usual + _file(field, "x.txt", "text/plain", b"x") + END
        )


# --- files ------------------------------------------------------------------------------------


def _png(width: int, height: int, rows: int) -> bytes:
    """A PNG that says it is so large; with so many rows of it in truth."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes((width // 8 + 2) * rows), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def _zip(size: int) -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", bytes(size))
    return kept.getvalue()


def files() -> dict[str, tuple[str, str, bytes]]:
    """Polyglots, bombs, stumps, and one thing under the name of another."""
    jpeg = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    return {
        "pixel bomb": ("a.png", "image/png", _png(60_000, 60_000, 2000)),
        "wide bomb": ("a.png", "image/png", _png(2**31 - 8, 1, 0)),
        "short png": ("a.png", "image/png", _png(4000, 4000, 3)),
        "zip bomb": ("a.docx", "application/zip", _zip(40 * MIB)),
        "stump": ("a.jpg", "image/jpeg", jpeg),
        "polyglot": ("a.jpg", "image/jpeg", b"GIF89a/*" + jpeg + b"*/=1;<script>zq7</script>"),
        "html": ("a.jpg", "image/jpeg", b"<html><script>zq7</script></html>"),
        "svg": ("a.svg", "image/svg+xml", b"<svg xmlns='urn:x' onload='zq7'/>"),
        "php": ("a.php.jpg", "image/jpeg", b"<?php system($_GET['x']); ?>"),
        "exe": ("a.jpg", "image/jpeg", b"MZ\x90\x00" + bytes(3000)),
        "pdf": ("a.pdf", "application/pdf", b"%PDF-1.7\n1 0 obj<</OpenAction 2 0 R>>"),
        "tiff": ("a.jpg", "image/jpeg", b"II*\x00\xff\xff\xff\x7f"),
        "webp": ("a.webp", "image/webp", b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\x7f"),
        "empty": ("a.jpg", "image/jpeg", b""),
    }  # fmt: skip


def mutated(bodies: list[Body], number: int, seed: int) -> Iterator[Body]:
    """So many bodies with bytes turned, left out or doubled; the same for the same seed."""
    dice = random.Random(seed)
    small = [body for body in bodies if 0 < len(body.data) < 20_000]
    for turn in range(number):
        body = dice.choice(small)
        data = bytearray(body.data)
        for _ in range(dice.randint(1, 12)):
            at = dice.randrange(len(data) or 1)
            data[at : at + dice.randint(0, 3)] = dice.choice(
                (b"", b"\x00", b"\xff", b"%", b"\r\n", b"--")
            )
        yield Body(f"{body.name}, mutation {turn}", body.kind, bytes(data))


def bodies(names: dict[str, str]) -> list[Body]:
    """All of it for one form."""
    return [*of_fields(names), *of_shapes(names), *of_parts(names)]
