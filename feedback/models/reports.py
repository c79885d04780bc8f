"""ReportRound, UnitReport: who owes which report for which period, and what they handed in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.officers import Officer
from feedback.models.units import Unit
from feedback.rules.sentences import Refusal, Sentence

STATES: dict[str, str] = {
    "not_started": "Chưa làm",
    "draft": "Đang soạn",
    "submitted": "Đã nộp",
    "returned": "Trả lại để sửa",
    "accepted": "Đã duyệt",
}
WRITABLE = frozenset({"not_started", "draft", "returned"})

WRONG_STATE = "Báo cáo đang ở bước “%(at)s” nên không thể thành “%(to)s”. Mời tải lại trang."


class ReportMoveRefused(Refusal):
    """A step the report's state does not allow; the sentence is for the person who tried it."""


class ReportRound(Base):
    """One period of one series, due before a day: `due_on` is the last day to send."""

    __tablename__ = "report_round"
    __table_args__ = (UniqueConstraint("series_code", "period_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_code: Mapped[str] = mapped_column(String(16))
    period_code: Mapped[str] = mapped_column(String(24))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    due_on: Mapped[date]

    reports: Mapped[list["UnitReport"]] = relationship(back_populates="round")


class UnitReport(Base):
    """One unit's report: the narrative by section, and the figures frozen when it was handed in."""

    __tablename__ = "unit_report"
    __table_args__ = (UniqueConstraint("round_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("report_round.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    state: Mapped[str] = mapped_column(String(16), default="not_started")
    narrative: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    # As handed in: "tables" by code, and for a school the "rows" they were counted from, without
    # which no sum of schools would be exact. Empty while the figures still run.
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    frozen_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    round: Mapped[ReportRound] = relationship(lazy="joined", back_populates="reports")
    unit: Mapped[Unit] = relationship(lazy="joined")
    events: Mapped[list["ReportEvent"]] = relationship(order_by="ReportEvent.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def writable(self) -> bool:
        return self.state in WRITABLE

    def write(self, narrative: dict[str, str], by: Officer, at: datetime) -> None:
        self._step("draft", WRITABLE)
        if self.state != "draft":
            self._record("write", by, at)
        self.state, self.narrative = "draft", {**self.narrative, **narrative}

    def submit(self, figures: dict[str, Any], by: Officer, at: datetime) -> None:
        """The head hands it in; from now on its figures no longer move."""
        self._step("submitted", WRITABLE)
        self._record("submit", by, at)
        self.state, self.figures, self.frozen_at = "submitted", figures, at

    def return_(self, note: str, by: Officer, at: datetime) -> None:
        """Back to the school, whose figures run again until it is handed in once more."""
        self._step("returned", frozenset({"submitted", "accepted"}))
        self._record("return", by, at, note)
        self.state, self.figures, self.frozen_at = "returned", {}, None

    def accept(self, by: Officer, at: datetime, note: str = "") -> None:
        self._step("accepted", frozenset({"submitted"}))
        self._record("accept", by, at, note)
        self.state = "accepted"

    def _step(self, to: str, from_: frozenset[str]) -> None:
        if self.state not in from_:
            raise ReportMoveRefused(
                Sentence(WRONG_STATE, {"at": STATES[self.state], "to": STATES[to]})
            )

    def _record(self, move: str, by: Officer, at: datetime, note: str = "") -> None:
        self.events.append(ReportEvent(move_code=move, officer_id=by.id, at=at, note=note))


class ReportEvent(Base):
    """What was done to a report, by whom, when."""

    __tablename__ = "report_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("unit_report.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    move_code: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Text, default="")

    officer: Mapped[Officer] = relationship(lazy="joined")
