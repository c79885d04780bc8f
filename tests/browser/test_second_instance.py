"""From web information to the second decision: a parent at a phone, the school and the Office."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Date, Engine, Table, select, update

from feedback import clock
from feedback.db import Base, Moment, make_engine
from feedback.models.cases import Case
from feedback.models.events import CaseDeadline, CaseEvent, CasePause, Message
from tests.browser.conftest import LAPTOP, House, Visit, Visitor, tell
from tests.browser.test_journey import _receipt, _scan, _track

pytestmark = pytest.mark.browser
WORDS = "Nhà trường thu tiền học phẩm của con tôi hai lần, có hai biên lai."
CLAIM = "Quyết định bỏ qua biên lai thứ hai; tôi yêu cầu trả lại tiền."


@pytest.fixture(scope="module")
def engine_of_house(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def days_go_by(engine: Engine, reference: str, days: int) -> None:
    """Everything written of this case is so many days older: as if they had gone by."""
    with engine.begin() as connection:
        number = connection.execute(select(Case.id).where(Case.reference == reference)).scalar_one()
        for model, key in (
            (Case, "id"), (CaseEvent, "case_id"), (CaseDeadline, "case_id"),
            (CasePause, "case_id"), (Message, "case_id"),
        ):  # fmt: skip
            table = Base.metadata.tables[model.__tablename__]
            _make_older(connection, table, table.c[key] == number, timedelta(days=days))


def _make_older(connection: Any, table: Table, mine: Any, by: timedelta) -> None:
    dated = [c for c in table.c if isinstance(c.type, Date | Moment)]
    for row in connection.execute(select(table).where(mine)).mappings().all():
        older = {c.name: row[c.name] - by for c in dated if _is_time(row[c.name])}
        if older:
            connection.execute(update(table).where(table.c.id == row["id"]).values(older))


def _is_time(value: object) -> bool:
    return isinstance(value, date | datetime)


def fill(staff: Visitor, move: str, button: str, **told: Any) -> None:
    """Open the form of a move, fill it in and press its button."""
    form = staff.page.locator(f"form[action*='/{move}']")
    if not form.is_visible():
        staff.page.locator("details", has=form).locator("summary").first.click()
    tell(form, **told)
    form.get_by_role("button", name=button).click()
    staff.page.wait_for_load_state()
    staff.inspect()


def write(mai: Visitor) -> tuple[str, str]:
    """Mai complains over the web, about something that is her own child's."""
    _scan(mai, "Khiếu nại · Tố cáo")
    mai.page.locator("input[name=harmed][value=yes]").check()
    mai.page.locator("input[name=unlawful][value=no]").check()
    mai.page.get_by_role("radio", name="Lớp học, giáo viên").check()
    mai.press("Xem cách gửi")
    mai.page.locator("main .actions a").first.click()
    mai.inspect()
    mai.page.get_by_label("Chuyện gì, ở đâu, khi nào?").fill(WORDS)
    mai.press("Gửi")
    assert mai.sees("Đã nhận")
    return _receipt(mai)


def the_first_instance(clerk: Visitor, principal: Visitor, reference: str) -> None:
    clerk.go(f"/viec/{reference}")
    fill(
        clerk, "sign", "Ghi nhận chữ ký",
        name="Nguyễn Thị Mai", address="12 Phan Văn Trị", identity="079180001234",
    )  # fmt: skip
    clerk.act(reference, "accept", "Thụ lý")
    fill(
        clerk, "trinh-ky/decide", "Trình ký",
        result="kn_wrong", note="Khoản thu là đúng quy định.",
    )  # fmt: skip
    # What the clerk laid before the principal is in the form already.
    principal.act(reference, "decide", "Ra quyết định")
    principal.press("Đã gửi quyết định")
    assert principal.sees("Đã gửi quyết định lần đầu")


def the_second_instance(office: Visitor, chair: Visitor, engine: Engine, reference: str) -> None:
    office.go(f"/viec/{reference}")
    assert office.sees(CLAIM)
    fill(office, "lodge_again", "Nhận đơn lần hai", note="Đơn nộp tại Phòng.", signed=True)
    office.act(reference, "accept_again", "Thụ lý lần hai")
    day = clock.today() + timedelta(days=7)
    office.act(
        reference, "invite", "Mời đối thoại", day=f"{day}", note="9 giờ, phòng tiếp công dân."
    )
    days_go_by(engine, reference, 8)
    office.act(
        reference, "dialogue", "Lưu kết quả đối thoại",
        day=f"{clock.today()}", note="Hai bên thống nhất.",
    )  # fmt: skip
    fill(
        office, "trinh-ky/decide_again", "Trình ký",
        result="kn_changed", note="Hủy quyết định lần đầu, trả lại tiền thu trùng.",
    )  # fmt: skip
    chair.act(reference, "decide_again", "Ra quyết định lần hai")
    office.go(f"/viec/{reference}")
    office.press("Đã gửi quyết định")
    assert office.sees("Đã gửi quyết định lần hai")


def test_mai_complains_again_and_the_office_decides_after_a_dialogue(
    visit: Visit, house: House, engine_of_house: Engine
):
    mai = visit()
    reference, code = write(mai)
    clerk, principal = visit(viewport=LAPTOP), visit(viewport=LAPTOP)
    clerk.sign_in("clerk", house.school())
    principal.sign_in("principal", house.school())
    the_first_instance(clerk, principal, reference)

    days_go_by(engine_of_house, reference, 3)
    _track(mai, code)
    assert mai.sees("anh/chị có quyền khiếu nại lần hai")
    assert mai.sees("Nộp đơn lần hai chậm nhất")
    mai.page.get_by_label("Anh/chị không đồng ý ở điểm nào").fill(CLAIM)
    mai.press("Lập đơn để in và ký")
    assert mai.sees("Tải đơn lần hai để in và ký (PDF)")
    printed = mai.page.request.post(f"{house.url}/tra-cuu/don-lan-hai", form={"code": code})
    assert printed.headers["content-type"] == "application/pdf"
    assert re.match(rb"%PDF", printed.body())

    office, chair = visit(viewport=LAPTOP), visit(viewport=LAPTOP)
    office.sign_in("office", "PGD")
    chair.sign_in("chair", "UBGV")
    the_second_instance(office, chair, engine_of_house, reference)
    clerk.go("/hom-nay")

    _track(mai, code)
    assert mai.sees("Hủy quyết định lần đầu, trả lại tiền thu trùng.")
    assert not mai.sees("Nộp đơn lần hai chậm nhất")
