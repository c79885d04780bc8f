"""Papers of a case: which fit, a form for each, number after number, and who may open them."""

import hashlib
import re
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from feedback import clock, db
from feedback.models.cases import Case
from feedback.models.papers import IssuedPaper
from feedback.papers.catalogue import PAPERS, PETITION
from feedback.papers.fitting import FITS, papers_for
from feedback.shelf import Shelf
from tests import world
from tests.eyes import Seen
from tests.web.colleagues import Town, again

MAI = world.a_contact(phone="0901234567", address="12 Quang Trung, phường 10, quận Gò Vấp")
YEAR = clock.today().year


def taken_up(town: Town, by, **said: object) -> Case:
    """A case somebody has accepted."""
    matter = town.matter(**said)
    matter.accept(world.an_act(by))
    db.session.commit()
    return matter


def denounced(town: Town) -> Case:
    """A signed denunciation of the principal by Nguyễn Thị Mai, which the Office has accepted."""
    said = {
        "kind_code": "TC", "about_code": "leaders", "subject_code": "THU_CHI", "signed": True,
        "text": "Hiệu trưởng nhận tiền trái tuyến của nhiều phụ huynh.",
    }  # fmt: skip
    return taken_up(town, town.lan, **said, contact=MAI)


def complained(town: Town) -> Case:
    said = {"kind_code": "KN", "signed": True, "text": "Con tôi bị xếp sai lớp bán trú hai lần."}
    return taken_up(town, town.hang, **said, contact=MAI)


def form_of(matter: Case, code: str) -> str:
    return f"/viec/{matter.reference}/van-ban/{code}"


def issued(matter: Case) -> list[IssuedPaper]:
    mine = select(IssuedPaper).where(IssuedPaper.case_id == matter.id).order_by(IssuedPaper.id)
    return list(db.session.scalars(mine))


def read(app, paper: IssuedPaper) -> str:
    """The words of its Word file."""
    shelf: Shelf = app.extensions["feedback.shelf"]
    document = Document(BytesIO(shelf.read(paper.docx_name)))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells]).replace("\u00a0", " ")


ANSWER = {"findings": "Đã kiểm tra bếp và sổ suất ăn.", "done": "Tăng định lượng."}


# --- which papers fit -------------------------------------------------------------------------


def test_every_paper_of_the_office_fits_somewhere():
    assert set(FITS) == {code for code, kind in PAPERS.items() if kind.heading != PETITION}


def test_a_thing_reported_and_not_signed_is_given_no_paper_of_a_complaint():
    assert "answer" in papers_for("PA", False, "working")
    assert "complaint_accepted" not in papers_for("KN", False, "reviewing")
    assert "complaint_accepted" in papers_for("KN", True, "reviewing")
    assert not {"transfer", "answer"} & set(papers_for("TC", True, "working"))


# --- issuing ----------------------------------------------------------------------------------


def test_an_answer_goes_out_numbered_filed_and_recorded(town, hang, app):
    matter = taken_up(town, town.hang, contact=MAI)
    seen = hang.see(form_of(matter, "answer")).send("van-ban/answer", **ANSWER)
    assert seen.status == 200
    (paper,) = issued(matter)
    assert (paper.number, paper.full_number, paper.year) == (1, "01/THLĐT", YEAR)
    assert paper.officer_id == town.hang.id
    assert "Nguyễn Thị Mai" in read(app, paper)
    assert "Số: 01/THLĐT" in read(app, paper)
    assert "DỰ THẢO" not in read(app, paper)
    event = again(matter).events[-1]
    assert (event.move_code, event.detail["number"]) == ("issue", "01/THLĐT")
    page = hang.see(f"/viec/{matter.reference}").said
    assert "Ban hành văn bản" in page
    assert "Số 01/THLĐT" in page


def test_what_was_filed_is_what_was_sent(town, hang, app):
    matter = taken_up(town, town.hang)
    hang.see(form_of(matter, "answer")).send(
        "van-ban/answer", **ANSWER, **{"citizen.name": "Nguyễn Thị Mai"}
    )
    (paper,) = issued(matter)
    shelf: Shelf = app.extensions["feedback.shelf"]
    for name, digest in (
        (paper.pdf_name, paper.pdf_sha256),
        (paper.docx_name, paper.docx_sha256),
    ):
        assert re.fullmatch(r"[0-9a-f]{32}\.(pdf|docx)", name)
        assert hashlib.sha256(shelf.path(name).read_bytes()).hexdigest() == digest
        answer = hang.client.get(f"/van-ban/{name}")
        assert answer.status_code == 200
        assert answer.data == shelf.read(name)


def test_numbers_run_on_in_their_own_series(town, hang):
    matter = taken_up(town, town.hang, contact=MAI)
    for _ in range(2):
        hang.see(form_of(matter, "answer")).send("van-ban/answer", **ANSWER)
    hang.see(form_of(matter, "transfer")).send("van-ban/transfer", reason="Thuộc cấp trên.")
    assert [p.full_number for p in issued(matter)] == ["01/THLĐT", "02/THLĐT", "01/PC-THLĐT"]


