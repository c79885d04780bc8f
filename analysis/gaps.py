"""Gaps in a text: the words between braces that stand for something filled in later."""

import re
from collections.abc import Mapping

GAP = re.compile(r"\{([^{}\n]*)\}")


def name_of(inside: str) -> str:
    """A gap's name however it was typed: “{ Mã  hồ sơ }” is “mã hồ sơ”."""
    return " ".join(inside.split()).lower()


def gaps(text: str) -> list[str]:
    """The names of the gaps of a text, in their order, each once."""
    return list(dict.fromkeys(name_of(inside) for inside in GAP.findall(text)))


def is_broken(text: str) -> bool:
    """Whether a brace was opened and never closed, or closed and never opened."""
    rest = GAP.sub("", text)
    return "{" in rest or "}" in rest


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every gap filled that has a value; the others stay, to be seen."""
    return GAP.sub(lambda gap: values.get(name_of(gap[1])) or gap[0], text)
