"""What goes out by mail: to whom, when, with which words, and what happens when it cannot."""

import smtplib
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import Connection, select

from feedback import clock, codes, db, letters, notices, outbox
from feedback.commands import post
from feedback.models.cases import Case
from feedback.models.events import CaseEvent
from feedback.models.notices import Notice
from feedback.models.officers import Officer, Role
from feedback.models.submissions import Submission
from feedback.models.units import Unit
from tests import world

TEXT = "Con tôi về kể trong canh trưa có con sâu"
WISH = "Mong nhà bếp rửa rau kỹ hơn"
MORNING = datetime(2026, 11, 24, 9, tzinfo=clock.OFFICE_ZONE)
HELP = "Cứu với, có người đang đánh con tôi ở sân trường"


@dataclass
class MailServer:
    """A mail server of the other side: it keeps what it takes, and refuses whom it is told to."""

    refuses: set[str] = field(default_factory=set)
    down: bool = False
    taken: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - the library's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.down:
            return "451 come back later"
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(message_from_bytes(content, policy=policy.default))
        return "250 OK"

    @property
    def addressees(self) -> list[str]:
        return [str(mail["To"]) for mail in self.taken]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server() -> Iterator[MailServer]:
    kept = MailServer(port=free_port())
    controller = Controller(kept, hostname="127.0.0.1", port=kept.port)
    controller.start()
    yield kept
    controller.stop()


def settle(app: Flask, monkeypatch: pytest.MonkeyPatch, **settings: Any) -> None:
    changed = replace(app.extensions["feedback.settings"], **settings)
    monkeypatch.setitem(app.extensions, "feedback.settings", changed)


