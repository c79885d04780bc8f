"""Who denounced is known to nobody, until two officers of the Office open it together."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from feedback import clock, db, envelopes, identities, intake, matters
from feedback.envelopes import OfficeKey
from feedback.models.cases import Case
from feedback.models.officers import Officer
from feedback.models.openings import Opening
from feedback.models.submissions import Sender, Submission
from feedback.models.unit_keys import take_key
from feedback.rules import openings as rules
from tests import world
from tests.eyes import Visitor
from tests.web.colleagues import Town, again

PASSPHRASE = "bốn từ rời nhau trên giấy"
MAI = {"name": "Nguyễn Thị Mai", "phone": "0901234567", "email": "mai@demo.invalid"}
WHY = "Cần gặp người tố cáo để làm rõ các khoản thu."
BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=clock.OFFICE_ZONE)


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch):
    monkeypatch.setattr(envelopes, "MEMORY_KIB", 64)
    monkeypatch.setattr(envelopes, "ITERATIONS", 1)


@pytest.fixture
def town(sign_in, story):
    with time_machine.travel(BEGAN, tick=False):
        yield Town(sign_in)


@pytest.fixture
def key(town):
    made = OfficeKey.new()
    take_key(db.session(), town.office, made.public, clock.now(), clock.today())
    db.session.commit()
    return made


@pytest.fixture
def head(town) -> Officer:
    """Who signs at the Office."""
    return world.an_officer(town.office, "office_head", "Vũ Thị Thanh")


@pytest.fixture
def sent(town, key) -> intake.Receipt:
    receipt = world.a_receipt(
        town.school,
        clock.now(),
        kind_code="TC",
        about_code="leaders",
        subject_code="THU_CHI",
        text="Hiệu trưởng nhận tiền trái tuyến của nhiều phụ huynh.",
        contact=world.a_contact(**MAI),
    )
    db.session.commit()
    return receipt


def _sender(case: Case) -> Sender:
    """Who sent it, as the database has it now."""
    found = again(case).submission.sender
    assert found
    return found


def _sealed(letter: Submission) -> bytes:
    assert letter.sender
    return letter.sender.sealed


def _path(receipt) -> str:
    return f"/viec/{receipt.case.reference}/danh-tinh"


def _ask(desk, receipt, **said):
    page = desk.see(_path(receipt))
    return page.send("/danh-tinh", **{"ask-ground": "hear", "ask-note": WHY, **said})


def _press(desk, receipt, button):
    return desk.see(_path(receipt)).send(f"/{button}")


# --- sealing ------------------------------------------------------------------------------------


def test_with_a_key_the_server_keeps_a_denouncer_it_cannot_name(town, key, sent):
    sender = _sender(sent.case)
    assert sender.in_envelope
    assert not sender.has_email
    assert identities.contact_of(sent.case.submission, world.KEYS).name == ""
    context = identities.sender_context(sent.case.submission.once_hash)
    (plain,) = key.open(sender.sealed, context)
    assert json.loads(plain)["name"] == MAI["name"]


def test_the_words_lie_sealed_and_the_office_reads_them(town, sent):
    rows = db.session.execute(text("SELECT text, wish FROM submission")).all()
    assert not any("Hiệu trưởng" in said for row in rows for said in row)
    assert "trai tuyen" not in db.session.scalar(text("SELECT folded FROM case_file"))
    page = town.at_desk(town.lan).see(f"/viec/{sent.case.reference}")
    assert "nhận tiền trái tuyến" in page.said
    assert "Đã niêm phong; hai cán bộ cùng mở." in page.said
    assert MAI["name"] not in page.said


def test_without_a_key_the_unit_s_own_key_seals_and_the_lack_is_told(town, parent):
    secret = town.secret(contact=world.a_contact(**MAI))
    sender = _sender(secret)
    assert (sender.in_envelope, sender.sealed_for) == (False, "PGD")
    assert identities.contact_of(secret.submission, world.KEYS).name == MAI["name"]
    assert "chưa có khóa niêm phong" in town.at_desk(town.lan).see("/cac-truong").said
    assert "PGD" in parent.get("/healthz").get_json()["office_keys"]["missing"]


def test_with_a_key_the_lack_is_told_no_more(town, key, parent):
    assert "chưa có khóa niêm phong" not in town.at_desk(town.lan).see("/cac-truong").said
    assert "PGD" not in parent.get("/healthz").get_json()["office_keys"]["missing"]


def test_an_ordinary_matter_stays_as_it_was(town, key):
    light = town.matter(contact=world.a_contact(**MAI))
    assert _sender(light).sealed_for is None
    assert identities.contact_of(light.submission, world.KEYS).name == MAI["name"]


def test_a_complaint_is_decided_in_a_name_so_its_desk_knows_it(town, key):
    complaint = town.secret(kind_code="KN", contact=world.a_contact(**MAI))
    assert complaint.hidden_from_school
    assert identities.contact_of(complaint.submission, world.KEYS).name == MAI["name"]
    assert _sender(complaint).sealed_for == "PGD"


def test_what_turns_out_to_be_about_the_head_is_sealed_then(town, key):
    light = town.matter(contact=world.a_contact(**MAI))
    matters.reclassify(
        light, world.an_act(town.hang, "Về hiệu trưởng."), "TC", "THU_CHI", "leaders"
    )
    db.session.commit()
    assert _sender(light).in_envelope
    raw = db.session.scalar(text("SELECT text FROM submission"))
    assert "bữa trưa" not in raw
    assert "bữa trưa" in light.submission.text


def test_who_signs_later_goes_into_the_same_envelope(town, key, sent):
    signed = world.a_contact(name="Nguyễn Thị Mai", address="12 Lê Đức Thọ", identity="079")
    matters.sign(sent.case, world.an_act(town.lan, "Đã xem."), world.KEYS, signed)
    db.session.commit()
    letter = again(sent.case).submission
    context = identities.sender_context(letter.once_hash)
    first, later = (json.loads(one) for one in key.open(_sealed(letter), context))
    assert (first["phone"], later["address"]) == (MAI["phone"], "12 Lê Đức Thọ")


@pytest.fixture
def read_at_office(app: Flask, key: OfficeKey, tmp_path: Path):
    """What the Office reads of an envelope on its machine without a network, line by line."""

    def read(envelope: bytes) -> list[str]:
        (tmp_path / "phong-bi.json").write_bytes(envelope)
        (tmp_path / "key").write_text(key.locked(PASSPHRASE), encoding="utf-8")
        words = ["open-identity", tmp_path / "phong-bi.json", "--key", tmp_path / "key"]
        done = _run(app, *words, "--passphrase", PASSPHRASE)
        assert done.exit_code == 0, done.output
        return done.output.strip().splitlines()

    return read


# --- opening ------------------------------------------------------------------------------------


def test_two_officers_open_it_and_the_sender_is_told(town, head, sent, parent, read_at_office):
    lan, thanh = town.at_desk(town.lan), town.at_desk(head)
    assert (
        "Một cán bộ khác phải đồng ý"
        in lan.see(_path(sent)).send("/danh-tinh", **{"ask-ground": "hear", "ask-note": WHY}).said
    )
    assert "Có đề nghị chờ đồng ý" in thanh.see(f"/viec/{sent.case.reference}").said
    assert "Đã đồng ý." in _press(thanh, sent, "dong-y").said
    answer = _taken(lan, sent)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert MAI["name"].encode() not in answer.data
    assert read_at_office(answer.data) == [
        f"Mã hồ sơ: {sent.case.reference}",
        "Họ tên: Nguyễn Thị Mai",
        "Điện thoại: 0901234567",
        "Thư điện tử: mai@demo.invalid",
    ]
    steps = [e.move_code for e in again(sent.case).events][-3:]
    assert steps == ["ask_opening", "allow_opening", "hand_out"]
    thread = Visitor(parent).see("/tra-cuu").send(code=sent.code)
    assert "Danh tính của anh/chị đã được hai cán bộ có trách nhiệm mở lúc 09:00" in thread.said


def test_nobody_agrees_to_their_own_request(town, head, sent):
    thanh = town.at_desk(head)
    _ask(thanh, sent)
    assert "dong-y" not in thanh.see(_path(sent)).answer.get_data(as_text=True)
    refused = _forced(thanh, sent, "dong-y")
    assert rules.NOT_ALONE in refused.said
    assert again(sent.case).openings[0].decided_at is None


def _taken(desk, receipt):
    """The envelope itself, as it leaves the server."""
    values = desk.see(_path(receipt)).form("/nhan").values
    opening = again(receipt.case).openings[-1]
    return desk.client.post(f"{_path(receipt)}/{opening.id}/nhan", data=values)


def _forced(desk, receipt, button):
    """The post of a button the page does not show, with the token of another form of it."""
    token = desk.see(f"/viec/{receipt.case.reference}").form("/note").values["csrf_token"]
    opening = again(receipt.case).openings[-1]
    return desk.post(f"{_path(receipt)}/{opening.id}/{button}", {"csrf_token": token})


def test_one_of_the_two_signs_for_the_unit(town, sent):
    nam = world.an_officer(town.office, name="Đỗ Hải Nam")
    _ask(town.at_desk(town.lan), sent)
    assert rules.NEEDS_SIGNER in _press(town.at_desk(nam), sent, "dong-y").said


def test_a_request_without_a_reason_keeps_what_was_typed(town, sent):
    seen = _ask(town.at_desk(town.lan), sent, **{"ask-note": "Cần gặp."})
    assert seen.status == 422
    assert "ít nhất 20 ký tự" in seen.said
    assert seen.form("/danh-tinh").values["ask-note"].strip() == "Cần gặp."
    assert again(sent.case).openings == []


def test_a_refused_request_gives_nothing_out(town, head, sent):
    lan = town.at_desk(town.lan)
    _ask(lan, sent)
    assert "Đã từ chối" in _press(town.at_desk(head), sent, "khong-dong-y").said
    assert rules.NOT_ALLOWED in _forced(lan, sent, "nhan").said
    assert again(sent.case).opened_at() == []


def test_an_envelope_is_handed_out_once_and_to_who_asked(town, head, sent):
    lan, thanh = town.at_desk(town.lan), town.at_desk(head)
    _ask(lan, sent)
    _press(thanh, sent, "dong-y")
    assert rules.ONLY_THE_ASKER in _forced(thanh, sent, "nhan").said
    assert _taken(lan, sent).mimetype == "application/json"
    assert rules.USED in _forced(lan, sent, "nhan").said
    assert len(again(sent.case).opened_at()) == 1


def test_after_a_quarter_of_an_hour_it_is_too_late(town, head, sent):
    lan = town.at_desk(town.lan)
    _ask(lan, sent)
    _press(town.at_desk(head), sent, "dong-y")
    with time_machine.travel(BEGAN + timedelta(minutes=16), tick=False):
        lan = town.at_desk(town.lan)
        assert rules.TOO_LATE in _forced(lan, sent, "nhan").said
        assert "Hết hiệu lực" in lan.see(_path(sent)).said


def test_who_proved_too_long_ago_is_asked_once_more_and_nothing_goes_out(town, head, sent):
    lan, thanh = town.at_desk(town.lan), town.at_desk(head)
    with time_machine.travel(BEGAN + timedelta(minutes=11), tick=False):
        _ask(lan, sent)
        assert "Xác nhận lại" in _forced(thanh, sent, "dong-y").said
        assert not again(sent.case).openings[-1].allowed
        _press(town.at_desk(head), sent, "dong-y")
        assert "Xác nhận lại" in _forced(lan, sent, "nhan").said
        assert not again(sent.case).opened_at()


def test_after_a_day_nobody_can_agree_any_more_and_it_may_be_asked_again(town, head, sent):
    _ask(town.at_desk(town.lan), sent)
    with time_machine.travel(BEGAN + timedelta(days=1, minutes=1), tick=False):
        assert rules.LAPSED in _forced(town.at_desk(head), sent, "dong-y").said
        _ask(town.at_desk(town.lan), sent)
    assert len(again(sent.case).openings) == 2


def test_one_request_at_a_time(town, sent):
    _ask(town.at_desk(town.lan), sent)
    assert "Gửi đề nghị" not in town.at_desk(town.lan).see(_path(sent)).said


def test_the_school_and_another_office_find_no_such_page(town, sent):
    elsewhere = world.an_office("PGD2", world.a_committee("UBND2"))
    strangers = [town.hang, town.hoa, town.bao, world.an_officer(elsewhere, "office")]
    for officer in strangers:
        client = town.client(officer)
        assert client.get(_path(sent)).status_code == 404
        assert client.post(_path(sent)).status_code == 404


def test_an_office_head_sees_no_more_alone_than_a_clerk(town, head, sent):
    page = town.at_desk(head).see(f"/viec/{sent.case.reference}")
    assert MAI["phone"] not in page.answer.get_data(as_text=True)


def test_every_opening_that_went_out_was_asked_for_and_allowed_by_two(town, head, sent):
    """S16: exactly one chain of request, consent and delivery for each."""
    lan, thanh = town.at_desk(town.lan), town.at_desk(head)
    for _round in range(3):
        _ask(lan, sent)
        _press(thanh, sent, "dong-y")
        _taken(lan, sent)
        _forced(lan, sent, "nhan")
    for one in db.session.query(Opening):
        assert one.handed_out_at
        assert one.asked_by_id != one.decided_by_id
    codes = [
        e.move_code
        for e in again(sent.case).events
        if "open" in e.move_code or "hand" in e.move_code
    ]
    assert codes == ["ask_opening", "allow_opening", "hand_out"] * 3


def test_a_reason_is_read_at_the_desk_alone(town, sent):
    _ask(town.at_desk(town.lan), sent)
    raw = db.session.scalar(text("SELECT reason FROM opening"))
    assert "các khoản thu" not in raw


# --- keys -----------------------------------------------------------------------------------------


def _run(app: Flask, *words: object):
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def test_a_new_key_is_used_at_once_and_the_old_envelopes_follow(town, key, sent, app, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text(key.locked(PASSPHRASE), encoding="utf-8")
    secret = ["--passphrase", PASSPHRASE]
    made = _run(app, "office-key", "new", new, "--unit", "PGD", *secret)
    assert made.exit_code == 0, made.output
    letter = again(sent.case).submission
    assert envelopes.key_ids(_sealed(letter)) == [key.key_id]
    assert "1 envelopes" in _run(app, "office-key", "export", "PGD", tmp_path / "out").output
    _run(app, "office-key", "reseal", tmp_path / "out", tmp_path / "back", "--old", old, *secret)
    assert (
        "1 envelopes replaced" in _run(app, "office-key", "import", "PGD", tmp_path / "back").output
    )
    fresh = OfficeKey.unlocked(new.read_text(encoding="utf-8"), PASSPHRASE)
    letter = db.session.get_one(Submission, letter.id)
    (plain,) = fresh.open(_sealed(letter), identities.sender_context(letter.once_hash))
    assert json.loads(plain)["name"] == MAI["name"]


def test_what_changed_meanwhile_is_not_overwritten(town, key, sent, app, tmp_path):
    new = OfficeKey.new()
    take_key(db.session(), town.office, new.public, clock.now(), clock.today())
    db.session.commit()
    _run(app, "office-key", "export", "PGD", tmp_path / "out")
    done = _run(app, "office-key", "import", "PGD", tmp_path / "out")
    assert done.exit_code == 1
    assert "nothing was replaced" in done.output


def test_a_first_key_seals_what_had_to_wait_for_it(town, app, tmp_path):
    secret = town.secret(contact=world.a_contact(**MAI))
    made = _run(
        app, "office-key", "new", tmp_path / "k", "--unit", "PGD", "--passphrase", PASSPHRASE
    )
    assert "1 cases that the server could open so far" in made.output, made.output
    assert _sender(secret).in_envelope


def test_a_key_file_is_for_its_owner_and_never_overwritten(app, story, tmp_path):
    made = tmp_path / "k"
    _run(app, "office-key", "new", made, "--passphrase", PASSPHRASE)
    assert made.stat().st_mode & 0o077 == 0
    assert _run(app, "office-key", "new", made, "--passphrase", PASSPHRASE).exit_code == 1
    assert _run(app, "office-key", "new", tmp_path / "x", "--passphrase", "ngắn").exit_code == 1


def test_a_wrong_passphrase_or_file_is_said_and_shows_nothing(app, story, key, tmp_path):
    (tmp_path / "k").write_text(key.locked(PASSPHRASE), encoding="utf-8")
    (tmp_path / "e").write_text('{"reference": "LDT", "parts": {}}', encoding="utf-8")
    words = ["open-identity", tmp_path / "e", "--key", tmp_path / "k", "--passphrase"]
    assert "does not open this key file" in _run(app, *words, "sai mật khẩu").output
    (tmp_path / "e").write_text("không phải", encoding="utf-8")
    assert "holds no envelopes" in _run(app, *words, PASSPHRASE).output
