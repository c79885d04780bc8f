"""A copy without who sent it: suggested, looked at, confirmed, kept, and told of."""

import re
import subprocess
from datetime import datetime
from io import BytesIO

import pytest
import time_machine
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from analysis.masking import BLOCK
from feedback import clock, codes, db, envelopes, erasing, intake, joining
from feedback.files import take
from feedback.models.conflicts import Recusal
from feedback.models.ledger import LedgerEntry
from feedback.models.redactions import Redaction
from feedback.models.retention import Erasure
from feedback.models.unit_keys import take_key
from feedback.models.units import load_calendar
from feedback.rules.retention import WORDS
from tests import world
from tests.web.colleagues import Colleague, Town, again

BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=clock.OFFICE_ZONE)
MAI = {"name": "Nguyễn Thị Mai", "phone": "0901234567", "email": "mai@demo.invalid"}
TEXT = (
    "Tôi tên là Nguyễn Thị Mai, phụ huynh em Trần Gia Bảo lớp 3A2, điện thoại 0901.234.567.\n"
    "Cô Hạnh thu tiền bán trú hai lần mà không có biên nhận. Bảo và các bạn kể lại."
)


@pytest.fixture
def town(sign_in, story):
    with time_machine.travel(BEGAN, tick=False):
        yield Town(sign_in)


@pytest.fixture
def matter(town):
    return town.matter(kind_code="PA", text=TEXT, wish="Mai mong được trả lời.")


def noise(size=(240, 160)) -> bytes:
    """A photo of which every pixel is another."""
    file = BytesIO()
    red, green = Image.linear_gradient("L").resize(size), Image.radial_gradient("L").resize(size)
    Image.merge("RGB", (red, green, red)).save(file, "JPEG")
    return file.getvalue()


def with_photo(app, town, **said):
    """A matter that came with a photo."""
    stored = take(app.extensions["feedback.shelf"], "anh.jpg", noise())
    now = clock.now()
    once = codes.read_once(world.KEYS.once, codes.mint_once(world.KEYS.once, now), now)
    told = world.answers(**{"text": TEXT, **said})
    sent = intake.Arrival(town.school, None, told, once.id, now, (stored,))
    case = intake.receive(db.session(), sent, world.KEYS, load_calendar(db.session())).case
    db.session.commit()
    return case


def path(matter) -> str:
    return f"/viec/{matter.reference}/ban-che"


def look(desk: Colleague, matter, **said):
    return desk.see(path(matter)).send("/ban-che", step="look", **said)


def confirm(desk: Colleague, matter, **said):
    return look(desk, matter, **said).send("/ban-che", step="do")


def shelf(app):
    return app.extensions["feedback.shelf"]


def words_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def newest(matter) -> Redaction:
    found = db.session.scalars(select(Redaction).where(Redaction.case_id == matter.id)).all()
    return found[-1]


# --- the story ------------------------------------------------------------------------------------


def test_the_sender_is_suggested_and_ticked_the_teacher_is_not(town, matter):
    page = town.at_desk(town.hang).see(path(matter))
    assert "“Nguyễn Thị Mai” – Tên người gửi, người nhà" in page.said
    assert "“Hạnh” – Người được nói đến" in page.said
    ticked = page.form("/ban-che").values.getlist("marks")
    offered = len(re.findall(r'name="marks"', page.answer.text))
    assert len(ticked) == offered - 1


def test_a_look_shows_the_copy_and_keeps_nothing(town, matter):
    page = look(town.at_desk(town.hang), matter)
    shown = page.answer.text.split("Nguyên văn, chỗ gợi ý có số")[0]
    assert f"Tôi tên là {BLOCK}, phụ huynh em {BLOCK} lớp {BLOCK}, điện thoại {BLOCK}." in shown
    assert f"Cô Hạnh thu tiền bán trú hai lần mà không có biên nhận. {BLOCK} và các bạn" in shown
    assert "Trần Gia Bảo" not in shown
    assert db.session.scalars(select(Redaction)).all() == []


