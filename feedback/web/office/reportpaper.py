"""A report as the paper that goes up: letterhead, outline, signature, annexes."""

from flask_babel import force_locale

from analysis.table import Table
from feedback import clock
from feedback.clock import office_day
from feedback.issuing import SIGNERS, initials, place_of
from feedback.models.reports import UnitReport
from feedback.papers.report import ReportPaper, Section, report_docx
from feedback.rules.outline import OFFICE_ANNEXES, PREFACE, SECTIONS
from feedback.web.office.consolidation import HANDED_IN, tables_of
from feedback.web.office.reportanchor import code_of
from feedback.web.office.reportfile import HANDED, headings, title
from feedback.web.office.tables import without_empty


def docx_of(report: UnitReport) -> bytes:
    """The report as a Word file, in Vietnamese whatever the reader's language."""
    with force_locale("vi"):
        return report_docx(paper_of(report))


def paper_of(report: UnitReport) -> ReportPaper:
    """What stands on it; the number is written in by hand."""
    unit, made = report.unit, tables_of(report)
    dated = office_day(report.frozen_at) if report.frozen_at else clock.today()
    above = unit.manager_on(dated)
    superior = above.name_on(dated) if above else ""
    return ReportPaper(
        number=None,
        symbol=f"BC-{initials(unit.name_on(dated))}",
        issuer=unit.name_on(dated),
        superior=superior,
        place=place_of(unit),
        dated=dated,
        title="Báo cáo",
        summary=title(report.round),
        addressee=superior,
        preface=report.narrative.get(PREFACE) or _usual_preface(report),
        sections=tuple(_sections(report, made)),
        annexes=tuple(made[name] for name in (HANDED_IN, *OFFICE_ANNEXES) if name in made),
        signer_title=SIGNERS[unit.kind],
        signer_name=_signer(report),
        recipients=("Như trên", "Lưu: VT"),
        closing=f"Trên đây là báo cáo của {unit.name_on(dated)}./.",
        draft=report.state not in HANDED,
        anchor=code_of(report),
    )


def _usual_preface(report: UnitReport) -> str:
    period, unit = report.round, report.unit
    return (
        f"{unit.name} báo cáo kết quả thực hiện, số liệu tính từ ngày {period.starts_on:%d/%m/%Y} "
        f"đến ngày {period.ends_on:%d/%m/%Y}, như sau:"
    )


def _sections(report: UnitReport, made: dict[str, Table]) -> list[Section]:
    said = headings(report)
    return [
        Section(
            one.number,
            said[code],
            one.level,
            report.narrative.get(code, ""),
            tuple(without_empty(made[name]) for name in one.tables if name in made),
        )
        for code, one in SECTIONS.items()
        if code != PREFACE
    ]


def _signer(report: UnitReport) -> str | None:
    """Who handed it in; a draft is signed by nobody."""
    if report.state not in HANDED:
        return None
    return next((e.officer.name for e in reversed(report.events) if e.move_code == "submit"), None)
