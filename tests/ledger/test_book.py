"""What gets into the ledger, by itself, and what an operator does with it."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
import time_machine
from alembic import command
from click.testing import Result
from flask import Flask
from sqlalchemy import Connection, Engine, delete, insert, make_url, select, text, update
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from feedback import adopting, anchors, clock, db, ledger, notices
from feedback.acts import Bound, Draft
from feedback.anchors import Anchor, AnchorUnreadable
from feedback.bound import UNBOUND_TABLES, bindings
from feedback.db import Base, make_engine
from feedback.models.ledger import Checkpoint, LedgerEntry
from feedback.models.notices import Notice
from feedback.models.officers import Officer
from feedback.models.units import Unit
from feedback.schema import building, works
from feedback.verifying import Verdict, verify
from tests.ledger.books import KEY, a_book
from tests.places import fresh_database
from tests.world import KEYS, a_case, a_contact, a_school, an_act, an_answered_case, an_officer

WRITERS, EACH = 6, 15


def _entries() -> list[LedgerEntry]:
    return list(db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.seq)))


def _verdict() -> Verdict:
    return verify(db.session.connection(), KEY)


# --- what is written --------------------------------------------------------------------------


def test_a_parents_letter_is_one_entry_that_binds_all_it_left(story: Connection):
    school = a_school()
    db.session.commit()
    before = len(_entries())
    matter = a_case(school, contact=a_contact())
    db.session.commit()
    (entry,) = _entries()[before:]
    assert (entry.action, entry.object) == ("case.receive", f"case_file/{matter.id}")
    assert (entry.actor, entry.officer_id, entry.unit_id) == ("parent", None, school.id)
    bound = {key.partition("/")[0] for key in json.loads(entry.state)}
    assert {"case_file", "case_event", "case_deadline", "submission", "sender"} <= bound


def test_the_ledger_holds_no_word_and_no_name(story: Connection):
    school = a_school()
    thu = an_officer(school, "clerk", "Cô Thu")
    an_answered_case(school, thu, contact=a_contact(), text="Bé Na bị bỏ quên.")
    db.session.commit()
    thu.name = "Cô Thu Trang"
    db.session.commit()
    written = " ".join(f"{one.detail} {one.state} {one.object}" for one in _entries())
    for word in ("Na", "Thu", "Mai", "mai@", "bếp", "Bếp"):
        assert word not in written
    change = next(one for one in _entries() if one.action == "officer.change")
    assert json.loads(change.detail) == {"fields": ["name"]}


def test_what_is_rolled_back_is_not_written(story: Connection):
    school = a_school()
    db.session.commit()
    before = len(_entries())
    a_case(school)
    db.session.rollback()
    an_officer(school)
    db.session.commit()
    assert [one.action for one in _entries()[before:]] == ["officer.add", "role.add"]
    assert _verdict().faults == []


def test_what_a_savepoint_took_back_is_not_written_and_the_rest_is(story: Connection):
    school = a_school()
    an_officer(school)
    db.session.commit()
    thu = an_officer(school)
    step = db.session.begin_nested()
    a_case(school)
    step.rollback()
    db.session.commit()
    assert _entries()[-2].object == f"officer/{thu.id}"
    assert _verdict().faults == []


def test_a_removed_row_leaves_a_stub(story: Connection):
    thu = an_officer(a_school())
    db.session.commit()
    gone = thu.roles[0].id
    db.session.delete(thu.roles[0])
    db.session.commit()
    last = _entries()[-1]
    assert (last.action, json.loads(last.state)) == ("role.remove", {f"role/{gone}": None})
    assert _verdict().faults == []


def test_no_statement_may_change_bound_rows_behind_its_back(story: Connection):
    a_school()
    for statement in (update(Unit).values(phone="1"), delete(Unit), insert(Unit).values(code="X")):
        with pytest.raises(ledger.BulkChange):
            db.session.execute(statement)


def test_every_table_is_bound_or_says_why_not():
    between = {str(one.secondary) for b in bindings().values() for one in b.links.values()}
    known = set(bindings()) | set(UNBOUND_TABLES) | between
    assert known == set(Base.metadata.tables)
    assert all(UNBOUND_TABLES.values())


def test_another_writers_column_is_no_false_alarm(story: Connection):
    """Two people change different columns of one row: the second one's copy of it was older."""
    thu = an_officer(a_school(), name="Cô Thu")
    db.session.commit()
    story.execute(update(Officer.__table__).values(wants_digest=True))  # type: ignore[arg-type]
    thu.name = "Cô Thu Trang"
    db.session.commit()
    assert _verdict().faults == []


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=365)])
def test_a_jump_of_the_clock_is_no_tampering(story: Connection, jump: timedelta):
    school = a_school()
    a_case(school)
    db.session.commit()
    with time_machine.travel(clock.now() + jump, tick=True):
        a_case(school)
        db.session.commit()
    a_case(school)
    db.session.commit()
    assert _verdict().faults == []


