"""The folder of a case: the papers that went out, and those that may."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import false, or_, select, true

from feedback import access, db
from feedback.models.cases import Case
from feedback.models.papers import IssuedPaper, OutsidePaper
from feedback.models.units import Unit
from feedback.papers.catalogue import PAPERS
from feedback.papers.fitting import letters_of_transfer, papers_for
from feedback.web import here, words
from feedback.web.filing import prefill


@dataclass(frozen=True, slots=True)
class Folder:
    """What the page of a case shows: issued papers, forms to open, and those to issue now."""

    issued: list[dict[str, Any]]
    forms: list[dict[str, str]]
    now: list[dict[str, str]]


def folder(reference: str) -> Folder:
    """The folder of a case as this officer may see it; empty when there is no such case."""
    case = access.find_case(db.session(), here.scope(), reference)
    if case is None:
        return Folder([], [], [])
    mine, others = papers_of(case), outside_of(case)
    now = _due_now(case, mine, others)
    forms = [_form(case, code) for code in fitting(case) if code not in now]
    shown = [*(issued(one) for one in mine), *(_outside(one) for one in others)]
    return Folder(shown, forms, [_form(case, code) for code in now])


def papers_of(case: Case) -> list[IssuedPaper]:
    """The papers of this case that the officer may open."""
    mine = access.papers(here.scope()).where(IssuedPaper.case_id == case.id)
    return list(db.session.scalars(mine))


def outside_of(case: Case) -> list[OutsidePaper]:
    """The papers made elsewhere, for the desk that recorded them or answers the case."""
    own = here.scope().own
    found = select(OutsidePaper).where(OutsidePaper.case_id == case.id).order_by(OutsidePaper.id)
    mine = or_(OutsidePaper.unit_id.in_(own), true() if case.owner_id in own else false())
    return list(db.session.scalars(found.where(mine)))


def issuer(case: Case) -> Unit | None:
    """Whose paper it is: the unit that answers, or the one that has just handed the case on."""
    own = here.scope().own
    if case.owner_id in own:
        return case.owner
    moved = prefill.last(case, "transfer")
    before = moved.detail["owner"][0] if moved else None
    return db.session.get(Unit, before) if before in own else None


def fitting(case: Case) -> tuple[str, ...]:
    """The papers this officer may issue in it now."""
    if case.owner_id in here.scope().own:
        return papers_for(case.kind_code, case.is_petition, case.status)
    return letters_of_transfer(case.kind_code) if issuer(case) else ()


def _due_now(case: Case, mine: list[IssuedPaper], others: list[OutsidePaper]) -> tuple[str, ...]:
    """The letters of a transfer that this desk has made and not yet written."""
    if case.owner_id in here.scope().own:
        return ()
    moved = prefill.last(case, "transfer")
    every: list[IssuedPaper | OutsidePaper] = [*mine, *others]
    written = {one.code for one in every if moved and one.made_at >= moved.at}
    return tuple(code for code in fitting(case) if code not in written)


def issued(paper: IssuedPaper) -> dict[str, Any]:
    return {
        "label": _(PAPERS[paper.code].label),
        "number": paper.full_number,
        "day": f"{paper.dated_on:%d/%m/%Y}",
        "who": paper.officer.name,
        "at": words.moment(paper.made_at),
        "pdf": url_for("papers.file", name=paper.pdf_name),
        "docx": url_for("papers.file", name=paper.docx_name),
    }


def _outside(paper: OutsidePaper) -> dict[str, Any]:
    return {
        "label": _(PAPERS[paper.code].label),
        "number": paper.number,
        "day": f"{paper.dated_on:%d/%m/%Y}",
        "who": paper.officer.name,
        "at": words.moment(paper.made_at),
        "outside": True,
    }


def _form(case: Case, code: str) -> dict[str, str]:
    href = url_for("papers.paper", reference=case.reference, code=code)
    return {"code": code, "label": _(PAPERS[code].label), "href": href}
