"""The root secret is changed, and nobody outside notices: codes, contacts, photos, second steps."""

import json
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import Connection, func, select

from feedback import (
    anchors,
    clock,
    codes,
    db,
    envelopes,
    factors,
    hardening,
    heirlooms,
    identities,
    intake,
    inventory,
    resets,
)
from feedback.envelopes import OfficeKey
from feedback.models.events import Message
from feedback.models.factors import RecoveryCode, TotpSecret
from feedback.models.heirlooms import Heirloom
from feedback.models.ledger import Checkpoint, LedgerEntry
from feedback.models.meetings import Visit
from feedback.models.officers import PasswordReset
from feedback.models.points import QrPoint
from feedback.models.responses import SurveyResponse
from feedback.models.submissions import Attachment, Sender, SenderGroup, Submission
from feedback.models.unit_keys import take_key
from feedback.models.units import Unit, load_calendar
from feedback.sealing import Keys, SealBroken, seal, unseal
from feedback.shelf import JPEG, Shelf
from feedback.web.counter.standard_survey import standard_survey
from forms.petition import Group
from tests import world
from tests.eyes import Visitor
from tests.keepers import SECOND, THIRD, Keeper
from tests.world import KEYS, SECRET

PHOTO = b"\xff\xd8 the photo of the stair" + bytes(2000)
SECRET_OF_APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def keeper(app: Flask, story: Connection, tmp_path: Path) -> Iterator[Keeper]:
    with app.app_context():
        made = Keeper(app, tmp_path)
        world.the_holidays()
        yield made
        made.go_back()


@pytest.fixture
def mai(keeper: Keeper) -> Visitor:
    """A mother with a telephone."""
    return Visitor(keeper.app.test_client())


class Paper(NamedTuple):
    """What is on the door of the fridge, and where the letter lies."""

    code: str
    reference: str
    id: int

    @classmethod
    def of(cls, receipt: intake.Receipt) -> "Paper":
        db.session.commit()
        return cls(receipt.code, receipt.case.reference, receipt.submission.id)


@pytest.fixture
def school(keeper: Keeper) -> int:
    made = world.a_school()
    db.session.commit()
    return made.id


def writes(school: int, keys: Keys = KEYS, **said: object) -> Paper:
    """A letter under these keys, as the public door takes it."""
    unit, now = db.session.get_one(Unit, school), clock.now()
    once = codes.read_once(keys.once, codes.mint_once(keys.once, now), now)
    arrival = intake.Arrival(unit, None, world.answers(**said), once.id, now)
    return Paper.of(intake.receive(db.session(), arrival, keys, load_calendar(db.session())))


@pytest.fixture
def sent(school: int) -> Paper:
    """Her letter of last year."""
    return writes(school, contact=world.a_contact(phone="0901234567"))


def harden(keeper: Keeper) -> None:
    """The runner's round, as it does it."""
    assert keeper.flask("run-notices", "--once").exit_code == 0
    assert not hardening.quick_hashes(db.session())


def leave_as_it_is(keeper: Keeper, paper: Paper) -> None:
    """A round of the runner that does not dare to harden this code."""
    assert keeper.flask("run-notices", "--once").exit_code == 0
    assert letter(paper).track_quick is not None


def opens(mai: Visitor, paper: Paper) -> bool:
    page = mai.see("/tra-cuu").send(code=codes.show_code(paper.code))
    return page.status == 200 and paper.reference in page.said


def letter(paper: Paper) -> Submission:
    return db.session.get_one(Submission, paper.id)


def verified(keeper: Keeper) -> str:
    done = keeper.flask("verify")
    assert done.exit_code == 0, done.output
    return done.output


# --- codes on paper -----------------------------------------------------------------------------


@pytest.mark.parametrize("hardened", ["before", "while", "after", "never"])
def test_a_printed_code_opens_its_matter_for_ever(
    keeper: Keeper, mai: Visitor, sent: Paper, hardened: str
):
    if hardened == "before":
        harden(keeper)
    keeper.restart(SECOND, SECRET)
    assert opens(mai, sent), "restarted, and nothing done yet"
    assert keeper.flask("change-secret").exit_code == 0
    assert opens(mai, sent)
    if hardened == "while":
        harden(keeper)
    keeper.restart(SECOND)
    if hardened == "after":
        harden(keeper)
    assert opens(mai, sent), "and the secret before is in no environment any more"
    keeper.change(THIRD, SECOND)
    assert opens(mai, sent), "after one more change"


