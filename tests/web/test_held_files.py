"""A file in which a scanner finds something goes out to nobody; words are never held by that."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from feedback import clock, db, intake, notices, quarantine, scanning
from feedback.commands.scanning import turn
from feedback.letters import Post
from feedback.models.cases import Case
from feedback.models.notices import Notice
from feedback.models.officers import Officer
from feedback.models.scans import FileScan
from feedback.models.submissions import Attachment, Submission
from feedback.quarantine import Backlog
from feedback.rules.scans import CLEAN, FAILED, FOUND
from feedback.shelf import DOCX, JPEG, PDF
from tests import world
from tests.eyes import Seen, Visitor
from tests.safe.test_files import PDF_FILE, a_docx
from tests.scanners import CLAMD, EICAR, FakeScanner, a_clamd, a_fake
from tests.web.colleagues import Colleague, Town, again

PICTURE = b"\xff\xd8\xff\xe0 a picture that was drawn here"
BAD = "có mã độc"
WAITS = "đang chờ quét mã độc"


@pytest.fixture
def scanner(app: Flask, tmp_path) -> Iterator[FakeScanner]:
    """A scanner that this installation knows of."""
    with a_fake(f"unix:{tmp_path / 's'}") as made, Knowing(app, made.address):
        yield made


class Knowing:
    """The installation as it is when FEEDBACK_CLAMD names this address."""

    def __init__(self, app: Flask, address: str) -> None:
        self.app, self.address = app, address
        self.before = app.extensions["feedback.settings"]

    def __enter__(self) -> None:
        self.app.extensions["feedback.settings"] = replace(self.before, clamd=self.address)
        (self.before.var / scanning.NOTE).unlink(missing_ok=True)

    def __exit__(self, *_: object) -> None:
        self.app.extensions["feedback.settings"] = self.before
        (self.before.var / scanning.NOTE).unlink(missing_ok=True)


@dataclass(frozen=True)
class Kept:
    """A file as it was put on the shelf, whatever becomes of its row."""

    id: int
    name: str
    sha256: str

    @classmethod
    def of(cls, file: Attachment) -> "Kept":
        return cls(file.id, file.name, file.sha256)


def with_photo(app: Flask, case: Case, data: bytes = PICTURE) -> Kept:
    letter = db.session.get_one(Submission, case.submission.id)
    letter.attachments.append(intake.attachment(app.extensions["feedback.shelf"].keep(data, JPEG)))
    db.session.commit()
    return Kept.of(letter.attachments[-1])


def with_evidence(app: Flask, town: Town, case: Case, data: bytes, kind: str = PDF) -> Kept:
    """What Hằng attached to her answer."""
    file = intake.attachment(app.extensions["feedback.shelf"].keep(data, kind))
    by = db.session.get_one(Officer, town.hang.id)
    found = again(case)
    found.accept(world.an_act(by))
    act = replace(world.an_act(by, "Đã sửa vòi nước, có biên bản kèm theo."), files=(file,))
    found.answer(act, "done", "Đã thay vòi nước.")
    db.session.commit()
    return Kept.of(file)


def scan(app: Flask, most: int = 10) -> int:
    with app.app_context():
        backlog = Backlog()
        return sum(turn(backlog) for _ in range(most))


def said_of(file: Kept) -> str:
    db.session.expire_all()
    row = db.session.get(FileScan, file.id)
    return row.result_code if row else ""


def get(desk: Colleague, file: Kept) -> int:
    return desk.client.get(f"/tep/{file.name}").status_code


def tickets(page: Seen) -> list[str]:
    """Where the files of a matter are, as its sender's page has them."""
    return re.findall(r'"(/tra-cuu/tep/[^"]+)"', page.answer.get_data(as_text=True))


# --- without a scanner nothing changes ----------------------------------------------------------


def test_without_a_scanner_files_go_out_and_nothing_is_scanned(town, hang, app):
    case = town.matter()
    photo = with_photo(app, case)
    paper = with_evidence(app, town, case, PDF_FILE)
    assert (get(hang, photo), get(hang, paper)) == (200, 200)
    assert scan(app) == 0
    assert "bị giữ" not in hang.see(f"/viec/{case.reference}").said


# --- with one -----------------------------------------------------------------------------------


