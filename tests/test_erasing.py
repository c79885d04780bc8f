"""Erasing: nothing of Mai is left anywhere, also in an older copy; the figures are as before."""

import json
import shutil
import sqlite3
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select, text

from analysis.periods import period
from feedback import (
    anchors,
    clock,
    codes,
    countables,
    db,
    erasing,
    erasures,
    grounds,
    identities,
    intake,
    joining,
)
from feedback.app import create_app
from feedback.erasing import Cause, Gone
from feedback.models.cases import Case
from feedback.models.consents import Consent
from feedback.models.data_requests import DataRequest
from feedback.models.ledger import LedgerSalt
from feedback.models.openings import Opening
from feedback.models.retention import LegalHold
from feedback.models.submissions import Sender, Submission
from feedback.models.units import load_calendar
from feedback.rules.consents import CONSENTS
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.retention import CONTACT, WORDS, Period
from feedback.schema import building, works
from feedback.settings import Settings
from feedback.shelf import JPEG, Shelf
from feedback.traces import STUB
from feedback.verifying import verify
from forms.petition import CONSENT, ContactPart
from tests import world
from tests.world import KEYS, SECRET

# Planted: if one of these is found anywhere, something was not erased.
NAME, PHONE, MAIL = "Nguyễn Thị Mai Khôi", "0909123987", "maikhoi.leak@demo.invalid"
TEXT = "Bếp trưa cho con tôi ăn cơm thiu hôm mùng tám, xin đừng nói tên bé Gạo Nếp."
LATER = "Cô Bích Trâm ở bếp xác nhận chuyện cơm thiu."
NOTE = "Đã gọi phụ huynh bé Gạo Nếp."
PLANTED = (NAME, PHONE, MAIL, TEXT, LATER, NOTE, "Gạo Nếp", "Bích Trâm", "cơm thiu", "com thiu")


def sent(school: Any, files: tuple[Any, ...] = (), **said: Any) -> intake.Receipt:
    once = codes.read_once(KEYS.once, codes.mint_once(KEYS.once, clock.now()), clock.now())
    contact = world.a_contact(name=NAME, phone=PHONE, email=MAIL, consent=CONSENT)
    answers = world.answers(**{"text": TEXT, "contact": contact, **said})
    arrival = intake.Arrival(school, None, answers, once.id, clock.now(), files)
    calendar = load_calendar(db.session())
    return intake.receive(db.session(), arrival, KEYS, calendar)


def handled(receipt: intake.Receipt, clerk: Any) -> Case:
    case = receipt.case
    case.accept(world.an_act(clerk))
    case.add_note(world.an_act(clerk, NOTE))
    case.reply(world.an_act(note=LATER, as_parent=True))
    case.answer(
        world.an_act(clerk, f"Kính gửi chị {NAME}: bếp đã thay."), "done", "Thay bếp cơm thiu"
    )
    db.session.flush()
    return case


@pytest.fixture
def school(story: Any) -> Any:
    world.the_holidays()
    return world.a_school()


@pytest.fixture
def clerk(school: Any) -> Any:
    return world.an_officer(school)


def erase(receipt: intake.Receipt, what: str = WORDS, why: str = "request") -> Gone:
    gone = Gone()
    erasing.erase(db.session(), receipt.submission, what, Cause(why, clock.now()), gone)
    db.session.flush()
    return gone


# --- one letter -----------------------------------------------------------------------------------


def test_after_erasing_mai_is_in_no_row_of_any_table(school, clerk):
    receipt = sent(school)
    handled(receipt, clerk)
    request = DataRequest.ask(
        receipt.case, receipt.submission, "erase", world.an_act(note=TEXT, as_parent=True)
    )
    db.session.add(request)
    erase(receipt)
    db.session.commit()
    for table in db.Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            found = [word for word in PLANTED if word in str(tuple(row))]
            assert not found, (table.name, found)
    assert receipt.submission.text == STUB
    assert db.session.scalar(select(Sender)) is None


