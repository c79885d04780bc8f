"""The kin of a matter on its page: parts of the same letter, joined ones, and likely twins."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from feedback import access, db, joining, permissions, splitting
from feedback.models.cases import Case
from feedback.rules.lifecycle import CASE_STATUSES
from feedback.web import here
from feedback.web.desk import rows


@dataclass(frozen=True, slots=True)
class Kin:
    """Only what this officer may know of: a part that is kept from them leaves no gap here."""

    parts: list[dict[str, Any]]
    own_words: str
    joined: list[dict[str, Any]]
    alike: list[dict[str, Any]]
    split_href: str
    join_href: str


def of(case: Case) -> Kin:
    session, scope = db.session(), here.scope()
    may_split = permissions.may(scope, case, "split") and splitting.may_be_split(case)
    return Kin(
        parts=[_line(one) for one in access.family(session, scope, case)],
        own_words=case.own_part.text if case.own_part else "",
        joined=[_joined(one, case) for one in joining.joined_to(session, case)],
        alike=[_line(one) for one in joining.alike(session, scope, case)],
        split_href=rows.split_href(case.reference, rows.list_arguments()) if may_split else "",
        join_href=rows.join_href({}),
    )


def _line(case: Case) -> dict[str, Any]:
    return rows.row(case, {}) | {"status": _(CASE_STATUSES[case.status].label)}


def _joined(case: Case, main: Case) -> dict[str, Any]:
    """A joined matter; it can be taken out again until the answer is given."""
    may = permissions.may(here.scope(), main, "release") and main.answered_on is None
    href = url_for("joining.part", reference=main.reference, joined=case.reference) if may else ""
    return {"reference": case.reference, "part_href": href}
