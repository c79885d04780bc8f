"""The plain facts the calculator works on. No citizen's name, word, phone or code comes here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from analysis.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One matter, counted in one unit. Dates never lie before `received_on`.

    A matter that the school may not see is counted in the unit that answers it, and nowhere else.
    """

    reference: str
    unit_code: str  # in whose figures it counts: the school, or the Office for what is kept from it
    owner_code: str  # the desk that must answer now
    kind_code: str
    subject_code: str = ""
    channel_code: str = ""
    is_petition: bool = False  # a signed, identified khiếu nại or tố cáo
    urgent: bool = False  # a child may be in danger
    received_on: date
    due_on: date | None = None  # the promise of the first answer, extensions and pauses included
    answered_on: date | None = None  # the first answer; a later one never moves it
    refused_on: date | None = None  # told, with a coded reason, that it will not be handled
    transferred_on: date | None = None  # the last time it was passed on to the competent unit
    escalated_on: date | None = None  # taken up to the superior for a second look
    closed_on: date | None = None  # ended; before any answer it means withdrawn, joined or filed
    reopened_on: date | None = None  # the last time it was opened again after an answer
    answered_again_on: date | None = None  # the answer to that, None while it is owed
    working_days: int | None = None  # received to first answer, counted by the office's calendar
    rated_on: date | None = None  # the day the sender said how it went
    face: int | None = None  # 1 không hài lòng, 2 chấp nhận được, 3 hài lòng
    solved: bool | None = None  # the sender's own word
    letters: int = 1  # of how many senders: one, and each whose matter was joined to this one


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """One time someone was received: one line of the reception register."""

    unit_code: str
    received_on: date
    mode: str  # regular, head, delegated
    people: int = 1
    matters: int = 1
    group: bool = False  # đoàn đông người: five people or more (TT 06/2025/TT-TTCP, 01/TCD)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionRow:
    """A reception day that was held, also when nobody came: the day itself is counted."""

    unit_code: str
    held_on: date
    mode: str  # head, delegated


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogueRow:
    """One democratic dialogue (TT 11/2020/TT-BGDĐT), never the dialogue inside a complaint."""

    unit_code: str
    held_on: date
    people: int = 0
    opinions: int = 0
    settled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningRow:
    """One step in opening a sealed identity, at the unit that took it; never whose, nor why."""

    unit_code: str
    step_on: date
    step: str  # asked, refused, opened


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer to one scale question of a satisfaction survey, from nobody in particular."""

    unit_code: str
    question_code: str
    received_on: date
    score: int | None = None  # 1 to 5; 0 is "không biết"; None is left blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All a report is made from: one scope, one period, and the period it is compared with.

    `cases` holds every matter that touches the period: received by its end, and not ended before
    its first day, or reopened or rated within it. More rows do no harm, for every figure looks at
    the dates; `cases` and `cases_before` may be the same tuple. `as_of` is the day the report is
    made: nothing later counts. Catalogues give code and label in the order of print; codes that
    rows carry and a catalogue lacks are added at its end, so that no matter is lost.
    """

    period: Period
    before: Period  # see periods.comparable
    as_of: date
    cases: tuple[CaseRow, ...] = ()
    cases_before: tuple[CaseRow, ...] = ()
    visits: tuple[VisitRow, ...] = ()
    visits_before: tuple[VisitRow, ...] = ()
    receptions: tuple[ReceptionRow, ...] = ()
    receptions_before: tuple[ReceptionRow, ...] = ()
    dialogues: tuple[DialogueRow, ...] = ()
    dialogues_before: tuple[DialogueRow, ...] = ()
    answers: tuple[AnswerRow, ...] = ()
    answers_before: tuple[AnswerRow, ...] = ()
    openings: tuple[OpeningRow, ...] = ()
    openings_before: tuple[OpeningRow, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    subjects: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
