"""Makers with good defaults: every story's people, schools and cases."""

import itertools
from datetime import date, datetime, timedelta

from feedback import clock, codes, db, intake, shipped
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer, Role
from feedback.models.points import QrPoint
from feedback.models.units import Holiday, Unit, UnitName, UnitParent, load_calendar
from feedback.rules.calendar import special_days
from feedback.sealing import Keys
from forms.petition import Contact, PetitionAnswers

SECRET = "a-secret-for-tests-only-of-more-than-32-characters"
PASSWORD = "hoa-phuong-no-san-truong"
KEYS = Keys.from_secret(SECRET)
_numbers = itertools.count(1)


def a_unit(
    code: str, kind: str, name: str, manager: Unit | None = None, level: str | None = None
) -> Unit:
    unit = Unit(code=code, kind=kind, level=level)
    unit.names.append(UnitName(name=name, short_name=name))
    if manager is not None:
        unit.parents.append(UnitParent(parent=manager))
    db.session.add(unit)
    db.session.flush()
    return unit


def a_committee(code: str = "UBGV") -> Unit:
    return a_unit(code, "committee", "UBND quận Gò Vấp")


def an_office(code: str = "PGD", manager: Unit | None = None) -> Unit:
    return a_unit(code, "office", "Phòng Giáo dục và Đào tạo quận Gò Vấp", manager or a_committee())


def a_school(
    code: str = "LDT", name: str = "Trường Tiểu học Lê Đức Thọ", office: Unit | None = None
) -> Unit:
    return a_unit(code, "school", name, office or an_office(), level="TH")


def an_officer(unit: Unit, role: str = "clerk", name: str = "", email: str = "") -> Officer:
    number = next(_numbers)
    officer = Officer(
        email=email or f"{role}{number}@demo.invalid",
        name=name or f"Cán bộ {number}",
        created_at=clock.now(),
        wants_digest=False,  # a story about the morning letter says so
    )
    officer.roles.append(Role(unit=unit, code=role, valid_from=date(2020, 1, 1)))
    db.session.add(officer)
    db.session.flush()
    return officer


def a_head(school: Unit, name: str = "Lê Văn Hòa") -> Officer:
    """The principal, who for the length of a test signs at the committee too."""
    head = an_officer(school, "principal", name)
    top = school.manager.manager if school.manager else None
    if top is not None:
        head.roles.append(Role(unit=top, unit_id=top.id, code="chair", valid_from=date(2020, 1, 1)))
    db.session.flush()
    return head


def a_point(unit: Unit, place: str = "Cổng chính") -> QrPoint:
    point = QrPoint.make(codes.new_point_code(), unit, place, None, clock.now())
    db.session.add(point)
    db.session.flush()
    return point


def the_holidays() -> None:
    """The shipped calendar, as a new installation has it."""
    db.session.add_all(Holiday.new(special) for special in special_days(shipped.read("holidays")))
    db.session.flush()


def answers(**said: object) -> PetitionAnswers:
    """What a mother of a second-grader writes, unless the story says otherwise."""
    usual: dict[str, object] = {
        "kind_code": "PA",
        "subject_code": "BAN_TRU",
        "about_code": "boarding",
        "text": "Hôm nay bữa trưa của bé ít thịt, con về nhà nói đói.",
        "wish": "Mong nhà trường xem lại suất ăn.",
    }
    return PetitionAnswers(**{**usual, **said})  # type: ignore[arg-type]


def a_receipt(
    unit: Unit, at: datetime | None = None, point: QrPoint | None = None, **said: object
) -> intake.Receipt:
    """A submission kept and routed, exactly as the public door does it."""
    once = codes.read_once(
        KEYS.once, codes.mint_once(KEYS.once, at or clock.now()), at or clock.now()
    )
    arrival = intake.Arrival(unit, point, answers(**said), once.id, at or clock.now())
    return intake.receive(db.session(), arrival, KEYS, load_calendar(db.session()))


def a_case(unit: Unit, at: datetime | None = None, **said: object) -> Case:
    return a_receipt(unit, at, None, **said).case


def an_act(
    by: Officer | None = None, note: str = "", at: datetime | None = None, as_parent: bool = False
) -> Act:
    return Act(by, at or clock.now(), load_calendar(db.session()), note, as_parent)


def an_answered_case(
    unit: Unit, clerk: Officer, at: datetime | None = None, **said: object
) -> Case:
    began = at or clock.now() - timedelta(days=2)
    matter = a_case(unit, began, **said)
    matter.accept(an_act(clerk, at=began + timedelta(hours=2)))
    matter.answer(
        an_act(clerk, "Bếp đã tăng định lượng từ thứ Hai.", began + timedelta(days=1)),
        "done",
        "Tăng định lượng suất ăn",
    )
    db.session.flush()
    return matter


def a_contact(**parts: str) -> Contact:
    return Contact(**{"name": "Nguyễn Thị Mai", "email": "mai@demo.invalid", **parts})
