"""The main job, end to end: scan, form, receipt, case, answer, the parent's taps, the report.

One story per petition kind, through the real doors and the real notices.
"""

import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock, db, rounds
from feedback.models.cases import Case
from feedback.models.reports import UnitReport
from feedback.models.units import load_calendar
from feedback.rules.petitions import kinds_of
from tests import world
from tests.eyes import Seen, Visitor
from tests.web.colleagues import Town

FEEDBACK_KINDS = [kind.code for kind in kinds_of("feedback")]
TEXT = "Máy lạnh lớp 2/3 hư cả tháng, trưa nóng các con không ngủ được."
UNSOLVED = "Máy mới lại chảy nước, các con vẫn chưa ngủ được."


@dataclass
class Journey:
    """Mai at the gate with her phone, Hằng at her desk, Lan at the Office."""

    town: Town
    phone: Visitor
    code: str = field(init=False)
    tracking: str = ""
    reference: str = ""

    def __post_init__(self) -> None:
        self.code = world.a_point(self.town.school).code
        db.session.commit()

    def sends(self, kind: str, **filled: object) -> Seen:
        path = f"/q/{self.code}/gui"
        said = {"text": TEXT, "kind": kind, "about": "facilities", **filled}
        return self._keep(self.phone.see(path).send(path, **said))

    def denounces(self, about: str, text: str) -> Seen:
        path = f"/q/{self.code}/khieu-nai-to-cao"
        asked = self.phone.see(path).send(path, harmed="no", unlawful="yes", about=about)
        onward = next(
            found["href"]
            for tag, found in asked.page.elements
            if tag == "a" and f"{path}?" in found.get("href", "") and "as=TC" in found["href"]
        )
        return self._keep(self.phone.see(onward).send(path, text=text))

    def _keep(self, receipt: Seen) -> Seen:
        shown = re.search(r"[A-Z]{2,6}-\d{4}-[0-9A-Z]{5}", receipt.said)
        tracking = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", receipt.said)
        assert shown, receipt.said
        assert tracking
        self.reference, self.tracking = shown.group(), tracking.group()
        return receipt

    def case(self) -> Case:
        db.session.expire_all()
        return db.session.scalars(select(Case).where(Case.reference == self.reference)).one()

    def thread(self) -> Seen:
        return self.phone.see("/tra-cuu").send("/tra-cuu", code=self.tracking)

    def says_not_solved(self) -> Seen:
        """*Chưa* asks one reason; without script it is a page of its own."""
        tap = self.thread().form("/da-on")
        asked = self.phone.post("/tra-cuu/chua-on", tap.values)
        return asked.send("/chua-on", text=UNSOLVED)

    def answers(self, officer: object, words: str) -> Seen:
        desk = self.town.at_desk(officer)  # type: ignore[arg-type]
        page = desk.see(f"/viec/{self.reference}")
        return page.send(
            "/answer", outcome="explained", done="Kiểm tra tại lớp", note=words, unshown=""
        )


@pytest.fixture
def journey(parent, sign_in) -> Journey:
    return Journey(Town(sign_in), Visitor(parent))


def _letters(var: Path) -> list[str]:
    found = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (var / "mail").glob("*.eml")
    ]
    return [f"{letter['To']} {letter['Subject']} {letter.get_content()}" for letter in found]


@pytest.mark.parametrize("kind", FEEDBACK_KINDS)
def test_from_the_scan_to_the_last_tap(journey: Journey, kind: str):
    assert "Đã nhận" in journey.sends(kind).said
    desk = journey.town.at_desk(journey.town.hang)
    assert journey.reference in desk.see("/hop-viec").said
    desk.see(f"/viec/{journey.reference}").send("/accept")
    journey.answers(journey.town.hang, "Nhà trường đã sửa máy lạnh sáng nay.")
    assert "Nhà trường đã sửa máy lạnh sáng nay." in journey.thread().said

    unsolved = journey.says_not_solved()
    assert "Đang giải quyết" in unsolved.said
    assert journey.case().reopened == 1

    journey.answers(journey.town.hang, "Đã thay máy mới, mời anh/chị xem lại.")
    journey.thread().send("/da-on")
    ended = journey.case()
    assert (ended.status, ended.solved) == ("closed", True)


def test_the_third_party_of_every_story_is_told_without_a_word_of_it(
    journey: Journey, app: Flask, var: Path
):
    journey.sends("PA", reply="contact", email="mai@example.com", consent="y")
    assert app.test_cli_runner().invoke(args=["run-notices", "--once"]).exit_code == 0
    journey.answers(journey.town.hang, "Nhà trường đã sửa máy lạnh sáng nay.")
    assert app.test_cli_runner().invoke(args=["run-notices", "--once"]).exit_code == 0
    letters = _letters(var)
    assert any(journey.town.hang.email in letter for letter in letters)
    assert any("mai@example.com" in letter for letter in letters)
    for letter in letters:
        assert "máy lạnh" not in letter.lower()
        assert journey.tracking not in letter


def test_a_denunciation_of_the_principal_passes_the_school(journey: Journey):
    words = "Hiệu trưởng nhận tiền trái tuyến của nhiều phụ huynh, có biên lai kèm theo."
    receipt = journey.denounces("leaders", words)
    assert "không nhìn thấy" in receipt.said or "không thấy" in receipt.said
    for officer in (journey.town.hang, journey.town.hoa):
        desk = journey.town.at_desk(officer)
        for path in ("/hom-nay", "/hop-viec", f"/hop-viec?q={journey.reference}"):
            assert words[:25] not in desk.see(path).said
        assert desk.see(f"/viec/{journey.reference}").status == 404
    office = journey.town.at_desk(journey.town.lan)
    assert words in office.see(f"/viec/{journey.reference}").said
    journey.answers(journey.town.lan, "Phòng đã kiểm tra và có kết luận.")
    assert "Phòng đã kiểm tra và có kết luận." in journey.thread().said
    assert words not in journey.thread().said


def test_what_was_solved_stands_in_the_schools_report_and_in_the_offices(journey: Journey):
    town = journey.town
    journey.sends("PA")
    journey.answers(town.hang, "Nhà trường đã sửa máy lạnh sáng nay.")
    journey.thread().send("/da-on")
    journey.denounces("leaders", "Hiệu trưởng nhận tiền trái tuyến của nhiều phụ huynh.")
    rounds.ensure_rounds(db.session(), clock.today(), load_calendar(db.session()))
    head = world.an_officer(town.office, "office_head", "Trần Văn Minh")
    db.session.commit()

    own, above = _report(town.school.id), _report(town.office.id)
    town.at_desk(town.hoa).see(own).send(own, step="submit")
    office = town.at_desk(head)
    assert "Số liệu đã chốt" in office.see(own).said
    office.see(own).send("/duyet")
    assert _received(office.see(own)) == 1
    # The denunciation counts at the Office, never in the school's figures.
    assert _received(office.see(above)) == 2


def _report(unit_id: int) -> str:
    newest = select(UnitReport).where(UnitReport.unit_id == unit_id)
    found = db.session.scalars(newest.order_by(UnitReport.round_id.desc()).limit(1)).one()
    return f"/bao-cao/{found.id}"


def _received(report: Seen) -> int:
    """The first figure of the register: what was received in the period."""
    return int(report.figures("Nhận trong kỳ")[0])
