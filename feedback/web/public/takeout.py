"""What is kept about one submission, as a ZIP for whoever holds its code: JSON, PDF, files.

The code is no proof of who one is: names and numbers are shown by their ends only.
"""

import json
import zipfile
from io import BytesIO
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select

from feedback import clock, db, identities, rights
from feedback.models.consents import Consent
from feedback.papers.blocks import Blocks, field, heading, said
from feedback.papers.catalogue import PETITION, PaperKind
from feedback.papers.documents import Paper, paper_pdf
from feedback.papers.facts import Frame, Letterhead
from feedback.papers.layout import title
from feedback.rules.consents import CONSENTS
from feedback.rules.data_requests import DATA_REQUESTS, REQUEST_OUTCOMES
from feedback.rules.lifecycle import CASE_STATUSES
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.subjects import SUBJECTS
from feedback.web import here, words
from feedback.web.held import goes_out
from feedback.web.public.lookups import Found

SHOWN_LETTERS = 2


def packed(found: Found) -> bytes:
    """The whole of it. Vietnamese, whatever the reader's language: it is a record."""
    with force_locale("vi"):
        told = facts(found)
        packet = BytesIO()
        with zipfile.ZipFile(packet, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("du-lieu.json", json.dumps(told, ensure_ascii=False, indent=2))
            archive.writestr("du-lieu.pdf", _pdf(found, told))
            for number, one in enumerate(found.submission.attachments, 1):
                if goes_out(one):
                    ending = one.name.rpartition(".")[2]
                    archive.writestr(f"anh-{number}.{ending}", here.shelf().read(one.name))
    return packet.getvalue()


def facts(found: Found) -> dict[str, Any]:
    """Everything the sender may read of it, under plain names."""
    submission, case = found.submission, found.case
    return {
        "Mã hồ sơ": case.reference,
        "Nơi giải quyết": case.owner.name,
        "Trạng thái": CASE_STATUSES[case.status].label,
        "Gửi lúc": words.moment(submission.received_at),
        "Loại": PETITION_KINDS[submission.kind_code].label,
        "Lĩnh vực": SUBJECTS[submission.subject_code].label,
        "Lời đã gửi": submission.text,
        "Mong muốn": submission.wish,
        "Số ảnh": len(submission.attachments),
        "Liên hệ": _contact(found),
        "Đồng ý": _consents(found),
        "Trao đổi": _said(found),
        "Yêu cầu về dữ liệu": _asked(found),
        "Lập lúc": words.moment(clock.now()),
    }


def _contact(found: Found) -> dict[str, str]:
    contact = identities.contact_of(found.submission, here.keys())
    told = {"Họ tên": contact.name, "Điện thoại": contact.phone, "Thư điện tử": contact.email}
    return {name: ends(value) for name, value in told.items() if value}


def ends(value: str) -> str:
    """“09•••••87”: enough for whoever left it to know it again."""
    if len(value) <= 2 * SHOWN_LETTERS:
        return "•" * len(value)
    hidden = "•" * (len(value) - 2 * SHOWN_LETTERS)
    return value[:SHOWN_LETTERS] + hidden + value[-SHOWN_LETTERS:]


def _consents(found: Found) -> list[dict[str, str]]:
    given = select(Consent).where(Consent.submission_id == found.submission.id)
    return [
        {
            "Nội dung": CONSENTS[one.text_version].text,
            "Đồng ý lúc": words.moment(one.given_at),
            "Rút lại lúc": words.moment(one.withdrawn_at) if one.withdrawn_at else "",
        }
        for one in db.session.scalars(given.order_by(Consent.id))
    ]


def _said(found: Found) -> list[dict[str, str]]:
    """What was said between the sender and the office; never a note, never another's words."""
    mine = {None, found.submission.id}
    since = found.case.joined_at(found.submission.id)
    alone = len(found.case.letter_ids) == 1
    return [
        {
            "Lúc": words.moment(message.at),
            "Người viết": "Người gửi" if message.from_parent else found.case.owner.name,
            "Nội dung": message.text,
        }
        for message in found.case.messages
        if not message.internal
        and message.submission_id in mine
        and (alone or message.submission_id or (not message.from_parent and message.at >= since))
    ]


def _asked(found: Found) -> list[dict[str, str]]:
    return [
        {
            "Yêu cầu": DATA_REQUESTS[one.kind_code].label,
            "Lúc": words.moment(one.asked_at),
            "Kết quả": REQUEST_OUTCOMES.get(one.outcome_code, "Đang xử lý"),
        }
        for one in rights.of_sender(db.session(), found.submission)
    ]


# --- the PDF ------------------------------------------------------------------------------------


def _no_body(_facts: Any, _frame: Frame) -> Blocks:
    yield from ()


KIND = PaperKind(
    "takeout", "Dữ liệu đang được lưu", "Dữ liệu đang được lưu", "", "", "",
    "Điều 4 Luật Bảo vệ dữ liệu cá nhân 2025", dict, _no_body, heading=PETITION,
)  # fmt: skip


def _pdf(found: Found, told: dict[str, Any]) -> bytes:
    owner = found.case.owner.name
    head = Letterhead("", owner, "", None, "", clock.today())
    return paper_pdf(Paper(KIND, head, tuple(_blocks(told))))


def _blocks(told: dict[str, Any]) -> Blocks:
    yield from title(KIND.title, f"Hồ sơ {told['Mã hồ sơ']}")
    lists = {}
    for name, value in told.items():
        if isinstance(value, list):
            lists[name] = value
        elif isinstance(value, dict):
            lists[name] = [value] if value else []
        elif value != "":
            yield from field(name, str(value))
    for name, rows in lists.items():
        yield heading(name)
        yield from _rows(rows)


def _rows(rows: list[dict[str, str]]) -> Blocks:
    if not rows:
        yield from said("Không có.")
    for number, row in enumerate(rows, 1):
        for name, value in row.items():
            if value:
                yield from field(f"{number}. {name}" if len(rows) > 1 else name, value)
