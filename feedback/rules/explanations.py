"""“Vì sao hạn là ngày này?”: a deadline as its event, its rule, the days skipped, the law."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from feedback.rules.calendar import SATURDAY, WEEKDAYS, WorkCalendar
from feedback.rules.clocks import STEPS, DeadlineRule
from feedback.rules.sentences import Sentence
from feedback.rules.terms import (
    CALENDAR_DAYS,
    HOURS,
    NEVER,
    WORKING_DAYS,
    Due,
    Pause,
    Skipped,
    Term,
    day_of,
    due,
    due_before,
)

STARTS = "Bắt đầu: %(event)s, %(start)s. Ngày này không tính."
STARTS_AT = "Bắt đầu: %(event)s, lúc %(start)s."
HAPPENS = "Ngày diễn ra: %(start)s. Ngày này không tính."
WORKING_TERM = "Thời hạn: %(term)s, không tính thứ Bảy, Chủ nhật, ngày lễ."
CALENDAR_TERM = "Thời hạn: %(term)s, tính cả ngày nghỉ."
HOURS_TERM = "Thời hạn: %(term)s, tính liên tục cả ban đêm và ngày nghỉ."
BACK_TERM = "Phải làm trước ít nhất %(term)s."
LEAST_TERM = "Phải giữ ít nhất %(term)s liên tục."
WEEKENDS = "Không tính ngày nghỉ cuối tuần: %(days)s."
DAY_OFF = "Không tính %(day)s: %(reason)s."
ROLLED = "Ngày cuối rơi vào %(day)s (%(reason)s) nên dời sang ngày làm việc kế tiếp."
PULLED = "Vì %(day)s là ngày nghỉ (%(reason)s) nên phải làm sớm hơn."
PAUSED = "Tạm đình chỉ từ %(start)s đến trước %(end)s: thời gian này không tính."
STOPPED = "Đang tạm đình chỉ từ %(start)s: hạn được tính tiếp khi có quyết định tiếp tục."
ENDS = "Hạn cuối: hết %(due)s."
ENDS_AT = "Hạn cuối: %(due)s."
LAST_CHANCE = "Muộn nhất: hết %(due)s."
LEAST_END = "Sớm nhất được gỡ: sau %(due)s."
REMAINS = "còn %(term)s"
OVERDUE = "quá hạn %(term)s"
TODAY = "hôm nay"
STANDS_STILL = "đang tạm dừng"
BASIS = "Căn cứ: %(law)s."
COUNTING = "Cách đếm: Điều 147, 148 Bộ luật Dân sự 2015."

# What a translator needs to find.
SENTENCES = (
    STARTS, STARTS_AT, HAPPENS, WORKING_TERM, CALENDAR_TERM, HOURS_TERM, BACK_TERM, LEAST_TERM,
    WEEKENDS, DAY_OFF, ROLLED, PULLED, PAUSED, STOPPED, ENDS, ENDS_AT, LAST_CHANCE, LEAST_END,
    REMAINS, OVERDUE, TODAY, STANDS_STILL, BASIS, COUNTING,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explanation:
    """The sentences of a deadline, and the deadline."""

    sentences: tuple[Sentence, ...]
    due: Due

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(str(sentence) for sentence in self.sentences)


def explain(
    rule: DeadlineRule,
    start: datetime | date,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    step: str = "",
) -> Explanation:
    """Why a clock that starts with this event (in office time) ends when it does.

    `step` says which of the acts that may start the clock did; without it all are named.
    """
    if rule.backwards:
        return _explain_back(rule, day_of(start), calendar)
    end = due(rule.term, start, calendar, pauses, rule.roll)
    told = (
        _start(rule, start, STEPS[step] if step else rule.event),
        _term(rule),
        *_pauses(pauses, day_of(start), end),
        *_skipped(rule, end.skipped),
        *_end(rule, end),
        *_basis(rule),
    )
    return Explanation(told, end)


def how_far(due_on: date, today: date, calendar: WorkCalendar) -> Sentence:
    """How far away a day is: “còn 3 ngày làm việc”, “hôm nay”, “quá hạn 2 ngày làm việc”."""
    if due_on == NEVER:
        return Sentence(STANDS_STILL)
    if due_on == today:
        return Sentence(TODAY)
    text = REMAINS if due_on > today else OVERDUE
    if working := abs(calendar.working_days_between(today, due_on)):
        return Sentence(text, {"term": Term(working, WORKING_DAYS)})
    # Between two days off no working day passes, and still the day comes.
    return Sentence(text, {"term": Term(abs((due_on - today).days), CALENDAR_DAYS)})


def time_left(due_on: date, today: date, calendar: WorkCalendar) -> str:
    """The same in Vietnamese, ready to print."""
    return str(how_far(due_on, today, calendar))


def _explain_back(rule: DeadlineRule, event_on: date, calendar: WorkCalendar) -> Explanation:
    end = due_before(rule.term, event_on, calendar)
    told = (
        Sentence(HAPPENS, {"start": event_on}),
        Sentence(BACK_TERM, {"term": rule.term}),
        *_skipped(rule, end.skipped),
        Sentence(LAST_CHANCE, {"due": end.on}),
        *_basis(rule),
    )
    return Explanation(told, end)


def _start(rule: DeadlineRule, start: datetime | date, event: str) -> Sentence:
    if rule.term.unit == HOURS and isinstance(start, datetime):
        return Sentence(STARTS_AT, {"event": event, "start": start})
    return Sentence(STARTS, {"event": event, "start": day_of(start)})


def _term(rule: DeadlineRule) -> Sentence:
    if rule.at_least:
        return Sentence(LEAST_TERM, {"term": rule.term})
    texts = {HOURS: HOURS_TERM, CALENDAR_DAYS: CALENDAR_TERM}
    return Sentence(texts.get(rule.term.unit, WORKING_TERM), {"term": rule.term})


def _pauses(pauses: Sequence[Pause], start: date, end: Due) -> Iterator[Sentence]:
    """Each suspension that touched the term."""
    for pause in pauses:
        if pause.from_on > end.on or (pause.to_on is not None and pause.to_on <= start):
            continue
        if pause.to_on is None:
            yield Sentence(STOPPED, {"start": pause.from_on})
        else:
            yield Sentence(PAUSED, {"start": pause.from_on, "end": pause.to_on})


def _skipped(rule: DeadlineRule, skipped: Sequence[Skipped]) -> Iterator[Sentence]:
    """Each day passed over, with its reason; plain weekends together in one sentence."""
    if rule.term.unit == CALENDAR_DAYS:
        first = PULLED if rule.backwards else ROLLED
        yield from (_off(DAY_OFF if n else first, skip) for n, skip in enumerate(skipped))
        return
    weekends = [skip.day for skip in skipped if _is_plain_weekend(skip)]
    if weekends:
        yield Sentence(WEEKENDS, {"days": ", ".join(f"{day:%d/%m}" for day in weekends)})
    yield from (_off(DAY_OFF, skip) for skip in skipped if not _is_plain_weekend(skip))


def _off(text: str, skip: Skipped) -> Sentence:
    return Sentence(text, {"day": skip.day, "reason": skip.reason})


def _is_plain_weekend(skip: Skipped) -> bool:
    return skip.day.weekday() >= SATURDAY and skip.reason == WEEKDAYS[skip.day.weekday()]


def _end(rule: DeadlineRule, end: Due) -> Iterator[Sentence]:
    if end.at is not None:
        yield Sentence(ENDS_AT, {"due": end.at})
    elif not end.is_paused:
        text = LEAST_END if rule.at_least else ENDS
        yield Sentence(text, {"due": end.on})


def _basis(rule: DeadlineRule) -> Iterator[Sentence]:
    yield Sentence(BASIS, {"law": rule.law})
    yield Sentence(COUNTING)
