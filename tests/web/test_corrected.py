"""A contact put right lies under the seal its matter asks for, and opens again for who may."""

import json
from dataclasses import replace
from typing import Any

import pytest

from feedback import clock, db, identities, intake
from feedback.envelopes import OfficeKey
from feedback.models.cases import Case
from feedback.models.data_requests import DataRequest
from feedback.models.submissions import Sender, Submission
from feedback.models.unit_keys import take_key
from feedback.sealing import Keys, SealBroken, unseal
from forms.petition import Contact
from tests import world
from tests.eyes import Seen, Visitor
from tests.web.colleagues import Colleague, Town, again

WRONG = {"name": "Nguyễn Thị Mai", "phone": "0901234567", "email": "mai@demo.invalid"}
RIGHT = "0909000111"
NOBODY = Contact()


@pytest.fixture
def town(sign_in, story) -> Town:
    return Town(sign_in)


@pytest.fixture
def key(town) -> OfficeKey:
    made = OfficeKey.new()
    take_key(db.session(), town.office, made.public, clock.now(), clock.today())
    db.session.commit()
    return made


def denounced(town: Town, **said: object) -> intake.Receipt:
    """A denunciation of the principal by Mai, who mistyped her number."""
    told: dict[str, Any] = {
        "kind_code": "TC",
        "about_code": "leaders",
        "subject_code": "THU_CHI",
        "contact": world.a_contact(**WRONG),
    }
    receipt = world.a_receipt(town.school, clock.now(), **{**told, **said})
    db.session.commit()
    return receipt


def asks(parent, receipt: intake.Receipt) -> DataRequest:
    page = Visitor(parent).see("/tra-cuu").send(code=receipt.code)
    text = "Số điện thoại của tôi bị ghi sai, nhờ sửa lại giúp."
    assert page.send("/du-lieu", request="correct", text=text).status == 200
    return db.session.query(DataRequest).one()


def settle(desk: Colleague, request: DataRequest) -> Seen:
    where = f"/du-lieu/{request.id}"
    done = {"settle-outcome": "done", "settle-note": "Đã sửa.", "settle-phone": RIGHT}
    return desk.see(where).send(where, **done)


def kept(case: Case) -> tuple[Submission, Sender]:
    letter = again(case).submission
    assert letter.sender
    return letter, letter.sender


def contact(case: Case) -> Contact:
    return identities.contact_of(kept(case)[0], world.KEYS)


def test_in_an_envelope_the_right_number_goes_beside_the_wrong_one(town, key, parent):
    sent = denounced(town)
    settle(town.at_desk(town.lan), asks(parent, sent))
    letter, sender = kept(sent.case)
    assert sender.in_envelope
    assert contact(sent.case) == NOBODY
    assert not sender.has_email
    context = identities.sender_context(letter.once_hash)
    first, later = (json.loads(one) for one in key.open(sender.sealed, context))
    assert first["name"] == WRONG["name"]
    assert later == {"phone": RIGHT}


def test_under_the_unit_s_own_key_it_is_sealed_for_that_unit_again(town, parent):
    sent = denounced(town)
    before = kept(sent.case)[1].sealed
    settle(town.at_desk(town.lan), asks(parent, sent))
    letter, sender = kept(sent.case)
    assert (sender.in_envelope, sender.sealed_for) == (False, "PGD")
    assert sender.sealed != before
    assert (contact(sent.case).name, contact(sent.case).phone) == (WRONG["name"], RIGHT)
    with pytest.raises(SealBroken):  # the key of ordinary contacts does not open it
        unseal(world.KEYS.contact, sender.sealed, identities.sender_context(letter.once_hash))


def test_a_complaint_hidden_from_the_school_stays_for_its_desk_although_there_is_a_key(
    town, key, parent
):
    sent = denounced(town, kind_code="KN", signed=True)
    settle(town.at_desk(town.lan), asks(parent, sent))
    assert kept(sent.case)[1].sealed_for == "PGD"
    assert contact(sent.case).phone == RIGHT
    assert kept(sent.case)[1].has_email  # news still goes to the address that was not wrong


def test_what_waited_for_a_key_goes_into_the_envelope_with_the_right_number(town, parent):
    sent = denounced(town)
    made = OfficeKey.new()
    take_key(db.session(), town.office, made.public, clock.now(), clock.today())
    db.session.commit()
    settle(town.at_desk(town.lan), asks(parent, sent))
    letter, sender = kept(sent.case)
    (only,) = made.open(sender.sealed, identities.sender_context(letter.once_hash))
    told = json.loads(only)
    assert (told["name"], told["phone"], sender.sealed_for) == (WRONG["name"], RIGHT, None)
    assert not sender.has_email


def test_an_open_matter_stays_under_the_common_key(town, key, parent):
    sent = world.a_receipt(town.school, clock.now(), contact=world.a_contact(**WRONG))
    db.session.commit()
    settle(town.at_desk(town.hang), asks(parent, sent))
    letter, sender = kept(sent.case)
    assert sender.sealed_for is None
    assert contact(sent.case).phone == RIGHT
    other = replace(world.KEYS, contact=Keys.from_secret("một bí mật khác hẳn " * 3).contact)
    with pytest.raises(SealBroken):
        identities.contact_of(letter, other)