def test_a_photo_is_seen_at_once_and_a_paper_once_it_was_scanned(town, hang, app, scanner):
    case = town.matter()
    photo = with_photo(app, case)
    paper = with_evidence(app, town, case, a_docx(), DOCX)
    assert (get(hang, photo), get(hang, paper)) == (200, 404)
    assert WAITS in hang.see(f"/viec/{case.reference}").said
    assert scan(app) == 2
    assert (get(hang, photo), get(hang, paper)) == (200, 200)
    assert [said_of(one) for one in (photo, paper)] == [CLEAN, CLEAN]
    assert WAITS not in hang.see(f"/viec/{case.reference}").said
    assert scanner.seen[0].startswith(b"PK")  # the paper first: it is what somebody waits for
    assert scan(app) == 0


def test_what_is_found_goes_out_to_nobody_and_is_told(town, app, scanner, parent):
    hang, hoa = town.at_desk(town.hang), town.at_desk(town.hoa)
    receipt = world.a_receipt(town.school)
    db.session.commit()
    case = receipt.case
    photo = with_photo(app, case, PICTURE + EICAR)
    page = Visitor(parent).see("/tra-cuu").send(code=receipt.code)
    (ticket, *_same) = tickets(page)
    assert parent.get(ticket).status_code == 200
    scan(app)
    assert said_of(photo) == FOUND
    assert get(hang, photo) == get(hoa, photo) == 404
    assert parent.get(ticket).status_code == 404
    assert BAD in hang.see(f"/viec/{case.reference}").said
    page = Visitor(parent).see("/tra-cuu").send(code=receipt.code)
    assert BAD in page.said
    assert not tickets(page)
    event = again(case).events[-1]
    assert (event.move_code, event.actor, event.note) == ("quarantine", "system", "Eicar-Test")


def test_the_copy_for_the_sender_leaves_the_file_out(town, app, scanner, parent):
    receipt = world.a_receipt(town.school, contact=world.a_contact())
    db.session.commit()
    with_photo(app, receipt.case, PICTURE + EICAR)
    scan(app)
    packed = parent.post("/tra-cuu/ban-sao", data={"code": receipt.code})
    names = zipfile.ZipFile(io.BytesIO(packed.data)).namelist()
    assert names == ["du-lieu.json", "du-lieu.pdf"]


def test_the_admin_of_the_office_hears_of_it_without_a_name_of_a_file(town, app, scanner):
    world.an_officer(town.office, "admin", "Đỗ Hữu Phúc", "phuc@demo.invalid")
    db.session.commit()
    photo = with_photo(app, town.matter(), PICTURE + EICAR)
    scan(app)
    notices.announce(db.session(), clock.now())
    db.session.commit()
    (told,) = db.session.scalars(select(Notice).where(Notice.template == "file_held"))
    sent: list[EmailMessage] = []
    settings, keys = app.extensions["feedback.settings"], app.extensions["feedback.keys"]
    letter = Post(app, db.session(), settings, keys, sent.append).letter(told, clock.today())
    assert letter
    assert letter["To"] == "phuc@demo.invalid"
    assert "Máy quét tìm thấy mã độc" in letter.get_content()
    assert photo.name not in letter.as_string()


# --- a scanner that is away ---------------------------------------------------------------------


def test_while_it_is_away_words_and_photos_are_taken_and_papers_wait(town, hang, app, tmp_path):
    with Knowing(app, f"unix:{tmp_path / 'nobody'}"):
        case = town.matter()
        photo = with_photo(app, case)
        paper = with_evidence(app, town, case, PDF_FILE)
        assert scan(app) == 0
        assert (get(hang, photo), get(hang, paper)) == (200, 404)
        assert [said_of(one) for one in (photo, paper)] == ["", ""]
        assert "Đã sửa vòi nước" in hang.see(f"/viec/{case.reference}").said


