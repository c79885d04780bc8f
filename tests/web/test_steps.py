"""Hôm nay prepares the next step: the move that the next clock of a case waits for."""

from datetime import timedelta

import pytest

from feedback import clock, db
from feedback.models.cases import Case
from feedback.models.officers import Officer
from tests import world
from tests.web.colleagues import Colleague, Town, again


def step(desk: Colleague, matter: Case) -> str:
    """Where the button of this case leads."""
    seen = desk.see("/hom-nay")
    quiet = [a for _, a in seen.page.elements if a.get("class") == "button button-quiet"]
    links = [a["href"] for a in quiet if "href" in a]
    assert any(matter.reference in link for link in links), seen.said
    return next(link for link in links if matter.reference in link)


def due_step(town: Town, officer: Officer, matter: Case) -> str:
    """The same for a case that is due today, so that it stands on the page in any state."""
    matter.due_on = clock.today()
    db.session.commit()
    return step(town.at_desk(officer), matter)


def test_a_new_opinion_is_taken_up_on_its_page(town):
    matter = town.matter()
    desk = town.at_desk(town.hang)
    assert step(desk, matter).endswith("step=accept#move-accept")
    page = desk.see(step(desk, matter).partition("#")[0])
    chosen = [a for _, a in page.page.elements if a.get("id") == "move-accept"]
    assert "move-next" in chosen[0]["class"]


def test_an_opinion_about_to_be_late_is_answered(town):
    matter = town.matter()
    assert due_step(town, town.hang, matter).endswith("#reply")


TAKEN_UP = [("accept", "", ())]
DECIDED = [*TAKEN_UP, ("decide", "Sửa mức thu.", ("kn_partly",))]
ON_THE_WAY = {
    "new": ([], "/accept/kem-van-ban"),
    "taken up": (TAKEN_UP, "step=submit-decide#move-submit-decide"),
    "suspended": (
        [*TAKEN_UP, ("suspend", "Chờ.", ())],
        "step=send_suspension#move-send_suspension",
    ),
    "suspension sent": (
        [*TAKEN_UP, ("suspend", "Chờ.", ()), ("send_suspension", "", ())],
        "step=submit-resume#move-submit-resume",
    ),
    "decided": (DECIDED, "step=send_decision#move-send_decision"),
}


@pytest.mark.parametrize(("way", "leads"), ON_THE_WAY.values(), ids=ON_THE_WAY)
def test_a_signed_complaint_goes_from_step_to_step_of_the_law(town, way, leads):
    matter = town.matter(kind_code="KN", signed=True)
    for verb, note, more in way:
        by = town.hoa if matter.machine.moves[verb].signed else town.hang
        getattr(matter, verb)(world.an_act(by, note), *more)
    assert due_step(town, town.hang, matter).endswith(leads)


@pytest.mark.parametrize("notified", [False, True])
def test_a_denunciation_taken_up_is_notified_before_it_is_concluded(town, notified):
    matter = town.secret(signed=True)
    world.a_head(town.school, "Võ Thành An")  # who signs for the committee
    matter.accept(world.an_act(town.lan))
    if notified:
        matter.notify_acceptance(world.an_act(town.lan))
    leads = "#move-submit-conclude" if notified else "/notify_acceptance/kem-van-ban"
    assert due_step(town, town.lan, matter).endswith(leads)


def test_the_draft_form_is_open_where_the_step_leads_and_gone_once_it_is_laid(town):
    matter = town.matter(kind_code="KN", signed=True)
    matter.accept(world.an_act(town.hang))
    leads = due_step(town, town.hang, matter)
    page = town.at_desk(town.hang).see(leads.partition("#")[0])
    chosen = next(a for _, a in page.page.elements if a.get("id") == "move-submit-decide")
    assert "open" in chosen
    page.send("/trinh-ky/decide", result="kn_wrong", note="Không có cơ sở.")
    # Nobody is led to a way out of it while it waits for the signature.
    assert due_step(town, town.hang, again(matter)).endswith("#main")
    assert step(town.at_desk(town.hoa), matter).endswith("/decide/kem-van-ban")


def lapsed(town: Town) -> Case:
    """A signed complaint that the school has not decided in time."""
    before = clock.now() - timedelta(days=40)
    matter = world.a_case(town.school, before, kind_code="KN", signed=True)
    matter.accept(world.an_act(town.hang, at=before))
    matter.lapse(world.an_act(town.hang))
    db.session.commit()
    return matter


def appeal(matter: Case) -> None:
    matter.appeal(world.an_act(None, "Trường không giải quyết.", as_parent=True))
    db.session.commit()


def test_at_the_school_an_overdue_decision_is_still_the_next_step_not_the_second_đơn(town):
    matter = lapsed(town)
    leads = due_step(town, town.hang, matter)
    assert leads.endswith("step=submit-decide#move-submit-decide")
    page = town.at_desk(town.hang).see(leads.partition("#")[0])
    page.send("/trinh-ky/decide", result="kn_wrong", note="Không có cơ sở.")
    # With the draft laid nothing is left to do but wait; the second đơn is not the school's.
    assert due_step(town, town.hang, again(matter)).endswith("#main")


def test_the_second_đơn_mai_has_written_is_read_at_the_school_and_received_at_the_office(town):
    matter = lapsed(town)
    appeal(matter)
    assert step(town.at_desk(town.hang), matter).endswith("#moves-title")
    office = town.at_desk(town.lan)
    leads = step(office, matter)
    assert leads.endswith("step=lodge_again#move-lodge_again")
    chosen = [a for _, a in office.see(leads.partition("#")[0]).page.elements]
    assert any(a.get("id") == "move-lodge_again" for a in chosen)


def test_before_a_second_decision_comes_the_dialogue(town):
    matter = town.matter(kind_code="KN", signed=True)
    matter.accept(world.an_act(town.hang))
    matter.decide(world.an_act(town.hoa, "Không có cơ sở."), "kn_wrong")
    matter.send_decision(world.an_act(town.hang))
    matter.lodge_again(world.an_act(town.hang, "Không đồng ý."), town.office)
    matter.accept_again(world.an_act(town.lan))
    assert due_step(town, town.lan, matter).endswith("/invite/kem-van-ban")