def test_a_draft_has_no_number_and_leaves_nothing_behind(town, hang):
    matter = taken_up(town, town.hang, contact=MAI)
    before = len(matter.events)
    form = hang.see(form_of(matter, "answer")).form("van-ban/answer")
    answer = hang.client.post(
        f"{form_of(matter, 'answer')}/xem-truoc", data={**dict(form.values), **ANSWER}
    )
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
    assert not issued(matter)
    assert len(again(matter).events) == before


def test_a_second_click_issues_nothing_and_takes_no_number(town, hang):
    matter = taken_up(town, town.hang, contact=MAI)
    page = hang.see(form_of(matter, "answer"))
    page.send("van-ban/answer", **ANSWER)
    second = page.send("van-ban/answer", **ANSWER)
    assert second.status == 422
    assert "Chưa có gì được ban hành" in second.said
    third = hang.see(form_of(matter, "answer")).send("van-ban/answer", **ANSWER)
    assert third.status == 200
    assert [p.number for p in issued(matter)] == [1, 2]


def test_an_answer_without_findings_is_asked_for_them(town, hang):
    matter = taken_up(town, town.hang, contact=MAI)
    seen = hang.see(form_of(matter, "answer")).send("van-ban/answer", findings="", done="Xong.")
    assert seen.status == 422
    assert "Xong." in seen.said
    assert not issued(matter)


def test_the_acceptance_of_a_complaint_tells_its_last_day_and_why(town, hang, app):
    matter = complained(town)
    due_on = next(d.due_on for d in matter.deadlines if d.rule_code == "KN1_RESOLVE")
    seen = hang.see(form_of(matter, "complaint_accepted"))
    seen.send("van-ban/complaint_accepted")
    (paper,) = issued(matter)
    words = read(app, paper)
    assert f"{due_on:%d/%m/%Y}" in words
    assert "Vì sao hạn là ngày này?" in words
    assert "Điều 28 Luật Khiếu nại 2011" in words


# --- who may ----------------------------------------------------------------------------------


def test_another_school_finds_neither_form_nor_paper(town, hang):
    matter = taken_up(town, town.hang, contact=MAI)
    hang.see(form_of(matter, "answer")).send("van-ban/answer", **ANSWER)
    (paper,) = issued(matter)
    bao = town.at_desk(town.bao)
    for path in (
        form_of(matter, "answer"),
        f"/van-ban/{paper.pdf_name}",
        f"/van-ban/{paper.docx_name}",
    ):
        assert bao.see(path).status == 404


def test_the_school_neither_lists_nor_opens_the_papers_of_a_hidden_case(town, hang, lan):
    matter = denounced(town)
    said = {
        "denounced.name": "ông Lê Văn Hòa",
        "content.points": "Nhận tiền trái tuyến.",
        "carried_out_by": "Tổ xác minh",
    }
    lan.see(form_of(matter, "denunciation_accepted")).send("van-ban/denunciation_accepted", **said)
    (paper,) = issued(matter)
    assert lan.client.get(f"/van-ban/{paper.pdf_name}").status_code == 200
    for path in (
        f"/viec/{matter.reference}",
        form_of(matter, "denunciation_accepted"),
        f"/van-ban/{paper.pdf_name}",
        f"/van-ban/{paper.docx_name}",
    ):
        assert hang.see(path).status == 404


def test_a_case_that_leaves_the_school_takes_its_papers_along(town, hang, lan):
    matter = taken_up(town, town.hang, contact=MAI)
    hang.see(form_of(matter, "answer")).send("van-ban/answer", **ANSWER)
    (paper,) = issued(matter)
    moved = again(matter)
    above = moved.unit.manager
    assert above is not None
    moved.transfer(world.an_act(town.hang, "Việc của Hiệu trưởng."), above)
    moved.hide()
    db.session.commit()
    for path in (f"/van-ban/{paper.pdf_name}", form_of(matter, "transfer")):
        assert hang.see(path).status == 404
    assert lan.client.get(f"/van-ban/{paper.pdf_name}").status_code == 200


def test_an_office_that_only_oversees_opens_no_paper_with_the_senders_name(town, hang, lan):
    matter = taken_up(town, town.hang, contact=MAI)
    hang.see(form_of(matter, "answer")).send("van-ban/answer", **ANSWER)
    (paper,) = issued(matter)
    assert lan.see(form_of(matter, "answer")).status == 404
    assert lan.see(f"/van-ban/{paper.pdf_name}").status == 404
    assert "01/THLĐT" not in lan.see(f"/viec/{matter.reference}").page.said.partition("Lịch sử")[0]


# --- the denounced never learn who it was -----------------------------------------------------


