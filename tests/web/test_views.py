"""Filters kept under a name: chips of one officer and of nobody else."""

from feedback import db
from feedback.models.officers import SavedView


def test_hang_keeps_a_filter_finds_it_as_a_chip_and_drops_it(town, hang):
    page = hang.see("/hop-viec?folder=overdue&kind=PA").send("/bo-loc", name="Phản ánh trễ")
    assert "Đã lưu bộ lọc “Phản ánh trễ”." in page.said
    made = db.session.query(SavedView).one()
    assert made.where == {"folder": "overdue", "kind": "PA"}
    assert "Bộ lọc của tôi: Phản ánh trễ" in hang.see("/hop-viec").said
    assert "Phản ánh trễ" not in town.at_desk(town.hoa).see("/hop-viec").said
    hang.see("/hop-viec").send("/bo")
    assert db.session.query(SavedView).count() == 0


def test_the_same_name_again_takes_its_place(town, hang):
    for kind in ("PA", "GY"):
        hang.see(f"/hop-viec?kind={kind}").send("/bo-loc", name="Của tôi")
    assert [one.where for one in db.session.query(SavedView)] == [{"kind": "GY"}]


def test_a_view_needs_a_name_and_there_are_not_too_many(town, hang):
    assert "Mời đặt tên" in hang.see("/hop-viec?kind=PA").send("/bo-loc", name="").said
    for number in range(13):
        said = hang.see("/hop-viec?kind=PA").send("/bo-loc", name=f"Bộ số {number}").said
    assert "Mời bỏ bớt một bộ" in said
    assert db.session.query(SavedView).count() == 12


def test_another_s_view_cannot_be_dropped(town, hang):
    hang.see("/hop-viec?kind=PA").send("/bo-loc", name="Của Hằng")
    made = db.session.query(SavedView).one()
    assert town.client(town.hoa).post(f"/hop-viec/bo-loc/{made.id}/bo").status_code == 404


def test_a_unit_out_of_reach_is_not_kept(town, hang):
    page = hang.see("/hop-viec?kind=PA")
    values = page.form("/bo-loc").values
    values["name"] = "Trường khác"
    hang.post("/hop-viec/bo-loc?kind=PA&unit=NT", values)
    assert db.session.query(SavedView).one().where == {"kind": "PA"}
