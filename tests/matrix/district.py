"""Two Offices that have nothing to do with each other, their people, one of each kind of thing."""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, select
from werkzeug.test import TestResponse

from feedback import clock, codes, db, intake, rounds
from feedback.db import Base
from feedback.files import take
from feedback.models.breaches import Breach
from feedback.models.cases import Case
from feedback.models.conflicts import Recusal
from feedback.models.data_requests import DataRequest
from feedback.models.factors import Passkey
from feedback.models.meetings import Reception, Visit
from feedback.models.officers import Delegation, Officer, SavedView, SignIn
from feedback.models.openings import Opening
from feedback.models.papers import IssuedPaper
from feedback.models.points import Gathering
from feedback.models.redactions import RedactedPicture, Redaction
from feedback.models.replies import ReplyTemplate
from feedback.models.reports import UnitReport
from feedback.models.retention import CARRIED_OUT, PROPOSED, Disposal, LegalHold
from feedback.models.scans import FileScan
from feedback.models.submissions import Attachment
from feedback.models.surveys import Survey
from feedback.models.units import Holiday, Unit, load_calendar
from feedback.rules.calendar import SpecialDay
from feedback.rules.scans import FOUND
from feedback.shelf import PDF
from tests import world
from tests.web.test_desk import a_photo

# Who is who: the unit, and the role there.
PEOPLE = {
    "clerk": ("school", "clerk"),
    "principal": ("school", "principal"),
    "office": ("office", "office"),
    "office_head": ("office", "office_head"),
    "admin": ("office", "admin"),
    "auditor": ("office", "auditor"),
    "duty": ("office", "duty"),
    "chair": ("committee", "chair"),
    "school_auditor": ("school", "auditor"),
    "neighbour": ("neighbour", "clerk"),
    "neighbour_principal": ("neighbour", "principal"),
    "far_clerk": ("far_school", "clerk"),
    "far_office": ("far_office", "office"),
    "far_office_head": ("far_office", "office_head"),
    "far_admin": ("far_office", "admin"),
    "far_auditor": ("far_office", "auditor"),
    "far_chair": ("far_committee", "chair"),
}
SignIn_ = Callable[[Officer], FlaskClient]
# What is another each time, and says nothing.
TOKENS = re.compile(
    rb'(?:value|content)="[\w.~-]{40,}"|[?&]v=[0-9a-f]+|name="(?:seen|once)" value="[^"]*"'
)
STATEMENT = "before_cursor_execute"


