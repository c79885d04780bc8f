"""Lines: the next begins when the one before has ended, however that went."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from feedback import db, turns


@pytest.fixture
def chalk(tmp_path: Path) -> Iterator[Engine]:
    """A database with one small table, whose waiters give up soon."""
    made = db.make_engine(f"sqlite:///{tmp_path}/chalk.db")
    event.listen(made, "connect", lambda found, _: found.execute("PRAGMA busy_timeout=0"))
    # A page read by an earlier story must not have told this thread that it only reads.
    before = db.writing.set(True)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE chalk (colour TEXT UNIQUE)"))
    yield made
    made.dispose()
    db.writing.reset(before)


def _draw(engine: Engine, colour: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO chalk VALUES (:colour)"), {"colour": colour})


def _colours(engine: Engine) -> list[Any]:
    with db.only_reading(), engine.connect() as connection:
        return list(connection.scalars(text("SELECT colour FROM chalk ORDER BY rowid")))


def _has_turn(connection: Connection) -> bool:
    found = connection.connection.driver_connection
    assert isinstance(found, turns.InTurn)
    return found._has_turn


def test_lan_waits_until_hoa_has_committed(chalk: Engine):
    lan = threading.Thread(target=_draw, args=(chalk, "white"))
    with chalk.connect() as hoa:
        hoa.execute(text("INSERT INTO chalk VALUES ('red')"))
        lan.start()
        lan.join(0.1)
        assert lan.is_alive()
        hoa.commit()
    lan.join(5)
    assert _colours(chalk) == ["red", "white"]


def test_many_at_once_all_get_their_turn(chalk: Engine):
    writers = [threading.Thread(target=_draw, args=(chalk, str(n))) for n in range(40)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(10)
    assert sorted(map(int, _colours(chalk))) == list(range(40))


def test_who_reads_waits_for_nobody(chalk: Engine):
    with chalk.begin() as hoa:
        hoa.execute(text("INSERT INTO chalk VALUES ('red')"))
        assert _colours(chalk) == []


def test_a_turn_ends_with_a_transaction_that_is_taken_back(chalk: Engine):
    _draw(chalk, "red")
    with pytest.raises(IntegrityError):
        _draw(chalk, "red")
    _draw(chalk, "white")
    assert _colours(chalk) == ["red", "white"]


def test_a_turn_ends_with_its_connection(chalk: Engine):
    hoa = chalk.connect()
    hoa.execute(text("INSERT INTO chalk VALUES ('red')"))
    assert _has_turn(hoa)
    hoa.invalidate()
    _draw(chalk, "white")
    assert _colours(chalk) == ["white"]
    hoa.close()


def test_one_connection_has_its_turn_again_and_again(chalk: Engine):
    with chalk.connect() as hoa:
        for colour in ("red", "white"):
            hoa.execute(text("INSERT INTO chalk VALUES (:colour)"), {"colour": colour})
            assert _has_turn(hoa)
            hoa.commit()
            assert not _has_turn(hoa)
    assert _colours(chalk) == ["red", "white"]


def test_who_waited_in_vain_is_refused_and_others_go_on(
    chalk: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with chalk.connect() as hoa:
        hoa.execute(text("INSERT INTO chalk VALUES ('red')"))
        with pytest.raises(OperationalError, match="locked"):
            _draw(chalk, "white")
        hoa.commit()
    _draw(chalk, "blue")
    assert _colours(chalk) == ["red", "blue"]


def test_another_database_is_another_line(chalk: Engine, tmp_path: Path):
    other = db.make_engine(f"sqlite:///{tmp_path}/board.db")
    with chalk.begin() as hoa, other.begin() as lan:
        assert _has_turn(hoa)
        assert _has_turn(lan)
    other.dispose()


def test_a_send_waits_for_the_one_before_it_also_when_that_fails():
    line, order = turns.Line(), []

    def send() -> None:
        with line.turn():
            order.append("second")

    second = threading.Thread(target=send)
    with suppress(OSError), line.turn():
        second.start()
        second.join(0.1)
        order.append("first")
        raise OSError("no room")
    second.join(5)
    assert order == ["first", "second"]


def test_who_waited_in_vain_sends_all_the_same(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    line = turns.Line()
    with line.turn():
        with line.turn():
            pass
        assert not line._lock.acquire(blocking=False)  # it is still the first one's
    assert line._lock.acquire(blocking=False)