def test_what_was_said_to_open_her_identity_goes_with_her_words(school, clerk):
    receipt = sent(school)
    asked = Opening(
        case_id=receipt.case.id, submission_id=receipt.submission.id, ground_code="hear",
        reason=NOTE, asked_by_id=clerk.id, asker_signs=False, asked_at=clock.now(),
    )  # fmt: skip
    db.session.add(asked)
    receipt.case.forwarder = NAME
    erase(receipt)
    db.session.commit()
    assert asked.reason == STUB
    assert not receipt.case.forwarder


def test_after_erasing_the_ledger_is_untouched_and_her_words_cannot_be_tried_against_it(
    school, clerk, story
):
    receipt = sent(school)
    handled(receipt, clerk)
    db.session.commit()
    subjects = (f"submission/{receipt.submission.id}", f"case_file/{receipt.case.id}")
    kept = select(LedgerSalt.salt).where(LedgerSalt.subject.in_(subjects))
    before = set(db.session.scalars(kept))
    erase(receipt)
    db.session.commit()
    assert verify(story, anchors.own(KEYS)).faults == []
    after = set(db.session.scalars(kept))
    assert len(before) == len(after) == 2
    assert not before & after
    story.execute(text("UPDATE submission SET text = 'Không có gì.'"))
    (fault,) = verify(story, anchors.own(KEYS)).faults
    assert "edited silently" in fault


def test_erasing_again_leaves_what_the_ledger_can_compare(school, clerk, story):
    receipt = sent(school)
    handled(receipt, clerk)
    erase(receipt)
    db.session.commit()
    once = verify(story, anchors.own(KEYS)).unlinked
    erase(receipt, why="again")
    db.session.commit()
    twice = verify(story, anchors.own(KEYS))
    assert (twice.faults, twice.unlinked) == ([], once)


def test_her_code_still_opens_the_stub(school, clerk):
    receipt = sent(school)
    track = receipt.submission.track_quick
    erase(receipt)
    assert db.session.scalar(select(Submission).where(Submission.track_quick == track))


def test_the_contact_alone_goes_and_the_words_stay(school):
    receipt = sent(school)
    erase(receipt, CONTACT)
    assert receipt.submission.text == TEXT
    assert receipt.submission.sender is None
    assert not identities.contact_of(receipt.submission, KEYS)


def test_what_is_held_is_not_erased_and_stays_whole(school, clerk):
    receipt = sent(school)
    hold = LegalHold(case_id=receipt.case.id, reason="Tòa án yêu cầu", placed_at=clock.now())
    hold.placed_by_id = clerk.id
    db.session.add(hold)
    db.session.flush()
    with pytest.raises(MoveRefused):
        erase(receipt)
    assert receipt.submission.text == TEXT
    hold.lifted_at = clock.now()
    erase(receipt)
    assert receipt.submission.text == STUB


def test_in_a_joined_matter_only_her_own_words_go(school, clerk):
    first = sent(
        school, text="Nước uống ở sân sau có mùi lạ từ thứ Hai.", contact=world.a_contact()
    )
    second = sent(school)
    for one in (first, second):
        one.case.accept(world.an_act(clerk))
    joining.join(db.session(), first.case, [second.case], world.an_act(clerk))
    db.session.flush()
    erase(second)
    db.session.commit()
    assert first.submission.text.startswith("Nước uống")
    assert first.submission.sender is not None
    assert "nuoc uong" in first.case.folded
    assert "com thiu" not in first.case.folded + second.case.folded


def test_a_part_cut_from_her_letter_goes_with_it(school):
    receipt = sent(school)
    whole = receipt.submission
    same = ("received_at", "received_on", "unit_id", "channel_code", "kind_code", "subject_code")
    part = Submission(
        **{name: getattr(whole, name) for name in (*same, "about_code")},
        once_hash=b"p" * 32,
        fingerprint=b"f" * 32,
        text="Còn việc bé Gạo Nếp",
        part_of_id=whole.id,
    )
    db.session.add(part)
    db.session.flush()
    erase(receipt)
    assert part.text == STUB


