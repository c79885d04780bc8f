"""One report as its page shows it: the outline with words and figures, and what may be done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext as _

from analysis.language import tidy
from analysis.periods import SERIES
from analysis.table import Table
from feedback import access, clock, db, rounds
from feedback.models.reports import STATES, ReportRound, UnitReport
from feedback.rules.outline import OFFICE_ANNEXES, PREFACE, SECTIONS, SPANS, SUBJECT, WRITTEN
from feedback.web import here
from feedback.web.office import tables
from feedback.web.office.consolidation import HANDED_IN, late_words, reports_below, tables_of
from feedback.web.words import day, distance, moment
from forms.reports import NarrativeForm, field_name, narrative_form

TONES = {"draft": "accent", "submitted": "warn", "returned": "danger", "accepted": "ok"}
MOVES = {"write": "Soạn", "submit": "Nộp", "return": "Trả lại để sửa", "accept": "Duyệt"}
HANDED = frozenset({"submitted", "accepted"})


@dataclass(frozen=True, slots=True)
class Powers:
    """What the reader may do with a report now."""

    reads: bool  # its words and figures; of others only what was handed in
    writes: bool
    signs: bool
    judges: bool


def find(report_id: int) -> UnitReport:
    """A report of the reader's scope; anything else does not exist."""
    found = db.session.scalar(access.reports(here.scope()).where(UnitReport.id == report_id))
    return found if found is not None else abort(404)


def powers(report: UnitReport) -> Powers:
    scope, handed = here.scope(), report.state in HANDED
    own, manager = report.unit_id in scope.own, report.unit.manager
    return Powers(
        reads=own or handed,
        writes=own and report.writable,
        signs=report.unit_id in scope.signs and report.writable,
        judges=handed and manager is not None and manager.id in scope.own,
    )


def read(report_id: int) -> UnitReport:
    """A report whose words and figures the reader may have."""
    found = find(report_id)
    return found if powers(found).reads else abort(404)


# --- the form ---------------------------------------------------------------------------------


def headings(report: UnitReport) -> dict[str, str]:
    """Every heading as this round's report says it."""
    round_code, year = rounds.kind_of(report.round), rounds.year_of(report.round)
    return {code: one.heading_in(round_code, year) for code, one in SECTIONS.items()}


def form_of(report: UnitReport) -> NarrativeForm | None:
    """The form of who may write; what was typed, else what is kept."""
    if not powers(report).writes:
        return None
    said = headings(report)
    kept = {field_name(code): report.narrative.get(code, "") for code in WRITTEN}
    made = narrative_form((code, _(said[code])) for code in WRITTEN)
    return made(version=str(report.version), **kept)


def unsaved(report: UnitReport) -> list[tuple[str, str]]:
    """What was typed into a report that was handed in meanwhile: shown, so that nothing is lost."""
    said = headings(report)
    typed = {code: tidy(request.form.get(field_name(code), "")) for code in WRITTEN}
    return [
        (_(said[code]), text)
        for code, text in typed.items()
        if text and text != report.narrative.get(code)
    ]


def is_fresh(form: NarrativeForm, report: UnitReport) -> bool:
    """Whether nobody has saved since the form was opened; else both texts are shown."""
    if form.version.data == str(report.version):
        return True
    say_behind(form, report)
    return False


def say_behind(form: NarrativeForm, report: UnitReport) -> None:
    """Somebody else was faster: the next save is of the version that is kept now."""
    form.version.data = str(report.version)
    form.form_errors.append(
        _(
            "Có người vừa lưu báo cáo này ở trang khác. Chữ anh/chị gõ vẫn còn; mục nào khác với "
            "bản đang lưu thì bản đang lưu hiện ngay dưới mục đó. Xem lại rồi bấm lưu lần nữa."
        )
    )


# --- the page ---------------------------------------------------------------------------------


def page(report: UnitReport, form: NarrativeForm | None) -> dict[str, Any]:
    """What the template of a report is given."""
    can = powers(report)
    made = tables_of(report) if can.reads else {}
    return {
        "report": facts(report),
        "can": can,
        "form": form,
        "sections": sections(report, made, form) if can.reads else [],
        "annexes": annexes(report, made),
        "lacking": [] if report.unit.is_school or report.figures else lacking(report),
        "unsaved": [] if form else unsaved(report),
    }


