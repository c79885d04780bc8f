"""Who will get no mail reads so where the address is asked, and nobody else does."""

import pytest

from feedback import clock, db
from feedback.envelopes import OfficeKey
from feedback.models.points import QrPoint
from feedback.models.unit_keys import take_key
from feedback.models.units import Unit
from tests import world
from tests.eyes import Seen, Visitor
from tests.web.colleagues import Town

ALWAYS = "Tên và cách liên lạc được niêm phong ngay khi gửi, nên không có thư báo."
IF_HIDDEN = "Nếu là việc nhà trường không được biết thì tên và cách liên lạc được niêm phong"


@pytest.fixture
def town(sign_in, story) -> Town:
    return Town(sign_in)


@pytest.fixture
def gate(town) -> QrPoint:
    point = world.a_point(town.school)
    db.session.commit()
    return point


def gets_key(unit: Unit) -> None:
    take_key(db.session(), unit, OfficeKey.new().public, clock.now(), clock.today())
    db.session.commit()


def complaint(parent, gate: QrPoint, kind: str, about: str) -> Seen:
    path = f"/q/{gate.code}/khieu-nai-to-cao?as={kind}&about={about}"
    return Visitor(parent).see(path)


def opinion(parent, gate: QrPoint) -> Seen:
    return Visitor(parent).see(f"/q/{gate.code}/gui")


def test_without_a_key_news_goes_out_and_nothing_is_said(town, gate, parent):
    for page in (complaint(parent, gate, "TC", "leaders"), opinion(parent, gate)):
        assert page.status == 200
        assert "không có thư báo" not in page.said


SAID = {
    ("TC", "leaders"): ALWAYS,
    ("TC", "unknown"): ALWAYS,
    ("TC", "staff"): IF_HIDDEN,  # the subject, chosen on the page, may still hide it
    ("PA", "leaders"): ALWAYS,
    ("PA", "class_teacher"): IF_HIDDEN,
}


@pytest.mark.parametrize(("kind", "about"), list(SAID))
def test_with_a_key_of_the_office_it_is_said_where_it_holds(town, gate, parent, kind, about):
    gets_key(town.office)
    page = complaint(parent, gate, kind, about).said
    assert SAID[kind, about] in page
    assert page.count("không có thư báo") == 1


@pytest.mark.parametrize("about", ["leaders", "staff"])
def test_of_a_complaint_the_desk_keeps_the_address_and_nothing_is_said(town, gate, parent, about):
    gets_key(town.office)
    assert "không có thư báo" not in complaint(parent, gate, "KN", about).said


def test_the_open_form_says_for_which_matters(town, gate, parent):
    gets_key(town.office)
    assert IF_HIDDEN in opinion(parent, gate).said


def test_a_key_of_the_committee_above_changes_nothing(town, gate, parent):
    gets_key(town.office.manager or town.other)
    assert "không có thư báo" not in opinion(parent, gate).said


@pytest.mark.parametrize(
    ("kind", "about"),
    [("TC", "leaders"), ("PA", "leaders"), ("KN", "leaders"), ("TC", "staff"), ("PA", "staff")],
)
def test_what_the_page_says_is_what_is_done(town, gate, parent, kind, about):
    """The law of it: no sentence, then the address is good for news; and the other way round."""
    gets_key(town.office)
    told = ALWAYS in complaint(parent, gate, kind, about).said
    contact = world.a_contact(email="mai@demo.invalid")
    case = town.matter(kind_code=kind, about_code=about, subject_code="KHAC", contact=contact)
    assert case.submission.sender is not None
    assert case.submission.sender.has_email is not told
