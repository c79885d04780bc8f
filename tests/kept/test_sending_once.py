"""Sending once, whatever tabs, buttons and networks do: one form, one submission, one code."""

import html
import random
import threading
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import OperationalError

from bench.crash.house import House
from bench.crash.parents import CODE, Crowd, Faults, Letter, ask, filled, post
from bench.sheets import key_in, read_sheet
from feedback import db
from feedback.models.submissions import Submission
from tests import world

RUNS, STEPS = 25, 20
WORDS = st.sampled_from(
    ["Bữa trưa hôm nay ít thịt quá.", "Sân trường trơn, cháu bị ngã.", "Cảm ơn cô giáo lớp 2/1."]
)


@dataclass
class Tab:
    """One form on a phone: its key, and, once kept, its words and its code."""

    values: dict[str, str]
    kept: str = ""
    code: str = ""


class SendingOnce(RuleBasedStateMachine):
    """Against the real door; what a tab knows is the model."""

    client: FlaskClient
    path: str
    tabs = Bundle("tabs")

    def __init__(self) -> None:
        super().__init__()
        self.stored_before = self._stored()
        self.forms: list[Tab] = []

    @rule(target=tabs)
    def open_a_tab(self) -> Tab:
        return self._seen(self.client.get(self.path).get_data(as_text=True))

    @rule(tab=tabs, words=WORDS)
    def send(self, tab: Tab, words: str) -> None:
        status, page = self._post(tab, words)
        if tab.kept and tab.kept != words:
            assert status == 422
            assert words in page
            assert "đã được gửi trước đó với nội dung khác" in page
            assert key_in("once", page) != tab.values["once"]
            return
        assert status == 200
        found = CODE.search(page)
        assert found
        assert tab.code in {"", found[1]}, "a second send shows the code of the first"
        tab.kept, tab.code = words, found[1]

    @rule(tab=tabs, words=WORDS)
    def lose_the_reply(self, tab: Tab, words: str) -> None:
        self._post(tab, words)
        tab.kept = tab.kept or words

    @rule(tab=tabs, words=WORDS)
    def meet_a_database_that_cannot_write(self, tab: Tab, words: str) -> None:
        def fail(*_: object) -> None:
            raise OperationalError("COMMIT", {}, Exception("disk I/O error"))

        with pytest.MonkeyPatch.context() as broken:
            broken.setattr(db.session, "commit", fail)
            status, page = self._post(tab, words)
        assert status == 503
        assert words in page
        assert not CODE.search(page), "no receipt without storage"

    @rule(target=tabs, tab=consumes(tabs), words=WORDS)
    def go_on_with_the_page_that_came_back(self, tab: Tab, words: str) -> Tab:
        """After a refusal people press the button of the new page, which has a new key."""
        status, page = self._post(tab, words)
        tab.kept = tab.kept or words
        return self._seen(page) if status == 422 else tab

    @invariant()
    def each_form_is_stored_once(self) -> None:
        kept = [tab for tab in self.forms if tab.kept]
        assert self._stored() - self.stored_before == len(kept)
        codes = [tab.code for tab in kept if tab.code]
        assert len(set(codes)) == len(codes)

    def _seen(self, page: str) -> Tab:
        tab = Tab(read_sheet(page).values | {"once": html.unescape(key_in("once", page))})
        self.forms.append(tab)
        return tab

    def _post(self, tab: Tab, words: str) -> tuple[int, str]:
        said = {"kind": "PA", "about": "boarding", "text": words}
        answer = self.client.post(self.path, data=tab.values | said)
        return answer.status_code, answer.get_data(as_text=True)

    def _stored(self) -> int:
        return db.session.scalar(select(func.count()).select_from(Submission)) or 0


def test_one_form_is_one_submission_whatever_happens(
    app: Flask, story: Connection, parent: FlaskClient
):
    gate = world.a_point(world.a_school())
    db.session.commit()

    class Here(SendingOnce):
        client, path = parent, f"/q/{gate.code}/gui"

    calm = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Here, settings=calm)


def test_a_hundred_sends_of_one_form_at_the_same_moment_are_one(house: House):
    crowd = Crowd(house.address, house.furnish(), Faults())
    house.start()
    letter = Letter(0, "Phiếu số 0 của đợt thử: bữa trưa hôm nay của bé ít thịt quá.", 0)
    request = post(f"/q/{crowd.point}/gui", _one_body(crowd, letter))
    answers: list[Any] = []
    together = threading.Barrier(100)

    def send() -> None:
        together.wait()
        answers.append(ask(house.address, request))

    threads = [threading.Thread(target=send) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [status for status, _ in answers] == [200] * 100
    codes = {found[1] for _, page in answers if (found := CODE.search(page))}
    assert len(codes) == 1
    assert [case["text"] for case in house.export()] == [letter.text]


def _one_body(crowd: Crowd, letter: Letter) -> bytes:
    return filled(crowd.opened(), letter, random.Random(1))
