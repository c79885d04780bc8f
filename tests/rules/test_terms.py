"""When a term ends: golden days of the law, and what holds for every term."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feedback.rules.calendar import HOLIDAY, SpecialDay, WorkCalendar
from feedback.rules.terms import NEVER, Pause, Term, due, due_before
from tests.rules.shipped import CALENDAR, holiday_rows

WD, CD, H = "WD", "CD", "H"

DAYS = st.dates(date(2025, 6, 1), date(2030, 6, 1))
TERMS = st.builds(Term, st.integers(0, 90), st.sampled_from((WD, CD)))

# quantity, unit, start, end, what it shows
GOLDEN = [
    (10, WD, date(2026, 11, 10), date(2026, 11, 25), "skips Tuesday 24/11"),
    (7, WD, date(2026, 11, 16), date(2026, 11, 26), "first handling of a denunciation"),
    (7, WD, date(2026, 11, 22), date(2026, 12, 2), "received on a Sunday"),
    (5, WD, date(2026, 11, 20), date(2026, 11, 30), "transfer of a denunciation"),
    (7, WD, date(2026, 11, 20), date(2026, 12, 2), "acceptance of a complaint"),
    (3, WD, date(2026, 11, 20), date(2026, 11, 26), "over a weekend and a holiday"),
    (2, WD, date(2026, 11, 23), date(2026, 11, 26), "over a holiday"),
    (30, CD, date(2026, 11, 25), date(2026, 12, 25), "ends on a working day"),
    (45, CD, date(2026, 11, 25), date(2027, 1, 11), "09/01/2027 is a Saturday"),
    (30, CD, date(2026, 12, 24), date(2027, 1, 25), "23/01/2027 is a Saturday"),
    (29, CD, date(2026, 10, 26), date(2026, 11, 25), "24/11 is a holiday"),
    (30, CD, date(2026, 3, 31), date(2026, 5, 4), "30/4, 1/5, then the weekend"),
    (7, WD, date(2026, 2, 12), date(2026, 3, 2), "over Tết 2026"),
    (7, WD, date(2027, 1, 29), date(2027, 2, 16), "over Tết 2027"),
    (10, WD, date(2027, 2, 3), date(2027, 2, 24), "from the eve of Tết 2027"),
    (30, CD, date(2027, 1, 5), date(2027, 2, 11), "ends on the first day off of Tết 2027"),
    (1, WD, date(2026, 1, 9), date(2026, 1, 10), "a swapped Saturday counts"),
    (1, WD, date(2026, 1, 1), date(2026, 1, 5), "a swapped Friday does not"),
    (10, WD, date(2026, 8, 20), date(2026, 9, 7), "over 2 September 2026"),
]


@pytest.mark.parametrize(("quantity", "unit", "start", "end", "shows"), GOLDEN)
def test_a_term_ends_on_the_day_of_the_golden_table(quantity, unit, start, end, shows):
    assert due(Term(quantity, unit), start, CALENDAR).on == end, shows


@pytest.mark.parametrize("hour", ["00:00", "08:00", "23:50"])
def test_the_hour_of_reception_does_not_move_a_term_in_days(hour):
    start = datetime.fromisoformat(f"2026-11-10T{hour}+07:00")
    assert due(Term(10, WD), start, CALENDAR).on == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("hours", "start", "end"),
    [
        (12, "2026-11-23T20:15+07:00", "2026-11-24T08:15+07:00"),
        (72, "2026-02-14T09:00+07:00", "2026-02-17T09:00+07:00"),
        (12, "2026-12-31T18:00+07:00", "2027-01-01T06:00+07:00"),
        (0, "2026-11-22T23:50+07:00", "2026-11-22T23:50+07:00"),
    ],
)
def test_hours_run_through_nights_weekends_and_holidays(hours, start, end):
    begun, ended = datetime.fromisoformat(start), datetime.fromisoformat(end)
    result = due(Term(hours, H), begun, CALENDAR, [Pause(begun.date())])
    assert (result.at, result.on) == (ended, ended.date())


def test_hours_from_a_day_alone_run_from_its_beginning():
    result = due(Term(12, H), date(2026, 11, 16), CALENDAR)
    assert result.at is not None
    assert (result.at.hour, result.on) == (12, date(2026, 11, 16))


def test_a_term_that_does_not_roll_stays_on_its_holiday():
    term = Term(29, CD)
    assert due(term, date(2026, 10, 26), CALENDAR, roll=False).on == date(2026, 11, 24)


def test_the_days_skipped_are_told_with_their_reason():
    skipped = due(Term(3, WD), date(2026, 11, 20), CALENDAR).skipped
    assert [(skip.day.day, skip.reason) for skip in skipped] == [
        (21, "thứ Bảy"),
        (22, "Chủ nhật"),
        (24, "Ngày Văn hóa Việt Nam"),
    ]


def test_a_term_in_calendar_days_tells_only_the_days_its_end_rolled_over():
    skipped = due(Term(30, CD), date(2026, 3, 31), CALENDAR).skipped
    assert [skip.day for skip in skipped] == [
        date(2026, 4, 30),
        *(date(2026, 5, d) for d in (1, 2, 3)),
    ]


class TestCountingBack:
    """What must be done at least so long before an event."""

    def test_a_schedule_is_posted_five_working_days_before(self):
        assert due_before(Term(5, WD), date(2026, 11, 25), CALENDAR).on == date(2026, 11, 17)

    def test_a_notice_whose_last_day_is_off_is_due_earlier_never_later(self):
        assert due_before(Term(5, CD), date(2026, 11, 29), CALENDAR).on == date(2026, 11, 23)

    @pytest.mark.parametrize(
        ("limit", "last"),
        [
            (date(2026, 5, 1), date(2026, 4, 29)),
            (date(2027, 5, 1), date(2027, 4, 29)),
            (date(2026, 11, 1), date(2026, 10, 30)),
        ],
    )
    def test_before_the_first_of_may_means_the_last_working_day_before(self, limit, last):
        assert due_before(Term(1, CD), limit, CALENDAR).on == last


class TestPauses:
    """Suspension by decision: its days do not count, the day of going on does."""

    def test_a_pause_of_ten_days_moves_the_end_by_ten_days(self):
        pause = Pause(date(2026, 12, 1), date(2026, 12, 11))
        assert due(Term(30, CD), date(2026, 11, 25), CALENDAR, [pause]).on == date(2027, 1, 4)

    def test_two_pauses_add_up(self):
        pauses = [
            Pause(date(2026, 12, 1), date(2026, 12, 6)),
            Pause(date(2026, 12, 10), date(2026, 12, 15)),
        ]
        assert due(Term(30, CD), date(2026, 11, 25), CALENDAR, pauses).on == date(2027, 1, 4)

    def test_a_clock_that_stands_still_is_never_due(self):
        result = due(Term(30, CD), date(2026, 11, 25), CALENDAR, [Pause(date(2026, 12, 1))])
        assert result.on == NEVER
        assert result.is_paused

    def test_a_pause_after_the_end_changes_nothing(self):
        pause = Pause(date(2027, 1, 1))
        assert due(Term(30, CD), date(2026, 11, 25), CALENDAR, [pause]).on == date(2026, 12, 25)

    def test_the_day_of_the_decision_to_go_on_counts(self):
        pause = Pause(date(2026, 11, 17), date(2026, 11, 18))
        assert due(Term(1, WD), date(2026, 11, 16), CALENDAR, [pause]).on == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (Term(10, WD), "10 ngày làm việc"),
        (Term(30, CD), "30 ngày"),
        (Term(12, H), "12 giờ"),
        (Term(0, H), "ngay lập tức"),
    ],
)
def test_a_term_says_itself(term, words):
    assert term.words == words


@pytest.mark.parametrize(("quantity", "unit"), [(3, "weeks"), (-1, WD), (5, "")])
def test_a_term_of_no_known_measure_is_refused_in_words(quantity, unit):
    with pytest.raises(ValueError, match="không phải là một thời hạn"):
        Term(quantity, unit)


@given(TERMS, DAYS, st.lists(DAYS, max_size=10))
def test_adding_a_holiday_never_makes_a_deadline_earlier(term, start, extra):
    added = [SpecialDay(day, HOLIDAY, "Nghỉ thêm") for day in extra]
    fuller = WorkCalendar([*_shipped(), *added])
    assert due(term, start, fuller).on >= due(term, start, CALENDAR).on


@given(TERMS, DAYS, st.integers(0, 60), st.integers(1, 60))
def test_pausing_never_shortens(term, start, wait, length):
    from_on = start + timedelta(days=wait)
    pauses = [Pause(from_on, from_on + timedelta(days=length))]
    assert due(term, start, CALENDAR, pauses).on >= due(term, start, CALENDAR).on


@given(DAYS, st.integers(1, 90), st.integers(0, 60), st.integers(1, 60))
def test_pausing_calendar_days_lengthens_by_just_as_many(start, quantity, wait, length):
    assume(wait < quantity)
    from_on = start + timedelta(days=wait + 1)
    pauses = [Pause(from_on, from_on + timedelta(days=length))]
    term = Term(quantity, CD)
    plain = due(term, start, CALENDAR, roll=False).on
    assert due(term, start, CALENDAR, pauses, roll=False).on == plain + timedelta(days=length)


@given(st.integers(1, 60), st.sampled_from((WD, CD)), DAYS)
def test_day_zero_never_counts(quantity, unit, start):
    term = Term(quantity, unit)
    assert due(term, start, CALENDAR).on >= start + timedelta(days=quantity)
    if unit == WD:
        later = due(term, start, CALENDAR).on
        assert CALENDAR.working_days_between(start, later) == quantity


@given(TERMS, DAYS)
def test_a_deadline_that_rolls_falls_on_a_working_day(term, start):
    assert CALENDAR.is_working(due(term, start, CALENDAR).on)


@given(TERMS, DAYS)
def test_counting_back_leaves_at_least_the_whole_term(term, event_on):
    assume(term.quantity)
    last = due_before(term, event_on, CALENDAR).on
    assert CALENDAR.is_working(last)
    if term.unit == CD:
        assert event_on - last >= timedelta(days=term.quantity)
    else:
        assert abs(CALENDAR.working_days_between(event_on, last)) >= term.quantity - 1


def _shipped() -> list[SpecialDay]:
    return [
        SpecialDay(date.fromisoformat(row["day"]), row["kind"], row["name"])
        for row in holiday_rows()
    ]