def test_an_erased_salt_leaves_the_chain_whole_and_the_row_beyond_knowing(story: Connection):
    matter = a_case(a_school(), contact=a_contact())
    db.session.commit()
    ledger.erase_salt(db.session(), f"submission/{matter.submission.id}")
    db.session.commit()
    assert _verdict().faults == []
    assert _verdict().unlinked == 2
    matter.submission.wish = ""
    db.session.commit()
    assert _verdict().unlinked == 1


def test_what_stood_there_before_the_ledger_is_taken_in_once(story: Connection):
    rows = {"code": "CU", "kind": "school", "address": "", "phone": "", "email": "", "demo": False}
    story.execute(insert(Unit.__table__), [rows])  # type: ignore[arg-type]
    assert not _verdict().untouched
    assert adopting.open_book(db.session()) == 1
    db.session.commit()
    assert _verdict().faults == []
    story.execute(insert(Unit.__table__), [{**rows, "code": "MOI"}])  # type: ignore[arg-type]
    assert adopting.open_book(db.session()) == 0
    assert not _verdict().untouched


def test_a_column_that_comes_later_is_no_false_alarm(story: Connection):
    """Written before the column counted, the row is compared in the columns it then had."""
    now = {name: [*one.columns, *one.links] for name, one in bindings().items()}
    older = {**now, "officer": [name for name in now["officer"] if name != "wants_digest"]}
    thu = an_officer(a_school())
    every = now["officer"]
    ledger.say(db.session(), "ledger.columns", tables=older)
    db.session.commit()
    binding = bindings()["officer"]
    (row,) = binding.of_database(story)
    bound = Bound(
        f"officer/{thu.id}", f"officer/{thu.id}", {k: row[k] for k in older["officer"]}, False
    )
    ledger.put(story, [Draft("officer.change", bound.key, ledger.SYSTEM, rows=[bound])])
    assert set(every) - set(older["officer"]) == {"wants_digest"}
    assert _verdict().faults == []
    adopting.open_book(db.session())
    db.session.commit()
    assert adopting.columns_in_force(story) == now
    assert _verdict().faults == []
    story.execute(text("UPDATE officer SET name = 'Ai đó'"))
    assert not _verdict().untouched


# --- anchors ----------------------------------------------------------------------------------


def test_an_anchor_that_was_altered_or_is_anothers_is_no_anchor(story: Connection):
    a_book(story)
    said = anchors.document(db.session.scalars(select(Checkpoint)).one())
    with pytest.raises(AnchorUnreadable, match="altered"):
        Anchor.read(json.dumps({**said, "entries": said["entries"] - 1}), KEY)
    with pytest.raises(AnchorUnreadable, match="another key"):
        Anchor.read(json.dumps(said), {"00" * 32: None})
    for words in ("{}", "[]", "xin chào", "AAAA BBBB"):
        with pytest.raises(AnchorUnreadable):
            Anchor.read(words, KEY)


