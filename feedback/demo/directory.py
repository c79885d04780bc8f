"""demo.json: where the points are, who can sign in, what the senders took home; for scripts."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.codes import show_code
from feedback.demo.people import PASSWORD, totp_secret
from feedback.demo.place import Place
from feedback.demo.tree import SHOWN
from feedback.intake import Receipt
from feedback.models.officers import Officer

NAME = "demo.json"
FOR_THE_OWNER = 0o600
Listed = list[dict[str, str]]


def contents(place: Place, base_url: str) -> dict[str, Any]:
    """All a script needs to find its way; the newest receipts come first."""
    return {
        "base_url": base_url,
        "points": _points(place, base_url),
        "officers": _officers(place.session),
        "receipts": _receipts(place.receipts),
    }


def write(folder: Path, found: dict[str, Any]) -> Path:
    """Passwords and tracking codes are in it: from its first byte it is its owner's only."""
    path = folder / NAME
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FOR_THE_OWNER)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        json.dump(found, file, ensure_ascii=False, indent=1)
    unfinished.replace(path)
    return path


def readdress(folder: Path, base_url: str) -> None:
    """The same list for the address of today, when the program now runs at another."""
    path = folder / NAME
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if found.get("base_url", base_url) != base_url:
        for point in found["points"]:
            point["url"] = _url(base_url, point["code"])
        write(folder, found | {"base_url": base_url})


def _url(base_url: str, code: str) -> str:
    return f"{base_url}/q/{code}"


def _points(place: Place, base_url: str) -> Listed:
    return [
        {
            "code": point.code,
            "unit": point.unit.code,
            "place": point.place,
            "url": _url(base_url, point.code),
        }
        for points in place.points.values()
        for point in points
    ]


def _officers(session: Session) -> Listed:
    """In the order in which one wants to look: a school, its office, the committee, the rest."""
    officers = sorted(session.scalars(select(Officer).order_by(Officer.id)), key=_looked_for)
    return [
        {
            "email": officer.email,
            "password": PASSWORD,
            "role": officer.roles[0].code,
            "unit": officer.roles[0].unit.code,
            "totp_secret": totp_secret(officer),
        }
        for officer in officers
    ]


def _looked_for(officer: Officer) -> int:
    unit = officer.roles[0].unit
    return (SHOWN, "PGD", "UBGV", unit.code).index(unit.code)


def _receipts(receipts: Iterable[Receipt]) -> Listed:
    newest = sorted(receipts, key=lambda one: one.submission.received_at, reverse=True)
    return [
        {
            "reference": receipt.case.reference,
            "code": show_code(receipt.code),
            "state": receipt.case.status,
        }
        for receipt in newest
    ]