def facts(report: UnitReport) -> dict[str, Any]:
    """The head of a report: whose, for when, how it stands, by when, and what happened to it."""
    today, kept = clock.today(), report.narrative
    return {
        "id": report.id,
        "unit": report.unit.name,
        "office": not report.unit.is_school,
        "manager": report.unit.manager_name,
        "title": title(report.round),
        "first": f"{report.round.starts_on:%d/%m/%Y}",
        "last": f"{report.round.ends_on:%d/%m/%Y}",
        "running": today <= report.round.ends_on,
        "due": due(report.round, today),
        "late": late_words(report, today),
        "state": report.state,
        "state_label": _(STATES[report.state]),
        "tone": TONES.get(report.state, ""),
        "frozen_at": moment(report.frozen_at) if report.frozen_at else "",
        "unwritten": sum(not kept.get(code) for code in WRITTEN),
        "written": sum(bool(kept.get(code)) for code in WRITTEN),
        "history": history(report),
        "asked": next((e.note for e in reversed(report.events) if e.move_code == "return"), ""),
    }


def title(found: ReportRound) -> str:
    """“Kết quả … 6 tháng đầu năm 2027”."""
    span = _(SPANS[rounds.kind_of(found)], year=rounds.year_of(found))
    return f"{_(SUBJECT)} {span}"


def due(found: ReportRound, today: date) -> dict[str, Any]:
    """The last day, how far it is, and why it is that day."""
    named = rounds.last_on(found)
    why = [
        _(SERIES[found.series_code].basis) + ".",
        _("Ngày cuối theo kế hoạch: %(day)s.", day=day(named)),
    ]
    if named != found.due_on:
        why.append(
            _(
                "Ngày đó là ngày nghỉ. Hạn “trước ngày” không lùi về sau, nên ngày cuối là "
                "ngày làm việc liền trước: %(day)s.",
                day=day(found.due_on),
            )
        )
    return {"day": day(found.due_on), "how_far": distance(found.due_on, today), "why": why}


def history(report: UnitReport) -> list[dict[str, str]]:
    """Who did what when, the latest first."""
    return [
        {
            "at": moment(event.at),
            "who": event.officer.name,
            "what": _(MOVES[event.move_code]),
            "note": event.note,
        }
        for event in reversed(report.events)
    ]


def sections(
    report: UnitReport, made: dict[str, Table], form: NarrativeForm | None
) -> list[dict[str, Any]]:
    """The outline with its words, or its fields, and the figures in their places."""
    said, rooms = headings(report), rooms_of(report)
    return [
        {
            "code": code,
            "number": one.number,
            "heading": _(said[code]),
            "level": one.level,
            "hint": _((not report.unit.is_school and one.office) or one.guidance),
            "text": report.narrative.get(code, ""),
            "written": one.written,
            "field": form[field_name(code)] if form and one.written else None,
            "tables": [
                tables.table(tables.without_empty(made[name]), rooms)
                for name in one.tables
                if name in made
            ],
            "excerpts": _excerpts_url(report, code) if one.written else "",
        }
        for code, one in SECTIONS.items()
    ]


def rooms_of(report: UnitReport) -> tables.Rooms:
    """Which lists the figures of this report open."""
    if not report.unit.is_school:
        return tables.Rooms(by_unit=True)
    return tables.Rooms(report.unit.code, visits=report.unit_id in here.scope().own)


def _excerpts_url(report: UnitReport, code: str) -> str:
    """What the schools write under this heading, for who puts it together."""
    if report.unit.is_school or not powers(report).writes or code == PREFACE:
        return ""
    return url_for("reports.excerpts", report_id=report.id, section=code)


def annexes(report: UnitReport, made: dict[str, Table]) -> list[dict[str, Any]]:
    """The tables behind the signature, in their order."""
    return [
        tables.table(made[name], rooms_of(report))
        for name in (HANDED_IN, *OFFICE_ANNEXES)
        if name in made
    ]


def lacking(report: UnitReport) -> list[str]:
    """The units whose figures are not in the sum, for they have not handed in."""
    return [one.unit.name for one in reports_below(report) if not one.figures]


def excerpts(report: UnitReport, code: str) -> list[dict[str, str]]:
    """The words of every handed-in report below, under one heading."""
    return [
        {"unit": one.unit.name, "text": one.narrative[code]}
        for one in reports_below(report)
        if one.figures and one.narrative.get(code)
    ]
