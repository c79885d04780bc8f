"""What the operator reads once the program runs: where to look, and who can sign in."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from feedback import posters
from feedback.settings import Settings

LIST = "demo.json"
LINKS_SHOWN = 3
ROLES_SHOWN = {
    "clerk": "School clerk",
    "principal": "Principal",
    "office": "Education Office, officer",
    "office_head": "Education Office, head",
    "admin": "Administrator",
}
Found = Mapping[str, Any]


def listed(var: Path) -> Found:
    """What the demo wrote down; nothing when there is no demo here."""
    path = var / LIST
    found: Found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def text(settings: Settings, found: Found) -> str:
    """Everything on one screen."""
    parts = [_address(settings)]
    if settings.demo and found.get("points"):
        parts += [_links(settings, found), _accounts(found), _code(settings, found)]
    return "\n\n".join([*parts, _mails(settings)])


def _address(settings: Settings) -> str:
    return f"  Running at {settings.base_url}\n  Staff sign in at {settings.base_url}/dang-nhap"


def _links(settings: Settings, found: Found) -> str:
    """One page of each of the first schools, at the address of today."""
    first = {point["unit"]: point for point in reversed(found["points"])}
    shown = [point for point in found["points"] if first[point["unit"]] is point][:LINKS_SHOWN]
    lines = [f"  {_url(settings, point)}   {point['unit']}, {point['place']}" for point in shown]
    return "\n".join(["  What a parent sees after scanning:", *lines])


def _accounts(found: Found) -> str:
    """One account of each role, with the password that all of them share."""
    by_role = {
        one["role"]: one for one in reversed(found["officers"]) if one["role"] in ROLES_SHOWN
    }
    rows = [(label, by_role[role]) for role, label in ROLES_SHOWN.items() if role in by_role]
    wide = max(len(label) for label, _ in rows)
    longest = max(len(one["email"]) for _, one in rows)
    lines = [f"  {label:{wide}}  {one['email']:{longest}}  {one['unit']}" for label, one in rows]
    password = found["officers"][0]["password"]
    second = "  The last three also ask for a code: ./run flask demo-code EMAIL"
    return "\n".join([f"  Demo accounts, all with the password {password}", *lines, second])


def _code(settings: Settings, found: Found) -> str:
    point = found["points"][0]
    code = posters.qr_terminal(_url(settings, point)).rstrip("\n")
    note = f"  {point['unit']}, {point['place']}"
    if urlsplit(settings.base_url).hostname in {"127.0.0.1", "localhost"}:
        note += "   (a phone needs FEEDBACK_BASE_URL and FEEDBACK_BIND)"
    return f"{code}\n{note}"


def _url(settings: Settings, point: Mapping[str, str]) -> str:
    return f"{settings.base_url}/q/{point['code']}"


def _mails(settings: Settings) -> str:
    if settings.smtp_url:
        return f"  Mails go out through {urlsplit(settings.smtp_url).hostname}."
    return f"  Mails are written to {settings.var / 'mail'}."