def test_in_an_older_installation_nothing_is_hardened_until_its_secret_is_certain(
    keeper: Keeper, mai: Visitor, school: int
):
    old, fresh = writes(school), writes(school)
    row = letter(old)
    row.track_hash = codes.slow_track(KEYS.track, row.track_quick or b"")
    row.track_quick = None
    db.session.commit()
    keeper.restart(SECOND, SECRET)
    leave_as_it_is(keeper, fresh)
    assert opens(mai, old)
    assert keeper.flask("change-secret").exit_code == 0
    harden(keeper)
    keeper.restart(SECOND)
    assert opens(mai, old)
    assert opens(mai, fresh)


def test_a_secret_that_signed_no_anchor_here_hardens_nothing(keeper: Keeper, school: int):
    assert keeper.flask("anchor").exit_code == 0
    paper = writes(school)
    keeper.restart(SECOND)
    leave_as_it_is(keeper, paper)
    keeper.restart(SECRET)
    harden(keeper)


def test_a_letter_of_each_year_opens_after_three_years(keeper: Keeper, mai: Visitor, school: int):
    papers = []
    for secret, before in ((SECRET, ""), (SECOND, SECRET), (THIRD, SECOND)):
        keys = keeper.change(secret, before) if before else KEYS
        papers.append(writes(school, keys))
        harden(keeper)
    assert all(opens(mai, paper) for paper in papers)
    assert len({paper.code for paper in papers}) == 3


def test_a_runner_with_the_wrong_secret_hardens_nothing(keeper: Keeper, mai: Visitor, school: int):
    first = writes(school)
    harden(keeper)
    later = writes(school)
    keeper.restart(THIRD)
    leave_as_it_is(keeper, later)
    keeper.restart(SECRET)
    harden(keeper)
    assert opens(mai, first)
    assert opens(mai, later)


# --- what is sealed -----------------------------------------------------------------------------


def test_a_contact_opens_with_the_new_secret_and_no_more_with_the_old(keeper: Keeper, sent: Paper):
    keys = keeper.change()
    assert identities.contact_of(letter(sent), keys).phone == "0901234567"
    with pytest.raises(SealBroken):
        identities.contact_of(letter(sent), KEYS)


def test_nothing_of_it_is_left_under_the_old_secret(keeper: Keeper, sent: Paper):
    submission = letter(sent)
    submission.group = identities.sealed_group(
        KEYS, submission.once_hash, Group(3, ("Trần Văn Tám",), appointed=True)
    )
    visit = _a_visit(submission.unit)
    db.session.add(visit)
    db.session.commit()
    keys = keeper.change()
    assert identities.group_of(letter(sent), keys).speakers == ("Trần Văn Tám",)
    kept = db.session.scalars(select(Visit)).one()
    assert kept.sealed_person
    assert unseal(keys.contact, kept.sealed_person, kept.seal_context) == b"{}"
    heads = [seal(KEYS.contact, b"", "")[:5], seal(KEYS.words, b"", "")[:5]]
    for column in (Sender.sealed, SenderGroup.sealed, Visit.sealed_person):
        assert (db.session.scalars(select(column)).one() or b"")[:5] not in [b"", *heads]


def _a_visit(unit: Unit) -> Visit:
    officer, now = world.an_officer(unit), clock.now()
    visit = Visit(
        unit=unit, unit_id=unit.id, officer_id=officer.id, number=1, received_at=now,
        received_on=now.date(), mode="regular", kind_code="PA", content="Hỏi về bán trú.",
    )  # fmt: skip
    visit.sealed_person = seal(KEYS.contact, b"{}", visit.seal_context)
    return visit


