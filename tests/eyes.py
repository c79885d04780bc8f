"""A visitor without script who looks at every page as carefully as an inspector.

`Visitor` fetches pages, fills their forms as a browser would, and finds fault with any page that
has no single heading, a field without a label, an id twice, a foreign host, or code inside it.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

FIELDS = {"input", "select", "textarea"}
UNSEEN = {"hidden", "submit"}
ADDRESSES = {"href", "src", "action", "formaction"}
OWN_SCHEMES = {"", "tel", "mailto", "data"}


@dataclass
class Form:
    """One form of a page, with what a browser would send untouched."""

    action: str
    method: str
    values: MultiDict[str, Any] = field(default_factory=MultiDict)
    buttons: list[dict[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


class Reader(HTMLParser):
    """What is on a page: its text, its elements, its forms."""

    def __init__(self, html: str, path: str) -> None:
        super().__init__()
        self.path = path
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.wrapped: set[int] = set()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.headings: list[str] = []
        self.open: list[str] = []
        self.joined = False
        self._area: str | None = None
        self._select: tuple[str, list[str]] | None = None
        self.feed(html)

    @property
    def said(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "label" in self.open:
            self.wrapped.add(len(self.elements))
        # A drawing has a title of its own, which is not the page's.
        self.elements.append((f"svg {tag}" if "svg" in self.open else tag, found))
        self.open.append(tag)
        if tag == "wbr":
            self.joined = True
        if tag == "form":
            method = found.get("method", "get")
            action = found.get("action", "").partition("#")[0]
            self.forms.append(Form(action or self.path, method))
        elif self.forms and "form" in self.open:
            self._note_field(tag, found)
        if tag in {"input", "img", "br", "link", "meta", "path", "wbr"}:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "textarea":
            self._area = None
        if tag == "select" and self._select:
            name, values = self._select
            self.forms[-1].values.setdefault(name, values[0] if values else "")
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            form = self.forms[-1]
            form.values[self._area] = form.values.get(self._area, "") + data.removeprefix("\r\n")
        if not {"title", "script", "style"} & set(self.open):
            if self.joined and self.words:
                self.words[-1] += data
            else:
                self.words.append(data)
            self.joined = False
        if "h1" in self.open:
            begun = sum(tag == "h1" for tag, _ in self.elements)
            self.headings += [""] * (begun - len(self.headings))
            self.headings[-1] = (self.headings[-1] + data).strip("\n")

    def _note_field(self, tag: str, found: dict[str, str]) -> None:
        self.forms[-1].names.add(found.get("name", ""))
        note = getattr(self, f"_note_{tag}", None)
        if note:
            note(found, found.get("name", ""))

    def _note_input(self, found: dict[str, str], name: str) -> None:
        ticked = found.get("type") in {"radio", "checkbox"}
        if found.get("type") in {"file", "submit"} or (ticked and "checked" not in found):
            return
        self.forms[-1].values.add(name, found.get("value", "on" if ticked else ""))

    def _note_textarea(self, _found: dict[str, str], name: str) -> None:
        self._area = name

    def _note_button(self, found: dict[str, str], _name: str) -> None:
        self.forms[-1].buttons.append(found)

    def _note_select(self, _found: dict[str, str], name: str) -> None:
        self._select = (name, [])

    def _note_option(self, found: dict[str, str], _name: str) -> None:
        if self._select:
            name, values = self._select
            chosen = [found.get("value", "")]
            self._select = (name, chosen if "selected" in found else values or chosen)


@dataclass
class Seen:
    """A page as it was seen."""

    visitor: "Visitor"
    answer: TestResponse
    page: Reader

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def said(self) -> str:
        return self.page.said

    def figures(self, label: str) -> list[str]:
        """The figures of the last table line with this label, as text."""
        html = self.answer.get_data(as_text=True)
        line = html[html.rindex(label + "</th>") :]
        found = re.findall(r"<td[^>]*>(.*?)</td>", line[: line.index("</tr>")], re.S)
        return [re.sub(r"<[^>]+>", "", cell).strip() for cell in found]

    def form(self, action: str = "") -> Form:
        """The form that goes to an address ending so; the first one of all."""
        return next(f for f in self.page.forms if f.action.partition("?")[0].endswith(action))

    def send(self, action: str = "", /, **filled: Any) -> "Seen":
        """Fill in a form and send it; whatever is not named stays as the page had it."""
        form = self.form(action)
        values = MultiDict(form.values)
        for name, value in filled.items():
            values.poplist(name)
            if value is not None:
                values.setlist(name, value if isinstance(value, list) else [value])
        if form.method == "get":
            return self.visitor.see(
                f"{form.action}?" + "&".join(f"{k}={v}" for k, v in values.items())
            )
        return self.visitor.post(form.action, values)


class Visitor:
    """A phone without script and without cookies."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def see(self, path: str) -> Seen:
        return self._seen(self.client.get(path), path)

    def post(self, path: str, values: Any) -> Seen:
        boundary, body = encode_multipart(_as_sent(values))
        kind = f'multipart/form-data; boundary="{boundary}"'
        answer = self.client.post(path, data=body, content_type=kind, follow_redirects=True)
        return self._seen(answer, path)

    def _seen(self, answer: TestResponse, path: str) -> Seen:
        page = Reader(answer.get_data(as_text=True), path)
        faults = find_faults(page)
        assert not faults, (path, answer.status_code, faults)
        assert "Set-Cookie" not in answer.headers, path
        return Seen(self, answer, page)