def test_the_confirmed_copy_is_kept_told_of_and_holds_nobody(app, town, matter):
    page = confirm(town.at_desk(town.hang), matter)
    assert "Đã làm bản che số 1." in page.said
    made = newest(matter)
    assert (made.version, made.officer_id, made.unit_id) == (1, town.hang.id, town.school.id)
    pdf = shelf(app).read(made.pdf_name)
    said = words_of(pdf)
    assert "không có biên nhận" in said
    assert BLOCK in said
    for secret in ("Mai", "Gia Bảo", "em Bảo", "0901", "234.567", "3A2", "nguyen"):
        assert secret not in said
        assert secret.encode() not in pdf
    facts = PdfReader(BytesIO(pdf)).metadata
    assert "Mai" not in "".join(str(value) for value in (facts or {}).values())
    event = again(matter).events[-1]
    assert (event.move_code, event.detail) == ("redact", {"copy": 1})
    entry = db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.seq.desc())).first()
    assert entry is not None
    assert entry.officer_id == town.hang.id
    assert "Làm bản che" in town.at_desk(town.hang).see(f"/viec/{matter.reference}").said


def test_what_lies_on_the_shelf_is_sealed(app, town, matter):
    confirm(town.at_desk(town.hang), matter)
    lying = shelf(app).path(newest(matter).pdf_name).read_bytes()
    assert b"%PDF" not in lying


def test_a_second_copy_is_a_new_version_and_the_first_stays(town, matter):
    desk = town.at_desk(town.hang)
    confirm(desk, matter)
    page = confirm(desk, matter, more="Hạnh")
    assert "Bản số 2" in page.said
    assert "Bản số 1" in page.said
    for version in (1, 2):
        answer = desk.client.get(f"{path(matter)}/{version}")
        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
    assert "Cô Hạnh" in words_of(desk.client.get(f"{path(matter)}/1").data)
    assert "Cô Hạnh" not in words_of(desk.client.get(f"{path(matter)}/2").data)


def test_more_words_are_masked_wherever_they_stand_however_they_are_typed(town, matter):
    page = look(town.at_desk(town.hang), matter, more="ban tru\nhai lần")
    shown = page.answer.text.split("Nguyên văn, chỗ gợi ý có số")[0]
    assert f"Cô Hạnh thu tiền {BLOCK} {BLOCK} mà" in shown or f"thu tiền {BLOCK} mà" in shown
    assert "bán trú" not in shown


def test_words_that_are_not_there_are_said_and_what_was_typed_stays(town, matter):
    page = look(town.at_desk(town.hang), matter, more="Phạm Văn Tèo")
    assert page.status == 422
    assert "Không thấy “Phạm Văn Tèo” trong thư." in page.said
    assert page.form("/ban-che").values["more"] == "Phạm Văn Tèo"


def test_a_mark_outside_the_letter_is_refused(town, matter):
    desk = town.at_desk(town.hang)
    for mark in ("0.0.99999", "9.0.3", "0.5.2", "x"):
        page = look(desk, matter, marks=[mark])
        assert page.status == 422, mark
    assert db.session.scalars(select(Redaction)).all() == []


def test_what_stays_is_told_before_it_is_confirmed(town, matter):
    page = look(town.at_desk(town.hang), matter)
    assert "Mời đọc lại những chỗ còn để nguyên" in page.said
    assert "“Hạnh” – Người được nói đến" in page.said


def test_a_matter_that_changed_meanwhile_is_not_copied_unseen(town, matter):
    desk = town.at_desk(town.hang)
    page = look(desk, matter)
    town.at_desk(town.hoa).see(f"/viec/{matter.reference}").send("/note", note="Đã gọi phụ huynh.")
    answer = page.send("/ban-che", step="do")
    assert answer.status == 409
    assert "Có điều vừa thay đổi" in answer.said
    assert db.session.scalars(select(Redaction)).all() == []


