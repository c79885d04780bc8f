"""Several parents write about one thing: one matter, one answer, each told for themselves."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from analysis.periods import period
from feedback import clock, db, grounds, joining, matters, notices, reporting, splitting
from feedback.intake import Receipt
from feedback.models.cases import Case
from feedback.models.notices import Notice
from feedback.models.units import load_calendar
from tests import world
from tests.eyes import Seen, Visitor
from tests.web.colleagues import Colleague, Town, again

PAGE = "/hop-viec/gop"
MAI = "Máy lạnh lớp 2/3 hư cả tháng, trưa nóng các con không ngủ được."
TUAN = "Lớp 2/3 máy lạnh hư, các con trưa nóng quá, không ngủ được."
BUS = "Xe đưa rước tuyến số 4 sáng nay tới trễ bốn mươi phút."


def sent(town: Town, text: str, name: str = "Nguyễn Thị Mai", **said: object) -> Receipt:
    mail = f"{name.split()[-1].lower()}@demo.invalid"
    contact = world.a_contact(name=name, email=mail)
    told = {"subject_code": "CSVC", "about_code": "facilities", "wish": "", **said}
    receipt = world.a_receipt(town.school, clock.now(), None, text=text, contact=contact, **told)
    db.session.commit()
    return receipt


@pytest.fixture
def mai(town) -> Receipt:
    return sent(town, MAI)


@pytest.fixture
def tuan(town) -> Receipt:
    return sent(town, TUAN, "Lê Anh Tuấn")


def heap(colleague: Colleague, *cases: Case) -> Seen:
    return colleague.post(PAGE, [("pick", case.reference) for case in cases])


def join(colleague: Colleague, *cases: Case) -> Seen:
    return heap(colleague, *cases).send("gop", step="do", note="Cùng một máy lạnh")


def follow(parent: FlaskClient, receipt: Receipt) -> Seen:
    return Visitor(parent).post("/tra-cuu", {"code": receipt.code})


def answer(town: Town, case: Case) -> None:
    again(case).answer(world.an_act(town.hang, "Đã thay máy mới."), "done", "Thay máy lạnh")
    db.session.commit()


def test_the_page_of_a_case_suggests_its_likely_twin(town, hang, mai, tuan):
    sent(town, BUS, "Trần Văn Bình", subject_code="DUA_DON")
    page = hang.see(f"/viec/{mai.case.reference}")
    assert "Có thể cùng một việc" in page.said
    assert tuan.case.reference in page.said
    assert "tuyến số 4" not in page.said


def test_what_an_officer_may_not_see_is_never_suggested(town, hang, mai):
    secret = sent(town, MAI, "Lê Anh Tuấn", about_code="school")
    page = hang.see(f"/viec/{mai.case.reference}")
    assert secret.case.reference not in page.said
    assert "Có thể cùng một việc" not in page.said


def test_hang_looks_first_and_nothing_is_written(town, hang, mai, tuan):
    page = heap(hang, mai.case, tuan.case)
    assert "Sẽ gộp 1 việc" in page.said
    assert again(tuan.case).status == "new"


def test_joined_they_are_one_row_and_one_count(town, hang, mai, tuan):
    page = join(hang, mai.case, tuan.case)
    assert "Đã gộp 1 việc" in page.said
    assert (again(tuan.case).status, again(tuan.case).joined_to_id) == ("joined", mai.case.id)
    listed = hang.see("/hop-viec?folder=all")
    assert mai.case.reference in listed.said
    assert tuan.case.reference not in listed.said
    held = select(Case).where(grounds.counted_in({town.school.id}))
    assert [case.id for case in db.session.scalars(held)] == [mai.case.id]
    assert len(again(mai.case).submissions) == 2


def test_the_words_of_a_joined_letter_find_the_matter(town, hang, mai, tuan):
    join(hang, mai.case, tuan.case)
    assert mai.case.reference in hang.see("/hop-viec?q=nóng+quá").said
    answer = town.client(town.hang).get(f"/viec/{tuan.case.reference}")
    assert answer.location == f"/viec/{mai.case.reference}"


def test_each_sender_keeps_the_code_and_reads_the_common_answer(town, hang, parent, mai, tuan):
    join(hang, mai.case, tuan.case)
    answer(town, mai.case)
    for receipt, own, foreign in ((mai, MAI, TUAN), (tuan, TUAN, MAI)):
        page = follow(parent, receipt)
        assert "Đã thay máy mới." in page.said
        assert receipt.case.reference in page.said
        assert own in page.said
        assert foreign not in page.said


def test_each_sender_is_told_individually(town, hang, mai, tuan):
    notices.announce(db.session(), clock.now())
    db.session.commit()
    before = set(db.session.scalars(select(Notice.id)))
    join(hang, mai.case, tuan.case)
    notices.announce(db.session(), clock.now())
    answer(town, mai.case)
    notices.announce(db.session(), clock.now())
    news = [
        n for n in db.session.scalars(select(Notice)) if n.id not in before and n.officer is None
    ]
    told = {n.submission_id for n in news if n.event and n.event.move_code == "answer"}
    assert told == {mai.submission.id, tuan.submission.id}
    assert [n.submission_id for n in news if n.event and n.event.move_code == "join"] == [
        tuan.submission.id
    ]


def test_what_was_said_to_one_stays_with_that_one(town, hang, parent, mai, tuan):
    tuan.case.ask(world.an_act(town.hang, "Cháu nào hay bị ho, thưa anh?"))
    db.session.commit()
    join(hang, mai.case, tuan.case)
    follow(parent, tuan).send("viet-them", text="Cháu Bình nhà tôi, có giấy khám.")
    assert "Cháu nào hay bị ho" not in follow(parent, mai).said
    assert "giấy khám" not in follow(parent, mai).said
    assert "giấy khám" in follow(parent, tuan).said
    assert "giấy khám" in hang.see(f"/viec/{mai.case.reference}").said


def test_parted_again_each_has_its_own_words_and_clocks(town, hang, parent, mai, tuan):
    due, clocks = tuan.case.due_on, [(d.rule_code, d.met_on) for d in tuan.case.deadlines]
    tuan.case.ask(world.an_act(town.hang, "Cháu nào hay bị ho, thưa anh?"))
    db.session.commit()
    join(hang, mai.case, tuan.case)
    page = hang.see(f"/viec/{mai.case.reference}").send(f"tach-lai/{tuan.case.reference}")
    assert "Đã tách lại" in page.said
    parted, main = again(tuan.case), again(mai.case)
    assert (parted.status, parted.joined_to_id, parted.due_on) == ("new", None, due)
    assert [(d.rule_code, d.met_on) for d in parted.deadlines] == clocks
    assert [s.text for s in parted.submissions] == [TUAN]
    assert [s.text for s in main.submissions] == [MAI]
    assert [m.text for m in parted.messages] == ["Cháu nào hay bị ho, thưa anh?"]
    assert parted.reference in hang.see("/hop-viec?folder=all").said
    assert "giải quyết chung" not in follow(parent, tuan).said


def test_joined_parted_and_joined_again(town, hang, mai, tuan):
    for _ in range(2):
        join(hang, mai.case, tuan.case)
        assert again(tuan.case).status == "joined"
        hang.see(f"/viec/{mai.case.reference}").send(f"tach-lai/{tuan.case.reference}")
        assert again(tuan.case).status == "new"


def test_an_answered_matter_is_not_parted(town, hang, mai, tuan):
    join(hang, mai.case, tuan.case)
    answer(town, mai.case)
    path = f"/viec/{mai.case.reference}/tach-lai/{tuan.case.reference}"
    assert town.client(town.hang).post(path).status_code == 404
    assert again(tuan.case).status == "joined"


def test_one_who_withdraws_leaves_the_others_matter_alone(town, hang, parent, mai, tuan):
    for quitter, stayer in ((tuan, mai), (mai, tuan)):
        join(hang, *(again(r.case) for r in (mai, tuan)))
        follow(parent, quitter).send("rut", text="Con tôi đã chuyển trường.")
        assert again(quitter.case).status == "withdrawn"
        assert again(stayer.case).is_open
        again(quitter.case).reopen(world.an_act(town.hang, "Xin mở lại"))
        db.session.commit()


def test_it_is_over_when_every_sender_says_so(town, hang, parent, mai, tuan):
    join(hang, mai.case, tuan.case)
    answer(town, mai.case)
    page = follow(parent, mai).send("da-on")
    assert "còn chờ những người gửi khác" in page.said
    assert again(mai.case).status == "answered"
    follow(parent, tuan).send("da-on")
    assert again(mai.case).status == "closed"


def test_one_who_disagrees_opens_it_again_for_all(town, hang, parent, mai, tuan):
    join(hang, mai.case, tuan.case)
    answer(town, mai.case)
    follow(parent, mai).send("da-on")
    asked = follow(parent, tuan)
    asked.visitor.post("/tra-cuu/chua-on", asked.form("da-on").values).send(
        "chua-on", text="Hôm nay máy lại chảy nước."
    )
    assert again(mai.case).is_open
    answer(town, mai.case)
    assert again(mai.case).agreed() == set()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"kind_code": "KN"}, "cách giải quyết khác nhau"),
        ({"about_code": "school"}, "Việc kín với trường"),
        ({"subject_code": "TUYEN_SINH"}, "Việc kín với trường"),
    ],
)
def test_what_is_of_another_kind_cannot_be_joined(town, mai, said, why):
    stranger = sent(town, MAI, "Lê Anh Tuấn", **said)
    pair = joining.pairs(db.session(), mai.case, [stranger.case])
    assert why in pair[0].why_not


def test_a_signed_petition_is_joined_to_nothing(town, hang):
    first, second = (sent(town, MAI, kind_code="KN") for _ in range(2))
    matters.sign(
        first.case, world.an_act(town.hang), world.KEYS, world.a_contact(identity="079123456789")
    )
    db.session.commit()
    assert "Một bên là đơn đã ký" in heap(hang, first.case, second.case).said
    matters.sign(
        again(second.case),
        world.an_act(town.hang),
        world.KEYS,
        world.a_contact(identity="079123456780"),
    )
    db.session.commit()
    assert "riêng từng đơn" in heap(hang, first.case, second.case).said


def test_the_two_parts_of_a_letter_are_not_joined_to_each_other(town, hang, mai):
    part = splitting.Part("PA", "CSVC", "facilities", "Đèn hành lang hư.", MAI)
    light = splitting.split(db.session(), mai.case, part, world.an_act(town.hang), world.KEYS)
    db.session.commit()
    assert "Hai phần tách từ cùng một thư" in heap(hang, mai.case, light).said


def test_one_alone_cannot_be_joined(town, hang, mai):
    assert "ít nhất hai việc" in heap(hang, mai.case).said


def test_nothing_is_joined_that_has_changed_since_it_was_looked_at(town, hang, mai, tuan):
    page = heap(hang, mai.case, tuan.case)
    again(tuan.case).add_note(world.an_act(town.hang, "Đã gọi điện."))
    db.session.commit()
    refused = page.send("gop", step="do", note="Cùng một máy lạnh")
    assert refused.status == 409
    assert again(tuan.case).status == "new"


def test_a_matter_hidden_later_stays_hidden_when_parted(town, hang, mai, tuan):
    join(hang, mai.case, tuan.case)
    main = again(mai.case)
    matters.reclassify(main, world.an_act(town.hang, "Về ban giám hiệu"), "PA", "CSVC", "school")
    joining.part(db.session(), again(tuan.case), main, world.an_act(town.lan))
    db.session.commit()
    parted = again(tuan.case)
    assert (parted.owner_id, parted.hidden_from_school) == (town.office.id, True)
    assert town.client(town.hang).get(f"/viec/{parted.reference}").status_code == 404


def test_a_joined_matter_counts_once_and_its_letters_each(town, hang, mai, tuan):
    sent(town, BUS, "Trần Văn Bình", subject_code="DUA_DON")
    join(hang, mai.case, tuan.case)
    asked = grounds.Asked(
        period(f"{clock.today().year}"), clock.today(), load_calendar(db.session())
    )
    ground = grounds.ground_on(db.session(), town.school, clock.today())
    made = reporting.tables(reporting.material(db.session(), ground, asked), ["register"])
    lines = {row.code: row.cells[0] for row in made["register"].rows}
    assert (lines["received"].value, lines["letters"].value) == (2, 3)
    where = dict(lines["received"].where or {})
    listed = hang.see("/hop-viec?" + "&".join(f"{k}={v}" for k, v in where.items()))
    assert "2 việc" in listed.said
