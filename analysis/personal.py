"""What in a text may tell who somebody is: suggested for masking, decided by a person.

By rules alone, with marks or without. It finds much and not everything: a name in small letters,
a nickname, a story that only one family lived through. Who confirms a copy reads it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.language import marked_share
from analysis.masking import Mark, flat, places
from analysis.personal_shapes import (
    AS_WRITTEN,
    NAME,
    NO_NAMES,
    NO_PEOPLE,
    ONESELF,
    SHAPES,
    SMALL,
    SMALL_TOLD,
    SURNAMES,
    TOLD,
    TRIGGERS,
)  # fmt: skip

BARE_BELOW = 0.15
# How much before a name is looked at.
FEW = 24
# Whose names are looked for again by what they are called.
OF_PEOPLE = frozenset({"known", "sender", "child", "name"})


@dataclass(frozen=True, slots=True)
class PersonalKind:
    """What is suggested, and whether it is masked unless somebody says no."""

    code: str
    label: str
    ticked: bool = True


PERSONAL_KINDS: dict[str, PersonalKind] = {
    kind.code: kind
    for kind in (
        PersonalKind("known", "Thông tin người gửi đã để lại"),
        PersonalKind("sender", "Tên người gửi, người nhà"),
        PersonalKind("child", "Tên học sinh"),
        PersonalKind("name", "Họ tên khác"),
        PersonalKind("phone", "Số điện thoại"),
        PersonalKind("mail", "Thư điện tử"),
        PersonalKind("handle", "Tài khoản mạng xã hội"),
        PersonalKind("id", "Số giấy tờ tùy thân"),
        PersonalKind("account", "Số tài khoản"),
        PersonalKind("birth", "Ngày sinh"),
        PersonalKind("address", "Địa chỉ"),
        PersonalKind("plate", "Biển số xe"),
        PersonalKind("class", "Lớp"),
        PersonalKind("self", "Người gửi nói về mình"),
        # Usually who is spoken of: without the name nobody could verify anything.
        PersonalKind("person", "Người được nói đến (thầy cô, cán bộ, nhân chứng)", ticked=False),
    )
}


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text, and what stands there."""

    kind: str
    mark: Mark


def find(text: str, known: Iterable[str] = ()) -> list[Found]:
    """Everything that may tell who somebody is, in the order of the text, no two overlapping."""
    return find_all([text], known)[0]


def find_all(texts: Sequence[str], known: Iterable[str] = ()) -> list[list[Found]]:
    """The same in several texts of one matter: who is named in one is called so in the others.

    `known` is what whoever prepares the copy knows of the sender: name, phone, mail, address.
    """
    told = tuple(known)
    found = [list(_apart(_found(text, told))) for text in texts]
    named = {one for pair in zip(texts, found, strict=True) for one in _named(*pair)}
    return [
        sorted(_apart([*listed, *_called(text, named)]), key=lambda one: one.mark)
        for text, listed in zip(texts, found, strict=True)
    ]


def _found(text: str, known: tuple[str, ...]) -> Iterator[Found]:
    yield from (Found("known", mark) for one in known for mark in places(text, one))
    yield from _numbers(text)
    yield from _names(text)


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """What was found first holds its place; later finds over it are dropped."""
    taken: list[Mark] = []
    for one in found:
        if all(one.mark.end <= mark.start or mark.end <= one.mark.start for mark in taken):
            taken.append(one.mark)
            yield one


# --- what has a shape ---------------------------------------------------------------------------


def _numbers(text: str) -> Iterator[Found]:
    plain = flat(text)
    for kind, pattern in SHAPES:
        yield from (Found(kind, Mark(*one.span(1))) for one in pattern.finditer(plain))
    for kind, pattern in AS_WRITTEN:
        yield from (Found(kind, Mark(*one.span())) for one in pattern.finditer(text))
    yield from (Found("self", Mark(*one.span(1))) for one in ONESELF.finditer(plain))


# --- names --------------------------------------------------------------------------------------


def _names(text: str) -> Iterator[Found]:
    """After a word that says whose name comes; and full names wherever they stand."""
    plain, bare = flat(text), marked_share(text) < BARE_BELOW
    for kind, trigger in TRIGGERS:
        for told in trigger.finditer(plain):
            mark = _name_at(text, told.end()) or (_small_at(plain, told.end()) if bare else None)
            if mark:
                yield Found(kind, mark)
    for full in NAME.finditer(text):
        if _is_full_name(plain, full):
            yield Found("name", Mark(*full.span()))


def _name_at(text: str, start: int) -> Mark | None:
    """A name in capitals that begins here."""
    found = NAME.match(text, start)
    if found is None or flat(found[0]).split()[0] in NO_NAMES:
        return None
    return Mark(*found.span())


def _small_at(plain: str, start: int) -> Mark | None:
    """A name in small letters, in a text without marks."""
    told = TOLD.search(plain[max(0, start - FEW) : start])
    found = (SMALL_TOLD if told else SMALL).match(plain, start)
    return Mark(*found.span()) if found else None


def _is_full_name(plain: str, found: re.Match[str]) -> bool:
    """A family name and more, and not of a street or a school."""
    first, *others = flat(found[0]).split()
    before = plain[max(0, found.start() - FEW) : found.start()]
    return bool(others) and first in SURNAMES and not NO_PEOPLE.search(before)


def _named(text: str, found: list[Found]) -> Iterator[tuple[str, str]]:
    """Who was named in full, and as what."""
    for one in found:
        name = text[one.mark.start : one.mark.end]
        if one.kind in OF_PEOPLE and len(name.split()) > 1:
            yield one.kind, name


def _called(text: str, named: Iterable[tuple[str, str]]) -> Iterator[Found]:
    """Who was named in full is called so again, by the last two words, or by the last."""
    for kind, name in sorted(named):
        said = name.split()
        for call in (said, said[-2:], said[-1:]):
            yield from (Found(kind, mark) for mark in places(text, " ".join(call)))
