"""Official papers: composed from their facts, then as a Word file and as a PDF that say the same.

Both are made from the same blocks and the same style sheet, so that they can never differ.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from analysis.table import Column, Row, Table, shown
from feedback.clock import OFFICE_ZONE
from feedback.papers import layout, word
from feedback.papers.blocks import Block, Blocks, Line, Picture, Sides
from feedback.papers.catalogue import LETTER, PAPERS, PETITION, SLIP, PaperKind
from feedback.papers.facts import Frame, Letterhead, Signer
from feedback.papers.paragraphs import NOT_IN_XML, say
from feedback.papers.styles import STYLES
from feedback.papers.wording import REFERENCE, capital, numbered

FONTS = Path(__file__).parents[1] / "fonts"
SHEETS = Path(__file__).parents[2] / "templates" / "papers"
NOBODY = Signer("")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be printed."""

    kind: PaperKind
    head: Letterhead
    blocks: tuple[Block, ...]


# --- composing ------------------------------------------------------------------------------


def compose(
    code: str,
    facts: Any,
    head: Letterhead,
    signer: Signer = NOBODY,
    copies: tuple[str, ...] = (),
) -> Paper:
    """The paper of that kind, made from its facts; `copies` are others who receive it.

    A wrong kind of facts is a TypeError, a paper that the law does not allow a `PaperRefused`.
    """
    kind = PAPERS[code]
    if type(facts) is not kind.made_of:
        raise TypeError(f"{code} is made of {kind.made_of.__name__}, not {type(facts).__name__}")
    gaps = _gaps(facts)
    body = (*_top(kind, head, kind.summary % gaps), *kind.body(facts, Frame(head, signer)))
    if not kind.recipients:
        return Paper(kind, head, _held(body))
    *first, last = (capital(one % gaps) for one in kind.recipients if _is_there(one, gaps))
    ends = layout.ending(signer, (*first, *copies, last))
    return Paper(kind, head, _held((*body, *ends)))


def _top(kind: PaperKind, head: Letterhead, about: str) -> Blocks:
    if kind.heading == PETITION:
        yield from layout.nation()
    else:
        symbol = "-".join(filter(None, (kind.symbol, head.symbol)))
        number = "" if kind.heading == SLIP else numbered(head.number, symbol)
        yield layout.letterhead(head, number, about if kind.heading == LETTER else "")
    if kind.heading != LETTER:
        yield from layout.title(kind.title, about)


def _held(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What is said last stays on the page of the signatures: they come after an empty line."""
    followers = (*blocks[1:], None)
    return tuple(
        replace(block, kept=True)
        if isinstance(block, Line) and isinstance(after, Line) and not after.text
        else block
        for block, after in zip(blocks, followers, strict=True)
    )


def _gaps(facts: Any) -> dict[str, str]:
    citizen, matter = getattr(facts, "citizen", None), getattr(facts, "matter", None)
    denounced = getattr(facts, "denounced", None)
    return {
        "kind": matter.paper if matter else "",
        "citizen": citizen.called if citizen else "",
        "receiving": getattr(facts, "receiving", ""),
        "denounced": denounced.called if denounced else "",
    }


def _is_there(recipient: str, gaps: dict[str, str]) -> bool:
    return all(words or f"%({name})s" not in recipient for name, words in gaps.items())


# --- Word -----------------------------------------------------------------------------------


def paper_docx(paper: Paper) -> bytes:
    """The paper as a Word file with real styles, which a clerk can still edit."""
    document = word.blank(paper.kind.label, paper.head.issuer, paper.head.dated)
    for block in paper.blocks:
        word.put(document, block)
    say(document, "Ngắt trang", "")  # a file does not end with a table
    return word.saved(document)


# --- PDF ------------------------------------------------------------------------------------


def paper_pdf(paper: Paper) -> bytes:
    """The paper as a PDF with its letters inside, tagged for screen readers (PDF/UA-1)."""
    import typst  # noqa: PLC0415 - heavy

    day = datetime.combine(paper.head.dated, time(), OFFICE_ZONE)
    printed = typst.compile(
        SHEETS / "official.typ",
        root=SHEETS,
        font_paths=typst.Fonts(False, False, [FONTS]),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"given": json.dumps(_given(paper), ensure_ascii=False)},
        timestamp=int(day.timestamp()),
    )
    return bytes(printed)


def _given(paper: Paper) -> dict[str, Any]:
    looks = {name: look._asdict() for name, look in STYLES.items()}
    facts = {
        "title": paper.kind.label,
        "author": paper.head.issuer,
        "looks": looks,
        "whole": REFERENCE.pattern,
    }
    return facts | {"blocks": [_plain(block) for block in paper.blocks]}


def _plain(block: Block) -> dict[str, Any]:
    """A block as data; nothing anybody typed goes in as source."""
    if isinstance(block, Sides):
        rows = [[[_plain(one) for one in side] for side in row] for row in block.rows]
        return {"is": "sides", "widths": block.widths, "rows": rows}
    if isinstance(block, Table):
        return {"is": "table", **_plain_table(block)}
    if isinstance(block, Picture):
        return {"is": "picture", "jpeg": list(block.jpeg), "alt": block.alt}
    values = {
        name: NOT_IN_XML.sub("", value) if isinstance(value, str) else value
        for name, value in asdict(block).items()
    }
    return {"is": type(block).__name__.lower(), **values}


def _plain_table(table: Table) -> dict[str, Any]:
    columns = [{"label": table.stub, "text": True}, *map(_plain_column, table.columns)]
    return {"title": table.title, "columns": columns, "rows": list(map(_plain_row, table.lines))}


def _plain_column(column: Column) -> dict[str, Any]:
    return {"label": column.label, "text": column.kind == "text"}


def _plain_row(row: Row) -> list[str]:
    return [NOT_IN_XML.sub("", words) for words in (row.label, *map(shown, row.cells))]
