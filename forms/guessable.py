"""Passwords that are long and still easy to guess: what people here really choose."""

import re
from collections.abc import Iterable

from analysis.language import fold

# A password of one sign over and over is long, and no secret.
FEWEST_SIGNS = 5
# What must be left when everything guessable was taken out.
FEWEST_LEFT = 8
SHORTEST_NAME = 4
WORDS = (
    "matkhau", "password", "passw0rd", "matma", "dangnhap", "quantri", "admin",
    "administrator", "welcome", "letmein", "qwerty", "qwertyuiop", "asdfgh", "asdfghjkl", "zxcvbn",
    "abcdef", "abc123", "iloveyou", "anhyeuem", "emyeuanh", "yeuem", "giadinh", "hanhphuc",
    "giaovien", "hieutruong", "hieupho", "truonghoc", "tieuhoc", "mamnon", "maugiao", "trunghoc",
    "thcs", "thpt", "phonggiaoduc", "phonggd", "pgddt", "sogiaoduc", "giaoduc", "nhatruong",
    "vanthu", "lophoc", "hocsinh", "phuhuynh", "thaygiao", "cogiao", "vietnam", "saigon", "hanoi",
    "hochiminh", "tphcm", "govap", "toiyeu", "xinchao", "chuccacban", "khongbiet", "macdinh",
    "default", "changeme", "secret", "test", "demo", "user", "gopy", "ykien",
)  # fmt: skip
# Telephone numbers, years, dates, rows of the keyboard: digits that everybody tries.
PATTERNS = (
    r"(?:\+?84|0)[235789]\d{8}",
    r"(?:0?[1-9]|[12]\d|3[01])[-/.]?(?:0?[1-9]|1[0-2])[-/.]?(?:19|20)\d\d",
    r"(?:19|20)\d\d",
    r"(?:0123|1234|2345|3456|4567|5678|6789|7890|9876|8765|7654|6543|5432|4321)\d*",
    r"(.)\1{2,}",
)


def is_guessable(password: str, about: Iterable[str] = ()) -> bool:
    """Whether too little is left once the words, numbers and names everybody tries are out.

    A sentence that merely holds such a word is fine: what counts is the rest.
    """
    left = _plain(password)
    if len(set(left)) < FEWEST_SIGNS:
        return True
    for word in sorted({*map(_plain, WORDS), *_names(about)}, key=len, reverse=True):
        left = left.replace(word, "")
    for pattern in PATTERNS:
        left = re.sub(pattern, "", left)
    return len(left) < FEWEST_LEFT


def _names(about: Iterable[str]) -> set[str]:
    """Whole names, what they end in (Trường TH *Lê Đức Thọ*), an address before its @."""
    parts = [name.partition("@")[0].split() for name in about]
    found = {_plain(" ".join(part[-words:])) for part in parts for words in (2, 3, len(part))}
    return {name for name in found if len(name) >= SHORTEST_NAME}


def _plain(text: str) -> str:
    return re.sub(r"[\s_!@#.,*-]+", "", fold(text))
