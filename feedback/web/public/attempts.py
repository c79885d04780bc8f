"""Attempts: one post of an act, checked and done once however often it is sent."""

from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from analysis.urgency import alarms
from feedback import clock, codes, db, intake
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.rules.lifecycle import MoveRefused
from feedback.web import here, words
from feedback.web.public import acts, photos, threads
from feedback.web.public.acts import ActKind
from feedback.web.public.lookups import Found
from feedback.web.public.photos import Photos
from feedback.web.public.sending import BAD, CANNOT_STORE, NOT_STORED, TRY_AGAIN_AFTER
from feedback.web.public.threads import Thread

CONFLICT = 409


@dataclass
class Attempt:
    """One post of an act, and the page as it stood before."""

    kind: ActKind
    found: Found
    thread: Thread
    form: Any
    once: codes.Once
    photos: Photos

    def back(self, status: int = BAD, tone: str = "", notice: str = "") -> Response:
        """The page with this form as it was sent, and the photos that came with it."""
        shown = acts.blank_forms(self.thread) | {self.kind.code: self.form}
        kept = self.photos.tokens(
            codes.read_once(here.keys().once, self.form.once.data, clock.now()).id
        )
        say = {
            "tone": tone,
            "notice": notice,
            "asked": self.kind.code,
            "kept": kept,
            "again": self.photos.again,
        }
        response = threads.show(self.thread, shown, say, status)
        if status == NOT_STORED:
            response.headers["Retry-After"] = TRY_AGAIN_AFTER
        return response


def perform(kind: ActKind, found: Found, data: Any) -> Response:
    """Do it once and show the page again; or show the page with what is wrong."""
    thread = threads.of(found)
    once = codes.read_once(here.keys().once, data.get("once", ""), clock.now())
    form = acts.form_of(kind, data, thread)
    attempt = Attempt(kind, found, thread, form, once, Photos())
    if kind.asks and "text" not in data:
        return attempt.back(200)
    if _done(found.case, once):
        return acts.show(found)
    if once.state != "fresh":
        return attempt.back(BAD, "warn", _late())
    try:
        return _judge(attempt, data)
    except CANNOT_STORE:
        db.session.rollback()
        return attempt.back(NOT_STORED, "danger", _not_stored())


def _late() -> str:
    return str(_("Trang này đã mở quá lâu. Chữ đã gõ vẫn còn, mời bấm gửi lần nữa."))


def _not_stored() -> str:
    return str(_("CHƯA gửi được: máy chủ tạm thời không lưu được. Mời gửi lại sau ít phút."))


def _judge(attempt: Attempt, data: Any) -> Response:
    valid = attempt.form.validate()
    db.session.commit()  # the photos take seconds: no transaction may be open meanwhile
    if "photos" in attempt.form:
        attempt.photos = photos.gather(data, attempt.once.id)
        attempt.form.photos.errors = [*attempt.form.photos.errors, *attempt.photos.complaints]
    if not (valid and attempt.photos.good):
        return attempt.back()
    try:
        said = _do(attempt)
    except MoveRefused as refused:
        db.session.rollback()
        db.writing.set(False)
        return acts.show(attempt.found, "warn", words.refused(refused), CONFLICT)
    db.writing.set(False)
    return acts.show(attempt.found, "ok", said)


def _do(attempt: Attempt) -> str:
    """Done and committed. Of two posts at the same moment the second finds the first."""
    db.writing.set(True)
    try:
        return _do_now(attempt)
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        return _do_now(attempt)


def _do_now(attempt: Attempt) -> str:
    case = db.session.get(Case, attempt.found.case.id, populate_existing=True)
    if case is None or _done(case, attempt.once):
        return ""
    words = attempt.form.text.data if "text" in attempt.form else ""
    files = tuple(intake.attachment(stored) for stored in attempt.photos.kept)
    act = here.act(words, files, as_parent=True)
    before = len(case.events)
    sender, heard = attempt.found.submission.id, {id(message) for message in case.messages}
    said = attempt.kind.do(case, act, attempt.form, sender)
    _sign_words(case, heard, sender)
    for event in case.events[before:]:
        event.detail = {**event.detail, "once": _mark(attempt.once)}
    _alarm(case, act)
    db.session.commit()
    return said


def _sign_words(case: Case, heard: set[int], sender: int) -> None:
    """In a matter of several senders each reads their own words, and nobody else's."""
    for message in case.messages:
        if id(message) not in heard and message.from_parent:
            message.submission_id = sender


def _alarm(case: Case, act: Act) -> None:
    """Words of danger in what was written later raise the alarm just the same."""
    found = alarms(act.note)
    if found and not case.alarmed:
        categories = sorted({alarm.category for alarm in found})
        case.alert(replace(act, note="", files=()), cause="words", categories=categories)


def _done(case: Case, once: codes.Once) -> bool:
    """Whether this very post was done before."""
    marks = {one.hex() for one in codes.once_hashes(here.keys().track, once.id)}
    return bool(once.id) and any(event.detail.get("once") in marks for event in case.events)


def _mark(once: codes.Once) -> str:
    return codes.once_hash(here.keys().track, once.id).hex()
