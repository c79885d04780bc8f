"""The patterns `personal` looks with: numbers, addresses, and the words before a name."""

import re
from collections.abc import Iterable

from analysis import personal_words as words
from analysis.masking import flat

LONGEST_NAME = 5


def _any(listed: Iterable[str]) -> str:
    """One of these words, the longest first, as a pattern of a flat text."""
    return "|".join(re.escape(flat(one)) for one in sorted(set(listed), key=len, reverse=True))


_DAY = r"\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:19|20)?\d{2}|ngay \d{1,2} thang \d{1,2} nam \d{4}"
# In the order in which they hold their place. The first group is what is masked.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("mail", r"([\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+)"),
    ("handle", r"((?:https?://)?(?:www\.|m\.)?(?:facebook|fb|zalo|instagram|tiktok|t)"
               r"\.(?:com|me|vn)/[\w./@?=\-]*\w)"),
    ("handle", r"(?<!\w)(@[\w.]{3,}\w)"),
    ("handle", r"(?:zalo|facebook|fb|telegram|viber|instagram|insta|tiktok|nick)(?: la| ten)?:?\s*"
               r"([a-z][\w.]*[._\d][\w.]*\w)"),
    ("birth", rf"(?:sinh|sn|ngay sinh|sinh nhat)(?: ngay| nam)?[\s:]{{0,3}}({_DAY}|(?:19|20)\d\d)"),
    ("account", r"(?:tai khoan|stk|so tk|tk)(?:\D{0,25})(?<!\d)(\d(?:[\s.]?\d){6,18})(?!\d)"),
    ("id", r"(?<!\d)(\d{3}(?:[ .]?\d{3}){3})(?!\d)"),
    ("id", r"(?:cmnd|cccd|can cuoc|chung minh|dinh danh|ho chieu|bhyt|bao hiem y te)"
           r"(?: cua \w+)?[^\d\n]{0,15}?([a-z]{0,2}\d(?:[ .]?\d){6,14})(?!\d)"),
    ("plate", r"(?<![\w.])(\d{2}\s?[\-–]?\s?[a-z]{1,2}\d?\s?[\-–. ]\s?(?:\d{3}[. ]?\d{2}|\d{4}))"
              r"(?![\w])"),
    ("plate", r"bien so(?: xe)?[\s:]{1,3}(\d{2}[\w\-–. ]{5,9}\d)"),
    ("phone", r"(?<!\d)(\(?(?:\+?84|0)\)?(?:[\s.\-–()]{0,3}\d){8,10})(?!\d)"),
    ("class", r"lop\s+(\d{1,2}(?:\s?/\s?\d{1,2}|\.\d{1,2}|[a-z]\d{0,2}(?!\w)))"),
    ("class", r"(?:lop\s+)?((?<!\w)(?:choi|mam|la)\s\d{1,2})(?!\w)"),
    ("class", r"\((\d{1,2}/\d{1,2})\)"),
)  # fmt: skip
SHAPES = [(kind, re.compile(pattern)) for kind, pattern in _PATTERNS]
# Where capitals tell the end of a name, the pattern looks at the text as it is written.
_CAPITALS = "".join(letter for letter in map(chr, range(0xC0, 0x1EFA)) if letter.isupper())
_CAPS = rf"[A-Z{_CAPITALS}][^\W_]*"
_STREET = (
    r"(?:\d+[A-Za-z]?(?:/\d+[A-Za-z]?)*,?\s+(?:{ways})\s+(?:{caps}|\d+)(?:\s{caps}){{0,3}}"
    r"|\d+[A-Za-z]?(?:/\d+[A-Za-z]?)*\s{caps}(?:\s{caps}){{1,3}}"
    r"|(?:[Hh]ẻm|[Nn]gõ|[Cc]hung cư|hem|ngo|chung cu)\s+(?:\d[\w/]*|{caps})(?:\s{caps}){{0,4}})"
)
_TAIL = (
    r"(?:\s*,?\s*(?:{areas})\.?\s*(?:\d+[A-Za-z]?\b|{caps}(?:\s{caps}){{0,3}})"
    r"|,\s*(?:{caps})(?:\s{caps}){{1,3}})*"
)
WAYS = "đường|phố|hẻm|ngõ|tổ|ấp|thôn|khu phố|Đường|duong|hem|ngo"
AREAS = (
    "hẻm|ngõ|tổ|khu phố|KP|ấp|thôn|đường|phường|Phường|P|quận|Quận|Q|xã|huyện|thành phố|TP|Tp|"
    "thị trấn|tỉnh|block|Block|lầu|tầng|căn hộ|duong|phuong|quan|huyen"
)
ADDRESS = re.compile(
    r"(?<![\w/.])(?<!lớp )(?<!khối )(?<!ngày )(?<!năm )"
    + (_STREET + _TAIL).format(ways=WAYS, areas=AREAS, caps=_CAPS)
)
CLASS = re.compile(r"(?<![\w/.\-])((?:1[0-2]|[1-9])[A-Z]\d{0,2})(?![\w/])")
PASSPORT = re.compile(r"(?<!\w)[A-Z]\d{7,8}(?!\w)")
INITIALS = re.compile(
    r"(?<![\w.])(?:[A-ZĐ]\.){2,4}(?!\w)|(?<![\w.])(?:[A-ZĐ]\.){2,3}[A-ZĐ](?![\w])"
)
AS_WRITTEN = (("address", ADDRESS), ("id", PASSPORT), ("class", CLASS), ("name", INITIALS))
# Somebody says what they are: at a school that is to say who.
ONESELF = re.compile(
    rf"(?<!\w)(?:{_any(words.ONESELF)})\s((?:[^.,;!?\n]{{0,40}}\s)?(?:{_any(words.POSTS)})(?!\w)"
    r"[^.,;!?\n]{0,40})"
)


# --- names --------------------------------------------------------------------------------------

_SENDER = re.compile(rf"(?<!\w)(?:{_any(words.SENDERS)})(?!\w)\s*:?\s*")
_CHILD = re.compile(rf"(?<!\w)(?:{_any(words.CHILDREN)})(?: (?:ten|la|ten la))?(?!\w)\s*:?\s*")
_STAFF = re.compile(rf"(?<!\w)(?:{_any(words.STAFF)})(?: (?:ten|la|ten la))?(?!\w)\s*:?\s*")
TRIGGERS = (("sender", _SENDER), ("child", _CHILD), ("person", _STAFF))
NAME = re.compile(rf"{_CAPS}(?: {_CAPS}){{0,{LONGEST_NAME - 1}}}")
NO_PEOPLE = re.compile(rf"(?<!\w)(?:{_any(words.NO_PEOPLE)})\.?\s*$")
SURNAMES = frozenset(map(flat, words.SURNAMES))
NO_NAMES = frozenset(map(flat, words.NO_NAMES))
# “hướng dẫn” and “phương án” are no people.
SMALL = re.compile(rf"(?:{_any(words.GIVEN_FOR_SURE)})(?!\w)(?! (?:dan|an|phap|tien)\b)")
SMALL_TOLD = re.compile(
    rf"(?:(?:{_any(words.SURNAMES)}) (?:\w+ ){{0,2}}?)?(?:{_any(words.GIVEN)})(?!\w)"
)
TOLD = re.compile(r"(?:ten|ten la|nguoi (?:viet|gui))\s*:?\s*$")