def test_who_took_a_copy_along_is_written_down(town, matter):
    desk = town.at_desk(town.hang)
    confirm(desk, matter)
    desk.client.get(f"{path(matter)}/1")
    taken = db.session.scalars(select(LedgerEntry).where(LedgerEntry.action == "export.file"))
    (entry,) = taken
    assert (entry.object, entry.officer_id) == (f"redaction/{matter.reference}/1", town.hang.id)


# --- who may --------------------------------------------------------------------------------------


def test_the_office_makes_a_copy_of_a_denunciation_and_the_school_knows_of_none(town):
    secret = town.secret(text=f"{TEXT} Hiệu trưởng nhận tiền.", contact=world.a_contact(**MAI))
    office, school = town.at_desk(town.lan), town.at_desk(town.hang)
    assert "Luật Tố cáo 2018 Điều 56 khoản 2" in office.see(path(secret)).said
    confirm(office, secret)
    for place in ("", "/1", "/1/anh/1"):
        assert school.client.get(path(secret) + place).status_code == 404
    assert office.client.get(f"{path(secret)}/1").status_code == 200


def test_an_office_that_only_oversees_reads_the_copy_and_makes_none(town, matter):
    confirm(town.at_desk(town.hang), matter)
    office = town.at_desk(town.lan)
    page = office.see(path(matter))
    assert "Bản số 1" in page.said
    assert "Xem trước" not in page.said
    assert office.client.get(f"{path(matter)}/1").status_code == 200


def test_who_stepped_aside_finds_no_copy(town, matter):
    desk = town.at_desk(town.hang)
    confirm(desk, matter)
    db.session.add(
        Recusal(
            case_id=matter.id, officer_id=town.hang.id, relation_code="spouse", declared_at=BEGAN
        )
    )
    db.session.commit()
    assert desk.client.get(path(matter)).status_code == 404
    assert desk.client.get(f"{path(matter)}/1").status_code == 404


# --- who sent it ----------------------------------------------------------------------------------


def test_a_denunciation_that_still_names_its_sender_is_not_copied(town):
    text = "Hiệu trưởng nhận tiền. Tôi: nguyen thi mai, so 0901 234 567."
    secret = town.secret(text=text, contact=world.a_contact(**MAI))
    desk = town.at_desk(town.lan)
    page = look(desk, secret, marks=[])
    assert page.status == 422
    assert "còn họ tên, số điện thoại" in page.said
    assert "Đã làm bản che số 1." in confirm(desk, secret).said


def test_what_the_sender_left_is_looked_for_and_that_is_written_down(town):
    known = {**MAI, "name": "Lò Thị Xá"}
    case = town.matter(text="Con tôi bị ngã, lò thị xá kể vậy.", contact=world.a_contact(**known))
    page = town.at_desk(town.hang).see(path(case))
    assert "“lò thị xá” – Thông tin người gửi đã để lại" in page.said
    looks = db.session.scalars(select(LedgerEntry).where(LedgerEntry.action == "case.contact"))
    assert [one.officer_id for one in looks] == [town.hang.id]


def test_whose_name_is_in_an_envelope_the_machine_does_not_know(town, monkeypatch):
    monkeypatch.setattr(envelopes, "MEMORY_KIB", 64)
    monkeypatch.setattr(envelopes, "ITERATIONS", 1)
    key = envelopes.OfficeKey.new()
    take_key(db.session(), town.office, key.public, clock.now(), clock.today())
    secret = town.secret(
        text="Hiệu trưởng nhận tiền của lò thị xá.", contact=world.a_contact(**MAI)
    )
    page = town.at_desk(town.lan).see(path(secret))
    assert "Danh tính người gửi đang niêm phong" in page.said
    assert "đã để lại" not in page.said


# --- photos ---------------------------------------------------------------------------------------


def photo_field(matter, name: str) -> str:
    return f"photo-{again(matter).submission.attachments[0].id}-{name}"


def test_a_photo_is_left_out_unless_somebody_takes_it_in(app, town):
    case = with_photo(app, town)
    confirm(town.at_desk(town.hang), case)
    made = newest(case)
    assert made.pictures == []
    assert not any(page.images for page in PdfReader(BytesIO(shelf(app).read(made.pdf_name))).pages)