def test_a_denunciation_is_read_by_its_office_and_opened_with_its_key(keeper: Keeper):
    office = world.an_office()
    key = OfficeKey.new()
    take_key(db.session(), office, key.public, clock.now(), clock.today())
    paper = Paper.of(
        world.a_receipt(
            world.a_school(office=office),
            kind_code="TC",
            about_code="leaders",
            text="Hiệu trưởng nhận tiền trái tuyến của nhiều phụ huynh.",
            contact=world.a_contact(),
        )
    )
    shut = letter(paper).sender
    assert shut is not None
    before = shut.sealed
    keeper.change()
    found = letter(paper)
    assert found.text == "Hiệu trưởng nhận tiền trái tuyến của nhiều phụ huynh."
    assert found.sender is not None
    assert found.sender.sealed == before, "what the server cannot open it cannot seal anew"
    (plain,) = key.open(found.sender.sealed, identities.sender_context(found.once_hash))
    assert json.loads(plain)["name"] == "Nguyễn Thị Mai"
    assert envelopes.is_closed(found.sender.sealed)


def test_the_words_open_with_the_new_secret_only(keeper: Keeper, school: int):
    paper = writes(school, kind_code="TC", about_code="leaders", text="Hiệu trưởng thu sai.")
    keeper.change()
    assert letter(paper).text == "Hiệu trưởng thu sai."
    keeper.restart(SECRET)
    with pytest.raises(SealBroken):
        letter(paper)


def test_the_app_and_the_paper_of_an_officer_go_on(keeper: Keeper):
    lan = world.an_officer(world.an_office(), "office", "Phạm Ngọc Lan")
    db.session.add(factors.keep_app(KEYS.factor, lan.id, SECRET_OF_APP, clock.now()))
    first, second, *_rest = factors.new_recovery_codes(
        db.session(), KEYS.factor, lan.id, clock.now()
    )
    db.session.commit()
    keys = keeper.change()
    app = db.session.scalars(select(TotpSecret)).one()
    assert factors.secret_of(keys.factor, app) == SECRET_OF_APP
    keys = keeper.change(THIRD, SECOND)
    now, key = clock.now(), heirlooms.recovering(db.session.connection(), keys)
    code = factors.code_now(SECRET_OF_APP, now)
    assert factors.use_code(db.session(), key, lan.id, code, now)
    assert factors.use_code(db.session(), key, lan.id, first, now)
    assert not factors.use_code(db.session(), key, lan.id, first, now), "each once"
    assert not factors.use_code(db.session(), keys.factor, lan.id, second, now)
    left = select(func.count(RecoveryCode.id)).where(RecoveryCode.used_at.is_(None))
    assert db.session.scalar(left) == 9


def test_a_link_asked_for_before_is_the_one_that_is_mailed_after(keeper: Keeper):
    officer = world.an_officer(world.a_school())
    resets.offer(db.session(), KEYS.session, officer, clock.now(), invites=True)
    db.session.commit()
    keys = keeper.restart(SECOND, SECRET)
    reset = db.session.scalars(select(PasswordReset)).one()
    token = resets.token_of(reset, keys.session)
    assert resets.living(db.session(), token, clock.now()) is not None


# --- the shelf ----------------------------------------------------------------------------------


def a_photo(keeper: Keeper, paper: Paper) -> str:
    stored = keeper.shelf.keep(PHOTO, JPEG)
    photo = intake.attachment(stored)
    photo.submission_id = paper.id
    db.session.add(photo)
    db.session.commit()
    return stored.name


def test_a_photo_is_sealed_anew_and_its_old_copy_goes_with_the_sweep(keeper: Keeper, sent: Paper):
    before = a_photo(keeper, sent)
    os.utime(keeper.shelf.path(before), (0, 0))  # it has lain there for years
    keeper.change()
    photo = db.session.scalars(select(Attachment)).one()
    assert keeper.shelf.read(photo.name) == PHOTO
    assert inventory.is_whole(keeper.shelf, photo.name, photo.sha256)
    with pytest.raises(SealBroken):
        Shelf(keeper.shelf.root, 0, KEYS.shelf).read(photo.name)
    assert "1 files known, 1 known to no row" in verified(keeper)
    inventory.sweep(db.session(), keeper.shelf, clock.now())
    assert keeper.shelf.holds(before), "a backup may be on its way that knows the old name"
    inventory.sweep(db.session(), keeper.shelf, clock.now() + timedelta(hours=25))
    assert not keeper.shelf.holds(before)
    assert keeper.shelf.holds(photo.name)


