"""Which papers go with a move of a case, and where the two are made as one act."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from feedback.models.cases import Case
from feedback.papers.catalogue import PAPERS
from feedback.papers.duties import Outgoing, outgoing


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a move as the page of a case names them."""

    href: str
    labels: list[str]
    required: bool


def papers_of_move(case: Case, code: str) -> Outgoing | None:
    """What goes out with this move; None when it has no paper.

    Nobody is told by letter who has left no name: then only the first paper goes out.
    """
    found = outgoing(case.machine, code, case.kind_code, case.is_petition)
    if found is None or case.submission.sender is not None:
        return found
    first, *others = found.codes
    unnamed = (one for one in others if "citizen.name" not in PAPERS[one].fields)
    return replace(found, codes=(first, *unnamed))


def must_have_paper(case: Case, code: str) -> bool:
    found = papers_of_move(case, code)
    return found is not None and found.required


def papers(case: Case, code: str, where: Mapping[str, Any]) -> Papers | None:
    found = papers_of_move(case, code)
    if found is None:
        return None
    return Papers(
        href=url_for("acts.act", move=code, **where),
        labels=[_(PAPERS[one].label) for one in found.codes],
        required=found.required,
    )