def _as_sent(values: Any) -> MultiDict[str, Any]:
    """As browsers send it: line breaks as CRLF; a (content, name) is a chosen file."""
    pairs = MultiDict(values).items(multi=True)
    return MultiDict([(name, _one_sent(value)) for name, value in pairs])


def _one_sent(value: Any) -> Any:
    if isinstance(value, tuple):
        return FileStorage(BytesIO(value[0]), value[1])
    return value.replace("\n", "\r\n")


def find_faults(page: Reader) -> list[str]:
    """What is wrong with a page; empty is well."""
    return [*_head_faults(page), *_id_faults(page), *_label_faults(page), *_foreign_faults(page)]


def _head_faults(page: Reader) -> list[str]:
    tags = Counter(tag for tag, _ in page.elements)
    faults = [f"{tags[tag]} × {tag}" for tag in ("h1", "title", "main") if tags[tag] != 1]
    languages = [found.get("lang") for tag, found in page.elements if tag == "html"]
    return faults + ([] if languages in (["vi"], ["en"]) else [f"lang {languages}"])


def _id_faults(page: Reader) -> list[str]:
    ids = Counter(found["id"] for _, found in page.elements if "id" in found)
    faults = [f"id {name} {number} times" for name, number in ids.items() if number > 1]
    for _, found in page.elements:
        wanted = [*found.get("aria-describedby", "").split(), found.get("for", "")]
        faults += [f"nothing has id {name}" for name in wanted if name and name not in ids]
        target = found.get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            faults.append(f"link to nowhere {target}")
    return faults


def _label_faults(page: Reader) -> list[str]:
    labelled = {found.get("for") for tag, found in page.elements if tag == "label"}
    return [
        f"no label for {found.get('name')}"
        for number, (tag, found) in enumerate(page.elements)
        if tag in FIELDS
        and found.get("type") not in UNSEEN
        and found.get("id") not in labelled
        and number not in page.wrapped
    ]


def _foreign_faults(page: Reader) -> list[str]:
    faults = [fault for tag, found in page.elements for fault in _attribute_faults(tag, found)]
    for tag, found in page.elements:
        if tag == "style" or (tag == "script" and "src" not in found):
            faults.append(f"code inside: {tag}")
        if tag == "img" and "alt" not in found:
            faults.append("a picture without words")
    return faults


def _attribute_faults(tag: str, found: dict[str, str]) -> list[str]:
    addresses = {name: urlsplit(found[name]) for name in ADDRESSES & set(found)}
    foreign = [n for n, a in addresses.items() if a.netloc or a.scheme not in OWN_SCHEMES]
    inside = [name for name in found if name == "style" or name.startswith("on")]
    return [f"{tag} {name} leads away" for name in foreign] + [f"{tag} has {n}" for n in inside]
