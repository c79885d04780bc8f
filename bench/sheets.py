"""A form as a browser sees it: what it would send, once a parent has filled it in."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXT_KINDS = frozenset({"text", "hidden", "email", "tel", "search"})
TICKED_KINDS = frozenset({"radio", "checkbox"})
BOUNDARY = "----bench-of-the-school-door"

Attributes = dict[str, str | None]


@dataclass
class Sheet:
    """The controls of a form: their names with what they hold, and the names of its file fields."""

    values: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    # How many controls there are to fill in, each button of a group counted.
    controls: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        read = {"input": self._input, "textarea": self._area, "select": self._select}
        about = dict(attrs)
        if tag == "option":
            self._option(about)
        elif tag in read and about.get("name"):
            self.sheet.controls += 1
            read[tag](about["name"] or "", about)

    def _input(self, name: str, about: Attributes) -> None:
        kind, value = about.get("type") or "text", about.get("value")
        if kind == "file":
            self.sheet.files.append(name)
        elif kind in TEXT_KINDS:
            self.sheet.values[name] = value or ""
        elif kind in TICKED_KINDS and "checked" in about:
            self.sheet.values[name] = value or "on"

    def _area(self, name: str, _about: Attributes) -> None:
        self.sheet.values[name] = ""

    def _select(self, name: str, _about: Attributes) -> None:
        self.select = name

    def _option(self, about: Attributes) -> None:
        if "selected" in about or self.select not in self.sheet.values:
            self.sheet.values[self.select] = about.get("value") or ""


def read_sheet(html: str) -> Sheet:
    """The controls of the page's form."""
    reader = _Reader()
    reader.feed(html)
    return reader.sheet


def key_in(name: str, html: str) -> str:
    """The value of the hidden field that makes one form a form of its own; empty when not there."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
    value = re.search(r'value="([^"]*)"', tag[0]) if tag else None
    return value[1] if value else ""


def posted(values: dict[str, str], files: list[str]) -> tuple[str, bytes]:
    """Content type and body as a browser makes them; no file was chosen."""
    parts = [f'name="{name}"\r\n\r\n{value}' for name, value in values.items()]
    parts += [
        f'name="{name}"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n'
        for name in files
    ]
    heads = "".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
    return f"multipart/form-data; boundary={BOUNDARY}", f"{heads}--{BOUNDARY}--\r\n".encode()