def test_black_boxes_remove_what_was_below_in_the_photo_and_in_the_pdf(app, town, tmp_path):
    case = with_photo(app, town)
    desk = town.at_desk(town.hang)
    said = {photo_field(case, "use"): "in", photo_field(case, "cells"): ["A1", "B1"],
            photo_field(case, "ranges"): "a2:b6"}  # fmt: skip
    confirm(desk, case, **said)
    answer = desk.client.get(f"{path(case)}/1/anh/1")
    assert answer.mimetype == "image/jpeg"
    photo = Image.open(BytesIO(answer.data))
    assert photo.size == (240, 160)
    assert not any(photo.crop((0, 0, 40, 80)).tobytes())
    assert any(photo.crop((100, 100, 140, 140)).tobytes())
    assert not photo.getexif()
    original = shelf(app).read(again(case).submission.attachments[0].name)
    assert original[1000:1064] not in answer.data
    pdf = desk.client.get(f"{path(case)}/1").data
    (tmp_path / "copy.pdf").write_bytes(pdf)
    listed = ["pdfimages", "-all", str(tmp_path / "copy.pdf"), str(tmp_path / "x")]
    subprocess.run(listed, check=True)
    (drawn,) = tmp_path.glob("x-*")
    assert drawn.read_bytes() == answer.data
    assert original not in pdf


def test_a_cell_that_is_not_there_is_said(app, town):
    case = with_photo(app, town)
    page = look(
        town.at_desk(town.hang), case,
        **{photo_field(case, "use"): "in", photo_field(case, "ranges"): "B3:Z9"},
    )  # fmt: skip
    assert page.status == 422
    assert "Không có ô “B3:Z9”." in page.said


# --- along with other things ----------------------------------------------------------------------


def test_the_letter_of_a_transfer_names_the_copy_it_takes_along(town, matter):
    desk = town.at_desk(town.hang)
    confirm(desk, matter)
    page = desk.see(f"/viec/{matter.reference}/van-ban/transfer")
    values = page.form("/van-ban/transfer").values
    assert values["enclosed"] == "bản che số 1, ngày 24/11/2026"


def test_erasing_a_letter_takes_its_copies_along(app, town):
    case = with_photo(app, town)
    said = {photo_field(case, "use"): "in", photo_field(case, "cells"): ["A1"]}
    confirm(town.at_desk(town.hang), case, **said)
    made = newest(case)
    names = [made.pdf_name, made.pictures[0].name]
    gone = erasing.Gone()
    cause = erasing.Cause("asked", clock.now(), town.hang.id)
    erasing.erase(db.session(), again(case).submission, WORDS, cause, gone)
    db.session.commit()
    assert set(names) <= set(gone.files)
    kept = newest(case)
    assert (kept.pdf_name, kept.pictures[0].name) == (None, None)
    assert db.session.scalars(select(Erasure)).one().what == WORDS
    assert "Nội dung đã được xóa." in town.at_desk(town.hang).see(path(case)).said


def test_a_copy_goes_with_the_letter_in_it_also_when_that_has_left_the_matter(app, town):
    first, second = town.matter(text=TEXT), town.matter(text="Lò Thị Xá kể việc này.")
    act = world.an_act(town.hang)
    confirm(town.at_desk(town.hang), second)  # before it was joined
    joining.join(db.session(), again(first), [again(second)], act)
    db.session.commit()
    confirm(town.at_desk(town.hang), first)  # with both letters in it
    assert [len(one.letters) for one in db.session.scalars(select(Redaction))] == [1, 2]
    joining.part(db.session(), again(second), again(first), act)
    db.session.commit()
    gone = erasing.Gone()
    cause = erasing.Cause("asked", clock.now(), town.hang.id)
    erasing.erase(db.session(), again(second).submission, WORDS, cause, gone)
    db.session.commit()
    assert [one.pdf_name for one in db.session.scalars(select(Redaction))] == [None, None]
    assert len([name for name in gone.files if name.endswith(".pdf")]) == 2
