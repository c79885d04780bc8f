"""From the facts of a paper to the questions of its form, and from the answers to the facts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from itertools import groupby
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from flask_babel import gettext as _

from feedback.clock import OFFICE_ZONE
from feedback.papers import complaints, denunciations
from feedback.papers.facts import Signer
from feedback.papers.wording import lines
from feedback.rules.refusals import VISIT_REFUSALS, refusals_for
from feedback.web.filing.labels import HINTS, label
from forms.papers import Question

# What the case itself says, and nobody types.
KNOWN = frozenset(
    {"matter.kind_code", "matter.received_on", "matter.reference", "kind_code", "again"}
)
NOT_PRINTED = frozenset({"citizen.contact", "signer.office"})
# fmt: off
LONG = frozenset({
    "content", "findings", "done", "next_steps", "reason", "detail", "opening", "opinions",
    "agreed", "differing", "conclusion", "basis", "responsibility", "proposals", "dialogue",
    "agenda", "competence", "explained", "found",
})
# fmt: on
# How many places there are for what may be more than one.
PLACES = 3
SORTS: dict[Any, str] = {date: "date", datetime: "moment", int: "number", bool: "tick"}


# What the same facts are asked for in one paper and not in the other.
NOT_ASKED = {"complaint_decision": "first.", "complaint_decision_again": "next_level"}


class Lacking(ValueError):
    """A part was begun, and this of it is not there; its path says which."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def questions(code: str, made_of: type, kind_code: str) -> list[Question]:
    """What is asked for this paper: its own facts, then who signs."""
    pairs = _pairs(code, kind_code)
    asked = [*_asked(made_of, "", True), *_asked(Signer, "signer.", True)]
    return [
        Question(path, sort, label(path), required, HINTS.get(path, ""), pairs.get(_last(path), ()))
        for path, sort, required in asked
        if path not in KNOWN | NOT_PRINTED and not path.startswith(NOT_ASKED.get(code, "-"))
    ]


def facts(made_of: type, said: Mapping[str, Any], before: str = "") -> Any:
    """The facts from what was said of each path; what has no answer keeps its own default."""
    made: dict[str, Any] = {}
    for name, hint, has_default in _parts(made_of):
        path = f"{before}{name}"
        value = _value(hint, said, path)
        if value is not MISSING:
            made[name] = value
        elif not has_default:
            raise Lacking(path)
    return made_of(**made)


# --- the questions ----------------------------------------------------------------------------


def _asked(made_of: type, before: str, needed: bool) -> Iterator[tuple[str, str, bool]]:
    """Each path with how it is asked and whether the paper cannot do without."""
    for name, hint, has_default in _parts(made_of):
        path, inner, required = f"{before}{name}", _bare(hint), needed and not has_default
        item = _item(inner)
        if item is not None and is_dataclass(item):
            for place in range(PLACES):
                yield from _asked(_class(item), f"{path}.{place}.", False)
        elif is_dataclass(inner):
            yield from _asked(_class(inner), f"{path}.", required and inner is hint)
        else:
            sort = "lines" if item else _sort(name, inner)
            yield path, sort, required and path not in MAY_BE_BLANK


# The law asks for these where they exist; a paper without them still stands.
MAY_BE_BLANK = frozenset(
    [
        "citizen.address",
        "complainant.position",
        "complained.position",
        "dialogue",
        "agreed",
        "differing",
    ]
)


def _parts(made_of: type) -> Iterator[tuple[str, Any, bool]]:
    hints = get_type_hints(made_of)
    for one in fields(made_of):
        default = one.default is not MISSING or one.default_factory is not MISSING
        yield one.name, hints[one.name], default


def _bare(hint: Any) -> Any:
    """Citizen of `Citizen | None`."""
    left = [one for one in get_args(hint) if one is not NoneType]
    return left[0] if NoneType in get_args(hint) else hint


def _item(hint: Any) -> Any:
    """Enclosure of `tuple[Enclosure, ...]`."""
    return get_args(hint)[0] if get_origin(hint) is tuple else None


def _class(hint: Any) -> type:
    found: type = hint
    return found


def _sort(name: str, hint: Any) -> str:
    if name.endswith("_code"):
        return "choice"
    return "text" if name in LONG else SORTS.get(hint, "line")


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _pairs(code: str, kind_code: str) -> dict[str, list[tuple[str, Any]]]:
    """The choices of the coded facts."""
    if code == "reception_refused":
        grounds = [one for one in VISIT_REFUSALS.values() if one.written]
    else:
        grounds = [one for one in refusals_for(kind_code) if one.written]
    blank = ("", _("Chưa chọn"))
    return {
        "ground_code": [blank, *((one.code, _(one.label)) for one in grounds)],
        "verdict_code": [blank, *((one, words) for one, words in _verdicts(code).items())],
    }


def _verdicts(code: str) -> dict[str, str]:
    if code == "denunciation_conclusion":
        return denunciations.VERDICTS
    second = ("upheld", "changed")
    again = code == "complaint_decision_again"
    return {one: words for one, words in complaints.VERDICTS.items() if (one in second) == again}


# --- the fields on the page -------------------------------------------------------------------

PLACE = re.compile(r"\w+\.\d+")


def by_place(fields_: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """The fields in their order; those of one place of a list go together and stay folded."""
    return [(place, list(group)) for place, group in groupby(fields_, _place)]


def _place(field: Any) -> str:
    """ "enclosures.1" of "enclosures.1.pages"; empty for what is asked once."""
    found = PLACE.match(field.name)
    return found[0] if found else ""


# --- the answers ------------------------------------------------------------------------------


def _value(hint: Any, said: Mapping[str, Any], path: str) -> Any:
    inner, optional = _bare(hint), NoneType in get_args(hint)
    item = _item(inner)
    if item is not None and is_dataclass(item):
        places = (f"{path}.{place}." for place in range(PLACES))
        return tuple(facts(_class(item), said, at) for at in places if _begun(item, said, at))
    if is_dataclass(inner):
        if optional and not _begun(inner, said, f"{path}."):
            return None
        return facts(_class(inner), said, f"{path}.")
    return _plain(said.get(path, MISSING), is_many=item is not None)


def _plain(value: Any, is_many: bool) -> Any:
    if is_many:
        return tuple(lines(value)) if isinstance(value, str) else ()
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=OFFICE_ZONE)
    # A number or a day that was left out.
    return MISSING if value is None else value


def _begun(inner: Any, said: Mapping[str, Any], before: str) -> bool:
    """Whether the first of its facts was given: without it, there is none."""
    first = fields(inner)[0].name
    return bool(said.get(f"{before}{first}"))
