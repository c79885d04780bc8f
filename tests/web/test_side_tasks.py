"""What a matter asks for besides its answer: whom to tell, where to look, what to inspect."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from feedback import clock, db
from feedback.models.cases import Case
from feedback.rules.lifecycle import MoveRefused
from tests import world
from tests.web.colleagues import Colleague, Town, again

TUESDAY = datetime(2026, 11, 10, 9, 0, tzinfo=clock.OFFICE_ZONE)
DAY = timedelta(days=1)
LETTER = "Công văn 12/BTCD ngày 09/11/2026"


@pytest.fixture
def town(story, sign_in):
    with time_machine.travel(TUESDAY, tick=False):
        yield Town(sign_in)


def page(matter: Case) -> str:
    return f"/viec/{matter.reference}"


def running(matter: Case) -> dict[str, date]:
    return {d.rule_code: d.due_on for d in again(matter).deadlines if d.met_on is None}


def typed(hang: Colleague, **said: object) -> Case:
    told = {
        "channel": "paper", "kind": "TC", "about": "class_teacher", "signed": "y", "consent": "y",
        "name": "Trần Văn Bưởi", "text": "Giáo viên ép học thêm tại nhà.",
        "forwarder": "press", "forwarded_by": "Báo Phụ nữ, công văn 8/PN ngày 06/11/2026", **said,
    }  # fmt: skip
    seen = hang.see("/nhap").send("/nhap", **told)
    assert seen.status == 200, seen.said
    return db.session.scalars(select(Case).order_by(Case.id.desc()).limit(1)).one()


# --- passed on by another body ----------------------------------------------------------------


def test_the_press_hears_within_twenty_days_what_came_of_a_denunciation(hang):
    matter = typed(hang)
    assert (matter.forwarder_code, matter.events[-1].move_code) == ("press", "forwarded")
    assert running(matter)["TC_PRESS"] == date(2026, 11, 30)
    assert "Báo Phụ nữ" in hang.see(page(matter)).said


def test_an_elected_body_hears_within_seven_working_days_of_the_answer(town, hang):
    matter = town.matter()
    hang.see(page(matter)).send("/forwarded", forwarder="council", name="HĐND quận", note=LETTER)
    assert "FWD_RESULT" not in running(matter)
    matter = again(matter)
    matter.answer(world.an_act(town.hang, "Đã tăng suất ăn."), "explained", "Tăng suất ăn")
    db.session.commit()
    # The matter has ended; who passed it on is still owed a letter.
    assert not again(matter).is_open
    assert running(matter) == {"FWD_RESULT": date(2026, 11, 19)}
    hang.see(page(matter)).send("/tell_forwarder", note="Công văn 20/THLĐT")
    assert running(matter) == {}
    assert again(matter).status == "answered"


def test_the_confirmation_of_the_parent_does_not_settle_what_is_owed_to_the_forwarder(town):
    matter = town.matter()
    matter.forwarded(world.an_act(town.hang, LETTER), "congress", "Đoàn đại biểu Quốc hội")
    matter.answer(world.an_act(town.hang, "Xong."), "explained", "Tăng suất ăn")
    matter.confirm(world.an_act(as_parent=True), 3)
    db.session.commit()
    assert set(running(matter)) == {"FWD_RESULT"}


def test_without_a_forwarder_there_is_nobody_to_tell(town, hang):
    matter = town.matter()
    with pytest.raises(MoveRefused, match="Chưa ghi nơi chuyển đơn"):
        matter.tell_forwarder(world.an_act(town.hang, LETTER))
    assert "tell_forwarder" not in str(hang.see(page(matter)).page.forms)


def test_a_forwarder_without_a_name_is_asked_for_and_nothing_typed_is_lost(hang):
    told = {"forwarder": "press", "text": "Giáo viên ép học thêm.", "kind": "TC"}
    seen = hang.see("/nhap").send("/nhap", **told)
    assert seen.status == 422
    assert "Mời ghi tên nơi chuyển" in seen.said
    assert seen.form("/nhap").values["text"] == "Giáo viên ép học thêm."


# --- the first days of a denunciation ---------------------------------------------------------


def test_looking_in_several_places_gives_ten_working_days_from_the_same_day(town, hang):
    matter = town.matter(kind_code="TC", about_code="class_teacher", signed=True)
    assert running(matter)["TC_INITIAL"] == date(2026, 11, 19)
    hang.see(page(matter)).send("/verify_widely", note="Trường và nhà riêng ở Thủ Đức.")
    assert "TC_INITIAL" not in running(matter)
    assert running(matter)["TC_INITIAL_EXT"] == date(2026, 11, 25)
    assert "verify_widely" not in str(hang.see(page(matter)).page.forms)
    hang.act(matter, "accept")
    assert "TC_INITIAL_EXT" not in running(matter)


def test_what_is_not_ours_is_handed_on_within_five_working_days(town, hang):
    matter = town.matter(kind_code="TC", about_code="class_teacher", signed=True)
    hang.see(page(matter)).send("/not_ours", note="Người bị tố cáo thuộc phường quản lý.")
    assert running(matter)["TC_TRANSFER"] == date(2026, 11, 17)
    hang.act(matter, "transfer", unit="PGD", note="Thuộc thẩm quyền của Phòng.")
    assert "TC_TRANSFER" not in running(matter)


# --- anonymous, but concrete ------------------------------------------------------------------


@pytest.fixture
def concrete(town, hang) -> Case:
    matter = town.matter(kind_code="TC", about_code="class_teacher")
    hang.see(page(matter)).send("/find_concrete", note="Nêu tên, ngày, có ảnh sổ thu.")
    return again(matter)


def test_concrete_information_is_not_filed_before_it_was_inspected(town, hang, concrete):
    seen = hang.see(page(concrete))
    assert "Việc phải làm: thanh tra, kiểm tra hoặc chuyển" in seen.said
    assert not [f for f in seen.page.forms if f.action.endswith(("/answer", "/refuse"))]
    with pytest.raises(MoveRefused, match="Điều 25 khoản 2"):
        concrete.refuse(world.an_act(town.hang, "Lưu."), "NO_MATTER")
    seen = seen.send("/inspect", note="Tổ kiểm tra 3 người, ngày 10/11, không thấy sổ thu.")
    assert "Việc phải làm: thanh tra" not in seen.said
    assert again(concrete).inspected_on == date(2026, 11, 10)
    assert [f for f in seen.page.forms if f.action.endswith("/answer")]


def test_handing_it_on_is_the_other_end(town, hang, concrete):
    hang.see(page(concrete)).send("/transfer", unit="PGD", note="Thuộc thẩm quyền của Phòng.")
    kept = again(concrete)
    assert (kept.owes_inspection, kept.transferred_on) == (False, date(2026, 11, 10))


def test_the_sender_reads_nothing_of_the_inspection(town, parent, hang, concrete):
    hang.see(page(concrete)).send("/inspect", note="Không thấy sổ thu.")
    assert [m for m in again(concrete).messages if not m.internal] == []


def test_only_a_denunciation_is_inspected_so(town):
    matter = town.matter(kind_code="KN")
    with pytest.raises(MoveRefused, match="Chỉ thông tin có nội dung tố cáo"):
        matter.find_concrete(world.an_act(town.hang, "Rõ."))
