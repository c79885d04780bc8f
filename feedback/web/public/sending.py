"""A form of the open doors sent in: kept once, and only then answered with its receipt.

In this order, which cannot be changed: check what was typed, put the photos on the shelf, write
everything in one transaction, commit, show the receipt. Whatever fails before the commit sends the
form back with every word still in it.
"""

import logging
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from flask import make_response
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers.response import Response

from feedback import clock, codes, db, intake
from feedback.models.points import QrPoint
from feedback.turns import Line
from feedback.web import here
from feedback.web.language import chosen
from feedback.web.public import checks, doors, gates, photos, receipts
from feedback.web.public.doors import Site
from feedback.web.public.gates import Pressure
from feedback.web.public.photos import Photos
from feedback.web.public.sheets import CANNOT_STORE, Door, Paper, page

log = logging.getLogger("feedback")

__all__ = ["BAD", "CANNOT_STORE", "NOT_STORED", "TRY_AGAIN_AFTER", "receive"]

BAD, NOT_STORED = 422, 503
TRY_AGAIN_AFTER = "120"  # seconds
SENDS = Line()


@dataclass
class Post:
    """One post of a form: what came, under which key, and what became of its photos."""

    paper: Paper
    site: Site
    data: Any
    form: Any
    once: codes.Once
    photos: Photos = field(default_factory=Photos)
    pressure: Pressure = field(default_factory=Pressure)
    # Whether this very form was kept before: its key is spent.
    known: bool = False


def receive(door: Door, code: str) -> Response:
    """What a post of this form is answered with: the receipt, or the form with its words."""
    data = photos.posted()
    # Who brings photos keeps nobody waiting.
    with nullcontext() if photos.are_in(data) else SENDS.turn():
        return _receive(door, code, data)


def _receive(door: Door, code: str, data: Any) -> Response:
    db.writing.set(False)
    try:
        point = doors.find(code)
        paper = door(point)
    except CANNOT_STORE as error:
        return _not_stored(_post(door(None), Site(code), data), error)
    if point is None:
        return doors.way_on(code)
    post = _post(paper, Site.of(point), data)
    try:
        return _settle(post, point)
    except CANNOT_STORE as error:
        return _not_stored(post, error)


def _post(paper: Paper, site: Site, data: Any) -> Post:
    form = paper.make(data)
    once = codes.read_once(here.keys().once, form.once.data or "", clock.now())
    return Post(paper, site, data, form, once)


def _not_stored(post: Post, error: Exception) -> Response:
    db.roll_back()
    log.error("not stored", extra={"error": type(error).__name__, "at": post.paper.endpoint})
    return _back(
        post,
        NOT_STORED,
        _(
            "CHƯA gửi được: máy chủ tạm thời không lưu được. Chữ đã gõ vẫn còn, "
            "mời bấm Gửi lại sau ít phút."
        ),
    )


def _settle(post: Post, point: QrPoint) -> Response:
    trouble = _trouble(post)
    if trouble:
        return _back(post, BAD, trouble)
    valid = post.form.validate()
    if not post.known:
        _look(post, point, valid)
    if post.photos.full:
        return _back(post, NOT_STORED)
    if not (valid and post.photos.good):
        return _back(post, BAD)
    if gates.asks_first(post.pressure, post.form) and not _has_waited(post):
        return checks.page(post.data, post.once.id, post.photos, post.site, clock.now())
    return _store(post, point)


def _has_waited(post: Post) -> bool:
    return checks.passes(post.data, post.once.id, clock.now())


def _look(post: Post, point: QrPoint, valid: bool) -> None:
    """How hard its sender presses, and its photos; under much pressure only words are taken."""
    if valid:
        post.pressure = gates.weigh(point, clock.now())
        db.session.commit()  # as above
    taken = photos.set_aside if post.pressure.text_only else photos.gather
    post.photos = taken(post.data, post.once.id)