# --- figures --------------------------------------------------------------------------------------


def rows(school: Any) -> Any:
    """Everything that any figure of this year is made from."""
    ground = grounds.ground_on(db.session(), school, clock.today())
    asked = grounds.Asked(
        period(str(clock.today().year)), clock.today(), load_calendar(db.session())
    )
    return countables.rows(db.session(), ground, asked)


def test_every_figure_is_what_it_was_before(school, clerk):
    receipt = sent(school)
    handled(receipt, clerk).confirm(world.an_act(as_parent=True), 3)
    sent(school, text="Một việc khác, còn đang mở.")
    db.session.commit()
    before = rows(school)
    assert len(before.cases) == 2
    erase(receipt)
    db.session.commit()
    assert rows(school) == before


# --- the consent ----------------------------------------------------------------------------------


def test_the_box_she_ticked_is_proved_by_its_words_and_time(school):
    receipt = sent(school)
    consent = db.session.scalars(select(Consent)).one()
    assert consent.submission_id == receipt.submission.id
    assert (consent.purpose_code, consent.text_version) == ("reply", CONSENT)
    assert consent.text_sha256 == CONSENTS[CONSENT].sha256
    erase(receipt, CONTACT)
    assert consent.withdrawn_at is not None


def test_who_leaves_no_contact_agrees_to_nothing(school):
    world.a_receipt(school)
    assert db.session.scalar(select(Consent)) is None


def test_the_words_beside_the_box_are_those_of_the_catalogue(app: Flask):
    with app.test_request_context():
        assert str(ContactPart().consent.label.text) == CONSENTS[CONSENT].text


# --- the ledger's file ----------------------------------------------------------------------------


def test_a_line_is_written_once_and_holds_ids_only(tmp_path: Path):
    path = tmp_path / "erasures.jsonl"
    line = erasures.Line("ab" * 32, WORDS, "2026-11-24T00:00:00+00:00")
    assert erasures.append(path, [line, line]) == 1
    assert erasures.append(path, [line]) == 0
    assert json.loads(path.read_text()) == {"letter": "ab" * 32, "what": WORDS, "at": line.at}
    assert path.stat().st_mode & 0o077 == 0


def test_a_last_line_cut_short_spoils_nothing(tmp_path: Path):
    path = tmp_path / "erasures.jsonl"
    first = erasures.Line("ab" * 32, WORDS, "2026-11-24T00:00:00+00:00")
    erasures.append(path, [first])
    with path.open("a") as file:
        file.write('{"letter": "cc')
    assert erasures.read(path) == [first]


def test_a_damaged_line_in_the_middle_is_refused(tmp_path: Path):
    path = tmp_path / "erasures.jsonl"
    path.write_text('{"letter"\n{"letter": "b", "what": "words", "at": ""}\n')
    with pytest.raises(ValueError, match="Line 1"):
        erasures.read(path)


# --- periods --------------------------------------------------------------------------------------


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 400), st.sampled_from("DMY"))
def test_a_longer_period_never_ends_earlier(day: date, quantity: int, unit: str):
    shorter, longer = Period(quantity, unit).after(day), Period(quantity + 1, unit).after(day)
    assert shorter is not None
    assert longer is not None
    assert day <= shorter < longer


@given(st.dates(date(2001, 1, 1), date(2060, 1, 1)), st.integers(0, 11), st.sampled_from("DMY"))
def test_what_is_due_by_a_day_ended_no_later_than_the_period_before_it(day, quantity, unit):
    period = Period(quantity, unit)
    ended = period.before(day)
    assert ended is not None
    for later in range(4, 8):
        until = period.after(ended + timedelta(days=later))
        assert until is not None
        assert until >= day


