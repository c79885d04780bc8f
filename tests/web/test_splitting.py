"""A mixed letter at the desk: looked at, split, and followed by its sender with one code."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from analysis.periods import period
from feedback import clock, db, grounds, notices, reporting
from feedback.intake import Receipt
from feedback.models.cases import Case
from feedback.models.notices import Notice
from feedback.models.submissions import Attachment
from feedback.models.units import load_calendar
from feedback.shelf import JPEG
from tests import world
from tests.eyes import Seen, Visitor
from tests.web.colleagues import Colleague, Town, again

FOOD = "Bữa trưa của bé ít thịt, con về nói đói."
# By the given name alone: with the title the whole letter would go past the school by itself.
MONEY = "Thầy Hòa nhận phong bì để xếp lớp chọn."
LIGHT = "Đèn hành lang lầu 2 hư đã một tháng."
SECRET = {"text": MONEY, "kept": FOOD, "kind": "TC", "subject": "THU_CHI", "about": "leaders"}
OPEN = {"text": LIGHT, "kept": FOOD, "kind": "PA", "subject": "CSVC", "about": "facilities"}


def sent(town: Town, second: str, **said: object) -> Receipt:
    receipt = world.a_receipt(
        town.school,
        clock.now(),
        None,
        text=f"{FOOD} {second}",
        wish="",
        contact=world.a_contact(),
        **said,
    )
    db.session.commit()
    return receipt


def split(colleague: Colleague, case: Case, **told: str) -> Seen:
    looked = colleague.see(f"/viec/{case.reference}/tach").send("tach", step="look", **told)
    return looked.send("tach", step="do")


def other(case: Case) -> Case:
    """The one other matter of the town."""
    db.session.expire_all()
    return db.session.scalars(select(Case).where(Case.id != case.id)).one()


def follow(parent: FlaskClient, receipt: Receipt, part: str = "") -> Seen:
    return Visitor(parent).post("/tra-cuu", {"code": receipt.code, "part": part})


def test_hang_sees_where_the_part_goes_before_anything_is_written(town, hang):
    letter = sent(town, MONEY).case
    page = hang.see(f"/viec/{letter.reference}/tach").send("tach", step="look", **SECRET)
    assert town.office.name in page.said
    assert "rời khỏi trường" in page.said
    assert "trích nguyên văn" in page.said
    assert db.session.query(Case).count() == 1


def test_two_parts_of_one_school_are_linked_both_ways(town, hang):
    letter = sent(town, LIGHT).case
    page = split(hang, letter, **OPEN)
    light = other(letter)
    assert light.reference in page.said
    assert FOOD in page.said
    assert letter.reference in hang.see(f"/viec/{light.reference}").said


def test_the_sender_follows_both_parts_with_one_code(town, hang, parent):
    receipt = sent(town, LIGHT)
    split(hang, receipt.case, **OPEN)
    light = other(receipt.case)
    page = follow(parent, receipt)
    assert "Thư của anh/chị có 2 phần" in page.said
    assert receipt.case.reference in page.said
    assert light.reference in page.said
    theirs = follow(parent, receipt, light.reference)
    assert LIGHT in theirs.said
    said = theirs.send("viet-them", text="Tối qua đèn vẫn chưa sáng.")
    assert "Tối qua đèn vẫn chưa sáng." in said.said
    assert [m.text for m in again(light).messages] == ["Tối qua đèn vẫn chưa sáng."]
    assert again(receipt.case).messages == []


def test_a_code_opens_no_part_of_somebody_elses_letter(town, hang, parent):
    receipt, stranger = sent(town, LIGHT), town.matter(text="Xe đưa rước tới trễ ba lần.")
    page = follow(parent, receipt, stranger.reference)
    assert "Xe đưa rước" not in page.said
    assert receipt.case.reference in page.said


def test_the_school_finds_nothing_of_a_part_about_its_head(town, hang):
    receipt = sent(town, MONEY)
    letter = receipt.case
    letter.submission.attachments.append(
        Attachment(name="0" * 32, media_type=JPEG, size=1, sha256="0" * 64)
    )
    db.session.commit()
    gone = letter.reference
    page = split(hang, letter, **SECRET)
    rest = other(letter)
    assert FOOD in page.said
    for officer in (town.hang, town.hoa):
        at_school = town.at_desk(officer)
        for path in (
            "/hom-nay",
            "/hop-viec",
            "/hop-viec?folder=all",
            "/so-tiep-cong-dan",
            f"/viec/{rest.reference}",
        ):
            said = at_school.see(path).said
            assert gone not in said, path
            assert "phong bì" not in said, path
            assert "Các phần khác" not in said, path
            assert "Tách một phần thành vụ việc riêng" not in said, path
        for asked in (gone, "phong+bì", "phong+bi", "hieu+truong+nhan"):
            assert "Không có việc nào khớp" in at_school.see(f"/hop-viec?q={asked}").said, asked
        for path in (f"/viec/{gone}", f"/viec/{gone}/tach", f"/tep/{'0' * 32}"):
            assert town.client(officer).get(path).status_code == 404, path
    assert "1 việc" in at_school.see("/hop-viec?folder=all").said


def test_no_letter_about_it_reaches_the_school(town, hang):
    receipt = sent(town, MONEY)
    notices.announce(db.session(), clock.now())
    before = set(db.session.scalars(select(Notice.id)))
    split(hang, receipt.case, **SECRET)
    notices.announce(db.session(), clock.now())
    letter = again(receipt.case)
    new = [n for n in db.session.scalars(select(Notice)) if n.id not in before]
    told = {(n.officer.name, n.event.case_id == letter.id) for n in new if n.officer and n.event}
    assert told == {(town.lan.name, True), (town.hang.name, False)}
    assert any(n.officer is None for n in new)


def test_the_office_reads_the_letter_its_history_and_both_parts(town, hang):
    letter = sent(town, MONEY).case
    split(hang, letter, **SECRET)
    rest = other(letter)
    page = town.at_desk(town.lan).see(f"/viec/{letter.reference}")
    assert MONEY in page.said
    assert rest.reference in page.said
    assert "Tách một phần thành vụ việc riêng" in page.said


def test_the_sender_of_a_mixed_letter_sees_both_parts_and_who_answers(town, hang, parent):
    receipt = sent(town, MONEY)
    split(hang, receipt.case, **SECRET)
    page = follow(parent, receipt)
    assert "Thư của anh/chị có 2 phần" in page.said
    assert "Nhà trường không nhìn thấy phiếu này" in page.said
    assert MONEY not in page.said
    assert FOOD in follow(parent, receipt, other(receipt.case).reference).said


def test_what_stays_may_not_repeat_what_was_taken_out(town, hang):
    letter = sent(town, MONEY).case
    page = hang.see(f"/viec/{letter.reference}/tach").send(
        "tach", step="look", **{**SECRET, "kept": letter.submission.text}
    )
    assert page.status == 422
    assert "còn nguyên câu của phần tách ra" in page.said
    assert MONEY in page.said


@pytest.mark.parametrize("missing", ["text", "kept", "kind", "subject", "about"])
def test_a_split_says_what_it_lacks_and_keeps_the_rest(town, hang, missing):
    letter = sent(town, LIGHT).case
    page = hang.see(f"/viec/{letter.reference}/tach").send(
        "tach", step="look", **{**OPEN, missing: ""}
    )
    assert page.status == 422
    assert "Mời" in page.said
    assert (LIGHT if missing != "text" else FOOD) in page.said


def test_nothing_is_split_that_was_not_looked_at(town, hang):
    letter = sent(town, LIGHT).case
    looked = hang.see(f"/viec/{letter.reference}/tach").send("tach", step="look", **OPEN)
    page = looked.send("tach", step="do", about="leaders")
    assert page.status == 409
    assert "Có điều vừa thay đổi" in page.said
    assert db.session.query(Case).count() == 1


def test_another_school_splits_nothing(town):
    letter = sent(town, LIGHT).case
    assert town.client(town.bao).get(f"/viec/{letter.reference}/tach").status_code == 404


def test_the_office_may_split_what_a_school_answers(town):
    letter = sent(town, MONEY).case
    split(town.at_desk(town.lan), letter, **SECRET)
    assert again(letter).hidden_from_school
    assert other(letter).owner_id == town.school.id


def test_an_answered_letter_is_not_split(town, hang):
    matter = world.an_answered_case(town.school, town.hang)
    db.session.commit()
    assert town.client(town.hang).get(f"/viec/{matter.reference}/tach").status_code == 404


def test_each_part_is_counted_once_where_it_is_answered(town, hang):
    letter = sent(town, MONEY).case
    split(hang, letter, **SECRET)
    for unit, expected in ((town.school, 1), (town.office, 1)):
        held = select(Case).where(grounds.counted_in({unit.id}))
        assert len(db.session.scalars(held).all()) == expected


def test_no_table_of_the_school_counts_the_part(town, hang):
    split(hang, sent(town, MONEY).case, **SECRET)
    today, calendar = clock.today(), load_calendar(db.session())
    asked = grounds.Asked(period(f"{today.year}"), today, calendar)
    ground = grounds.ground_on(db.session(), town.school, today)
    made = reporting.tables(reporting.material(db.session(), ground, asked), ["register"])
    lines = {row.code: row.cells[0].value for row in made["register"].rows}
    told = ("received", "letters", "kind:PA", "kind:TC", "transferred", "escalated", "carried")
    assert [lines[code] for code in told] == [1, 1, 1, 0, 0, 0, 0]
    assert "Tố cáo,1" not in made["register"].to_csv()
