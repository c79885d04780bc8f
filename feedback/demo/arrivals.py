"""What came in, from whom, where and when: a plan for every message, and its way through intake."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from analysis.language import fold
from analysis.urgency import is_alarming
from feedback import intake
from feedback.clock import office_day
from feedback.demo import hours
from feedback.demo.fates import FATES, FATES_BY_CODE, Fate, may_befall
from feedback.demo.people import DOMAIN
from feedback.demo.pictures import Album
from feedback.demo.place import Place, at
from feedback.demo.seeds import Row, scene
from feedback.demo.tree import SHOWN
from feedback.intake import Arrival, Receipt
from feedback.models.meetings import Reception
from feedback.models.units import Unit
from feedback.rules.calendar import WEEKDAYS
from feedback.rules.petitions import SIGNED_KINDS
from feedback.rules.routing import Matter, route
from feedback.shelf import StoredFile
from forms.petition import CONSENT, Contact, Group, PetitionAnswers

QR = "qr"
# Of ten messages about two reach the counter by other ways than the code.
CHANNELS = {QR: 82, "walk_in": 8, "phone": 6, "paper": 4}
PHOTO_SHARE, PAPER_SHARE, OFFICE_SHARE, SHOWN_SHARE = 0.45, 0.4, 0.03, 0.14
OFFICE_SUBJECTS = frozenset({"TUYEN_SINH", "CHUYEN_TRUONG", "TTHC"})
CALLED = ("Chị Mai", "Anh Tuấn", "Chị Hoa", "Anh Nam", "Cô Sáu", "Bà ngoại bé Na", "Anh Khoa",
          "Chị Thủy", "Ba bé Bin", "Mẹ bé Su", "Chị Loan", "Anh Hải")  # fmt: skip
# The newest of all, in minutes before now: nobody has been told of them yet.
FRESH = (52, 41, 27, 9)


@dataclass(frozen=True, slots=True)
class Plan:
    """One message to come: its unit, its story, the moment it is sent and what becomes of it."""

    unit: Unit
    story: Row
    at: datetime
    fate: Fate
    channel: str = QR


def plans(place: Place) -> list[Plan]:
    """All messages in the order they arrive; every fate at least once at the shown school."""
    shown = [_shown(place, fate) for fate in FATES]
    fresh = [_fresh(place, minutes) for minutes in FRESH]
    number = max(0, place.wishes.submissions - len(shown) - len(fresh))
    usual = [_usual(place) for _ in range(number)]
    return sorted([*shown, *fresh, *usual], key=lambda plan: plan.at)


def _shown(place: Place, fate: Fate) -> Plan:
    unit = place.units[SHOWN]
    story = scene(fate.code) or place.deck.draw(
        unit.code, lambda row: _fits(row, unit) and _may_show(fate, row)
    )
    day = place.wishes.today - timedelta(days=fate.days_ago)
    moment = hours.moment_written(place, day)
    if fate.channel != QR:  # at the counter, while it is open
        moment = hours.moment_worked(place, at(day, 0), 0)
    return Plan(unit, story, moment, fate, fate.channel)


def _fresh(place: Place, minutes: int) -> Plan:
    """Just sent, to the shown school; the last one is an alarm that nobody has looked after."""
    unit, alarming = place.units[SHOWN], minutes == FRESH[-1]
    story = place.deck.draw(
        unit.code,
        lambda row: _fits(row, unit) and row["kind"] in {"PA", "GY"} and _alarms(row) == alarming,
    )
    return Plan(unit, story, place.wishes.until - timedelta(minutes=minutes), FATES_BY_CODE["new"])


def _may_show(fate: Fate, row: Row) -> bool:
    return may_befall(fate, row) and (fate.grave or not _alarms(row))


def _alarms(row: Row) -> bool:
    return bool(row["danger"]) or is_alarming(row["text"])


def _usual(place: Place) -> Plan:
    unit = _some_unit(place)
    moment = hours.moment_written(place, hours.day_written(place))
    story = place.deck.draw(unit.code, lambda row: _fits(row, unit))
    channel = _channel(place, story)
    if channel != QR and moment.date() < place.wishes.today:
        moment = hours.moment_worked(place, moment.replace(hour=0), 0)
    elif channel != QR:
        channel = QR
    ago = (place.wishes.until - moment).days
    possible = [fate for fate in FATES if fate.weight and may_befall(fate, story, ago)]
    fate = place.rng.choices(possible, [fate.weight for fate in possible])[0]
    return Plan(unit, story, moment, fate, channel)


def _channel(place: Place, story: Row) -> str:
    """A complaint that is meant to count as one is often brought on paper and signed."""
    if story["kind"] in SIGNED_KINDS and place.rng.random() < PAPER_SHARE:
        return "paper"
    return place.rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]


def _some_unit(place: Place) -> Unit:
    drawn = place.rng.random()
    if drawn < OFFICE_SHARE:
        return place.office
    if drawn < OFFICE_SHARE + SHOWN_SHARE:
        return place.units[SHOWN]
    # The first schools of the list have used the posters longest.
    others = place.schools[1:] or place.schools
    return others[int(len(others) * place.rng.random() ** 1.7)]


def _fits(row: Row, unit: Unit) -> bool:
    if not unit.is_school:
        return row["subject"] in OFFICE_SUBJECTS and row["kind"] != "KH"
    return unit.level in row["levels"]


def receive(place: Place, album: Album, plan: Plan) -> Receipt:
    """Through the same intake as every other message; only the reference comes from the dice."""
    answers = _answers(place, plan)
    by_staff = plan.channel != QR
    hidden = route(Matter(answers.kind_code, answers.subject_code, answers.about_code)).owner
    desk = place.office if hidden == "office" else plan.unit
    arrival = Arrival(
        unit=plan.unit,
        point=None if by_staff else place.rng.choice(place.points[plan.unit.id]),
        answers=answers,
        once_id=place.once_id(),
        at=plan.at,
        files=_photos(place, album, plan),
        channel_code=plan.channel,
        taken_by=place.officer(desk, "clerk", "office") if by_staff else None,
    )
    receipt = intake.receive(place.session, arrival, place.keys, place.calendar)
    name(place, receipt)
    return receipt


def name(place: Place, receipt: Receipt) -> None:
    """The same wishes give the same references, so that a page can be shown again."""
    case = receipt.case
    before = fold(case.reference)
    case.reference = place.reference(case.reference)
    case.folded = case.folded.replace(before, fold(case.reference), 1)


def _answers(place: Place, plan: Plan) -> PetitionAnswers:
    story = plan.story
    signed = story["kind"] in SIGNED_KINDS and plan.channel == "paper"
    return PetitionAnswers(
        kind_code=story["kind"],
        subject_code=story["subject"],
        about_code=story["about"],
        text=story["text"],
        wish=_wish(place, plan),
        danger=story["danger"],
        signed=signed,
        contact=Contact() if story["anonymous"] and not signed else _contact(place, plan, signed),
        group=_group(story),
    )


def _group(story: Row) -> Group:
    told = story.get("group")
    return Group(told["people"], tuple(told["speakers"]), told["appointed"]) if told else Group()


def _contact(place: Place, plan: Plan, signed: bool) -> Contact:
    number = place.rng.randint(1, 400)
    return Contact(
        name=plan.story.get("name") or place.rng.choice(CALLED),
        email=f"phuhuynh{number}@{DOMAIN}",
        address="Địa chỉ minh họa, quận Gò Vấp" if signed else "",
        consent=CONSENT,
    )


def _wish(place: Place, plan: Plan) -> str:
    """Who asks for an appointment names the session, as the form would."""
    if plan.story["kind"] != "DK_TCD":
        return str(plan.story["wish"])
    session = place.session.scalar(
        select(Reception)
        .where(Reception.unit_id == plan.unit.id, Reception.held_on > office_day(plan.at))
        .order_by(Reception.held_on)
        .limit(1)
    )
    if session is None:
        return "Muốn gặp, buổi nào cũng được."
    said = f"{session.begins_at:%H:%M}–{session.ends_at:%H:%M}, {session.place}"
    day = f"{WEEKDAYS[session.held_on.weekday()]}, {session.held_on:%d/%m/%Y}"
    return f"Muốn gặp vào buổi: {day}, {said}"


def _photos(place: Place, album: Album, plan: Plan) -> tuple[StoredFile, ...]:
    if place.rng.random() > PHOTO_SHARE or plan.channel == "phone":
        return ()
    found = album.before(plan.story["subject"])
    return (found,) if found else ()
