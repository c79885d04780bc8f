"""Nhập hộ: what somebody said at the desk, by telephone or on paper, kept as one submission."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from flask import abort, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from feedback import access, clock, codes, db, identities, intake, posters
from feedback.intake import Arrival, OtherContent, Receipt
from feedback.models.cases import Case
from feedback.models.submissions import CHANNELS
from feedback.models.units import Unit, unit_by_code
from feedback.rules.about import ABOUT
from feedback.rules.forwarders import FORWARDERS
from feedback.rules.groups import group_fault, is_crowd
from feedback.rules.petitions import PETITION_KINDS, SIGNED_KINDS
from feedback.rules.subjects import subjects_for
from feedback.web import here, words
from feedback.web.desk import accusing, evidence
from feedback.web.public import promises
from forms.type_in import TypeInForm

OLD = timedelta(days=30)
NAMED_KINDS = {kind.code for kind in PETITION_KINDS.values() if not kind.anonymous_allowed}
# As long as the page with the code may stand open on the desk.
PRINTABLE = timedelta(hours=2)


# --- the form ---------------------------------------------------------------------------------


def blank_form() -> TypeInForm:
    """An empty form; filled from the request when there is a post."""
    now = clock.now()
    form = TypeInForm(
        once=codes.mint_once(here.keys().once, now),
        received_on=now.date(),
        received_time=now.time().replace(second=0, microsecond=0),
        subject="KHAC",
    )
    form.know(now, SIGNED_KINDS, NAMED_KINDS)
    form.know_groups(group_fault)
    units = _units()
    _offer(form, units)
    accusing.offer(form, units)
    return form


def _units() -> list[Unit]:
    """The units a matter may be about: the officer's own first."""
    scope = here.scope()
    found = list(db.session.scalars(access.units(scope.reads)))
    return sorted(found, key=lambda unit: unit.id not in scope.own)


def _offer(form: TypeInForm, units: list[Unit]) -> None:
    level = units[0].level if len(units) == 1 else None
    form.offer(
        unit=[(unit.code, unit.name) for unit in units],
        channel=[(code, _(label)) for code, label in CHANNELS.items() if code != "qr"],
        kind=[(kind.code, _(kind.label)) for kind in PETITION_KINDS.values()],
        subject=[(subject.code, _(subject.label)) for subject in subjects_for(level)],
        about=[(about.code, _(about.label)) for about in ABOUT.values()],
        forwarder=[("", _("Không")), *((one.code, _(one.label)) for one in FORWARDERS.values())],
    )
    if len(units) == 1:
        form.unit.data = units[0].code


# --- keeping it -------------------------------------------------------------------------------


def keep(form: TypeInForm) -> Receipt | None:
    """Keep what the form says, once. None when it must be mended. The caller commits."""
    if not form.validate_on_submit():
        return None
    once = codes.read_once(here.keys().once, form.once.data or "", clock.now())
    if not once.id:
        _start_anew(form, _("Trang đã mở quá lâu. Chữ đã gõ vẫn còn, mời bấm lưu lần nữa."))
        return None
    unit = db.session.scalars(unit_by_code(form.unit.data)).one()
    if not (form.existed(unit.began_on, unit.ended_on) and accusing.is_of_the_unit(form, unit)):
        return None
    arrival = _arrival(form, unit, once.id)
    if arrival is None:
        return None
    try:
        receipt = intake.receive(db.session(), arrival, here.keys(), here.calendar())
        _note_forwarder(receipt, form)
        accusing.record(receipt, form, unit)
        return receipt
    except OtherContent:
        told = _(
            "Phiếu trước từ trang này đã được lưu. Nếu đây là việc của người khác, mời bấm lưu lần "
            "nữa để ghi thành phiếu mới."
        )
        _start_anew(form, told)
        return None


def _arrival(form: TypeInForm, unit: Unit, once_id: str) -> Arrival | None:
    """What came in, with its files; none when a file is not good."""
    files = evidence.take(form)
    if files is None:
        return None
    return Arrival(
        unit=unit,
        point=None,
        answers=accusing.answers(form, unit),
        once_id=once_id,
        at=form.received_at(),
        files=files,
        channel_code=form.channel.data,
        taken_by=here.officer(),
    )


def _note_forwarder(receipt: Receipt, form: TypeInForm) -> None:
    """Another body passed it on: it is owed the result from the day it came in."""
    if receipt.fresh and form.forwarder.data:
        name = form.forwarded_by.data
        receipt.case.forwarded(here.act(name), form.forwarder.data, name)


def _start_anew(form: TypeInForm, why: str) -> None:
    """Give the form a new key, keep its words, and say so."""
    form.once.data = codes.mint_once(here.keys().once, clock.now())
    form.form_errors.append(why)


# --- afterwards -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slip:
    """What the staff see once it is kept; the code is shown here and nowhere again."""

    reference: str
    code: str
    kind: str
    owner: str
    promised: str
    distance: str
    why: list[str]
    visible: bool
    # Still at this desk, but not for this officer: it accuses them.
    shut_out: bool
    danger: bool
    old: bool
    crowd: bool
    once: str


def slip(receipt: Receipt, once: str) -> Slip:
    case, today = receipt.case, clock.today()
    visible = access.find_case(db.session(), here.scope(), case.reference) is not None
    promise = promises.owed(case, here.calendar())
    return Slip(
        reference=case.reference,
        code=codes.show_code(receipt.code),
        kind=_(PETITION_KINDS[case.kind_code].label),
        owner=case.owner.name,
        promised=words.day(promise.on) if promise else "",
        distance=words.distance(promise.on, today) if promise else "",
        why=words.lines(promise.why) if promise else [],
        visible=visible,
        shut_out=not visible and case.owner_id in here.scope().own,
        danger=case.alarmed,
        crowd=is_crowd(identities.group_of(receipt.submission, here.keys()).people),
        old=today - case.received_on > OLD,
        once=once,
    )


def printed(reference: str, once_token: str) -> bytes:
    """The receipt as a PDF, for the officer who has just typed it in; else there is none.

    Not asked through the scope: a matter about the head has left the desk it was typed in at, and
    whoever brought it still goes home with a receipt.
    """
    once = codes.read_once(here.keys().once, once_token, clock.now(), PRINTABLE)
    kept = intake.find_kept(db.session(), here.keys(), once.id) if once.state == "fresh" else None
    if kept is None or kept.taken_by_id != here.officer().id:
        abort(404)
    case = intake.case_of(db.session(), kept)
    if case.reference != reference:
        abort(404)
    with force_locale("vi"):
        code = intake.code_of(kept, here.keys(), once.id)
        return posters.walk_in_receipt_pdf(_receipt(case, code))


def _receipt(case: Case, code: str) -> posters.Receipt:
    here_ = _units()[0]
    promise = promises.owed(case, here.calendar())
    page = f"{here.settings().base_url}{url_for('tracking.look_up', lang=None)}"
    return posters.Receipt(
        unit=here_.name,
        manager=here_.manager_name,
        reference=case.reference,
        code=codes.show_code(code),
        received_at=case.received_at,
        kind=PETITION_KINDS[case.kind_code].label,
        channel=CHANNELS[case.channel_code],
        url=f"{page}#{code}",
        short_url=page.removeprefix(f"{urlsplit(page).scheme}://"),
        promised_on=promise.on if promise else None,
        explanation=tuple(words.lines(promise.why)) if promise else (),
    )
