"""Paragraphs of a Word file: words in a style of the sheet, a reference never torn apart."""

import re
from typing import TYPE_CHECKING

from feedback.papers.styles import element, mm
from feedback.papers.wording import REFERENCE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_BREAK = "\u2011"


def say(where: "Document | _Cell", style: str, text: str) -> "Paragraph":
    """A paragraph in that style; what a file of this kind cannot hold is left out."""
    paragraph = where.add_paragraph()
    # By its id: looking every style up by its name would take most of the time of a long table.
    paragraph._p.style = style.replace(" ", "")
    write(paragraph, text)
    return paragraph


def write(paragraph: "Paragraph", text: str) -> None:
    """More words in it. The hyphens of a reference are Word's own that break no line.

    They are marks of the layout: whoever reads the file reads the reference as it is kept.
    """
    kept = REFERENCE.sub(_unbroken, NOT_IN_XML.sub("", text))
    *before, last = kept.split(NO_BREAK)
    for words in before:
        paragraph.add_run(words)._r.append(element("noBreakHyphen"))
    if last:
        paragraph.add_run(last)


def _unbroken(reference: re.Match[str]) -> str:
    return reference[0].replace("-", NO_BREAK)


def rule(where: "Document | _Cell", room: float, length: float) -> None:
    """A line of that length (mm), centred in the room."""
    shape = say(where, "Gạch ngang", "").paragraph_format
    shape.left_indent = shape.right_indent = mm((room - length) / 2)
