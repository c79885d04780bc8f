"""Everything the house says, it says in English too."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from html import unescape
from pathlib import Path
from types import ModuleType

import pytest
import wtforms
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import analysis
import feedback.rules
from feedback import catalogue, db, files, lists
from feedback.models import meetings, reports, submissions, surveys
from feedback.models.officers import Officer
from forms.translations import MESSAGES
from tests.world import a_case, a_point, a_school, an_office, an_officer, the_holidays

# Words that stay as they are in an English sentence.
NAMES = re.compile(r"Cốc Cốc|Tết|Hùng|[Dd]ân vận(?: khéo)?|\d+/\d+/(?:NĐ-CP|TT-BGDĐT)|NĐ-CP")
# What a page shows of the world itself: names of units, places and languages, articles of law.
WORLD = re.compile(
    r"Trường Tiểu học Lê Đức Thọ|Phòng Giáo dục và Đào tạo quận Gò Vấp|UBND quận Gò Vấp"
    r"|Cổng chính|Tiếng Việt|Điều [^.<]+(?:\d{4}(?:/NĐ-CP)?)"
)
# Fields of a catalogue's entry that people read.
SHOWN = (
    "label", "hint", "consequence", "advice", "reason", "definition", "title", "stub", "note",
    "heading", "heading_year", "guidance", "office", "text",
)  # fmt: skip
# Of WTForms: validators that no form has, and mistakes of a programmer.
UNUSED = {
    "Invalid Mac address.", "Invalid IP address.", "Choices cannot be None.",
    "Invalid field name '%s'.",
}  # fmt: skip
DOORS = ("", "/gui", "/khieu-nai-to-cao", "/gap", "/khao-sat")
ANSWERED = "?harmed=yes&unlawful=yes&about=leaders&lang=en"


def _english() -> Iterator[tuple[str, str]]:
    for message in catalogue.kept():
        said = message.string or ""
        for text in [said] if isinstance(said, str) else said:
            yield str(message.id), text


def _ids(messages: Iterable[object]) -> set[object]:
    return {message.id for message in messages if message.id}  # type: ignore[attr-defined]


def test_every_sentence_has_its_english_with_the_same_gaps():
    assert catalogue.lacking(catalogue.renewed()) == [], "flask catalogue says what lacks"


def test_the_catalogue_holds_no_sentence_that_nobody_says():
    assert _ids(catalogue.kept()) - _ids(catalogue.found()) == set()
    assert not catalogue.kept().obsolete


def test_the_house_reads_what_was_translated():
    assert catalogue.MO.read_bytes() == catalogue.compiled(catalogue.kept())


def test_no_vietnamese_is_left_in_an_english_sentence():
    left = [said for _, said in _english() if catalogue.VIETNAMESE.search(NAMES.sub("", said))]
    assert left == []


def test_english_ends_as_the_vietnamese_does():
    for message in catalogue.kept():
        if message.id and message.string and isinstance(message.string, str):
            assert (message.id[-1] in ".?:") == (message.string[-1] in ".?:"), message.id


def _modules(package: ModuleType) -> list[ModuleType]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [importlib.import_module(one.name) for one in found]


CATALOGUES = [*_modules(feedback.rules), *_modules(analysis), files, lists]
CATALOGUES += [meetings, reports, submissions, surveys]


@pytest.mark.parametrize("module", CATALOGUES, ids=lambda module: module.__name__)
def test_every_label_of_a_catalogue_is_translated(module: ModuleType):
    """By its values, so that a label without a Vietnamese letter is not overlooked."""
    if any(module.__name__.replace(".", "/").startswith(out) for out in _silent()):
        return
    entries = [value for name, value in vars(module).items() if name.isupper()]
    assert set(_labels(entries)) - {""} - _ids(catalogue.kept()) == set()


def _silent() -> list[str]:
    return [path.removesuffix(".py") for path in catalogue.KEPT_OUT]


def _labels(node: object) -> Iterator[str]:
    """What people read of a value, however deep it lies."""
    if is_dataclass(node) and not isinstance(node, type):
        parts = {one.name: getattr(node, one.name) for one in fields(node)}
        yield from (str(parts[name]) for name in SHOWN if isinstance(parts.get(name), str))
        node = parts
    if isinstance(node, Mapping):
        node = list(node.values())
    if isinstance(node, tuple | list):
        for value in node:
            yield from _labels(value)


def test_wtforms_says_nothing_of_its_own():
    """Its texts are all known to our forms, in words that both languages have."""
    with Path(wtforms.__file__).parent.joinpath("locale", "wtforms.pot").open("rb") as file:
        said = set(map(_plural, _ids(read_po(file))))
    assert said - set(MESSAGES) == UNUSED


def _plural(text: object) -> object:
    return text[1] if isinstance(text, tuple | list) else text


@pytest.fixture
def code(parent: FlaskClient) -> str:
    the_holidays()
    point = a_point(a_school())
    db.session.commit()
    return point.code


def _vietnamese(page: TestResponse) -> list[str]:
    """The lines of a page, as they are read, that still hold Vietnamese."""
    assert page.status_code == 200
    body = page.text.partition("<body")[2]
    read = re.sub(r"<(svg|script|textarea).*?</\1>", "", body, flags=re.S)
    shown = re.findall(r'(?:alt|aria-label|placeholder)="([^"]*)"', read)
    # A name may stand in two spans, so that it breaks where it may.
    whole = re.sub(r"</?span[^>]*>", "", read)
    lines = re.sub(r"<[^>]+>", "\n", whole).split("\n")
    said = (NAMES.sub("", WORLD.sub("", unescape(line))).strip() for line in [*lines, *shown])
    return [line for line in said if catalogue.VIETNAMESE.search(line)]


def _hidden(page: TestResponse) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))


@pytest.mark.parametrize(
    "path", ["/", "/quyen-rieng-tu", "/tra-cuu", "/dang-nhap", "/quen-mat-khau"]
)
def test_the_open_pages_speak_english_to_whoever_asks(parent: FlaskClient, path: str):
    assert _vietnamese(parent.get(f"{path}?lang=en")) == []


@pytest.mark.parametrize("door", DOORS)
def test_every_door_of_a_school_speaks_english(parent: FlaskClient, code: str, door: str):
    assert _vietnamese(parent.get(f"/q/{code}{door}?lang=en")) == []


def test_the_three_questions_are_answered_in_english(parent: FlaskClient, code: str):
    assert _vietnamese(parent.get(f"/q/{code}/khieu-nai-to-cao{ANSWERED}")) == []


def test_sarah_reads_receipt_and_thread_in_english(parent: FlaskClient, code: str):
    at = f"/q/{code}/gui?lang=en"
    words = {"text": "The lunch is small these days.", "kind": "PA", "about": "boarding"}
    form = _hidden(parent.get(at))
    receipt = parent.post(at, data={**form, **words, "reply": "anonymous", "danger": "y"})
    assert _vietnamese(receipt) == []
    shown = re.findall(r'translate="no">(.*?)</p>', receipt.text, re.S)[-1]
    secret = shown.replace("<wbr>", "").strip()
    assert _vietnamese(parent.post("/tra-cuu?lang=en", data={"code": secret})) == []


def test_a_mistake_is_explained_in_the_language_of_the_page(parent: FlaskClient, code: str):
    at = f"/q/{code}/gui"
    assert "Mời kể việc gì đã xảy ra" in parent.post(at, data=_hidden(parent.get(at))).text
    english = f"{at}?lang=en"
    sent = parent.post(english, data=_hidden(parent.get(english)))
    assert "Please tell us what happened" in sent.text


def test_english_is_kept_from_page_to_page(parent: FlaskClient, code: str):
    page = parent.get(f"/q/{code}?lang=en").text
    links = re.findall(r'<a [^>]*href="(/[^"]*)"(?! hreflang)', page)
    assert links
    assert [link for link in links if "lang=en" not in link] == []


# Pages of the desk whose words are all ours: no name of a period stands in them.
DESK = ("/hom-nay", "/nhap", "/ma-qr", "/bao-cao", "/khao-sat", "/so-tiep-cong-dan/moi")
OFFICE = ("/hom-nay", "/thiet-lap/ngay-nghi", "/bao-cao")


@pytest.mark.parametrize("path", DESK)
def test_a_clerk_may_work_in_english(sign_in: Callable[[Officer], FlaskClient], path: str):
    the_holidays()
    ann = an_officer(a_school(), name="Ann")
    db.session.commit()
    assert _vietnamese(sign_in(ann).get(f"{path}?lang=en")) == []


@pytest.mark.parametrize("path", OFFICE)
def test_the_office_may_work_in_english(sign_in: Callable[[Officer], FlaskClient], path: str):
    office = an_office()
    lan = an_officer(office, "office", name="Lan")
    a_school(office=office)
    db.session.commit()
    assert _vietnamese(sign_in(lan).get(f"{path}?lang=en")) == []


def test_a_case_is_read_and_moved_in_english(sign_in: Callable[[Officer], FlaskClient]):
    the_holidays()
    school = a_school()
    ann = an_officer(school, name="Ann")
    case = a_case(school, text="The lunch is small.", wish="More rice.", danger=True)
    db.session.commit()
    assert _vietnamese(sign_in(ann).get(f"/viec/{case.reference}?lang=en")) == []