@dataclass
class District:
    """Everything that one of the schools owns, and everybody who may or may not know of it."""

    app: Flask
    sign_in: SignIn_
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Officer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        world.the_holidays()
        self._build_units()
        for name, (unit, role) in PEOPLE.items():
            self.people[name] = world.an_officer(self.units[unit], role, f"Cán bộ {name}")
        self.point = world.a_point(self.units["school"])
        self.case, self.photo, self.paper = self._matter()
        self.secret, self.secret_photo, self.secret_paper = self._matter(
            kind_code="TC", about_code="leaders", text="Hiệu trưởng nhận tiền chạy trường."
        )
        self._furnish()
        db.session.commit()

    def _build_units(self) -> None:
        for side, letter in (("", "A"), ("far_", "B")):
            top = world.a_committee(f"UB{letter}")
            office = world.an_office(f"PG{letter}", top)
            self.units[f"{side}committee"], self.units[f"{side}office"] = top, office
            self.units[f"{side}school"] = world.a_school(f"S{letter}", f"Trường {letter}", office)
        self.units["neighbour"] = world.a_school("SN", "Trường N", self.units["office"])

    def _matter(self, **said: object) -> tuple[Case, Attachment, IssuedPaper]:
        """A matter of the school that came with a photo, with a paper that went out of it."""
        stored = take(self.app.extensions["feedback.shelf"], "anh.jpg", a_photo())
        now = clock.now()
        once = codes.read_once(world.KEYS.once, codes.mint_once(world.KEYS.once, now), now)
        answers = world.answers(**said)
        sent = intake.Arrival(self.units["school"], self.point, answers, once.id, now, (stored,))
        made = intake.receive(db.session(), sent, world.KEYS, load_calendar(db.session())).case
        db.session.flush()
        paper = self._paper(made)
        return made, made.submission.attachments[0], paper

    def _paper(self, case: Case) -> IssuedPaper:
        shelf = self.app.extensions["feedback.shelf"]
        names = [take(shelf, "anh.jpg", a_photo()).name for _ in range(2)]
        made = IssuedPaper(
            case_id=case.id, unit_id=case.owner_id, officer_id=self.people["office"].id,
            code="receipt", year=2026, series="", number=case.id, symbol="TB", facts={},
            dated_on=clock.today(), made_at=clock.now(), docx_name=names[0], pdf_name=names[1],
            docx_sha256="0" * 64, pdf_sha256="0" * 64,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        return made

    def _furnish(self) -> None:
        now, today, school = clock.now(), clock.today(), self.units["school"]
        clerk, principal = self.people["clerk"], self.people["principal"]
        rounds.ensure_rounds(db.session(), today, load_calendar(db.session()))
        of_school = select(UnitReport).where(UnitReport.unit_id == school.id)
        self.things: dict[str, Any] = {
            "report_id": db.session.scalars(of_school).first(),
            "survey_id": Survey(unit_id=school.id, code="hl", title="Hài lòng", opens_on=today),
            "template_id": ReplyTemplate(
                unit_id=school.id, name="Mẫu", text="Cảm ơn.", changed_at=now
            ),
            "holiday_id": Holiday.new(SpecialDay(date(2026, 12, 30), "holiday", "Lễ"), school),
            "reception_id": Reception(
                unit_id=school.id, held_on=today + timedelta(days=5), begins_at=time(8),
                ends_at=time(10), place="Phòng 1", published_on=today,
            ),
            "delegation_id": Delegation(
                unit_id=school.id, officer_id=clerk.id, delegate_id=principal.id,
                from_on=today, to_on=today, made_at=now,
            ),
            "view_id": SavedView(officer_id=clerk.id, name="Của tôi", where={}),
            "sign_in_id": SignIn(
                officer_id=clerk.id, token_hash=b"x" * 32, begun_at=now, seen_at=now
            ),
            "key_id": Passkey(
                officer_id=clerk.id, credential_id=b"c", public_key=b"p", name="Khóa", made_at=now
            ),
            "recusal_id": Recusal(
                case_id=self.case.id, officer_id=self.people["neighbour"].id,
                relation_code="spouse", declared_at=now,
            ),
        }  # fmt: skip
        self.things |= self._kept_by_the_office()
        self.beside = self._beside("case", self.case) | self._beside("secret", self.secret)
        self.evening = Gathering(
            point_id=self.point.id, begins_at=now, ends_at=now + timedelta(hours=2),
            name="Họp phụ huynh", officer_id=clerk.id, made_at=now,
        )  # fmt: skip
        self.visit = Visit(
            unit_id=school.id, officer_id=clerk.id, number=1, received_at=now, received_on=today,
            mode="regular", kind_code="PA", content="Nội dung tiếp dân.",
        )  # fmt: skip
        db.session.add_all([self._copy(self.case), self._copy(self.secret)])
        made = [*self.things.values(), *self.beside.values(), self.disposed, self.evening]
        db.session.add_all([*made, self.visit])
        db.session.flush()

    def _kept_by_the_office(self) -> dict[str, Any]:
        """Two lists of disposal, one of them carried out, and an incident at the school."""
        office, now = self.units["office"], clock.now()

        def disposal(state: str) -> Disposal:
            return Disposal(
                unit_id=office.id, class_code="opinion", quantity=3, period_unit="Y", basis="Luật",
                state=state, proposed_at=now, proposed_by_id=self.people["office"].id, note="",
            )  # fmt: skip

        self.disposed = disposal(CARRIED_OUT)
        incident = Breach(
            unit_id=self.units["school"].id, detected_at=now, what="Mất sổ.", data_codes=["words"],
            people=1, children=0, recorded_at=now, recorded_by_id=self.people["office"].id,
            due_at=now,
        )  # fmt: skip
        return {"disposal_id": disposal(PROPOSED), "breach_id": incident}

    def _copy(self, case: Case) -> Redaction:
        """A copy without who sent it, with one photo."""
        shelf = self.app.extensions["feedback.shelf"]
        names = [take(shelf, "anh.jpg", a_photo()).name for _ in range(2)]
        picture = RedactedPicture(number=1, name=names[1], sha256="0" * 64)
        return Redaction(
            case_id=case.id, version=1, unit_id=case.owner_id, officer_id=self.people["office"].id,
            made_at=clock.now(), blocks=1, pdf_name=names[0], pdf_sha256="0" * 64,
            pictures=[picture],
        )  # fmt: skip

    def _beside(self, thing: str, case: Case) -> dict[str, Any]:
        """What belongs to one matter: requests about its data, an opening, a hold, a held file."""
        act, clerk = world.an_act(self.people["clerk"]), self.people["clerk"]
        asked = [DataRequest.ask(case, case.submission, "access", act) for _ in range(2)]
        asked[1].settle(act, "done")
        opening = Opening(
            case_id=case.id, submission_id=case.submission.id, ground_code="protect",
            reason="Lý do.", asked_by_id=clerk.id, asker_signs=False, asked_at=clock.now(),
        )  # fmt: skip
        hold = LegalHold(
            case_id=case.id, reason="Tòa án.", placed_at=clock.now(), placed_by_id=clerk.id
        )
        names = ("request", "told") if thing == "case" else ("secret_request", "secret_told")
        requests = {f"{name}.request_id": one for name, one in zip(names, asked, strict=True)}
        file = Attachment(
            submission_id=case.submission.id, name=f"{secrets.token_hex(16)}.pdf", size=1,
            media_type=PDF, sha256="0" * 64,
        )  # fmt: skip
        scan = FileScan(attachment=file, result_code=FOUND, scanned_at=clock.now())
        found = {f"{thing}.file_id": file, f"{thing}.scan": scan}
        return requests | found | {f"{thing}.opening_id": opening, f"{thing}.hold_id": hold}

    def file_name(self, thing: str) -> str:
        """What a photo or a paper is called in its address."""
        found = getattr(self, thing)
        return str(found.name if isinstance(found, Attachment) else found.docx_name)

    def code(self, real: bool) -> str:
        return self.point.code if real else "00000000"

    def client(self, who: str) -> FlaskClient:
        return self.sign_in(self.people[who]) if who in self.people else self.app.test_client()


# --- looking closely --------------------------------------------------------------------------


def shape(answer: TestResponse, path: str) -> tuple[int, bytes]:
    """What an answer says, without its tokens and without the address that was asked for."""
    body = TOKENS.sub(b"", answer.data)
    for name in (path, quote(path, safe=""), path.replace("/", "%2F")):
        body = body.replace(name.encode(), b"*")
    return answer.status_code, body


@contextmanager
def counted(story: Connection) -> Iterator[list[str]]:
    """The statements asked meanwhile."""
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(story, STATEMENT, note)
    try:
        yield asked
    finally:
        event.remove(story, STATEMENT, note)


def everything() -> dict[str, list[str]]:
    """Every row of every table, but when a session was last seen."""
    db.session.rollback()
    return {
        table.name: sorted(
            map(repr, db.session.execute(select(*[c for c in table.c if c.name != "seen_at"])))
        )
        for table in Base.metadata.sorted_tables
    }
