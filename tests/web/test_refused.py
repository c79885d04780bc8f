"""What the law refuses, on the real pages: the rule in a sentence, and nothing changed."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from feedback import clock, db
from feedback.models.cases import Case
from feedback.models.events import CaseDeadline, CaseEvent
from feedback.models.submissions import Submission
from feedback.models.units import Holiday, Unit, UnitName
from feedback.rules import petition_limits as limits
from feedback.web import words
from tests import world
from tests.web.colleagues import Colleague, Town

TUESDAY = datetime(2026, 11, 10, 9, 0, tzinfo=clock.OFFICE_ZONE)
DAY = timedelta(days=1)
NOTE = "Theo hồ sơ của vụ việc."
TYPED = {
    "channel": "paper", "kind": "PA", "about": "boarding", "text": "Bữa trưa thiếu thịt hai hôm.",
}  # fmt: skip


@dataclass
class Place:
    """The town on a day of its own, and who sits at which desk."""

    town: Town
    app: Flask
    folder: Path
    day: int = 0
    matter: Case | None = field(default=None)
    by_head: bool = False

    def desk(self) -> Colleague:
        """Whoever answers the matter; the Office where there is none."""
        at_school = self.matter is not None and self.matter.owner_id == self.town.school.id
        here = self.town.hoa if self.by_head else self.town.hang
        return self.town.at_desk(here if at_school else self.town.lan)

    def petition(self, kind: str) -> Case:
        said = {"kind_code": kind, "about_code": "class_teacher", "signed": True}
        self.matter = world.a_case(self.town.school, TUESDAY, **said)
        return self.matter

    def accepted(self, kind: str) -> Case:
        matter = self.petition(kind)
        matter.accept(self.act(0))
        return matter

    def act(self, days: int) -> Any:
        return world.an_act(self.town.hang, NOTE, TUESDAY + days * DAY)

    def signature(self, days: int) -> Any:
        """Of the head, who has prepared nothing."""
        return world.an_act(self.town.hoa, NOTE, TUESDAY + days * DAY)

    def second(self) -> Case:
        matter = self.accepted("KN")
        matter.decide(self.signature(2), "kn_wrong")
        matter.send_decision(self.act(3))
        assert matter.owner.manager
        matter.lodge_again(self.act(4), matter.owner.manager)
        matter.accept_again(self.act(5))
        return matter

    def move(self, code: str, **told: Any) -> tuple[int, str]:
        """Post a move as a page would that stood open, whether or not it is offered now."""
        assert self.matter
        desk = self.desk()
        form = desk.see(f"/viec/{self.matter.reference}").form("/note").values
        told = {"note": NOTE, **told}
        sent = {"csrf_token": form["csrf_token"], "seen": form["seen"], **told}
        seen = desk.post(f"/viec/{self.matter.reference}/{code}", sent)
        return seen.status, seen.said

    def act_with_paper(self, code: str, **told: Any) -> tuple[int, str]:
        """The same of a move that the law wants a paper of, by whoever makes or signs it."""
        assert self.matter
        self.by_head = code == "extend"
        seen = self.desk().act(self.matter, code, **{"note": NOTE, **told})
        return seen.status, seen.said

    def command(self, name: str, told: Any) -> tuple[int, str]:
        """A command with a file."""
        file = self.folder / "told.json"
        file.write_text(json.dumps(told), encoding="utf-8")
        done = self.app.test_cli_runner().invoke(args=[name, str(file)])
        return done.exit_code, done.output

    def typed(self, **told: Any) -> tuple[int, str]:
        seen = self.desk().see("/nhap").send("/nhap", unit="LDT", **TYPED, **told)
        assert seen.form("/nhap").values["text"] == TYPED["text"]
        return seen.status, seen.said


def _not_in_the_table(place: Place) -> tuple[int, str]:
    place.petition("KN")
    return place.move("lodge_again", signed="y")


def _a_move_of_another_kind(place: Place) -> tuple[int, str]:
    place.petition("TC")
    return place.move("lapse")


def _received_tomorrow(place: Place) -> tuple[int, str]:
    return place.typed(received_on="2026-11-11")


def _received_before_the_school_was(place: Place) -> tuple[int, str]:
    name = db.session.scalars(select(UnitName).where(UnitName.unit_id == place.town.school.id))
    name.one().valid_from = date(2026, 9, 1)
    return place.typed(received_on="2026-08-31")


def _dialogue_held_tomorrow(place: Place) -> tuple[int, str]:
    place.accepted("KN").invite(place.act(0), date(2026, 11, 16))
    return place.act_with_paper("dialogue", day="2026-11-16")


def _invited_too_late(place: Place) -> tuple[int, str]:
    place.accepted("KN")
    return place.act_with_paper("invite", day="2026-11-12")


def _extended_without_a_ground(place: Place) -> tuple[int, str]:
    place.accepted("TC")
    return place.act_with_paper("extend")


def _complaint_extended_twice(place: Place) -> tuple[int, str]:
    place.accepted("KN").extend(place.signature(0), ["places"])
    return place.move("extend", grounds="places")


def _extended_again_for_one_ground(place: Place) -> tuple[int, str]:
    place.accepted("TC").extend(place.signature(0), ["places"])
    return place.act_with_paper("extend", grounds="places")


def _denunciation_extended_a_third_time(place: Place) -> tuple[int, str]:
    matter = place.accepted("TC")
    for days in (0, 20):
        matter.extend(place.signature(days), ["places", "people"])
    place.day = 40
    return place.act_with_paper("extend", grounds=["places", "people"])


def _extended_after_its_end(place: Place) -> tuple[int, str]:
    place.accepted("TC")
    place.day = 50
    return place.act_with_paper("extend", grounds="places")


def _lapsed_before_its_end(place: Place) -> tuple[int, str]:
    place.accepted("KN")
    return place.move("lapse")


def _in_force_before_its_days(place: Place) -> tuple[int, str]:
    matter = place.accepted("KN")
    matter.decide(place.signature(0), "kn_wrong")
    matter.send_decision(place.act(0))
    return place.move("take_effect")


def _decided_again_without_dialogue(place: Place) -> tuple[int, str]:
    place.second()
    place.day = 6
    return place.act_with_paper("decide_again", result="kn_upheld")


def _closed_before_it_was_published(place: Place) -> tuple[int, str]:
    matter = place.accepted("TC")
    matter.conclude(place.signature(0), "tc_wrong")
    matter.send_conclusion(place.act(0))
    return place.move("close")


def _a_holiday_twice(place: Place) -> tuple[int, str]:
    told = {"day": "2026-11-24", "kind": "holiday", "name": "Ngày Văn hóa"}
    seen = place.desk().see("/thiet-lap/ngay-nghi").send("/ngay-nghi", **told)
    return seen.status, seen.said


def _a_circle_of_successors(place: Place) -> tuple[int, str]:
    told = {
        "on": "2026-11-01",
        "successions": [
            {"old": "PGD", "new": "UBGV", "kind": "merge"},
            {"old": "UBGV", "new": "PGD", "kind": "merge"},
        ],
    }
    return place.command("reorganise", told)


def _a_file_with_a_day_twice(place: Place) -> tuple[int, str]:
    day = {"day": "2031-01-23", "kind": "holiday", "name": "Mùng 1"}
    return place.command("load-holidays", [day, day])


Tried = Callable[[Place], tuple[int, str]]
REFUSED: list[tuple[Tried, int, str]] = [
    (_not_in_the_table, 409, "đang ở bước “Mới nhận”: bảng các bước không cho"),
    (_a_move_of_another_kind, 409, "đang ở bước “Mới nhận”: bảng các bước không cho"),
    (_received_tomorrow, 422, "Ngày giờ nhận không thể ở sau lúc này"),
    (_received_before_the_school_was, 422, "Đơn vị này có từ ngày 01/09/2026"),
    (_dialogue_held_tomorrow, 409, "chỉ ghi kết quả khi đã đối thoại xong"),
    (_invited_too_late, 409, "Điều 11 Nghị định 155/2026/NĐ-CP"),
    (_extended_without_a_ground, 422, "Điều 3 khoản 2 Nghị định 31/2019/NĐ-CP"),
    (_complaint_extended_twice, 409, "Điều 28, Điều 37 Luật Khiếu nại 2011 không cho phép"),
    (_extended_again_for_one_ground, 409, "Điều 30 khoản 3 Luật Tố cáo 2018"),
    (_denunciation_extended_a_third_time, 409, "không cho phép lần thứ ba"),
    (_extended_after_its_end, 409, "chỉ gia hạn khi còn hạn"),
    (_lapsed_before_its_end, 409, "Điều 33 khoản 1 Luật Khiếu nại 2011"),
    (_in_force_before_its_days, 409, "Điều 44"),
    (_decided_again_without_dialogue, 409, "Điều 39 Luật Khiếu nại 2011"),
    (_closed_before_it_was_published, 409, "Điều 40 khoản 1 Luật Tố cáo 2018"),
    (_a_holiday_twice, 200, "Thứ Ba, 24/11/2026 đã có trong lịch"),
    (_a_circle_of_successors, 1, "in a circle"),
    (_a_file_with_a_day_twice, 1, "đứng hai lần trong tệp"),
]


def _everything() -> list[Any]:
    """What must be as before: all that is in the register, the calendar and the tree."""
    db.session.expire_all()
    tables = (Case, CaseEvent, CaseDeadline, Submission, Holiday, Unit, UnitName)
    counts = [db.session.scalar(select(func.count()).select_from(table)) for table in tables]
    stands = db.session.execute(
        select(Case.status, Case.owner_id, Case.due_on, Case.extended, Case.version)
    ).all()
    ends = db.session.execute(select(CaseDeadline.due_on, CaseDeadline.met_on)).all()
    return [counts, stands, ends]


class Watched(Place):
    """Looks at everything just before the page is posted."""

    before: list[Any]
    travel: Callable[[], None]

    def desk(self) -> Colleague:
        """On the day of the attempt."""
        self.travel()
        db.session.commit()
        self.before = _everything()
        return super().desk()


@pytest.fixture
def people(story, sign_in, app, tmp_path) -> tuple[Any, Flask, Path]:
    return sign_in, app, tmp_path


@pytest.mark.parametrize(
    ("tried", "status", "sentence"), REFUSED, ids=[one[0].__name__.strip("_") for one in REFUSED]
)
def test_a_refusal_names_its_rule_and_changes_nothing(people, tried, status, sentence):
    sign_in, app, folder = people
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        place = Watched(Town(sign_in), app, folder)
        db.session.commit()
        place.before = _everything()
        place.travel = lambda: traveller.move_to(TUESDAY + place.day * DAY)
        found = tried(place)
    assert (found[0], sentence in found[1]) == (status, True), found
    assert _everything() == place.before


def test_a_refusal_with_a_day_in_it_is_put_together_in_the_language_of_the_reader(app):
    refusal = limits.not_in_force(date(2026, 12, 16))
    assert str(refusal).endswith("tức là sau thứ Tư, 16/12/2026.")
    with app.test_request_context(), force_locale("en"):
        assert "Wednesday, 16/12/2026" in words.said(refusal)
        assert words.said("") == ""