def test_no_trace_of_the_denouncer_in_what_goes_to_the_denounced(town, lan, app):
    matter = denounced(town)
    said = {
        "denounced.name": "ông Lê Văn Hòa",
        "content.points": "Nhận tiền trái tuyến.",
        "decision.title": "Quyết định",
        "decision.number": "01/QĐ-PGDĐT",
        "decision.dated": clock.today().isoformat(),
    }
    page = lan.see(form_of(matter, "denounced_notice"))
    assert "Nguyễn Thị Mai" not in page.said
    assert "trái tuyến của nhiều phụ huynh" not in page.said
    assert page.send("van-ban/denounced_notice", **said).status == 200
    (paper,) = issued(matter)
    words = read(app, paper)
    for secret in ("Mai", "0901234567", "12 Quang Trung", "mai@demo.invalid", matter.reference):
        assert secret not in words
        assert secret not in str(paper.facts)


@pytest.mark.parametrize(
    "slip",
    [
        "theo đơn của bà NGUYỄN THỊ MAI",
        "liên hệ 0901 234 567",
        "mai@demo.invalid",
        "nhà ở 12 Quang Trung, phường 10, quận Gò Vấp",
    ],
)
def test_the_name_of_the_denouncer_typed_by_mistake_is_refused(town, lan, slip):
    matter = denounced(town)
    said = {
        "denounced.name": "ông Hòa",
        "content.points": f"Nhận tiền, {slip}.",
        "carried_out_by": "Tổ xác minh",
    }
    seen = lan.see(form_of(matter, "denunciation_accepted")).send(
        "van-ban/denunciation_accepted", **said
    )
    assert seen.status == 422
    assert "không được cho biết ai đã tố cáo" in seen.said
    assert not issued(matter)


def test_what_is_kept_beside_a_paper_holds_nothing_of_the_sender(town, hang):
    matter = taken_up(town, town.hang, contact=MAI)
    hang.see(form_of(matter, "answer")).send(
        "van-ban/answer", findings="Đã gặp chị Nguyễn Thị Mai.", done="Tăng định lượng."
    )
    kept = issued(matter)[0].facts
    assert kept["done"] == "Tăng định lượng."
    assert "Mai" not in str(kept)
    assert "12 Quang Trung" not in str(kept)


# --- after a transfer -------------------------------------------------------------------------


def test_right_after_a_transfer_its_letter_is_offered_with_where_and_why(town, hang, app):
    matter = taken_up(town, town.hang, contact=MAI)
    matter.transfer(world.an_act(town.hang, "Việc này do Phòng quản lý."), town.office)
    db.session.commit()
    page = hang.see(f"/viec/{matter.reference}")
    assert "Vụ việc vừa được chuyển đi" in page.said
    letter = hang.see(form_of(matter, "transfer"))
    assert "Nguyễn Thị Mai" not in letter.said
    assert letter.send("van-ban/transfer").status == 200
    (paper,) = issued(matter)
    assert paper.full_number == "01/PC-THLĐT"
    words = read(app, paper)
    assert town.office.name in words
    assert "Việc này do Phòng quản lý." in words
    assert hang.client.get(f"/van-ban/{paper.pdf_name}").status_code == 200
    assert hang.see(form_of(matter, "answer")).status == 404


# --- the whole catalogue ----------------------------------------------------------------------

# What a clerk types into any field that the case did not fill.
TYPED = {"date": f"{YEAR}-12-01", "datetime-local": f"{YEAR}-12-01T08:30"}
GROUNDS = {"KN": "KN_TOO_LATE", "TC": "TC_FORM", "PA": "ELSEWHERE", "DK_TCD": "TCD_ANSWERED"}


def a_case_for(town: Town, code: str) -> Case:
    """A case that this paper fits."""
    fit = FITS[code]
    kind = next(k for k in GROUNDS if k in fit.kinds)
    matter = town.matter(kind_code=kind, signed=fit.signed, contact=MAI)
    matter.status = min(fit.statuses & set(matter.machine.statuses))
    db.session.commit()
    return matter


def filled_in(page: Seen, code: str, kind: str) -> dict[str, str]:
    """Something in every field that must not be blank, and the first ground or verdict."""
    chosen = {
        "verdict_code": "upheld" if code == "complaint_decision_again" else "right",
        "ground_code": GROUNDS[kind],
    }
    said = {name: value for name, value in chosen.items() if name in page.form(code).names}
    for _tag, found in page.page.elements:
        name = found.get("name", "")
        if "required" in found and not page.form(code).values.get(name) and name not in said:
            said[name] = TYPED.get(found.get("type", ""), "Nội dung văn thư ghi.")
    return said


@pytest.mark.parametrize("code", FITS)
def test_every_paper_goes_out_from_its_form(town, code, app):
    matter = a_case_for(town, code)
    desk = town.at_desk(town.hang if matter.owner_id == town.school.id else town.lan)
    page = desk.see(form_of(matter, code))
    assert PAPERS[code].label in page.said
    seen = page.send(f"van-ban/{code}", **filled_in(page, code, matter.kind_code))
    assert seen.status == 200, seen.said
    (paper,) = issued(matter)
    assert (paper.number is None) == (PAPERS[code].heading == "slip")
    assert len(read(app, paper)) > 300
