"""A small office with a full book: every kind of bound row, written the way the program does."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from feedback import anchors, clock, db, tokens
from feedback.anchors import Anchor
from feedback.models.events import Act
from feedback.models.officers import Officer, SavedView, SignIn
from feedback.models.points import QrPoint
from feedback.models.reports import ReportRound, UnitReport
from feedback.models.submissions import Attachment
from feedback.verifying import Verdict, verify
from tests.world import (
    KEYS,
    a_case,
    a_contact,
    a_point,
    a_school,
    an_act,
    an_answered_case,
    an_office,
    an_officer,
    the_holidays,
)

KEY = anchors.own(KEYS)


@dataclass(frozen=True)
class Book:
    """What the story knows of it: the anchor kept elsewhere."""

    connection: Connection
    anchor: Anchor
    paper: Anchor

    def verdict(self, anchor: Anchor | None = None) -> Verdict:
        return verify(self.connection, KEY, anchor or self.anchor)


def a_book(connection: Connection) -> Book:
    """Cô Thu's and cô Lan's week: letters, answers, a report, a new point, somebody leaving."""
    office = an_office()
    school = a_school(office=office)
    thu, lan = an_officer(school, "clerk", "Cô Thu"), an_officer(office, "office", "Cô Lan")
    the_holidays()
    db.session.commit()
    _letters(school, thu)
    _about_the_head(school, lan)
    _paperwork(school, thu, a_point(school))
    point = anchors.set_checkpoint(db.session(), KEYS, clock.now(), anchors.DAY)
    db.session.commit()
    words = anchors.written(point)
    return Book(connection, Anchor.read(words, KEY), Anchor.read(anchors.on_paper(point), KEY))


def _letters(school, thu: Officer) -> None:
    for _ in range(2):
        an_answered_case(school, thu, contact=a_contact())
        db.session.commit()
    matter = a_case(school)
    matter.submission.attachments.append(_photo("the-lunch"))
    db.session.commit()
    matter.accept(an_act(thu))
    matter.add_note(an_act(thu, "Đã gọi cho bếp trưởng."))
    db.session.commit()
    asked = Act(thu, clock.now(), an_act().calendar, "Bé học lớp nào?", files=(_photo("the-menu"),))
    matter.ask(asked)
    db.session.commit()


def _about_the_head(school, lan: Officer) -> None:
    matter = a_case(school, about_code="leaders")
    db.session.commit()
    assert matter.hidden_from_school
    matter.accept(an_act(lan))
    db.session.commit()


def _paperwork(school, thu: Officer, point: QrPoint) -> None:
    now, day = clock.now(), clock.today()
    tokens.issue(db.session(), school, "Bảng điều khiển của quận", now)
    db.session.add(SignIn(officer_id=thu.id, token_hash=b"s" * 32, begun_at=now, seen_at=now))
    db.session.add(SavedView(officer_id=thu.id, name="Bán trú", where={"q": "bán trú"}))
    round_ = ReportRound(
        series_code="month", period_code="2026-10", starts_on=day, ends_on=day, due_on=day
    )
    report = UnitReport(round=round_, unit=school, narrative={})
    db.session.add_all([round_, report])
    db.session.commit()
    report.write({"I": "Trong tháng có bốn ý kiến."}, thu, now)
    report.submit({"tables": {"by_subject": {"rows": [[1, 0.25]]}}}, thu, now)
    db.session.commit()
    point.place = "Cổng sau"
    thu.roles[0].valid_to = day
    db.session.commit()


def _photo(name: str) -> Attachment:
    return Attachment(name=name, media_type="image/jpeg", size=1200, sha256="a" * 64)


def unlock(connection: Connection) -> None:
    """What somebody does first who owns the database: away with the triggers and the references."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        found = "SELECT name FROM sqlite_master WHERE type='trigger' AND name LIKE 'ledger%'"
        for name in connection.scalars(text(found)).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