def test_one_that_is_away_is_asked_once_a_minute_and_told_after_an_hour(
    town, app, parent, tmp_path
):
    began = clock.now()
    with Knowing(app, f"unix:{tmp_path / 's'}"), time_machine.travel(began, tick=False) as now:
        with_photo(app, town.matter())
        scan(app)
        state = parent.get("/healthz").get_json()["scanner"]
        assert (state["ok"], state["waiting"]) == (True, 1)
        assert state["down_since"]
        with a_fake(f"unix:{tmp_path / 's'}"):
            assert scan(app) == 0  # too early to ask again
            now.move_to(began + timedelta(seconds=61))
            assert scan(app) == 1
        state = parent.get("/healthz").get_json()["scanner"]
        assert (state["ok"], state["waiting"], state["down_since"]) == (True, 0, None)
        with_photo(app, town.matter())
        (tmp_path / "s").unlink()
        scan(app)
        now.move_to(began + timedelta(hours=2))
        answer = parent.get("/healthz")
        assert answer.status_code == 503
        assert not answer.get_json()["scanner"]["ok"]


def test_healthz_says_nothing_of_a_scanner_that_nobody_set(parent):
    assert "scanner" not in parent.get("/healthz").get_json()


def test_a_file_that_the_scanner_chokes_on_holds_up_no_other(town, hang, app, scanner):
    case = town.matter()
    choking = with_photo(app, case, PICTURE + b"choke")
    other = with_photo(app, case)
    scanner.says = lambda data: b"" if b"choke" in data else b"stream: OK\0"
    assert scan(app) == 2
    assert (said_of(choking), said_of(other)) == (FAILED, CLEAN)
    assert get(hang, choking) == 200  # it was drawn here
    scanner.says = lambda _data: b"stream: OK\0"
    assert scan(app) == 0
    quarantine.try_again(db.session(), clock.now() + timedelta(minutes=59))
    assert said_of(choking) == FAILED
    quarantine.try_again(db.session(), clock.now() + timedelta(minutes=61))
    db.session.commit()
    assert scan(app) == 1
    assert said_of(choking) == CLEAN


def test_a_paper_that_cannot_be_scanned_stays_held(town, hang, app, scanner):
    case = town.matter()
    paper = with_evidence(app, town, case, PDF_FILE)
    scanner.says = lambda _data: b"INSTREAM size limit exceeded. ERROR\0"
    scan(app)
    assert said_of(paper) == FAILED
    assert get(hang, paper) == 404
    assert "không quét được mã độc" in hang.see(f"/viec/{case.reference}").said


def test_two_runners_write_it_down_once(town, app, scanner):
    case = town.matter()
    photo = with_photo(app, case, PICTURE + EICAR)
    said = quarantine.verdict("Eicar-Test")
    calendar = world.an_act().calendar
    assert quarantine.record(db.session(), photo.id, said, clock.now(), calendar)
    db.session.commit()
    assert not quarantine.record(db.session(), photo.id, said, clock.now(), calendar)
    assert [event.move_code for event in again(case).events].count("quarantine") == 1


def test_what_was_looked_through_is_not_gone_through_at_every_turn(town, app, scanner, monkeypatch):
    monkeypatch.setattr(quarantine, "IN_SIGHT", 2)
    case = town.matter()
    photos = [with_photo(app, case) for _ in range(5)]
    backlog = Backlog()
    with app.app_context():
        assert sum(turn(backlog) for _ in range(9)) == 5
    assert backlog.papers == backlog.pictures == photos[-1].id - 2
    late = photos[-1].id  # as if it were committed only now
    db.session.delete(db.session.get_one(FileScan, late))
    db.session.commit()
    with app.app_context():
        assert turn(backlog) == 1
    assert said_of(photos[-1]) == CLEAN


# --- what a person decides ----------------------------------------------------------------------


@pytest.fixture
def found(town, app, scanner) -> tuple[Case, Kept]:
    case = town.matter()
    photo = with_photo(app, case, PICTURE + EICAR)
    scan(app)
    return again(case), photo


def held_page(case: Case) -> str:
    return f"/viec/{case.reference}/tep-bi-giu"


def decide(desk: Colleague, case: Case, file: Kept, **said: str):
    filled = {f"file{file.id}-{name}": value for name, value in said.items()}
    return desk.see(held_page(case)).send(f"/{file.id}", **filled)


def test_the_head_lets_it_go_and_says_why(hoa, hang, found):
    case, photo = found
    assert "1 tệp của vụ việc này đang bị giữ." in hoa.see(f"/viec/{case.reference}").said
    page = decide(hoa, case, photo, decision="release", note="Là ảnh chụp màn hình, máy quét nhầm.")
    assert "Đã trả lại tệp" in page.said
    assert get(hang, photo) == 200
    assert again(case).events[-1].move_code == "release_file"
    assert "đang bị giữ" not in hoa.see(f"/viec/{case.reference}").said


