"""Looking for what must be nowhere: a value in all the ways people and programs write it."""

import base64
import codecs
import html
import json
import quopri
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from sqlalchemy import Engine, inspect

from analysis.language import fold

SHORTEST = 6  # shorter than that, anything is found anywhere


def writings(value: str) -> dict[str, bytes]:
    """How a value might stand in a file, by the name of the way."""
    nfd, plain = unicodedata.normalize("NFD", value), fold(value)
    found = {
        "as it is": value.encode(),
        "capitals": value.upper().encode(),
        "small letters": value.lower().encode(),
        "decomposed": nfd.encode(),
        "without accents": plain.encode(),
        "joined": value.replace(" ", "").encode(),
        "joined without accents": plain.replace(" ", "").encode(),
        "dashed": plain.replace(" ", "-").encode(),
        "underscored": plain.replace(" ", "_").encode(),
        "UTF-16 little": value.encode("utf-16-le"),
        "UTF-16 big": value.encode("utf-16-be"),
        "UTF-32": value.encode("utf-32-le"),
        "hexadecimal": value.encode().hex().encode(),
        "hexadecimal UTF-16": value.encode("utf-16-le").hex().encode(),
        "address": quote(value).encode(),
        "form": quote_plus(value).encode(),
        "JSON": json.dumps(value)[1:-1].encode(),
        "Python": ascii(value)[1:-1].encode(),
        "Python bytes": repr(value.encode())[2:-1].encode(),
        "HTML": html.escape(value).encode(),
        "HTML numbers": value.encode("ascii", "xmlcharrefreplace"),
        "quoted-printable": quopri.encodestring(value.encode()),
        "mail header": quopri.encodestring(value.encode(), header=True),
        "backwards": value[::-1].encode(),
        "turned by 13": codecs.encode(plain, "rot13").encode(),
        "reversed bytes": value.encode()[::-1],
    }
    found |= {f"base64 from {n}": _base64(value.encode(), n) for n in range(3)}
    found |= {f"base64 UTF-16 from {n}": _base64(value.encode("utf-16-le"), n) for n in range(3)}
    return found | _numbers(value)


def _base64(data: bytes, before: int) -> bytes:
    """What of it does not depend on its neighbours, after so many bytes of something else."""
    shown = base64.b64encode(bytes(before) + data)
    start = {0: 0, 1: 2, 2: 3}[before]
    return shown[start : (before + len(data)) * 8 // 6]


def _numbers(value: str) -> dict[str, bytes]:
    """A telephone number in groups, with the country in front, and backwards."""
    digits = re.sub(r"\D", "", value)
    if not re.fullmatch(r"0\d{9}", digits) or digits != value:
        return {}
    rest = digits[1:]
    groups = {"3 3 4": (3, 6), "4 3 3": (4, 7), "2 4 4": (2, 6)}
    found = {"+84": b"+84" + rest.encode(), "0084": b"0084" + rest.encode(), "no 0": rest.encode()}
    for name, (a, b) in groups.items():
        for sign in " .-":
            found[f"{name} by {sign!r}"] = sign.join((digits[:a], digits[a:b], digits[b:])).encode()
    return found | {"digits backwards": digits[::-1].encode()}


def hits(value: str, haystack: bytes) -> list[str]:
    """The ways in which a value stands in these bytes, capital or small."""
    low = haystack.lower()
    return [
        way for way, one in writings(value).items() if len(one) >= SHORTEST and one.lower() in low
    ]


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under a folder, with its name, which is looked at too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.name.encode() + b"\n" + path.read_bytes()


def rows(engine: Engine) -> Iterator[tuple[str, bytes]]:
    """Every row of every table, as the database itself has it."""
    with engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            found = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()  # noqa: S608
            yield table, b"\n".join(_bytes(value) for row in found for value in row)


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return value.encode() if isinstance(value, str) else json.dumps(value, default=str).encode()
