"""Points: what comes of a printed code, its prints, and its life from making to revoking."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, event

from feedback import clock, db
from feedback.models.points import PointDay, QrPoint
from tests.web.counter import get, in_days, now_in_base, page, send
from tests.world import a_point, a_receipt, a_school, an_office, an_officer

LONG_PLACE = "Bảng tin trước phòng y tế và phòng tiếp công dân, tầng trệt dãy nhà B, " * 2


@pytest.fixture
def office(story):
    return an_office()


@pytest.fixture
def school(office):
    return a_school(office=office)


@pytest.fixture
def clerk(school, sign_in):
    return sign_in(an_officer(school, name="Trần Thị Lan"))


@pytest.fixture
def gate(school):
    return a_point(school, "Cổng chính")


def scanned(point: QrPoint, scans: int, starts: int, ago: int = 1) -> None:
    day = PointDay(point_id=point.id, day=in_days(-ago), scans=scans, starts=starts)
    db.session.add(day)
    db.session.flush()


def test_lan_sees_how_many_scanned_began_and_sent(clerk, school, gate):
    scanned(gate, 50, 10)
    scanned(gate, 100, 30, ago=60)
    a_receipt(school, point=gate)
    found = page(clerk, "/ma-qr")

    assert "10 (20\N{NO-BREAK SPACE}%)" in found
    assert "1 (2\N{NO-BREAK SPACE}%)" in found
    assert "Từ đầu: 150 lượt quét, 40 lần viết, 1 phiếu đã gửi" in found


def test_the_number_sent_opens_the_rows_it_counts(clerk, school, gate):
    receipt = a_receipt(school, point=gate)
    a_receipt(school)
    found = page(clerk, f"/ma-qr/{gate.code}")
    href = next(part for part in found.split('"') if part.startswith("/hop-viec?"))
    rows = page(clerk, href)

    assert receipt.case.reference in rows
    assert rows.count('class="case-words"') == 1


def test_what_is_hidden_from_the_school_is_not_counted_for_it(clerk, school, office, gate, sign_in):
    scanned(gate, 20, 5)
    a_receipt(school, point=gate, kind_code="TC", about_code="leader", text="Hiệu trưởng thu tiền.")
    watcher = sign_in(an_officer(office, "office"))

    assert "0 phiếu đã gửi" in page(clerk, f"/ma-qr/{gate.code}")
    assert "1 phiếu đã gửi" in page(watcher, f"/ma-qr/{gate.code}")


def test_an_administrator_who_may_read_nothing_sees_no_number_sent(school, office, gate, sign_in):
    a_receipt(school, point=gate)
    found = page(sign_in(an_officer(office, "admin")), f"/ma-qr/{gate.code}")

    assert "0 lượt quét" in found
    assert "phiếu đã gửi" not in found


def test_a_school_without_points_is_told_what_to_do(clerk):
    assert "Chưa có mã QR nào" in page(clerk, "/ma-qr")


def test_lan_makes_a_point_and_it_opens_the_schools_page(clerk, school, parent):
    answer = send(clerk, "/ma-qr", "/ma-qr/moi", place="  Bếp ăn  ")
    made = db.session.query(QrPoint).one()

    assert answer.location == f"/ma-qr/{made.code}"
    assert (made.place, made.unit_id, made.serial) == ("Bếp ăn", school.id, 1)
    assert "Bếp ăn" in page(parent, f"/q/{made.code}")


@pytest.mark.parametrize(
    ("place", "sentence"),
    [("   ", "Mời ghi nơi đặt mã"), (LONG_PLACE, "nhiều nhất là 120")],
    ids=["empty", "too long"],
)
def test_a_place_that_cannot_be_printed_is_refused_and_kept(clerk, place, sentence):
    answer = send(clerk, "/ma-qr", "/ma-qr/moi", place=place)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert place.strip() in answer.text
    assert db.session.query(QrPoint).count() == 0


def test_a_page_open_too_long_keeps_what_was_typed(clerk):
    answer = clerk.post("/ma-qr/moi", data={"place": "Bếp ăn", "csrf_token": "cũ"})

    assert answer.status_code == 422
    assert "Trang đã mở quá lâu" in answer.text
    assert 'value="Bếp ăn"' in answer.text


@pytest.mark.parametrize("size", ["A4", "A5", "stickers", "wall"])
def test_every_sheet_prints_under_a_clean_name(clerk, gate, size):
    answer = get(clerk, f"/ma-qr/{gate.code}/ap-phich?size={size}")

    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == (
        f"inline; filename=ap-phich-ldt-cong-chinh-{size.lower()}.pdf"
    )


def test_an_unknown_size_is_not_found(clerk, gate):
    assert get(clerk, f"/ma-qr/{gate.code}/ap-phich?size=A3").status_code == 404


def test_a_code_is_revoked_only_with_a_reason_and_a_yes(clerk, gate, parent):
    where, action = f"/ma-qr/{gate.code}", f"/ma-qr/{gate.code}/thu-hoi"
    refused = send(clerk, where, action, "revoke-", note="")
    assert refused.status_code == 422
    assert "Mời ghi lý do" in refused.text
    assert "Mời đánh dấu xác nhận" in refused.text
    assert not now_in_base(gate).revoked

    send(clerk, where, action, "revoke-", note="Bị dán đè", sure="y")
    gate = now_in_base(gate)

    assert gate.revoked
    assert "Mã này không còn dùng" in parent.get(f"/q/{gate.code}").text
    assert "Bị dán đè" in page(clerk, where)


def test_a_revoked_code_is_not_printed(clerk, gate):
    gate.revoke(an_officer(gate.unit), clock.now(), "Bị dán đè")
    db.session.flush()

    assert get(clerk, f"/ma-qr/{gate.code}/ap-phich").location == f"/ma-qr/{gate.code}"


def test_a_revoked_code_is_taken_back_into_use(clerk, gate, parent):
    gate.revoke(an_officer(gate.unit), clock.now(), "Bị dán đè")
    db.session.flush()
    send(clerk, f"/ma-qr/{gate.code}", f"/ma-qr/{gate.code}/mo-lai", "restore-", note="")
    gate = now_in_base(gate)

    assert not gate.revoked
    assert "Cổng chính" in page(parent, f"/q/{gate.code}")


def test_the_same_code_leads_to_another_place_with_a_new_serial(clerk, gate, parent):
    where = f"/ma-qr/{gate.code}"
    answer = send(clerk, where, f"{where}/doi-cho", "move-", place="Cổng sau")
    gate = now_in_base(gate)

    assert answer.location == where
    assert (gate.place, gate.serial) == ("Cổng sau", 2)
    found = page(clerk, where)
    assert "Áp phích cũ vẫn dùng được" in found
    assert "Trước đó: Trường Tiểu học Lê Đức Thọ · Cổng chính" in found
    assert "Cổng sau" in page(parent, f"/q/{gate.code}")


def test_moving_a_code_to_where_it_hangs_changes_nothing(clerk, gate):
    where = f"/ma-qr/{gate.code}"
    send(clerk, where, f"{where}/doi-cho", "move-", place="Cổng chính")
    gate = now_in_base(gate)

    assert gate.serial == 1


def test_the_office_leads_a_code_to_another_school(office, gate, sign_in):
    other = a_school("NTH", "Trường Tiểu học Nguyễn Thượng Hiền", office)
    watcher = sign_in(an_officer(office, "office"))
    where = f"/ma-qr/{gate.code}"
    send(watcher, where, f"{where}/doi-cho", "move-", place="Cổng chính", unit="NTH")
    gate = now_in_base(gate)

    assert (gate.unit_id, gate.serial) == (other.id, 2)


def test_the_office_sees_one_line_per_unit_then_the_points_of_one(office, gate, sign_in):
    a_school("NTH", "Trường Tiểu học Nguyễn Thượng Hiền", office)
    watcher = sign_in(an_officer(office, "office"))
    found = page(watcher, "/ma-qr")

    assert "Trường Tiểu học Nguyễn Thượng Hiền" in found
    assert gate.code not in found
    assert gate.code in page(watcher, "/ma-qr?unit=LDT")


def test_a_point_of_another_school_does_not_exist(clerk, office):
    foreign = a_point(a_school("NTH", "Trường Nguyễn Thượng Hiền", office))

    for path in ("", "/ap-phich"):
        assert get(clerk, f"/ma-qr/{foreign.code}{path}").status_code == 404
    for path in ("/thu-hoi", "/mo-lai", "/doi-cho"):
        assert clerk.post(f"/ma-qr/{foreign.code}{path}").status_code == 404
    assert foreign.code not in page(clerk, "/ma-qr")


def test_a_clerk_cannot_give_a_code_to_another_school(clerk, office, gate, school):
    a_school("NTH", "Trường Nguyễn Thượng Hiền", office)
    where = f"/ma-qr/{gate.code}"
    send(clerk, where, f"{where}/doi-cho", "move-", place="Cổng sau", unit="NTH")
    gate = now_in_base(gate)

    assert gate.unit_id == school.id


def test_thirty_points_cost_no_more_queries_than_three(clerk, school, story):
    counts = []
    for number in (3, 30):
        for _ in range(number):
            a_point(school)
        db.session.commit()
        db.session.expire_all()
        counts.append(queries(story, lambda: page(clerk, "/ma-qr")))

    assert counts[0] == counts[1]


def queries(connection: Connection, act: Callable[[], object]) -> int:
    """How many questions the act asks of the database."""
    seen: list[str] = []

    def listen(*said: object) -> None:
        seen.append(str(said[2]))

    event.listen(connection.engine, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(connection.engine, "before_cursor_execute", listen)
    return len([sql for sql in seen if sql.startswith("SELECT")])


def test_figures_of_30_days_end_with_today(clerk, gate):
    scanned(gate, 7, 0, ago=29)
    scanned(gate, 50, 0, ago=30)

    assert "</svg>7" in get(clerk, "/ma-qr").text.replace("\n", "")
