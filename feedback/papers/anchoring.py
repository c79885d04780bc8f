"""The foot of a report: the code that says where the ledger stood when it was handed in."""

from io import BytesIO
from typing import TYPE_CHECKING

from feedback.papers.styles import mm

if TYPE_CHECKING:
    from docx.document import Document

SIDE = 16  # mm, of the QR code
WORDS = "Mã neo sổ cái: {code}"


def put_anchor(document: "Document", code: str) -> None:
    """The code at the foot of every page, on the first one also as a QR code."""
    section = document.sections[0]
    for footer in (section.first_page_footer, section.footer):
        line = footer.paragraphs[0]
        line._p.style = "Danhsáchnơinhận"
        line.add_run(WORDS.format(code=code))
    picture = section.first_page_footer.add_paragraph()
    picture._p.style = "Danhsáchnơinhận"
    picture.add_run().add_picture(BytesIO(_png(code)), width=mm(SIDE))


def _png(code: str) -> bytes:
    import qrcode  # noqa: PLC0415 - heavy

    drawn, file = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M), BytesIO()
    drawn.add_data(code)
    drawn.make_image().save(file)
    return file.getvalue()