def test_a_day_is_anchored_once_and_only_when_something_was_done(story: Connection):
    assert not anchors.is_owed(db.session(), clock.now())
    school = a_school()
    a_case(school)
    db.session.commit()
    assert anchors.is_owed(db.session(), clock.now())
    anchors.set_checkpoint(db.session(), KEYS, clock.now(), anchors.DAY)
    db.session.commit()
    tomorrow = clock.now() + timedelta(days=1)
    assert not anchors.is_owed(db.session(), clock.now())
    assert not anchors.is_owed(db.session(), tomorrow)
    a_case(school)
    db.session.commit()
    assert anchors.is_owed(db.session(), tomorrow)


def test_the_anchor_goes_to_the_auditor_and_the_head_above_and_to_no_school(story: Connection):
    school = a_school()
    office = school.manager
    assert office is not None
    people = [
        an_officer(office, "auditor"),
        an_officer(office, "office_head"),
        an_officer(office, "office"),
        an_officer(school, "auditor"),
        an_officer(school, "principal"),
    ]
    point = anchors.set_checkpoint(db.session(), KEYS, clock.now(), anchors.DAY)
    db.session.flush()
    notices.send_anchor(db.session(), point, clock.now())
    db.session.commit()
    told = set(db.session.scalars(select(Notice.officer_id)))
    assert told == {people[0].id, people[1].id}


# --- at the prompt ----------------------------------------------------------------------------


def _run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def test_the_commands_end_honestly(app: Flask, story: Connection, tmp_path: Path):
    thu = an_officer(a_school())
    db.session.commit()
    kept = tmp_path / "anchor.json"
    made = _run(app, "anchor", "--out", str(kept))
    assert made.exit_code == 0
    paper = tmp_path / "paper.txt"
    code = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", made.output)
    assert code
    paper.write_text(f"Mã neo: {code[0].lower()}\n", encoding="utf-8")
    for file in (kept, paper):
        assert _run(app, "verify-ledger", "--anchor", str(file)).exit_code == 0
    story.execute(text("UPDATE officer SET name = 'Ai đó'"))
    for words in ([], ["--anchor", str(kept)]):
        found = _run(app, "verify-ledger", *words)
        assert found.exit_code == 1
        assert f"officer/{thu.id} was edited silently" in found.output
        assert "Ai đó" not in found.output
    kept.write_text("không phải", encoding="utf-8")
    assert _run(app, "verify-ledger", "--anchor", str(kept)).exit_code == 2
    assert _run(app, "verify-ledger", "--anchor", str(tmp_path / "none")).exit_code == 2


# --- several writers --------------------------------------------------------------------------


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    """A database of its own, in which several really commit."""
    name = f"{make_url(database_url).database}_many"
    sqlite = database_url.startswith("sqlite")
    url = f"sqlite:///{tmp_path}/many.db" if sqlite else fresh_database(database_url, name)
    engine = make_engine(url)
    with building(engine) as connection:
        command.upgrade(works(connection), "head")
    yield engine
    engine.dispose()


def _writer(house: Engine, number: int, failures: list[BaseException]) -> None:
    """Adds officers one by one, and an anchor now and then."""
    sessions: scoped_session[Session] = scoped_session(sessionmaker(house))
    ledger.keep(sessions)
    try:
        for turn in range(EACH):
            email = f"{number}-{turn}@demo.invalid"
            sessions.add(Officer(email=email, name="Cô Thu", created_at=clock.now()))
            if turn % 5 == 0:
                anchors.set_checkpoint(sessions(), KEYS, clock.now(), anchors.DAY)
            sessions.commit()
    except BaseException as error:
        failures.append(error)
    finally:
        sessions.remove()


def test_many_writers_make_one_unbroken_chain(house: Engine):
    failures: list[BaseException] = []
    threads = [Thread(target=_writer, args=(house, n, failures)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with house.connect() as connection:
        verdict = verify(connection, KEY)
    assert verdict.faults == []
    assert (verdict.rows, verdict.entries) == (WRITERS * EACH, WRITERS * EACH)


def test_an_act_after_the_anchor_verifies_too(story: Connection):
    book = a_book(story)
    thu = db.session.scalars(select(Officer)).first()
    a_case(db.session.scalars(select(Unit).where(Unit.kind == "school")).one()).accept(an_act(thu))
    db.session.commit()
    assert book.verdict().faults == []
    assert book.verdict(book.paper).faults == []
