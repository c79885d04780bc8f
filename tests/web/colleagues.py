"""People behind the counter: they look at every page as carefully, and they carry a session."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedback import clock, db
from feedback.models.cases import Case
from feedback.models.officers import Officer
from feedback.models.units import Unit
from tests import world
from tests.eyes import Reader, Seen, Visitor, find_faults


class Colleague(Visitor):
    """An officer at a desk."""

    def act(self, matter: Case, move: str, **said: object) -> Seen:
        """Make a move whose paper was made elsewhere."""
        page = self.see(f"/viec/{matter.reference}/{move}/kem-van-ban")
        fields = [name for name in page.form("/kem-van-ban").names if name.startswith("outside.")]
        usual = {"number": "01/VB", "dated": clock.today().isoformat()}
        recorded = {name: usual[name.rpartition(".")[2]] for name in fields}
        return page.send("/kem-van-ban", way="outside", **recorded, **said)

    def _seen(self, answer: TestResponse, path: str) -> Seen:
        page = Reader(answer.get_data(as_text=True), path)
        faults = find_faults(page)
        assert not faults, (path, answer.status_code, faults)
        return Seen(self, answer, page)


@dataclass
class Town:
    """An Office with two schools, the people in them, and a fresh client for each of them."""

    sign_in: Callable[[Officer], FlaskClient]
    office: Unit = field(init=False)
    school: Unit = field(init=False)
    other: Unit = field(init=False)

    def __post_init__(self) -> None:
        world.the_holidays()
        self.office = world.an_office()
        self.school = world.a_school(office=self.office)
        self.other = world.a_school("NT", "Trường THCS Nguyễn Trãi", self.office)
        self.hang = world.an_officer(self.school, name="Trần Thị Thu Hằng")
        self.hoa = world.an_officer(self.school, "principal", "Lê Văn Hòa")
        self.lan = world.an_officer(self.office, "office", "Phạm Ngọc Lan")
        self.bao = world.an_officer(self.other, name="Ngô Quốc Bảo")
        db.session.commit()

    def client(self, officer: Officer) -> FlaskClient:
        return self.sign_in(officer)

    def at_desk(self, officer: Officer) -> Colleague:
        return Colleague(self.client(officer))

    def matter(self, **said: object) -> Case:
        """A case of the school, committed, as a parent's send left it."""
        made = world.a_case(self.school, clock.now(), **said)
        db.session.commit()
        return made

    def secret(self, **said: object) -> Case:
        """A denunciation of the principal."""
        told = {
            "kind_code": "TC",
            "about_code": "leaders",
            "subject_code": "THU_CHI",
            "text": "Hiệu trưởng nhận tiền trái tuyến của nhiều phụ huynh.",
            "wish": "Đề nghị thanh tra.",
        }
        return self.matter(**{**told, **said})


def again(matter: Case) -> Case:
    """The case as the database has it now."""
    db.session.expire_all()
    return db.session.get_one(Case, matter.id)
