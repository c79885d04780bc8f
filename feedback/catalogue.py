"""The English catalogue: finds what is said in Vietnamese, keeps its English, says what lacks.

The Vietnamese sentence is the key. Pages and doors say theirs through gettext; the rules and the
figures keep theirs as plain text that a door translates. So in Python every whole text with a
Vietnamese letter is a sentence, wherever it stands, and no label is written down twice.

Papers, posters, mails, articles of law and what people have written stay Vietnamese.
"""

import ast
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PO = Path(__file__).parent / "translations" / "en" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")

# Paths that begin like one of these say nothing that a page shows in two languages.
KEPT_OUT = (
    "feedback/catalogue.py", "feedback/codes.py", "feedback/commands", "feedback/demo/",
    "feedback/issuing.py", "feedback/letters.py", "feedback/mail.py", "feedback/papers/",
    "feedback/posters.py",
    "feedback/rules/subject_examples.py", "feedback/rules/subject_keywords.py",
    "feedback/settings.py", "feedback/web/counter/printouts.py",
    "feedback/web/office/reportpaper.py", "feedback/web/public/takeout.py",
    "analysis/accusing_words.py", "analysis/counting/where.py", "analysis/language.py",
    "analysis/masking.py", "analysis/personal_", "analysis/spans.py", "analysis/urgency_",
)  # fmt: skip
# Catalogues of words to look for, not to show.
MUTE_NAMES = frozenset({"SPELLINGS", "TICKED", "NOT_TICKED", "YES"})
# Fields of the data that ships with the house which pages show to everybody.
SEED_KEYS = ("name", "title", "text")

# What stands at the head of the file instead of the addresses of nobody.
HEAD = {
    "header_comment": "# What the house says, in English. `flask catalogue` renews this file.",
    "project": "school-feedback",
    "version": "1",
    "msgid_bugs_address": "-",
    "last_translator": "-",
    "language_team": "English",
}

CALLS = frozenset({"_", "_l", "gettext", "lazy_gettext"})
PLURAL_CALLS = frozenset({"ngettext", "lazy_ngettext"})
JINJA = "jinja2.ext:babel_extract"

VIETNAMESE = re.compile(r"[^\W\d_a-zA-Z×÷]")
CITATION = re.compile(r"(?:Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư) |Điều \d")
GAP = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")

Said = str | tuple[str, ...]
Says = Callable[[Path], Iterator[Said]]


def found() -> Catalog:
    """Every sentence of the house, without any English yet."""
    catalog = Catalog(locale="en", fuzzy=False, **HEAD)
    for folder, pattern, says in SOURCES:
        for path in sorted(ROOT.joinpath(folder).rglob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            for said in () if _is_kept_out(name, says) else says(path):
                catalog.add(said, locations=[(name, 0)])
    return catalog


def _is_kept_out(name: str, says: Says) -> bool:
    return name.startswith(KEPT_OUT) and says is not _in_papers


def kept() -> Catalog:
    """The catalogue as it is kept."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def renewed() -> Catalog:
    """What is said today with the English kept so far; what nobody says any more is gone."""
    known, catalog = kept(), found()
    catalog.creation_date = catalog.revision_date = known.creation_date
    for message in catalog:
        old = known.get(message.id) if message.id else None
        if old is not None:
            message.string, message.flags = old.string, old.flags
    return catalog


def lacking(catalog: Catalog) -> list[str]:
    """What is not said in English yet, or with other gaps; each with its reason."""
    faults = ((message, _fault(message)) for message in catalog if message.id)
    return [f"{fault}: {_texts(message.id)[0]}" for message, fault in faults if fault]


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as the running house reads it."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


@click.command("catalogue")
def catalogue() -> None:
    """Find every Vietnamese sentence, keep its English, compile it, and say what lacks."""
    catalog = renewed()
    with PO.open("wb") as file:
        write_po(file, catalog, width=100, sort_by_file=True, include_lineno=False)
    MO.write_bytes(compiled(catalog))
    faults = lacking(catalog)
    for fault in faults:
        click.echo(fault)
    click.echo(f"{len(catalog)} sentences, {len(faults)} of them not in English.")


def _fault(message: Message) -> str:
    english = _texts(message.string)
    if not english or not all(english):
        return "no English"
    if message.fuzzy:
        return "fuzzy"
    gaps = set(GAP.findall(_texts(message.id)[0]))
    return "" if all(set(GAP.findall(text)) == gaps for text in english) else "other gaps"


def _texts(said: str | Iterable[str] | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())


def _in_page(path: Path) -> Iterator[Said]:
    for _line, said, _comments, _context in extract_from_file(JINJA, path):
        yield said


def _in_python(path: Path) -> Iterator[Said]:
    """What goes through gettext, and whatever else is whole and Vietnamese."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    mute = {node for part in ast.walk(tree) for node in _mute(part)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _called(node)
        elif isinstance(node, ast.Constant) and node not in mute and _is_sentence(node.value):
            yield str(node.value)


def _is_sentence(value: object) -> bool:
    """Whole, Vietnamese, and no article of law."""
    if not isinstance(value, str) or value != value.strip():
        return False
    return bool(VIETNAMESE.search(value)) and not CITATION.match(value)


def _called(call: ast.Call) -> Iterator[Said]:
    name = _name(call)
    texts = [one.value for one in call.args if isinstance(one, ast.Constant)]
    said = tuple(text for text in texts if isinstance(text, str))
    if name in CALLS and said:
        yield said[0]
    elif name in PLURAL_CALLS and len(said) > 1:
        yield said[:2]


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def _mute(node: ast.AST) -> Iterable[ast.AST]:
    """What of this node is no sentence of its own: docstrings, pieces of sentences, patterns."""
    if isinstance(node, ast.Expr):
        return (node.value,)
    if isinstance(node, ast.JoinedStr):
        return node.values
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return (node.left, node.right)
    if isinstance(node, ast.Call):
        return node.args if _name(node) in CALLS | PLURAL_CALLS else ()
    return ast.walk(node) if _is_mute(node) else ()


def _is_mute(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and any(
        ast.unparse(target) in MUTE_NAMES for target in node.targets
    )


def _in_seed(path: Path) -> Iterator[Said]:
    """The shipped days, and the titles and questions that have an English twin beside them."""
    waiting = [json.loads(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            waiting += node.values()
            yield from (node[key] for key in SEED_KEYS if _is_shown(node, key))


def _in_papers(path: Path) -> Iterator[Said]:
    """What the desk calls each paper; the words inside it stay Vietnamese."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node) == "PaperKind":
            yield str(ast.literal_eval(node.args[1]))


def _is_shown(node: dict[str, object], key: str) -> bool:
    return key in node and ("day" in node or f"{key}_en" in node)


SOURCES: tuple[tuple[str, str, Says], ...] = (
    ("feedback/papers", "catalogue.py", _in_papers),
    ("templates", "*.html", _in_page),
    ("feedback", "*.py", _in_python),
    ("forms", "*.py", _in_python),
    ("analysis", "*.py", _in_python),
    ("feedback/seed", "*.json", _in_seed),
)
