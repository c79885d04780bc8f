"""A move and its paper are one act: one form, one day, one write, or nothing at all."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from wtforms.fields.core import UnboundField

from feedback import clock, db, recusing
from feedback.models.cases import Case
from feedback.models.officers import Officer
from feedback.models.papers import IssuedPaper, OutsidePaper
from feedback.papers.catalogue import PAPERS
from feedback.papers.duties import ALONG, REQUIRED, TWINS, outgoing
from feedback.papers.fitting import FITS
from feedback.rules.lifecycle import MACHINES
from feedback.rules.petitions import PETITION_KINDS
from feedback.shelf import Shelf
from feedback.web.filing.acting import asked_for
from forms.casework import MOVE_FORMS
from tests import world
from tests.web.colleagues import Colleague, Town, again
from tests.web.test_papers import MAI, issued, read

YEAR = clock.today().year
TODAY = clock.today()


def complaint(town: Town, **said: str) -> Case:
    """A signed complaint of Nguyễn Thị Mai that nobody has taken up."""
    text = "Con tôi bị xếp sai lớp bán trú hai lần."
    return town.matter(kind_code="KN", signed=True, text=text, contact=MAI, **said)


def act(matter: Case, move: str) -> str:
    return f"/viec/{matter.reference}/{move}/kem-van-ban"


def recorded(matter: Case) -> list[OutsidePaper]:
    return list(db.session.scalars(select(OutsidePaper).where(OutsidePaper.case_id == matter.id)))


def steps(matter: Case) -> list[str]:
    return [event.move_code for event in again(matter).events]


def shelved(app) -> int:
    shelf: Shelf = app.extensions["feedback.shelf"]
    return sum(1 for _ in shelf.root.rglob("*.pdf"))


# --- the table --------------------------------------------------------------------------------


def test_duties_name_papers_of_the_catalogue():
    named = {*REQUIRED, *ALONG, *TWINS, *(c for m in (ALONG, TWINS) for p in m.values() for c in p)}
    assert named <= set(PAPERS)


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_the_paper_of_a_move_is_one_of_the_catalogue_and_of_its_kind(machine):
    for move in machine.moves.values():
        assert not move.paper or move.paper in FITS, move.code
        for kind in PETITION_KINDS:
            found = outgoing(machine, move.code, kind, signed=True)
            assert found is None or all(kind in FITS[code].kinds for code in found.codes)


@pytest.mark.parametrize("kind", ["GY", "PA", "KNGHI", "KHEN"])
def test_no_opinion_is_ever_made_to_print(kind):
    for move in MACHINES["opinions"].moves:
        found = outgoing(MACHINES["opinions"], move, kind, signed=False)
        assert found is None or not found.required


def own_fields(move: str) -> set[str]:
    form = MOVE_FORMS[move]
    return {name for name in dir(form) if isinstance(getattr(form, name), UnboundField)}


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_a_form_never_asks_one_name_for_two_things(town, app, machine):
    kind = "TC" if machine.code == "denunciations" else "KN"
    matter = town.matter(kind_code=kind, signed=True)
    with app.test_request_context():
        for move in set(machine.moves) & set(MOVE_FORMS):
            found = outgoing(machine, move, kind, signed=True)
            for code in found.codes if found else ():
                asked = {question.path for question in asked_for(matter, move, code)}
                assert not asked & own_fields(move), (move, code)


# --- one act ----------------------------------------------------------------------------------


def test_taking_up_a_complaint_issues_its_notice_in_the_same_act(town, hang, app):
    matter = complaint(town)
    page = hang.see(f"/viec/{matter.reference}")
    assert "Kèm văn bản: Thông báo thụ lý khiếu nại" in page.said
    seen = hang.see(act(matter, "accept")).send("/kem-van-ban")
    assert "Đã ban hành" in seen.said
    assert "Mở để in (PDF)" in seen.said
    kept = again(matter)
    (paper,) = issued(matter)
    term = next(d for d in kept.deadlines if d.rule_code == "KN1_RESOLVE")
    assert kept.status == "verifying"
    assert paper.full_number == "01/TB-THLĐT"
    assert paper.dated_on == term.started_on == TODAY
    assert paper.made_at == term.started_at
    assert f"{term.due_on:%d/%m/%Y}" in read(app, paper)
    assert steps(matter)[-2:] == ["accept", "issue"]


def test_without_its_paper_the_move_is_refused_and_nothing_changes(town, hang):
    matter = complaint(town)
    token = hang.see(act(matter, "accept")).form("/kem-van-ban").values["csrf_token"]
    answer = hang.client.post(f"/viec/{matter.reference}/accept", data={"csrf_token": token})
    assert answer.status_code == 409
    assert "Luật yêu cầu bước này phải có văn bản" in answer.get_data(as_text=True)
    assert again(matter).status == "new"


def test_a_paper_made_elsewhere_is_recorded_with_its_number_and_day(town, hang):
    matter = complaint(town)
    names = ("outside.complaint_accepted.number", "outside.complaint_accepted.dated")
    said = dict(zip(names, ("15/TB-UBND", TODAY.isoformat()), strict=True))
    seen = hang.see(act(matter, "accept")).send("/kem-van-ban", way="outside", **said)
    assert "Số 15/TB-UBND" in seen.said
    assert "Làm ở nơi khác" in seen.said
    assert not issued(matter)
    (paper,) = recorded(matter)
    assert (paper.number, paper.dated_on) == ("15/TB-UBND", TODAY)
    assert again(matter).status == "verifying"


@pytest.mark.parametrize("days", [-400, 1], ids=["before the matter", "tomorrow"])
def test_a_letter_older_than_the_matter_or_of_tomorrow_is_refused(town, hang, days):
    matter = complaint(town)
    said = {
        "outside.complaint_accepted.number": "15/TB",
        "outside.complaint_accepted.dated": (TODAY + timedelta(days=days)).isoformat(),
    }
    seen = hang.see(act(matter, "accept")).send("/kem-van-ban", way="outside", **said)
    assert seen.status == 422
    assert "Ngày của văn bản phải từ ngày nhận vụ việc" in seen.said
    assert "15/TB" in seen.form("/kem-van-ban").values["outside.complaint_accepted.number"]
    assert not recorded(matter)
    assert again(matter).status == "new"


def test_what_is_missing_on_the_paper_stops_the_move_and_keeps_the_words(town, hang, app):
    matter = complaint(town)
    before = shelved(app)
    said = {"citizen.name": "", "signer.name": "Lê Văn Hòa"}
    seen = hang.see(act(matter, "accept")).send("/kem-van-ban", **said)
    assert seen.status == 422
    assert seen.form("/kem-van-ban").values["signer.name"] == "Lê Văn Hòa"
    assert again(matter).status == "new"
    assert not issued(matter)
    assert shelved(app) == before
    hang.see(act(matter, "accept")).send("/kem-van-ban")
    assert issued(matter)[0].number == 1  # no number was lost


def test_a_second_click_makes_neither_move_nor_paper(town, hang):
    matter = complaint(town)
    page = hang.see(act(matter, "accept"))
    page.send("/kem-van-ban")
    assert page.send("/kem-van-ban").status == 409
    assert len(issued(matter)) == 1
    assert steps(matter).count("accept") == 1


def test_a_draft_moves_nothing(town, hang, app):
    matter = complaint(town)
    before, files = steps(matter), shelved(app)
    form = hang.see(act(matter, "accept")).form("/kem-van-ban")
    answer = hang.client.post(f"{act(matter, 'accept')}/complaint_accepted", data=form.values)
    assert answer.data.startswith(b"%PDF-")
    assert steps(matter) == before
    assert not issued(matter)
    assert shelved(app) == files


# --- handing on -------------------------------------------------------------------------------


def test_handing_on_writes_to_the_unit_and_to_the_sender_in_one_act(town, hang, app):
    matter = complaint(town)
    said = {"unit": "PGD", "note": "Việc này do Phòng quản lý."}
    seen = hang.see(act(matter, "transfer")).send("/kem-van-ban", **said)
    assert "Phiếu chuyển đơn" in seen.said
    assert "Thông báo chuyển đơn" in seen.said
    letter, notice = issued(matter)
    assert (letter.full_number, notice.full_number) == ("01/PC-THLĐT", "01/TB-THLĐT")
    assert letter.made_at == notice.made_at
    assert again(matter).owner_id == town.office.id
    for paper in (letter, notice):
        words = read(app, paper)
        assert town.office.name in words
        assert "Việc này do Phòng quản lý." in words
    assert f"số 01/PC-THLĐT ngày {TODAY:%d}" in read(app, notice)
    assert hang.client.get(f"/van-ban/{notice.pdf_name}").status_code == 200
    assert "Mời ra văn bản" not in hang.see(f"/viec/{matter.reference}").said


def test_an_office_that_hands_a_sealed_matter_on_keeps_its_own_copy(town, hang, lan):
    matter = town.secret(signed=True, contact=MAI)
    said = {"unit": "UBGV", "note": "Vượt thẩm quyền của Phòng."}
    seen = lan.see(act(matter, "transfer")).send("/kem-van-ban", **said)
    assert "không còn trong hộp việc" in seen.said
    letter, _notice = issued(matter)
    assert lan.client.get(f"/van-ban/{letter.pdf_name}").status_code == 200
    assert lan.client.get(f"/viec/{matter.reference}").status_code == 404
    for path in (f"/van-ban/{letter.pdf_name}", f"/van-ban/{letter.pdf_name}/xem"):
        assert hang.client.get(path).status_code == 404


def test_who_stepped_aside_loses_the_copy_their_own_desk_keeps(town, hang, lan):
    matter = town.secret(signed=True, contact=MAI)
    colleague = town.at_desk(world.an_officer(town.office, "office", "Đỗ Minh Quân"))
    said = {"unit": "UBGV", "note": "Vượt thẩm quyền của Phòng."}
    lan.see(act(matter, "transfer")).send("/kem-van-ban", **said)
    letter, _notice = issued(matter)
    me = db.session.get_one(Officer, town.lan.id)
    recusing.recuse(db.session(), again(matter), world.an_act(me), me, "sibling")
    db.session.commit()
    for path in (letter.pdf_name, f"{letter.pdf_name}/xem", letter.docx_name):
        assert lan.client.get(f"/van-ban/{path}").status_code == 404
        assert colleague.client.get(f"/van-ban/{path}").status_code == 200


def test_who_left_no_name_gets_no_letter_but_the_unit_does(town, hang, app):
    matter = town.matter()
    said = {"unit": "PGD", "note": "Việc này do Phòng quản lý."}
    hang.see(act(matter, "transfer")).send("/kem-van-ban", **said)
    (letter,) = issued(matter)
    assert letter.code == "transfer"
    assert town.office.name in read(app, letter)


def test_an_opinion_is_handed_on_with_or_without_a_letter(town, hang):
    matter = town.matter(contact=MAI)
    page = hang.see(f"/viec/{matter.reference}")
    assert "Làm kèm văn bản: Phiếu chuyển đơn; Thông báo chuyển đơn" in page.said
    page.send("/transfer", unit="PGD", note="Việc này do Phòng quản lý.")
    assert again(matter).owner_id == town.office.id
    assert not issued(matter)


def test_an_answer_with_its_letter_is_typed_once(town, hang, app):
    matter = town.matter(kind_code="KNGHI", contact=MAI)
    said = {
        "outcome": "explained",
        "done": "Đã kiểm tra bếp.",
        "note": "Bếp đã cân lại suất ăn ba ngày liền.",
    }
    hang.see(act(matter, "answer")).send("/kem-van-ban", **said)
    (paper,) = issued(matter)
    assert "Bếp đã cân lại suất ăn ba ngày liền." in read(app, paper)
    assert again(matter).messages[-1].text == said["note"]


# --- who may ----------------------------------------------------------------------------------


def test_nobody_else_finds_the_page_of_an_act(town, lan):
    matter = complaint(town)
    for desk in (town.at_desk(town.bao), lan):
        assert desk.see(act(matter, "accept")).status == 404
    assert town.at_desk(town.hang).see(act(matter, "note")).status == 404


def test_the_school_finds_no_act_of_a_sealed_matter(town, hang):
    matter = town.secret(signed=True)
    assert hang.see(act(matter, "accept")).status == 404


# --- the whole way ----------------------------------------------------------------------------


def test_a_denunciation_is_taken_up_notified_extended_and_concluded_on_paper(town, lan, chair, app):
    matter = town.secret(signed=True, contact=MAI)
    named = {
        "denounced.name": "ông Lê Văn Hòa",
        "content.points": "Nhận tiền trái tuyến.",
        "carried_out_by": "Tổ xác minh",
        "signer.name": "Phạm Thị Thu",
    }
    lan.see(act(matter, "accept")).send("/kem-van-ban", **named)
    lan.see(act(matter, "notify_acceptance")).send("/kem-van-ban", **named)
    grounds = {"grounds": ["places"], "note": "Phải xác minh ở hai nơi."}
    laying = f"/viec/{matter.reference}/trinh-ky/extend/kem-van-ban"
    lan.see(laying).send("/kem-van-ban", **named, **grounds)
    chair.see(act(matter, "extend")).send("/kem-van-ban")
    assert [p.code for p in issued(matter)] == [
        "denunciation_accepted", "denunciation_notice", "denounced_notice", "denunciation_extended",
    ]  # fmt: skip
    term = next(d for d in again(matter).deadlines if d.rule_code == "TC_EXT1")
    assert f"{term.due_on:%d/%m/%Y}" in read(app, issued(matter)[-1])
    told = {"denunciation_accepted", "denounced_notice", "denunciation_extended"}
    for paper in issued(matter):
        assert ("Nguyễn Thị Mai" in read(app, paper)) == (paper.code not in told)


def test_two_acts_at_two_schools_number_for_themselves(town, hang):
    first, second = complaint(town), complaint(town)
    for matter in (first, second):
        hang.see(act(matter, "accept")).send("/kem-van-ban")
    mine = db.session.scalars(select(IssuedPaper.number).order_by(IssuedPaper.id))
    assert list(mine) == [1, 2]
    assert world.KEYS


# --- who signs --------------------------------------------------------------------------------

FINDINGS = {
    "report.title": "Báo cáo kết quả xác minh",
    "report.number": "02/BC",
    "report.dated": TODAY.isoformat(),
    "findings": "Danh sách lớp bán trú ghi sai tên cháu hai lần.",
    "dialogue": "Hai bên thống nhất.",
    "basis": "Điều 31 Luật Khiếu nại 2011.",
    "orders": "Xếp lại lớp cho cháu.",
    "carried_out_by": "Bộ phận bán trú",
}
DECIDED = {"result": "kn_right", "note": "Khiếu nại đúng; nhà trường xếp lại lớp cho cháu."}


@pytest.fixture
def chair(town) -> Colleague:
    found = world.an_officer(town.office.manager, "chair", "Võ Thành An")
    db.session.commit()
    return town.at_desk(found)


def laid(desk: Colleague, matter: Case) -> None:
    """Taken up, and the decision laid before whoever signs it."""
    desk.act(matter, "accept")
    desk.see(f"/viec/{matter.reference}").send("/trinh-ky/decide", **DECIDED)


def test_the_head_signs_what_was_laid_before_and_it_says_the_same(town, hang, app):
    matter = complaint(town)
    laid(hang, matter)
    seen = town.at_desk(town.hoa).see(act(matter, "decide")).send("/kem-van-ban", **FINDINGS)
    assert "Mở để in (PDF)" in seen.said, seen.said
    (paper,) = issued(matter)
    words = read(app, paper)
    assert paper.unit_id == town.school.id
    for name in ("Lê Văn Hòa", "Nguyễn Thị Mai", DECIDED["note"]):
        assert name in words
    assert again(matter).result_code == "kn_right"


def test_what_the_office_prepares_goes_out_from_the_committee_and_stays_from_the_school(
    town, lan, hang, chair, app
):
    matter = complaint(town, about_code="leaders")
    laid(lan, matter)
    chair.see(act(matter, "decide")).send("/kem-van-ban", **FINDINGS)
    (paper,) = issued(matter)
    words = read(app, paper)
    assert paper.unit_id == town.office.manager.id
    assert "Võ Thành An" in words
    assert "Nguyễn Thị Mai" in words
    for desk in (chair, lan):
        assert desk.client.get(f"/van-ban/{paper.pdf_name}").status_code == 200
    assert hang.client.get(f"/van-ban/{paper.pdf_name}").status_code == 404


def test_the_chair_finds_no_other_step_of_the_matter_and_none_before_a_draft(town, lan, chair):
    matter = complaint(town, about_code="leaders")
    lan.act(matter, "accept")
    assert chair.see(act(matter, "decide")).status == 404
    lan.see(f"/viec/{matter.reference}").send("/trinh-ky/decide", **DECIDED)
    assert chair.see(act(matter, "suspend")).status == 404
    assert chair.see(act(matter, "decide")).status == 200


def test_who_prepares_reads_who_signs_when_the_page_of_the_act_is_posted_all_the_same(town, hang):
    matter = complaint(town)
    laid(hang, matter)
    seen = hang.act(matter, "decide", **DECIDED)
    assert seen.status == 409
    assert "người đứng đầu cơ quan có thẩm quyền ký" in seen.said
    assert seen.form("/kem-van-ban").values["note"] == DECIDED["note"]
    assert again(matter).status == "verifying"
