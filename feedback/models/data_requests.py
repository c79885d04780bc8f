"""DataRequest: what a sender asked for about their own data, by when, and what came of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.clock import office_day
from feedback.db import Base, Moment
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.submissions import Submission
from feedback.rules.data_requests import DATA_REQUESTS, ONE_EXTENSION, SETTLED, TOO_LATE
from feedback.rules.deadlines import DEADLINE_RULES, rule_on
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.terms import due

REPLY_RULE = "DSR_REPLY"


class DataRequest(Base):
    """One request. Whoever answers the case answers it: it moves with the case.

    `reply_due_on`: by when the sender hears that it is being dealt with; `due_on`: by when it is
    done. The page of the thread tells both, so the first is met by the receipt of a request sent
    there (Nghị định 356/2025/NĐ-CP Đ5 khoản 2).
    """

    __tablename__ = "data_request"
    __table_args__ = (Index("ix_data_request_open", "settled_at", "due_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    kind_code: Mapped[str] = mapped_column(String(16))
    # "thread", or how the person came to the counter: "walk_in", "paper", "phone".
    channel_code: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    text: Mapped[str] = mapped_column(Text, default="")
    reply_due_on: Mapped[date]
    replied_on: Mapped[date | None]
    due_on: Mapped[date]
    extended_on: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    outcome_code: Mapped[str] = mapped_column(String(16), default="")
    refusal_code: Mapped[str] = mapped_column(String(16), default="")
    # What the sender is told of it.
    answer: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship()
    submission: Mapped[Submission] = relationship()
    taken_by: Mapped[Officer | None] = relationship(foreign_keys=[taken_by_id])
    settled_by: Mapped[Officer | None] = relationship(foreign_keys=[settled_by_id])

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    def is_late(self, today: date) -> bool:
        """What is owed next was due before today."""
        return self.is_open and self.owed_on < today

    @property
    def owed_on(self) -> date:
        """The next promise: the first word, then the thing itself."""
        return self.due_on if self.replied_on else min(self.reply_due_on, self.due_on)

    @classmethod
    def ask(cls, case: Case, submission: Submission, kind_code: str, act: Act) -> "DataRequest":
        """Its clocks start; the case's history says that it was asked, not in which words."""
        request = cls(
            case=case,
            submission=submission,
            kind_code=kind_code,
            channel_code="thread" if act.as_parent else "walk_in",
            asked_at=act.at,
            taken_by_id=act.by.id if act.by else None,
            text=act.note,
            reply_due_on=_due_on(REPLY_RULE, act.on, case, act),
            # The page says at once by when; whoever stands at the counter is told so.
            replied_on=act.on,
            due_on=_due_on(DATA_REQUESTS[kind_code].rule_code, act.on, case, act),
            extension_reason="",
            outcome_code="",
            refusal_code="",
            answer="",
        )
        case.request_data(_silent(act), kind_code)
        return request

    def extend(self, act: Act) -> None:
        """Once, with a reason, as long again from the day it was due."""
        self._must_be_open()
        if self.extended_on is not None:
            raise MoveRefused(ONE_EXTENSION)
        if self.due_on < act.on:
            raise MoveRefused(TOO_LATE)
        self.extended_on, self.extension_reason = act.on, act.note
        rule_code = DATA_REQUESTS[self.kind_code].rule_code
        self.due_on = _due_on(rule_code, self.due_on, self.case, act)
        self.case.extend_data(_silent(act), self.kind_code)

    def settle(self, act: Act, outcome_code: str, refusal_code: str = "") -> None:
        """Done, or not, with the words the sender reads."""
        self._must_be_open()
        self.settled_at, self.outcome_code = act.at, outcome_code
        self.settled_by, self.settled_by_id = act.by, act.by.id if act.by else None
        self.refusal_code, self.answer = refusal_code, act.note
        self.case.reply_data(_silent(act), self.kind_code, outcome_code)

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise MoveRefused(SETTLED)


def _silent(act: Act) -> Act:
    return Act(act.by, act.at, act.calendar, "", act.as_parent)


def _due_on(code: str, start: date, case: Case, act: Act) -> date:
    """By the rule of that day; of the first version for a day before the law had one."""
    rule = rule_on(code, office_day(act.at)) or DEADLINE_RULES[code][0]
    return due(rule.term, start, act.calendar.at(case.owner_id), roll=rule.roll).on