def test_a_full_disk_ends_it_in_a_sentence_and_it_is_run_again(
    keeper: Keeper, sent: Paper, monkeypatch: pytest.MonkeyPatch
):
    before = a_photo(keeper, sent)
    keeper.restart(SECOND, SECRET)
    monkeypatch.setattr(Shelf, "free", lambda self: -1)
    done = keeper.flask("change-secret")
    assert done.exit_code == 1
    assert "Not finished" in done.output
    assert "disk is nearly full" in done.output
    assert db.session.scalars(select(Attachment)).one().name == before
    monkeypatch.undo()
    assert keeper.flask("change-secret").exit_code == 0
    verified(keeper)


def test_a_damaged_file_is_told_by_verify_and_keeps_nothing_else_waiting(
    keeper: Keeper, sent: Paper
):
    path = keeper.shelf.path(a_photo(keeper, sent))
    path.write_bytes(b"\x00" * 40)
    keys = keeper.change()
    assert identities.contact_of(letter(sent), keys).phone == "0901234567"
    assert keeper.flask("verify").exit_code == 1


# --- the book -----------------------------------------------------------------------------------


def test_the_ledger_and_its_anchors_hold_before_and_after(
    keeper: Keeper, sent: Paper, tmp_path: Path
):
    kept = tmp_path / "before.json"
    assert keeper.flask("anchor", "--out", str(kept)).exit_code == 0
    keeper.restart(SECOND, SECRET)
    verified(keeper)
    assert keeper.flask("change-secret").exit_code == 0
    verified(keeper)
    keeper.restart(SECOND)
    after = tmp_path / "after.json"
    assert keeper.flask("anchor", "--out", str(after)).exit_code == 0
    for file in (kept, after):
        checked = keeper.flask("verify-ledger", "--anchor", str(file))
        assert checked.exit_code == 0, checked.output
    keys = db.session.scalars(select(Checkpoint.key).order_by(Checkpoint.id)).all()
    assert list(dict.fromkeys(keys)) == [
        anchors.public_key(KEYS), anchors.public_key(Keys.from_secret(SECOND))
    ]  # fmt: skip
    actions = set(db.session.scalars(select(LedgerEntry.action)))
    assert {"heirloom.add", "heirloom.change", "sender.change"} <= actions


def test_whoever_has_the_old_secret_signs_nothing_any_more(keeper: Keeper, sent: Paper):
    keeper.change()
    anchors.set_checkpoint(db.session(), KEYS, clock.now(), anchors.DAY)
    db.session.commit()
    found = keeper.flask("verify-ledger")
    assert found.exit_code == 1
    assert "was signed with a secret given up before it" in found.output


# --- a form that is open meanwhile --------------------------------------------------------------


@pytest.fixture
def point(school: int) -> str:
    made = world.a_point(db.session.get_one(Unit, school))
    db.session.commit()
    return made.code


WORDS = {
    "text": "Bữa trưa của bé ít thịt, con về nhà nói đói.",
    "kind": "PA",
    "about": "boarding",
}


def test_a_form_open_during_the_change_is_received(keeper: Keeper, mai: Visitor, point: str):
    page = mai.see(f"/q/{point}/gui")
    keeper.restart(SECOND, SECRET)
    answer = page.send(**WORDS)
    assert answer.status == 200, answer.said
    assert "Mã tra cứu" in answer.said
    keeper.flask("change-secret")
    assert db.session.scalar(select(func.count(Submission.id))) == 1


def test_sent_before_and_again_after_it_is_one_letter_with_one_code(
    keeper: Keeper, mai: Visitor, point: str
):
    page = mai.see(f"/q/{point}/gui")
    first = page.send(**WORDS)
    keeper.restart(SECOND, SECRET)
    assert keeper.flask("change-secret").exit_code == 0
    second = page.send(**WORDS)
    assert second.status == 200
    assert _code(first.said) == _code(second.said)
    assert db.session.scalar(select(func.count(Submission.id))) == 1


def _code(said: str) -> str:
    found = re.search(r"(?:[0-9A-Z]{4}-\s?){3}[0-9A-Z]{4}", said)
    assert found, said
    return found[0].replace(" ", "")


def test_once_the_old_secret_is_gone_the_form_comes_back_with_its_words(
    keeper: Keeper, mai: Visitor, point: str
):
    page = mai.see(f"/q/{point}/gui")
    keeper.change()
    back = page.send(**WORDS)
    assert back.status == 422
    assert "Chữ đã gõ vẫn còn" in back.said
    assert back.form().values["text"] == WORDS["text"]
    assert back.send().status == 200
    assert db.session.scalar(select(func.count(Submission.id))) == 1


