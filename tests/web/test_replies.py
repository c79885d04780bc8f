"""Reply templates: written by a desk, lent by the Office, put into a reply with nothing lost."""

import pytest

from feedback import clock, db, replies
from feedback.models.replies import ReplyTemplate
from feedback.models.units import Unit
from feedback.rules.reply_fields import REPLY_FIELDS
from tests import world
from tests.web.colleagues import again

TEXT = "Kính gửi anh/chị, hồ sơ {mã hồ sơ} đã được {đơn vị trả lời} xem. {người trả lời}"


def a_template(unit: Unit, name: str = "Đã xem", text: str = TEXT, shared: bool = False):
    made = ReplyTemplate(unit=unit, unit_id=unit.id)
    made.rewrite(name, text, shared, clock.now())
    db.session.add(made)
    db.session.commit()
    return made


def test_every_field_of_the_catalogue_has_a_value_in_a_case(town):
    matter = town.matter()
    values = replies.values(matter, town.hang, clock.today())
    assert values.keys() == REPLY_FIELDS.keys()
    assert all(values.values())


def test_hang_writes_a_template_mends_it_retires_it_and_brings_it_back(town, hang):
    page = hang.see("/mau-tra-loi/moi").send("/moi", name="Bếp ăn", text=TEXT)
    assert "Đã lưu mẫu “Bếp ăn”." in page.said
    made = db.session.query(ReplyTemplate).one()
    assert made.unit_id == town.school.id
    hang.see(f"/mau-tra-loi/{made.id}").send(str(made.id), text="Kính gửi, {hạn}.")
    assert again_template(made).text == "Kính gửi, {hạn}."
    hang.see("/mau-tra-loi").send("/ngung")
    assert again_template(made).retired_at
    assert "Đã ngừng dùng (1)" in hang.see("/mau-tra-loi").said
    hang.see("/mau-tra-loi").send("/dung-lai")
    assert again_template(made).retired_at is None


def again_template(made: ReplyTemplate) -> ReplyTemplate:
    db.session.expire_all()
    return db.session.get_one(ReplyTemplate, made.id)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Chào {tên con}, xin cảm ơn.", "Không có trường nào tên là {tên con}"),
        ("Chào anh/chị, hẹn {hạn", "chưa thành cặp"),
    ],
)
def test_a_gap_nothing_can_fill_is_refused_with_a_sentence(hang, text, says):
    page = hang.see("/mau-tra-loi/moi").send("/moi", name="Sai chỗ", text=text)
    assert page.status == 422
    assert says in page.said
    assert text in page.form("/moi").values["text"]
    assert db.session.query(ReplyTemplate).count() == 0


# --- whose ------------------------------------------------------------------------------------


def test_the_office_lends_its_templates_and_only_those(town, hang):
    a_template(town.office, "Mẫu chung", shared=True)
    a_template(town.office, "Mẫu riêng của Phòng")
    a_template(town.other, "Mẫu của trường khác")
    said = hang.see("/mau-tra-loi").said
    assert "Mẫu chung" in said
    assert "Mẫu riêng của Phòng" not in said
    assert "Mẫu của trường khác" not in said


def test_another_unit_s_template_is_not_there_to_be_read_or_changed(town, hang):
    for one in (a_template(town.other), a_template(town.office, shared=True)):
        assert hang.client.get(f"/mau-tra-loi/{one.id}").status_code == 404
        assert hang.client.post(f"/mau-tra-loi/{one.id}/ngung").status_code == 404


def test_a_school_lends_to_nobody_even_if_it_asks(town, hang):
    form = hang.see("/mau-tra-loi/moi").form("/moi")
    assert "shared" not in form.names
    for name, value in {"name": "Tên", "text": TEXT, "shared": "y"}.items():
        form.values[name] = value
    hang.post("/mau-tra-loi/moi", form.values)
    assert db.session.query(ReplyTemplate).one().shared is False


def test_an_administrator_has_no_templates(town):
    chief = world.an_officer(town.school, "admin")
    assert town.client(chief).get("/mau-tra-loi").status_code == 404


# --- in the reply box -------------------------------------------------------------------------


def test_the_words_come_after_what_was_typed_and_nothing_is_sent(town, hang):
    matter, one = town.matter(), a_template(town.school)
    page = hang.see(f"/viec/{matter.reference}")
    typed = {"note": "Chào chị Mai,", "done": "Đã gọi bếp", "outcome": "explained"}
    values = page.form("/answer").values
    for name, value in {**typed, "template": str(one.id)}.items():
        values[name] = value
    shown = hang.post(f"/viec/{matter.reference}/chen-mau", values).form("/answer").values
    assert shown["note"].startswith("Chào chị Mai,\n\nKính gửi anh/chị, hồ sơ ")
    assert matter.reference in shown["note"]
    assert "Trường Tiểu học Lê Đức Thọ xem. Trần Thị Thu Hằng" in shown["note"]
    assert shown["done"] == "Đã gọi bếp"
    assert shown["outcome"] == "explained"
    assert again(matter).messages == []


def test_a_reply_with_an_open_gap_is_not_sent(town, hang):
    matter = town.matter()
    page = hang.see(f"/viec/{matter.reference}").send(
        "/answer", outcome="explained", done="Đã xem", note="Trả lời trước ngày {hạn} nhé."
    )
    assert page.status == 422
    assert "Còn chỗ chưa điền: {hạn}" in page.said
    assert again(matter).status == "new"


@pytest.mark.parametrize("wanted", ["", "999999", "x"])
def test_no_template_chosen_is_said(town, hang, wanted):
    matter = town.matter()
    a_template(town.school)
    values = hang.see(f"/viec/{matter.reference}").form("/answer").values
    values["template"] = wanted
    page = hang.post(f"/viec/{matter.reference}/chen-mau", values)
    assert page.status == 422
    assert "Mời chọn một mẫu" in page.said


def test_a_template_of_another_school_cannot_be_put_in(town, hang):
    matter, foreign = town.matter(), a_template(town.other, text="Bí mật của trường khác ở đây.")
    a_template(town.school)
    values = hang.see(f"/viec/{matter.reference}").form("/answer").values
    values["template"] = str(foreign.id)
    page = hang.post(f"/viec/{matter.reference}/chen-mau", values)
    assert "Bí mật" not in page.answer.get_data(as_text=True)


def test_what_the_school_may_not_see_has_no_reply_box_to_put_words_in(town, hang):
    secret, one = town.secret(), a_template(town.school)
    asked = {"template": str(one.id)}
    found = hang.client.post(f"/viec/{secret.reference}/chen-mau", data=asked)
    assert found.status_code == 404
    # The Office oversees the school, but a case at the school is not its to answer.
    lan = town.client(town.lan)
    assert lan.post(f"/viec/{town.matter().reference}/chen-mau", data=asked).status_code == 404