def _trouble(post: Post) -> str:
    """What is wrong with the page the form came from, if anything; reads, and lets go again."""
    if post.once.state == "forged":
        post.photos = photos.unread(post.data)
        return str(_("Trang này không còn nhận gửi được. Chữ đã gõ vẫn còn, mời bấm Gửi lần nữa."))
    post.known = intake.find_kept(db.session(), here.keys(), post.once.id) is not None
    # The photos take seconds: no transaction may be open meanwhile.
    db.session.commit()
    trouble = "" if post.known else _outdated(post)
    if trouble:
        post.photos = photos.gather(post.data, post.once.id)
    return trouble


def _outdated(post: Post) -> str:
    if post.once.state == "stale":
        return str(
            _("Trang này đã mở quá một ngày. Chữ đã gõ vẫn còn, mời xem lại rồi bấm Gửi lần nữa.")
        )
    if post.form.unit.data not in {"", None, post.site.unit_code} and post.site.unit:
        return str(
            _(
                "Mã này vừa chuyển sang %(unit)s. Mời xem lại nơi nhận rồi bấm Gửi lần nữa.",
                unit=post.site.unit.name,
            )
        )
    return ""


def _store(post: Post, point: QrPoint) -> Response:
    db.writing.set(True)
    try:
        receipt = _keep(post, point)
    except intake.OtherContent:
        db.roll_back()
        post.known = True
        return _back(post, BAD, _sent_before())
    db.writing.set(False)
    kept = post.photos.kept if receipt.fresh else receipt.submission.attachments
    return receipts.show(receipt, point, len(kept))


def _sent_before() -> str:
    return str(
        _(
            "Phiếu này đã được gửi trước đó với nội dung khác. Nếu muốn gửi thêm nội dung dưới "
            "đây, mời bấm Gửi lần nữa."
        )
    )


def _keep(post: Post, point: QrPoint) -> intake.Receipt:
    """Kept and committed. Of two sends at the same moment the second finds the first."""
    try:
        return _keep_now(post, point, looked=not post.known)
    except IntegrityError:
        db.roll_back()
        return _keep_now(post, point)


def _keep_now(post: Post, point: QrPoint, looked: bool = False) -> intake.Receipt:
    now, answers = clock.now(), post.paper.read(post.form)
    said = f"{answers.text} {answers.wish}"
    seen = gates.look(post.pressure, _shown(post), point, said, now)
    arrival = intake.Arrival(
        unit=point.unit,
        point=point,
        answers=answers,
        once_id=post.once.id,
        at=now,
        files=tuple(post.photos.kept),
        lang=chosen(),
        looked=looked,
        signs=seen.signs,
        like_id=seen.like_id,
    )
    receipt = intake.receive(db.session(), arrival, here.keys(), here.calendar())
    db.session.commit()
    if receipt.fresh:
        gates.remember(point, seen, receipt.submission.id, now)
    return receipt


def _shown(post: Post) -> gates.Shown:
    return gates.Shown(post.once.minted_at, bool(post.form.website.data))


# --- the form sent back ---------------------------------------------------------------------------


def _back(post: Post, status: int, notice: str = "") -> Response:
    """The form with everything that was typed, what is wrong, and a key it can be sent under."""
    now = clock.now()
    spent = post.known or post.once.state != "fresh"
    # Whoever sees the form again has been at it for a while: pressing the button at once is human.
    key = doors.new_key(now - gates.QUICKEST) if spent else post.form.once.data
    once_id = codes.read_once(here.keys().once, key, now).id
    sheet = {
        "key": key,
        "notice": notice,
        "kept": post.photos.tokens(once_id),
        "again": post.photos.again,
    }
    if "photos" in post.form:
        post.form.photos.errors = [*post.form.photos.errors, *post.photos.complaints]
    post.form.unit.data = post.site.unit_code
    response = make_response(page(post.paper, post.site, post.form, sheet), status)
    if status == NOT_STORED:
        response.headers["Retry-After"] = TRY_AGAIN_AFTER
    return response