def test_the_head_destroys_it_and_nothing_of_it_is_left(hoa, hang, found, app):
    case, photo = found
    name, sha256 = photo.name, photo.sha256
    assert "Đã hủy tệp." in decide(hoa, case, photo, decision="destroy", note="Mã độc thật.").said
    assert not app.extensions["feedback.shelf"].holds(name)
    assert db.session.query(Attachment).count() == db.session.query(FileScan).count() == 0
    event = again(case).events[-1]
    assert (event.move_code, event.detail["sha256"]) == ("destroy_file", sha256)
    assert hang.client.get(f"/tep/{name}").status_code == 404
    assert app.test_cli_runner().invoke(args=["sweep"]).exit_code == 0  # no row misses it


def test_without_a_reason_nothing_happens_and_the_choice_stays(hoa, hang, found):
    case, photo = found
    page = decide(hoa, case, photo, decision="destroy", note="")
    assert page.status == 422
    assert "Mời ghi lý do." in page.said
    assert page.form(f"/{photo.id}").values[f"file{photo.id}-decision"] == "destroy"
    assert get(hang, photo) == 404
    assert said_of(photo) == FOUND


def test_who_does_not_sign_reads_why_and_decides_nothing(hang, town, found):
    case, photo = found
    page = hang.see(held_page(case))
    assert "Người ký của đơn vị quyết định" in page.said
    assert "Eicar-Test" in page.said
    assert "Lời người gửi" in page.said
    path = f"{held_page(case)}/{photo.id}"
    assert hang.client.post(path).status_code == 404
    for other in (town.lan, town.bao):
        assert town.client(other).get(held_page(case)).status_code == 404


def test_of_a_hidden_matter_the_school_knows_nothing_not_even_this(town, hoa, app, scanner):
    case = town.secret()
    photo = with_photo(app, case, PICTURE + EICAR)
    scan(app)
    assert hoa.client.get(held_page(case)).status_code == 404
    assert get(hoa, photo) == 404
    assert town.at_desk(town.lan).see(held_page(case)).status == 200
    assert again(case).events[-1].note == "Eicar-Test"


def test_what_was_let_go_once_is_no_longer_there_to_decide(hoa, found):
    case, photo = found
    decide(hoa, case, photo, decision="release", note="Máy quét nhầm.")
    assert hoa.client.post(f"{held_page(case)}/{photo.id}").status_code == 404


def test_an_erased_letter_takes_what_the_scanner_said_along(found):
    _case, photo = found
    db.session.delete(db.session.get_one(Attachment, photo.id))
    db.session.commit()
    assert db.session.query(FileScan).count() == 0


# --- by hand, and with clamd itself -------------------------------------------------------------


def test_by_hand_the_scan_says_what_it_did(town, app, scanner):
    case = town.matter()
    with_photo(app, case)
    with_photo(app, case, PICTURE + EICAR)
    done = app.test_cli_runner().invoke(args=["scan-files"])
    assert done.output == "2 files looked through, 0 wait, 1 are held.\n"
    assert done.exit_code == 1


def test_by_hand_a_scanner_that_is_away_is_said(town, app, tmp_path):
    with Knowing(app, f"unix:{tmp_path / 'nobody'}"):
        done = app.test_cli_runner().invoke(args=["scan-files"])
    assert done.exit_code == 2
    assert "The scanner does not answer." in done.output
    assert "FEEDBACK_CLAMD" in app.test_cli_runner().invoke(args=["scan-files"]).output


@pytest.mark.skipif(CLAMD is None, reason="clamd is not installed")
def test_clamd_itself_finds_it_in_a_paper_of_the_desk(town, hang, app, tmp_path):
    case = town.matter()
    bad = with_evidence(app, town, case, PDF_FILE.replace(b"%%EOF", EICAR + b"\n%%EOF"))
    good = with_photo(app, case)
    with a_clamd(tmp_path) as address, Knowing(app, address):
        assert scan(app) == 2
        assert (said_of(bad), said_of(good)) == (FOUND, CLEAN)
        assert (get(hang, bad), get(hang, good)) == (404, 200)
