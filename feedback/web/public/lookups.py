"""From a tracking code to its matter; a wrong code costs the guesser time, never the owner."""

import re
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from sqlalchemy import select

from feedback import clock, codes, db, heirlooms, intake, limits, parts
from feedback.models.cases import Case
from feedback.models.submissions import Submission
from feedback.web import here

# A letter that became so many matters was split.
SPLIT = 2
REFERENCE = re.compile(r"[A-Z0-9]+-\d{4}-[0-9A-Z]{5}")


@dataclass(frozen=True, slots=True)
class Found:
    """The code as it is, what it opens, and the matter that belongs to."""

    code: str
    submission: Submission
    case: Case
    # Every matter the letter became; only this one when it was never split.
    parts: tuple[Case, ...] = ()


def find(typed: str, part: str = "") -> Found | None:
    """What this code opens. Typing errors end before any hash (decision 0002).

    `part` is the reference of one of the matters a split letter became.
    """
    code = codes.tidy_code(typed)
    submission = _submission(code) if code else None
    if code is None or submission is None:
        return None
    return _found(code, submission, part)


def _found(code: str, letter: Submission, part: str) -> Found:
    """The matter asked for among those of this letter; the one that has the letter when none is."""
    kin = tuple(parts.of_letter(db.session(), frozenset({letter.id})))
    if len(kin) < SPLIT:
        return Found(code, letter, kin[0], kin)
    whole = intake.case_of(db.session(), letter)
    case = next((one for one in kin if one.reference == part), whole)
    own = next(s for s in case.submissions if letter.id in (s.id, s.part_of_id))
    return Found(code, own, case, kin)


def _submission(code: str) -> Submission | None:
    """By the key in use, and by those of every secret before: a printed code opens for ever."""
    quick = codes.quick_track(here.keys().track, code)
    fresh = db.session.scalar(select(Submission).where(Submission.track_quick == quick))
    return fresh or _slowly(code)


def _slowly(code: str) -> Submission | None:
    salt, known = heirlooms.hashing(db.session.connection(), here.keys())
    quick = [codes.quick_track(one, code) for one in known]
    if len(quick) > 1:
        earlier = select(Submission).where(Submission.track_quick.in_(quick[1:]))
        if (fresh := db.session.scalar(earlier)) is not None:
            return fresh
    db.session.commit()  # no transaction waits for the slow hash
    slow = (codes.slow_track(salt, one) for one in quick)
    return next(filter(None, map(_hardened, slow)), None)


def _hardened(slow: bytes) -> Submission | None:
    found = db.session.scalar(select(Submission).where(Submission.track_hash == slow))
    db.session.commit()
    return found


def complain(typed: str) -> str:
    """Why nothing was found, and what to do."""
    if not typed.strip():
        return str(_("Mời gõ mã tra cứu có trên biên nhận."))
    if REFERENCE.fullmatch(typed.strip().upper()):
        return str(_("Đây là mã hồ sơ. Ở đây cần mã tra cứu: 16 ký tự, in to trên biên nhận."))
    if codes.tidy_code(typed) is None:
        return str(
            _(
                "Mã này chưa đúng: có thể thiếu hoặc nhầm một ký tự. Mời so lại với biên nhận, đủ "
                "16 ký tự."
            )
        )
    return str(_("Không tìm thấy phiếu nào với mã này. Mời so lại từng ký tự với biên nhận."))


def hurries(typed: str) -> bool:
    """Count one well-formed code that opens nothing; whether this address tries too many."""
    if codes.tidy_code(typed) is None:
        return False
    now, key, who = clock.now(), here.keys().rate, request.remote_addr or ""
    db.session.commit()
    db.writing.set(True)
    over = bool(limits.wait(db.session(), key, limits.LOOK_UP_MISS, who, now))
    if not over:
        limits.spend(db.session(), key, limits.LOOK_UP_MISS, who, now)
    db.session.commit()
    return over
