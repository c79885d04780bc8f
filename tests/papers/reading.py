"""The official papers of the stories, printed and read back."""

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph
from pypdf import PdfReader

from feedback.papers.documents import Paper, compose, paper_docx, paper_pdf
from tests.papers.stories import FACTS, HEAD, PRINCIPAL


@cache
def paper(code: str) -> Paper:
    return compose(code, FACTS[code], HEAD, PRINCIPAL)


@cache
def as_word(code: str) -> bytes:
    return paper_docx(paper(code))


@cache
def as_pdf(code: str) -> bytes:
    return paper_pdf(paper(code))


def opened(word: bytes) -> Document:
    return docx.Document(io.BytesIO(word))


def spoken(document: Document, style: str = "") -> Iterator[str]:
    """The paragraphs in the order of the file, of one style or of all."""
    for line in document.element.body.iter("{*}p"):
        paragraph = Paragraph(line, document)
        if not style or (paragraph.style and paragraph.style.name == style):
            yield paragraph.text


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pages(pdf)).split())


def pages(pdf: bytes) -> list[Any]:
    return list(PdfReader(io.BytesIO(pdf)).pages)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\n", " ")
