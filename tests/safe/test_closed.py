"""Words lie sealed for one unit, and read as if they did not."""

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, select, update

from feedback.closed import MARK, ClosedText, Shut, carry
from feedback.sealing import Keys, SealBroken

ROWS = Table("row", MetaData(), Column("id", Integer, primary_key=True), Column("said", ClosedText))
WORDS = "Hiệu trưởng nhận tiền trái tuyến."


@pytest.fixture(autouse=True)
def keys():
    from tests.world import KEYS  # noqa: PLC0415 - the keys of the house, whoever ran before

    carry(KEYS)
    yield
    carry(KEYS)


@given(words=st.text(max_size=800))
def test_sealed_words_are_the_same_words(words):
    shut = Shut.of(words, "PGD")
    assert shut == words
    assert Shut.read(shut.sealed) == words
    assert not words.strip() or len(words) < 4 or words not in shut.sealed


@given(place=st.integers(0, 5_000))
def test_any_changed_letter_is_noticed(place):
    sealed = Shut.of(WORDS, "PGD").sealed
    at = 1 + place % (len(sealed) - 1)
    changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
    try:
        assert Shut.read(changed) == WORDS  # an unused bit of the last base64 letter
        assert b64decode(changed.rpartition("|")[2]) == b64decode(sealed.rpartition("|")[2])
    except (SealBroken, ValueError):
        pass


def test_a_school_does_not_open_what_is_for_its_office():
    sealed = Shut.of(WORDS, "PGD").sealed
    with pytest.raises(SealBroken):
        Shut.read(sealed.replace(f"{MARK}PGD|", f"{MARK}LDT|"))


def test_without_the_root_secret_nothing_opens():
    sealed = Shut.of(WORDS, "PGD").sealed
    carry(Keys.from_secret("another secret, of another installation"))
    with pytest.raises(SealBroken):
        Shut.read(sealed)


def test_the_table_has_the_sealed_words_and_whoever_asks_it_the_plain_ones():
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        ROWS.create(connection)
        connection.execute(ROWS.insert(), [{"said": WORDS}, {"said": Shut.of(WORDS, "PGD")}])
        raw = connection.exec_driver_sql("SELECT said FROM row ORDER BY id").scalars().all()
        assert raw[0] == WORDS
        assert raw[1].startswith(MARK)
        assert connection.execute(select(ROWS.c.said)).scalars().all() == [WORDS, WORDS]
    engine.dispose()


def test_nobody_can_type_what_looks_sealed():
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        ROWS.create(connection)
        connection.execute(ROWS.insert(), {"said": f"{MARK}PGD|AAAA|AAAA"})
        connection.execute(update(ROWS).values(said=ROWS.c.said))
        assert connection.execute(select(ROWS.c.said)).scalar() == "PGD|AAAA|AAAA"
    engine.dispose()


def test_to_seal_plain_words_is_a_change():
    assert not ClosedText().compare_values(WORDS, Shut.of(WORDS, "PGD"))
    assert ClosedText().compare_values(Shut.of(WORDS, "PGD"), Shut.of(WORDS, "PGD"))
