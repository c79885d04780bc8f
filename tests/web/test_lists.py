"""The desk's lists: what a filter keeps, what a folder counts, and how the pages go on."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from analysis.counting.facts import TESTS as ROW_TESTS
from analysis.counting.states import STATES
from analysis.counting.where import matches
from analysis.rows import CaseRow
from feedback import access, db, lists, paging, scopes
from feedback.clock import OFFICE_ZONE
from feedback.facts import FIELDS, TESTS, counted
from feedback.models.cases import Case
from feedback.scopes import Scope
from tests import world

TODAY = date(2026, 11, 24)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=OFFICE_ZONE)


def november(day: int) -> datetime:
    return at(date(2026, 11, day))


@pytest.fixture
def place(story):
    """An Office, two of its schools, and who works there."""

    class Place:
        office = world.an_office()
        school = world.a_school(office=office)
        other = world.a_school("NT", "Trường THCS Nguyễn Trãi", office)
        clerk = world.an_officer(school)
        officer = world.an_officer(office, "office")

    return Place


def viewer(scope: Scope) -> lists.Viewer:
    return lists.Viewer(scope.officer.id, scope.own, TODAY, date(2026, 11, 26))


def scope(officer) -> Scope:
    return scopes.scope_of(db.session(), officer, TODAY)


def found(officer, **where: str) -> list[Case]:
    seen = scope(officer)
    kept = lists.narrow(access.cases(seen), where, viewer(seen))
    return list(db.session.scalars(kept.order_by(Case.id)))


def counts(officer, **where: str) -> dict[str, int]:
    seen = scope(officer)
    return lists.counts(db.session(), access.cases(seen), where, viewer(seen))


# --- the twin of the calculator ---------------------------------------------------------------


def row_of(matter: Case) -> CaseRow:
    """The case as the calculator reads it, told in plain Python."""
    counted_unit = matter.owner if matter.hidden_from_school else matter.unit
    return CaseRow(
        reference=matter.reference,
        unit_code=counted_unit.code,
        owner_code=matter.owner.code,
        kind_code=matter.kind_code,
        subject_code=matter.subject_code,
        channel_code=matter.channel_code,
        is_petition=matter.is_petition,
        urgent=matter.priority == "P0",
        received_on=matter.received_on,
        due_on=matter.promised_on,
        answered_on=matter.answered_on,
        refused_on=matter.refused_on,
        transferred_on=matter.transferred_on,
        escalated_on=matter.escalated_on,
        closed_on=matter.closed_on,
        reopened_on=matter.reopened_on,
        answered_again_on=matter.answered_again_on,
        rated_on=matter.rated_on,
        face=matter.face,
        solved=matter.solved,
    )


def many_lives(place) -> list[Case]:  # noqa: PLR0915 - many lives are many lines
    """Cases in every state, begun in two years, some late, some hidden, some at danger."""
    made: list[Case] = []
    for number, begun in enumerate((at(date(2025, 11, 3)), november(2), november(20))):
        act = lambda by, note, days, begun=begun, **more: world.an_act(  # noqa: E731
            by, note, begun + timedelta(days=days), **more
        )
        for kind in ("PA", "GY", "KNGHI"):
            made.append(world.a_case(place.school, begun, kind_code=kind))
        made.append(world.an_answered_case(place.school, place.clerk, begun))
        late = world.an_answered_case(place.other, place.clerk, begun - timedelta(days=40))
        late.dispute(act(None, "Vẫn chưa được.", 3, as_parent=True), 1)
        made.append(late)
        again = world.an_answered_case(place.school, place.clerk, begun)
        again.dispute(act(None, "Con vẫn đói.", 2, as_parent=True), 1)
        again.answer(act(place.clerk, "Đã tăng thêm một lần nữa.", 3), "done", "Tăng suất")
        again.confirm(act(None, "", 4 - number, as_parent=True), 3)
        made.append(again)
        refused = world.a_case(place.school, begun)
        refused.refuse(act(place.clerk, "Việc này đã được trả lời.", 1), "ALREADY_ANSWERED")
        made.append(refused)
        passed = world.a_case(place.school, begun)
        passed.transfer(act(place.clerk, "Thuộc thẩm quyền của Phòng.", 1), place.office)
        made.append(passed)
        second = world.an_answered_case(place.school, place.clerk, begun)
        second.escalate(act(None, "Xin cấp trên xem lại.", 3, as_parent=True), place.office)
        made.append(second)
        gone = world.a_case(place.school, begun)
        gone.withdraw(act(None, "Tôi rút.", 1, as_parent=True))
        made.append(gone)
        made.append(world.a_case(place.school, begun, about_code="leaders", kind_code="TC"))
        made.append(world.a_case(place.other, begun, danger=True))
    db.session.flush()
    return made


def test_sql_and_rows_know_the_same_tests_and_fields():
    assert TESTS.keys() == ROW_TESTS.keys()
    plain = {"letters", "unit_code", "owner_code", "working_days"}
    assert FIELDS.keys() == set(CaseRow.__dataclass_fields__) - plain


def test_every_state_keeps_the_same_cases_in_sql_as_on_rows(place):
    made = {matter.reference: row_of(matter) for matter in many_lives(place)}
    periods = ("", "2026-11", "2026-W47", "2025", "2026", "SY2025", "2026-11-20..2026-11-21")
    for period in periods:
        for state in STATES:
            where = {"state": state} | ({"period": period} if period else {})
            in_sql = set(db.session.scalars(select(Case.reference).where(counted(where, TODAY))))
            on_rows = {ref for ref, row in made.items() if matches(row, where, TODAY)}
            assert in_sql == on_rows, where


@pytest.mark.parametrize(
    "more",
    [
        {"unit": "LDT"},
        {"unit": "PGD"},
        {"owner": "PGD"},
        {"kind": "GY"},
        {"subject": "BAN_TRU"},
        {"subject": "-"},
        {"channel": "qr"},
        {"petition": "no"},
        {"petition": "yes"},
    ],
    ids=str,
)
def test_every_other_key_keeps_the_same_cases_in_sql_as_on_rows(place, more):
    made = {matter.reference: row_of(matter) for matter in many_lives(place)}
    where = {**more, "period": "2026-11", "state": "to_handle"}
    in_sql = set(db.session.scalars(select(Case.reference).where(counted(where, TODAY))))
    assert in_sql == {ref for ref, row in made.items() if matches(row, where, TODAY)}


# --- search -----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["bữa trưa", "BUA TRUA", "trua bua", "  thịt   ít "])
def test_words_are_found_with_and_without_accents_in_any_order(place, typed):
    matter = world.a_case(place.school)
    world.a_case(place.school, text="Cổng trường kẹt xe mỗi sáng.", wish="")
    assert found(place.clerk, q=typed) == [matter]


def test_a_reference_is_found_however_it_is_typed(place):
    matter = world.a_case(place.school)
    world.a_case(place.school)
    assert found(place.clerk, q=matter.reference) == [matter]
    assert found(place.clerk, q=matter.reference.lower()) == [matter]
    assert found(place.clerk, q=matter.reference[-5:]) == [matter]


@pytest.mark.parametrize("typed", ["%", "_", "100%", "\\", "' or 1=1 --"])
def test_signs_of_the_database_are_only_signs(place, typed):
    world.a_case(place.school)
    assert found(place.clerk, q=typed) == []


# --- folders ----------------------------------------------------------------------------------


def test_folders_count_what_they_show(place):
    many_lives(place)
    for officer in (place.clerk, place.officer):
        told = counts(officer)
        for code in lists.FOLDERS:
            assert told[code] == len(found(officer, folder=code)), code


def test_folders_are_counted_in_one_reading(place):
    many_lives(place)
    seen, asked = scope(place.officer), []
    engine = db.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    lists.counts(db.session(), access.cases(seen), {}, viewer(seen))
    assert len(asked) == 1


def test_what_is_due_within_two_working_days_is_soon_and_what_was_due_is_overdue(place):
    for day in (23, 24, 26, 27):
        matter = world.a_case(place.school, november(2))
        matter.due_on = date(2026, 11, day)
    db.session.flush()
    assert [m.due_on for m in found(place.clerk, folder="overdue")] == [date(2026, 11, 23)]
    assert [m.due_on for m in found(place.clerk, folder="soon")] == [TODAY, date(2026, 11, 26)]


def test_an_office_works_its_own_desk_and_looks_at_a_school_by_its_unit(place):
    at_school = world.a_case(place.school, november(2))
    at_office = world.a_case(place.school, november(2), about_code="leaders")
    assert found(place.officer, folder="open") == [at_office]
    assert found(place.officer, folder="elsewhere") == [at_school]
    assert found(place.officer, folder="open", unit="LDT") == [at_school]


def test_a_matter_passed_on_stands_elsewhere_for_the_school(place):
    matter = world.a_case(place.school, november(2))
    matter.transfer(world.an_act(place.clerk, "Việc của Phòng.", november(3)), place.office)
    db.session.flush()
    assert found(place.clerk, folder="open") == []
    assert found(place.clerk, folder="elsewhere") == [matter]


# --- secrecy ----------------------------------------------------------------------------------


def test_a_denunciation_of_the_head_is_in_no_folder_no_count_and_no_search_of_the_school(place):
    secret = world.a_case(
        place.school,
        november(23),
        kind_code="TC",
        about_code="leaders",
        text="Hiệu trưởng nhận tiền trái tuyến của phụ huynh.",
    )
    plain = world.a_case(place.school, november(23))
    assert {code for code, n in counts(place.clerk).items() if n} == {"open", "new", "all"}
    assert all(n <= 1 for n in counts(place.clerk).values())
    for where in ({"q": secret.reference}, {"q": "hieu truong"}, {"kind": "TC"}, {"unit": "PGD"}):
        assert found(place.clerk, **where) == []
        assert not any(counts(place.clerk, **where).values())
    assert found(place.clerk) == [plain]
    # Sealed words are in no index: the Office finds it by what it is, not by what it says.
    assert secret in found(place.officer, q=secret.reference)
    assert secret in found(place.officer, kind="TC")
    assert found(place.officer, q="nhan tien") == []


def test_another_school_s_clerk_finds_nothing(place):
    world.a_case(place.school)
    stranger = world.an_officer(place.other)
    assert found(stranger) == []
    assert not any(counts(stranger).values())


# --- what an address may ask ------------------------------------------------------------------

KNOWN = ({"LDT"}, {"7K3MQ2XD"})


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "XX"},
        {"subject": "BÁN"},
        {"unit": "PGD"},
        {"point": "AAAA"},
        {"period": "2026-13"},
        {"period": "2026-11-31..2026-12-01"},
        {"state": "lost"},
        {"petition": "maybe"},
        {"folder": "trash"},
        {"as_of": "yesterday"},
        {"as_of": "0001-01-01"},
        {"list": "visits"},
        {"q": "x" * 101},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_left_out_and_named(asked):
    assert lists.read(asked, *KNOWN) == lists.Asked({}, tuple(asked))


def test_what_makes_sense_is_kept():
    asked = {
        "kind": "PA", "subject": "-", "unit": "LDT", "point": "7K3MQ2XD", "period": "2026-H2",
        "state": "open_late", "folder": "mine", "as_of": "2026-11-24", "q": "bữa trưa",
        "list": "cases", "lang": "en", "after": "2026-11-24|3",
    }  # fmt: skip
    read = lists.read(asked, *KNOWN)
    assert not read.ignored
    assert read.where.keys() == asked.keys() - {"list", "lang", "after"}


@pytest.mark.parametrize(
    ("where", "folder"), [({}, "open"), ({"q": "x"}, "all"), ({"q": "x", "folder": "new"}, "new")]
)
def test_without_a_folder_a_search_looks_everywhere(where, folder):
    assert lists.folder_of(where) == folder


# --- pages ------------------------------------------------------------------------------------


def a_list(place, number: int) -> list[Case]:
    """Cases due on the same few days, and some that owe nothing."""
    made = [world.a_case(place.school, november(2)) for _ in range(number)]
    for place_, matter in enumerate(made):
        matter.due_on = None if place_ % 5 == 0 else date(2026, 11, 20 + place_ % 3)
    db.session.flush()
    return made


def leaf_through(place, folder: str) -> tuple[list[paging.Page], paging.Page]:
    """All pages of a folder, four to the page, and the last but one reached backwards."""
    seen, where = scope(place.clerk), {"folder": folder}
    kept, order = lists.narrow(access.cases(seen), where, viewer(seen)), lists.order_of(where)
    pages = [paging.page(db.session(), kept, order, paging.Step(size=4))]
    while pages[-1].after:
        step = paging.Step(paging.read_cursor(pages[-1].after), size=4)
        pages.append(paging.page(db.session(), kept, order, step))
    step = paging.Step(paging.read_cursor(pages[-1].before), backwards=True, size=4)
    return pages, paging.page(db.session(), kept, order, step)


@pytest.mark.parametrize("folder", ["open", "all"])
def test_pages_show_every_case_once_forwards_and_backwards(place, folder):
    made = a_list(place, 11)
    pages, back = leaf_through(place, folder)
    shown = [matter for page in pages for matter in page.cases]
    assert len(shown) == len(set(shown)) == len(made)
    assert [bool(page.before) for page in pages] == [False, True, True]
    assert back.cases == pages[1].cases
    assert back.before
    assert back.after


def test_what_is_owed_first_stands_first_and_what_owes_nothing_last(place):
    a_list(place, 11)
    seen = scope(place.clerk)
    kept = lists.narrow(access.cases(seen), {"folder": "open"}, viewer(seen))
    days = [m.due_on for m in paging.page(db.session(), kept, paging.BY_DUE, paging.Step()).cases]
    owed = [day for day in days if day]
    assert owed == sorted(owed)
    assert days[len(owed) :] == [None] * 3


@pytest.mark.parametrize("text", ["", "x", "2026-02-30|1", "2026-11-24|", "2026-11-24|" + "9" * 30])
def test_a_cursor_that_is_none_is_the_beginning(text):
    assert paging.read_cursor(text) is None


def test_a_case_knows_its_neighbours_and_its_number(place):
    made = a_list(place, 5)
    seen = scope(place.clerk)
    kept = lists.narrow(access.cases(seen), {"folder": "open"}, viewer(seen))
    ordered = paging.page(db.session(), kept, paging.BY_DUE, paging.Step()).cases
    for place_, matter in enumerate(ordered):
        told = paging.beside(db.session(), kept, paging.BY_DUE, matter)
        assert (told.number, told.total) == (place_ + 1, len(made))
        assert told.previous == (ordered[place_ - 1].reference if place_ else "")
        assert told.next == (ordered[place_ + 1].reference if place_ + 1 < len(made) else "")


def test_a_page_of_thirty_is_read_as_fast_as_one_of_three(place):
    def readings(number: int) -> int:
        db.session.expire_all()
        seen, asked = scope(place.clerk), []
        listen = lambda *told: asked.append(told[2])  # noqa: E731
        event.listen(db.session.get_bind(), "before_cursor_execute", listen)
        kept = lists.narrow(access.cases(seen), {}, viewer(seen))
        page = paging.page(db.session(), kept, paging.BY_DUE, paging.Step(size=number))
        assert len(page.cases) == number
        assert all(m.submission.text and m.owner.name for m in page.cases)
        event.remove(db.session.get_bind(), "before_cursor_execute", listen)
        return len(asked)

    a_list(place, 30)
    assert readings(30) == readings(3)