def test_a_year_from_the_29th_of_february_and_for_ever():
    assert Period(1, "Y").after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert Period(0, "F").after(date(2026, 1, 1)) is None


# --- a whole installation, on the disk -----------------------------------------------------------


def _photo() -> bytes:
    picture = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
    return picture.getvalue()


def _hits(folder: Path) -> list[tuple[str, str]]:
    """Every file of the installation, byte by byte: database, WAL, shelf, ledger."""
    return [
        (path.name, word)
        for path in folder.rglob("*")
        if path.is_file()
        for word in PLANTED
        if word.encode() in path.read_bytes()
    ]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    before = db.session.session_factory.kw.get("bind")
    db.session.remove()
    app = create_app(Settings.from_env({
        "FEEDBACK_SECRET": SECRET, "FEEDBACK_VAR": str(tmp_path / "var"),
        "FEEDBACK_SPARE_MIB": "0", "FEEDBACK_ERASURES": str(tmp_path / "apart" / "erasures.jsonl"),
    }))  # fmt: skip
    engine = db.session.session_factory.kw["bind"]
    with building(engine) as connection:
        command.upgrade(works(connection), "head")
    yield app
    db.session.remove()
    engine.dispose()
    db.session.configure(bind=before)


def _copy(var: Path, to: Path) -> None:
    """An older backup, as operating.md makes it: the database first, then the files."""
    to.mkdir()
    with (
        sqlite3.connect(var / "feedback.db") as source,
        sqlite3.connect(to / "feedback.db") as copy,
    ):
        source.backup(copy)
    shutil.copytree(var / "files", to / "files")


def _shelf(house: Flask) -> Shelf:
    shelf: Shelf = house.extensions["feedback.shelf"]
    return shelf


def _keep(house: Flask) -> tuple[int, str]:
    """Mai's letter with a photo, handled: its number, and the photo's name."""
    with house.app_context():
        school = world.a_school()
        receipt = sent(school, (_shelf(house).keep(_photo(), JPEG),))
        handled(receipt, world.an_officer(school))
        db.session.commit()
        return receipt.submission.id, receipt.submission.attachments[0].name


def _erase(house: Flask, submission_id: int) -> None:
    gone, ledger = Gone(), house.extensions["feedback.settings"].erasures
    with house.app_context():
        letter = db.session.get_one(Submission, submission_id)
        erasing.erase(db.session(), letter, WORDS, Cause("request", clock.now()), gone)
        db.session.commit()
        db.session.remove()
        erasing.finish(db.session(), _shelf(house), ledger, gone)


def _bring_back(older: Path, var: Path) -> None:
    db.session.session_factory.kw["bind"].dispose()
    shutil.rmtree(var / "files")
    for path in var.glob("feedback.db*"):
        path.unlink()
    shutil.copytree(older, var, dirs_exist_ok=True)


def test_neither_the_disk_nor_an_older_copy_brought_back_knows_mai(house: Flask, tmp_path: Path):
    var, older = tmp_path / "var", tmp_path / "older"
    submission_id, photo = _keep(house)
    assert _hits(var), "the scan must be able to find what is there"
    _copy(var, older)

    _erase(house, submission_id)
    assert _hits(var) == []
    assert not _shelf(house).holds(photo)

    _bring_back(older, var)
    assert _hits(var), "the older copy still knows her"
    assert _shelf(house).holds(photo)
    done = house.test_cli_runner().invoke(args=["reapply-erasures"])
    assert done.exit_code == 0, done.output
    assert "Letters erased again: 1" in done.output
    assert _hits(var) == []
    assert not _shelf(house).holds(photo)
    with house.app_context():
        assert db.session.get_one(Submission, submission_id).text == STUB


def test_moments_in_the_ledger_are_utc(school):
    erase(world.a_receipt(school))
    (line,) = erasing.lines_of(db.session())
    assert datetime.fromisoformat(line.at).utcoffset() == timedelta(0)
