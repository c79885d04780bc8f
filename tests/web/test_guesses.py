"""Guessing codes: a near miss is not told from a far one, and the owner is let in all the same."""

import secrets

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection

from feedback import clock, codes, db, intake, limits
from feedback.codes import CROCKFORD
from tests.matrix.district import counted, shape
from tests.world import KEYS, a_receipt, a_school, the_holidays


@pytest.fixture
def sent(parent: FlaskClient) -> intake.Receipt:
    the_holidays()
    receipt = a_receipt(a_school())
    db.session.commit()
    return receipt


def _valid(start: str) -> str:
    """A code that begins so and passes the check symbol."""
    return next(
        whole for last in CROCKFORD for whole in [start + last] if codes.tidy_code(whole) == whole
    )


def _near(code: str) -> str:
    """The same but for one symbol, and right in itself."""
    other = CROCKFORD[(CROCKFORD.index(code[14]) + 1) % 32]
    return _valid(code[:14] + other)


def _far() -> str:
    return _valid("".join(secrets.choice(CROCKFORD) for _ in range(15)))


def test_a_near_miss_is_answered_as_a_far_one(
    parent: FlaskClient, story: Connection, sent: intake.Receipt
):
    told = []
    for guess in (_near(sent.code), _far(), _near(sent.code), _far()):
        with counted(story) as asked:
            answer = parent.post("/tra-cuu", data={"code": guess})
        status, body = shape(answer, guess)
        shown = body.replace(guess.encode(), b"*").replace(codes.show_code(guess).encode(), b"*")
        told.append((status, shown, len(asked)))
    assert told[2:] == [told[2]] * 2
    assert told[0][:2] == told[1][:2]


def test_after_any_number_of_misses_the_owner_is_let_in(parent: FlaskClient, sent: intake.Receipt):
    for _ in range(limits.LOOK_UP_MISS.burst + 5):
        missed = parent.post("/tra-cuu", data={"code": _far()})
    assert missed.status_code == 429
    assert sent.case.reference in parent.post("/tra-cuu", data={"code": sent.code}).text


def test_of_many_guesses_against_many_codes_none_hits():
    """The long form is `./run bench guesses`; here the same on a small scale."""
    now = clock.now()
    known = set()
    for _ in range(2000):
        once = codes.read_once(KEYS.once, codes.mint_once(KEYS.once, now), now)
        known.add(codes.quick_track(KEYS.track, codes.tracking_code(KEYS.code, once.id)))
    guesses = ("".join(secrets.choice(CROCKFORD) for _ in range(16)) for _ in range(20_000))
    passed = [guess for guess in guesses if codes.tidy_code(guess)]
    assert 400 < len(passed) < 900  # the check symbol ends 31 of 32
    assert not [guess for guess in passed if codes.quick_track(KEYS.track, guess) in known]
