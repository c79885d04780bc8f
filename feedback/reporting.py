"""A period and a scope in, finished tables out: the only translator from facts to figures."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from analysis.pooling import Rows, pooled
from analysis.report_tables.catalogue import TABLES
from analysis.rows import Material
from analysis.table import Table, freeze, thaw
from feedback import countables
from feedback.grounds import Asked, Ground
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.subjects import SUBJECTS

KIND_LABELS = {code: kind.label for code, kind in PETITION_KINDS.items()}
SUBJECT_LABELS = {code: one.label for code, one in SUBJECTS.items() if not one.retired}


# --- material and tables ----------------------------------------------------------------------


def bare(session: Session, ground: Ground, asked: Asked) -> Material:
    """Periods, day and catalogues, and no rows yet."""
    return Material(
        period=asked.period,
        before=asked.before,
        as_of=asked.as_of,
        units=tuple((unit.code, unit.name) for unit in ground.units),
        subjects=SUBJECT_LABELS,
        kinds=KIND_LABELS,
        questions=countables.scale_questions(session, ground),
    )


def material(session: Session, ground: Ground, asked: Asked) -> Material:
    """All that a scope's figures of a period are made from, as it stands now."""
    return pooled(bare(session, ground, asked), [countables.rows(session, ground, asked)])


def tables(made_from: Material, codes: Iterable[str] = TABLES) -> dict[str, Table]:
    """The tables of these codes, in that order."""
    return {code: TABLES[code](made_from) for code in codes}


# --- figures handed in ------------------------------------------------------------------------


def frozen(made: Mapping[str, Table], counted: Rows | None = None) -> dict[str, Any]:
    """Tables as they are kept with a report, and the rows they were counted from."""
    kept = {code: freeze(table) for code, table in made.items()}
    return {"tables": kept, **({"rows": counted.freeze()} if counted else {})}


def thawed(figures: Mapping[str, Any]) -> dict[str, Table]:
    """The tables of a report as they were handed in."""
    return {code: thaw(kept) for code, kept in figures["tables"].items()}


def handed_in(figures: Mapping[str, Any]) -> Rows:
    """The rows of a report as they were handed in."""
    return Rows.thaw(figures["rows"])