@pytest.fixture
def mailing(app: Flask, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    """The house, set to send through that server."""
    settle(app, monkeypatch, smtp_url=f"smtp://127.0.0.1:{server.port}")
    return server


@pytest.fixture
def offline(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The house without a mail server: letters become files."""
    settle(app, monkeypatch, var=tmp_path)


Run = Callable[..., None]


@pytest.fixture
def run(app: Flask, story: Connection, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The runner until nothing is left to do, at a moment of the story."""
    monkeypatch.setattr(post, "_stop_on_signal", list)  # the test run keeps its own signals

    def once(at: datetime = MORNING) -> None:
        with time_machine.travel(at):
            done = app.test_cli_runner().invoke(args=["run-notices", "--once"])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.output

    return once


@pytest.fixture
def school(story: Connection) -> Unit:
    return world.a_school()


@pytest.fixture
def hang(school: Unit) -> Officer:
    return world.an_officer(school, name="Thu Hằng", email="hang@demo.invalid")


def an_office_officer(school: Unit, *roles: str, email: str = "lan@demo.invalid") -> Officer:
    assert school.manager
    officer = world.an_officer(school.manager, roles[0], email=email)
    for code in roles[1:]:
        officer.roles.append(Role(unit=school.manager, code=code, valid_from=clock.today()))
    return officer


def words_of(mail: EmailMessage) -> str:
    return f"{mail['Subject']}\n{mail.get_content()}"


def the_notices() -> list[Notice]:
    return list(db.session.scalars(select(Notice).order_by(Notice.id)))


# --- who is told what -------------------------------------------------------------------------


def test_the_clerk_hears_of_a_new_case_and_reads_no_word_of_it(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    contact = world.a_contact(name="Chị Mai", phone="0900000001")
    case = world.a_case(school, MORNING, text=TEXT, wish=WISH, contact=contact)
    reference = case.reference
    db.session.commit()
    run()
    assert mailing.addressees == ["hang@demo.invalid"]
    words = words_of(mailing.taken[0])
    assert f"http://localhost/viec/{reference}" in words
    for secret in ("sâu", "rau", "Mai", "0900000001", "mai@demo.invalid", "Bán trú"):
        assert secret not in words


def test_the_mother_hears_of_the_answer_and_the_mail_gives_nothing_away(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    receipt = world.a_receipt(school, MORNING, text=TEXT, contact=world.a_contact())
    case, code = receipt.case, receipt.code
    act = world.an_act(hang, "Bếp đã rửa rau hai lần.", MORNING + timedelta(hours=1))
    case.accept(world.an_act(hang, at=MORNING))
    case.answer(act, "explained", "Nhắc nhà bếp")
    reference = case.reference
    db.session.commit()
    run()
    to_mother = [mail for mail in mailing.taken if mail["To"] == "mai@demo.invalid"]
    assert len(to_mother) == 2
    for words in map(words_of, to_mother):
        assert "có trả lời mới" in words
        assert "http://localhost/tra-cuu" in words
        for secret in (reference, code, codes.show_code(code), "Bếp", "rau", "Lê Đức Thọ"):
            assert secret not in words


def test_who_left_no_address_is_told_nothing(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    world.an_answered_case(school, hang, MORNING - timedelta(days=2))
    db.session.commit()
    run()
    assert mailing.addressees == ["hang@demo.invalid"]


def test_the_handler_hears_that_the_mother_wrote_back(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    hoa = world.an_officer(school, "principal", email="hoa@demo.invalid")
    case = world.a_case(school, MORNING)
    case.accept(world.an_act(hang, at=MORNING))
    case.assign(world.an_act(hang, at=MORNING), hoa)
    case.reply(world.an_act(note="Hôm nay vẫn vậy", at=MORNING, as_parent=True))
    db.session.commit()
    run()
    assert mailing.addressees == ["hang@demo.invalid", "hoa@demo.invalid", "hoa@demo.invalid"]


def test_when_the_handler_has_left_the_desk_hears_of_it(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    gone = world.an_officer(school, email="gone@demo.invalid")
    case = world.a_case(school, MORNING)
    case.accept(world.an_act(gone, at=MORNING))
    case.reply(world.an_act(note="Hôm nay vẫn vậy", at=MORNING, as_parent=True))
    gone.roles[0].valid_to = MORNING.date() - timedelta(days=1)
    db.session.commit()
    run()
    assert mailing.addressees == ["hang@demo.invalid"] * 2


def test_a_school_without_a_clerk_has_a_principal_who_is_told(
    mailing: MailServer, run: Run, school: Unit
) -> None:
    world.an_officer(school, "principal", email="hoa@demo.invalid")
    world.a_case(school, MORNING)
    db.session.commit()
    run()
    assert mailing.addressees == ["hoa@demo.invalid"]


@pytest.mark.parametrize("template", ["alert", "assigned", "new_case", "news", "parent_wrote"])
def test_no_letter_holds_what_was_written(
    app: Flask, school: Unit, hang: Officer, template: str
) -> None:
    case = world.a_case(school, MORNING, text=TEXT, wish=WISH, about_text="Cô Bếp Trưởng")
    db.session.flush()
    event = db.session.scalar(select(CaseEvent).where(CaseEvent.case_id == case.id))
    notice = Notice(once_key="k", event=event, officer=hang, template=template)
    with app.app_context():
        keys, settings = world.KEYS, app.extensions["feedback.settings"]
        writer = letters.Post(app, db.session(), settings, keys, lambda _mail: None)
        letter = writer.letter(notice, MORNING.date())
    assert letter is not None
    words = words_of(letter)
    assert words.count("\n") > 3
    assert "{{" not in words
    for secret in ("sâu", "rau", "Bếp Trưởng", "Bán trú"):
        assert secret not in words


# --- a child in danger ------------------------------------------------------------------------


def test_danger_wakes_those_on_duty_before_any_other_letter_goes(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    for number in range(21):
        world.a_case(school, MORNING, text=f"{TEXT} lần {number}")
    world.an_officer(school, "duty", email="truong.truc@demo.invalid")
    an_office_officer(school, "duty", email="phong.truc@demo.invalid")
    world.a_case(school, MORNING, text=HELP, danger=True)
    db.session.commit()
    run()
    assert set(mailing.addressees[:2]) == {"truong.truc@demo.invalid", "phong.truc@demo.invalid"}
    assert str(mailing.taken[0]["Subject"]).startswith("KHẨN")
    assert "đánh" not in words_of(mailing.taken[0])
    assert mailing.addressees.count("hang@demo.invalid") == 22


def test_danger_at_the_hands_of_the_principal_never_reaches_the_school(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    hoa = world.an_officer(school, "principal", email="hoa@demo.invalid")
    hoa.roles.append(Role(unit=school, code="duty", valid_from=MORNING.date()))
    an_office_officer(school, "office", "duty")
    case = world.a_case(
        school, MORNING, kind_code="TC", about_code="leaders", text=HELP, danger=True
    )
    assert case.hidden_from_school
    assert case.alarmed
    db.session.commit()
    run()
    assert mailing.addressees == ["lan@demo.invalid"] * 2


def test_where_nobody_is_on_duty_everybody_is_woken(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    an_office_officer(school, "office_head")
    world.a_case(school, MORNING, text=HELP, danger=True)
    db.session.commit()
    run()
    # Lan heads the Office, so the day's anchor comes to her as well.
    assert sorted(mailing.addressees) == [*["hang@demo.invalid"] * 2, *["lan@demo.invalid"] * 2]


def test_a_letter_still_waiting_is_torn_up_when_the_case_leaves_the_school(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    an_office_officer(school, "office")
    case = world.a_case(school, MORNING)
    db.session.flush()
    notices.announce(db.session(), MORNING)
    assert school.manager
    case.transfer(world.an_act(hang, "Liên quan đến ban giám hiệu", MORNING), school.manager)
    case.hide()
    db.session.commit()
    run()
    assert mailing.addressees == ["lan@demo.invalid"]
    assert all(notice.sent_at for notice in the_notices())


# --- when it does not go well -----------------------------------------------------------------


def test_two_rounds_send_everything_once(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    for number in range(22):
        world.a_case(school, MORNING, text=f"{TEXT} lần {number}")
    db.session.commit()
    run()
    run(MORNING + timedelta(minutes=10))
    assert len(mailing.taken) == 22
    assert len({mail["Message-ID"] for mail in mailing.taken}) == 22


def test_a_crash_after_the_sending_repeats_the_same_letter_and_no_other(
    mailing: MailServer, run: Run, school: Unit, hang: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.a_case(school, MORNING)
    db.session.commit()

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(outbox, "record", die)
        with pytest.raises((KeyboardInterrupt, AssertionError)):
            run()
    run(MORNING + timedelta(minutes=1))
    assert len(mailing.taken) == 1, "another runner would have sent it while it was being sent"
    run(MORNING + timedelta(minutes=6))
    assert len(mailing.taken) == 2
    assert mailing.taken[0]["Message-ID"] == mailing.taken[1]["Message-ID"]
    run(MORNING + timedelta(hours=1))
    assert len(mailing.taken) == 2


def test_no_transaction_is_open_while_the_server_takes_its_time(
    mailing: MailServer, run: Run, school: Unit, hang: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    real = smtplib.SMTP.send_message

    def slow(*args: Any, **kwargs: Any) -> Any:
        seen.append(db.session().in_transaction())
        return real(*args, **kwargs)

    monkeypatch.setattr(smtplib.SMTP, "send_message", slow)
    world.a_case(school, MORNING)
    db.session.commit()
    run()
    assert seen == [False]


def test_while_the_server_is_down_each_wait_is_twice_as_long(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    mailing.down = True
    world.a_case(school, MORNING)
    db.session.commit()
    at, waits = MORNING, []
    for _ in range(4):
        run(at)
        notice = the_notices()[0]
        waits.append(round((notice.try_after - at) / timedelta(minutes=1)))
        at = notice.try_after + timedelta(seconds=1)
    assert waits == [1, 2, 4, 8]
    assert notice.failure == "MailRefused"
    mailing.down = False
    run(at)
    assert mailing.addressees == ["hang@demo.invalid"]


@pytest.mark.parametrize(
    ("template", "longest"), [("new_case", timedelta(hours=6)), ("alert", timedelta(minutes=5))]
)
def test_no_wait_grows_beyond_its_limit(template: str, longest: timedelta) -> None:
    notice = Notice(template=template, tries=60, made_at=MORNING)
    outbox.record(notice, "OSError", MORNING)
    assert notice.try_after == MORNING + longest


def test_a_letter_nobody_takes_for_three_days_is_given_up(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    mailing.refuses.add("hang@demo.invalid")
    world.a_case(school, MORNING)
    db.session.commit()
    run()
    run(MORNING + timedelta(days=3, hours=1))
    assert the_notices()[0].try_after == outbox.NEVER
    run(MORNING + timedelta(days=30))
    assert the_notices()[0].tries == 2


def test_a_wrong_address_keeps_no_other_letter_back(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    world.an_officer(school, email="nobody@demo.invalid")
    mailing.refuses.add("nobody@demo.invalid")
    world.a_case(school, MORNING)
    world.a_case(school, MORNING, text="Quạt trần lớp 2/1 kêu to")
    db.session.commit()
    run()
    assert mailing.addressees == ["hang@demo.invalid"] * 2
    assert [n.failure for n in the_notices() if n.sent_at is None] == ["MailRefused"] * 2


def test_a_letter_that_cannot_even_be_written_keeps_no_other_back(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    case = world.a_case(school, MORNING, contact=world.a_contact())
    case.accept(world.an_act(hang, at=MORNING))
    assert case.submission.sender
    case.submission.sender.sealed = b"damaged"
    world.a_case(school, MORNING, text="Quạt trần lớp 2/1 kêu to")
    db.session.commit()
    run()
    assert mailing.addressees == ["hang@demo.invalid"] * 2
    assert [n.failure for n in the_notices() if n.sent_at is None] == ["SealBroken"]


def test_the_failure_that_is_kept_names_nobody(
    app: Flask, run: Run, school: Unit, hang: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(app, monkeypatch, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    world.a_case(school, MORNING)
    db.session.commit()
    run()
    assert the_notices()[0].failure == "ConnectionRefusedError"


def test_without_a_server_the_letters_lie_readable_in_var_mail(
    run: Run, school: Unit, hang: Officer, tmp_path: Path, offline: None
) -> None:
    world.a_case(school, MORNING)
    db.session.commit()
    run()
    (kept,) = (tmp_path / "mail").glob("*")
    assert kept.suffix == ".eml"
    assert "vừa nhận một việc mới" in kept.read_text(encoding="utf-8")
    mail = message_from_bytes(kept.read_bytes(), policy=policy.default)
    assert mail["To"] == "hang@demo.invalid"
    assert mail["Subject"].startswith("Có việc mới")


# --- tracking codes ---------------------------------------------------------------------------


def test_the_runner_replaces_quick_hashes_and_the_code_still_opens(
    run: Run, school: Unit, offline: None
) -> None:
    receipt = world.a_receipt(school, MORNING)
    submission_id, code = receipt.submission.id, receipt.code
    db.session.commit()
    run()
    kept = db.session.get_one(Submission, submission_id)
    quick = codes.quick_track(world.KEYS.track, code)
    assert kept.track_quick is None
    assert kept.track_hash == codes.slow_track(world.KEYS.track, quick)


def test_the_runner_sees_what_the_doors_have_changed_meanwhile(
    mailing: MailServer, run: Run, school: Unit, hang: Officer
) -> None:
    case = world.a_case(school, MORNING)
    case_id = case.id
    db.session.commit()
    run()
    case = db.session.get_one(Case, case_id)
    case.reply(world.an_act(note="Thêm một việc", at=MORNING, as_parent=True))
    db.session.commit()
    run(MORNING + timedelta(minutes=1))
    assert mailing.addressees == ["hang@demo.invalid"] * 2
