"""The rounds as their reader sees them: what I owe, and who below me has not handed in."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from feedback import access, clock, db
from feedback import rounds as acts
from feedback.models.reports import STATES, ReportRound, UnitReport
from feedback.rules.outline import SPANS
from feedback.scopes import Scope
from feedback.web import here
from feedback.web.office.consolidation import days_late, handed_in_on, late_words
from feedback.web.office.reportfile import HANDED, TONES, due, title


def open_what_is_owed() -> None:
    """Rounds open by themselves, at the latest when somebody looks for them."""
    if not acts.is_missing(db.session(), clock.today()):
        return
    db.session.rollback()
    db.writing.set(True)
    try:
        acts.ensure_rounds(db.session(), clock.today(), here.calendar())
        db.session.commit()
    except IntegrityError:  # somebody else looked at the same moment
        db.session.rollback()
    db.writing.set(False)


def page(scope: Scope, round_id: int | None) -> dict[str, Any]:
    """The reader's own reports, and of one round those of the units below."""
    every = _reports(scope)
    own = [_line(one) for one in every if one.unit_id in scope.own]
    below = [one for one in every if one.unit_id not in scope.own]
    shown = _chosen(below, round_id)
    lines = [_line(one) for one in sorted(below, key=_help_first) if one.round is shown]
    return {
        "own": own,
        "tabs": _tabs(below, shown),
        "round": _round(shown, lines) if shown else None,
        "lines": lines,
    }


def _reports(scope: Scope) -> Sequence[UnitReport]:
    """The newest round first; figures stay where they are."""
    return db.session.scalars(
        access.reports(scope)
        .join(ReportRound, ReportRound.id == UnitReport.round_id)
        .order_by(ReportRound.due_on.desc(), UnitReport.unit_id)
        .options(defer(UnitReport.figures))
    ).all()


def _chosen(below: Sequence[UnitReport], round_id: int | None) -> ReportRound | None:
    """The round asked for; else the latest that has come due and still waits, else the newest."""
    rounds = list(dict.fromkeys(one.round for one in below))
    waiting = {one.round for one in below if one.state != "accepted"}
    overdue = [one for one in rounds if one in waiting and one.due_on < clock.today()]
    asked = [one for one in rounds if one.id == round_id]
    return next(iter((*asked, *overdue[:1], *rounds)), None)


def _tabs(below: Sequence[UnitReport], shown: ReportRound | None) -> list[dict[str, Any]]:
    """One tab for each round, counting what has not been handed in."""
    lacking = Counter(one.round for one in below if one.state not in HANDED)
    return [
        {
            "href": url_for("reports.rounds", round=one.id),
            "label": _label(one),
            "count": lacking[one],
            "tone": "danger" if one.due_on < clock.today() else "",
            "current": one is shown,
        }
        for one in dict.fromkeys(one.round for one in below)
    ]


def _label(found: ReportRound) -> str:
    """“6 tháng đầu năm 2027”, “Năm 2026”."""
    words: str = _(SPANS[acts.kind_of(found)], year=acts.year_of(found))
    return words[:1].upper() + words[1:]


def _round(found: ReportRound, lines: list[dict[str, Any]]) -> dict[str, Any]:
    states = Counter(line["state"] for line in lines)
    return {
        "title": title(found),
        "period": acts.period_of(found),
        "due": due(found, clock.today()),
        "counts": [(_(label), states[code]) for code, label in STATES.items() if states[code]],
        "lacking": [line for line in lines if line["state"] not in HANDED and line["late"]],
    }


def _help_first(report: UnitReport) -> tuple[bool, int, str]:
    return (report.state in HANDED, -days_late(report, clock.today()), report.unit.code)


def _line(report: UnitReport) -> dict[str, Any]:
    on = handed_in_on(report)
    return {
        "href": url_for("reports.report", report_id=report.id),
        "unit": report.unit.name,
        "label": _label(report.round),
        "state": report.state,
        "state_label": _(STATES[report.state]),
        "tone": TONES.get(report.state, ""),
        "handed_in": f"{on:%d/%m/%Y}" if on else "",
        "late": late_words(report, clock.today()),
        "due": due(report.round, clock.today()),
    }