def test_a_photo_that_waits_with_its_form_is_sealed_anew_when_it_is_sent(
    keeper: Keeper, mai: Visitor, point: str
):
    picture = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
    sent = WORDS | {"text": "", "photos": [(picture.getvalue(), "cau-thang.jpg")]}
    page = mai.see(f"/q/{point}/gui").send(**sent)
    assert page.form().values["kept"]
    keeper.restart(SECOND, SECRET)
    assert keeper.flask("change-secret").exit_code == 0
    assert "Kèm 1 ảnh" in page.send(text=WORDS["text"]).said
    keeper.restart(SECOND)
    photo = db.session.scalars(select(Attachment)).one()
    assert keeper.shelf.read(photo.name).startswith(b"\xff\xd8")


def test_a_message_and_an_answer_sent_again_after_it_are_there_once(
    keeper: Keeper, mai: Visitor, sent: Paper, point: str
):
    survey = standard_survey(db.session.scalars(select(Unit).join(QrPoint)).one(), clock.today())
    db.session.add(survey)
    db.session.commit()
    thread = mai.see("/tra-cuu").send(code=sent.code)
    sheet = mai.see(f"/q/{point}/khao-sat")
    given = {name: "4" for name in sheet.form().names if name in {"q_G1", "q_C5"}}
    for _before_and_after in range(2):
        assert thread.send("/viet-them", text="Cháu học lớp 2/3.").status == 200
        assert "Cảm ơn" in sheet.send(**given).said
        keeper.restart(SECOND, SECRET)
    assert db.session.scalar(select(func.count(Message.id))) == 1
    assert db.session.scalar(select(func.count(SurveyResponse.id))) == 1


# --- what is refused ----------------------------------------------------------------------------


def test_the_wrong_predecessor_changes_nothing(keeper: Keeper, sent: Paper):
    keeper.restart(SECOND, THIRD)
    before = letter(sent).sender
    assert before is not None
    sealed = before.sealed
    refused = keeper.flask("change-secret")
    assert refused.exit_code == 2
    assert "another secret than FEEDBACK_SECRET_BEFORE" in refused.output
    assert "Nothing was changed" in refused.output
    assert db.session.scalars(select(Sender.sealed)).one() == sealed
    assert not db.session.scalars(select(Heirloom)).all()


def test_the_wrong_predecessor_of_letters_without_a_name_is_found_too(keeper: Keeper, school: int):
    writes(school)
    harden(keeper)
    keeper.restart(SECOND, THIRD)
    assert keeper.flask("change-secret").exit_code == 2
    keeper.change()


def test_an_anchor_alone_tells_the_wrong_predecessor(keeper: Keeper):
    assert keeper.flask("anchor").exit_code == 0
    keeper.restart(SECOND, THIRD)
    assert keeper.flask("change-secret").exit_code == 2
    keeper.change()


def test_without_a_predecessor_there_is_nothing_to_change(keeper: Keeper):
    refused = keeper.flask("change-secret")
    assert refused.exit_code == 2
    assert "FEEDBACK_SECRET_BEFORE is not set" in refused.output


def test_a_process_that_was_not_restarted_is_noticed(
    keeper: Keeper, sent: Paper, monkeypatch: pytest.MonkeyPatch
):
    keeper.restart(SECOND, SECRET)
    sender = letter(sent).sender
    assert sender is not None
    old = sender.sealed
    finish = heirlooms.hand_on

    def hand_on_then_the_old_process_writes(*told):
        finish(*told)
        monkeypatch.setattr("feedback.commands.changing._work", lambda found: None)

    monkeypatch.setattr(heirlooms, "hand_on", hand_on_then_the_old_process_writes)
    done = keeper.flask("change-secret")
    assert done.exit_code == 1
    assert "1 are still sealed with the secret before" in done.output
    assert db.session.scalars(select(Sender.sealed)).one() == old
    monkeypatch.undo()
    assert keeper.flask("change-secret").exit_code == 0
    assert "0 with the one before" in keeper.flask("change-secret").output, "and once more"
    verified(keeper)
