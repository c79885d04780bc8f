"""Several people stand behind one paper: counted, represented as the law has it, names sealed."""

import pytest

from feedback import clock, db, identities
from feedback.models.cases import Case
from feedback.models.submissions import SenderGroup
from tests import world
from tests.web.colleagues import again

NAMES = "Nguyễn Thị Mai\nLê Anh Tuấn"
SIGNER = {"name": "Nguyễn Thị Mai", "address": "12 Lê Lợi", "identity": "079123456789"}


def told(**more: str) -> dict[str, str]:
    now = clock.now()
    usual = {
        "channel": "paper",
        "received_on": f"{now:%Y-%m-%d}",
        "received_time": "00:00",
        "kind": "KN",
        "subject": "THU_CHI",
        "about": "facilities",
        "text": "Tập thể phụ huynh lớp 3/1 khiếu nại khoản thu máy lạnh.",
        "name": "Nguyễn Thị Mai",
        "consent": "y",
    }
    return usual | more


def test_a_group_of_seven_is_kept_with_its_two_representatives(town, hang):
    page = hang.see("/nhap").send("/nhap", **told(people="7", speakers=NAMES, appointed="y"))
    assert "đoàn đông người" in page.said
    case = db.session.query(Case).one()
    group = identities.group_of(case.submission, world.KEYS)
    assert (group.people, group.speakers) == (7, ("Nguyễn Thị Mai", "Lê Anh Tuấn"))
    kept = db.session.query(SenderGroup).one()
    assert b"Tu\xe1\xba\xa5n" not in (kept.sealed or b"")


def test_the_names_are_opened_only_at_the_desk_that_answers(town, hang):
    hang.see("/nhap").send("/nhap", **told(people="7", speakers=NAMES, appointed="y"))
    case = db.session.query(Case).one()
    at_school = hang.see(f"/viec/{case.reference}").said
    assert "7 người (đoàn đông người)" in at_school
    assert "Lê Anh Tuấn" in at_school
    above = town.at_desk(town.lan).see(f"/viec/{case.reference}").said
    assert "7 người (đoàn đông người)" in above
    assert "Lê Anh Tuấn" not in above


@pytest.mark.parametrize(
    ("group", "says"),
    [
        ({"people": "7"}, "phải cử người đại diện"),
        ({"people": "7", "speakers": NAMES}, "có chữ ký của tất cả mọi người"),
        ({"people": "7", "speakers": f"{NAMES}\nTrần Bình", "appointed": "y"}, "1 hoặc 2 đại diện"),
        ({"people": "0"}, "từ 1 trở lên"),
        ({"people": "bảy"}, "Mời ghi số người"),
    ],
)
def test_wrong_numbers_name_the_rule_and_lose_nothing(town, hang, group, says):
    page = hang.see("/nhap").send("/nhap", **told(**group))
    assert page.status == 422
    assert says in page.said
    assert "khoản thu máy lạnh" in page.said
    assert db.session.query(Case).count() == 0


def test_a_group_is_recorded_when_the_petition_is_signed(town, hang):
    case = town.matter(kind_code="KN", about_code="facilities")
    page = hang.see(f"/viec/{case.reference}").send("/sign", **SIGNER, people="6")
    assert "phải cử người đại diện" in page.said
    page.send("/sign", **SIGNER, people="6", speakers="Nguyễn Thị Mai", appointed="y")
    assert again(case).is_petition
    assert identities.group_of(again(case).submission, world.KEYS).people == 6


def test_one_person_is_no_group(town, hang):
    hang.see("/nhap").send("/nhap", **told())
    assert db.session.query(SenderGroup).count() == 0
