"""The papers of the desk, without a database: what each asks, and what it will not take."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import FileStorage, MultiDict

from feedback.rules.groups import group_fault
from forms.casework import (
    MOVE_FORMS,
    AnswerForm,
    AssignForm,
    ReclassifyForm,
    TransferForm,
)
from forms.filters import FilterForm
from forms.type_in import TypeInForm

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OUTCOMES = [("done", "Đã giải quyết xong"), ("explained", "Đã giải thích")]
ANSWER = {"outcome": "done", "done": "Thay vòi nước", "note": "Nhà trường đã thay vòi nước mới."}


@pytest.fixture(autouse=True)
def desk() -> Iterator[None]:
    """A request to fill in forms at, in Vietnamese."""
    app = Flask("forms")
    app.config.update(SECRET_KEY="forms", WTF_CSRF_ENABLED=False, BABEL_DEFAULT_LOCALE="vi")
    Babel(app)
    with app.test_request_context(method="POST"):
        yield


def a_file(name: str = "voi-nuoc.jpg") -> FileStorage:
    return FileStorage(BytesIO(b"picture"), name)


def answered(**filled: Any) -> AnswerForm:
    form = AnswerForm(MultiDict({**ANSWER, **filled}))
    form.offer(OUTCOMES, {"done"})
    return form


def said(form: Any) -> str:
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


# --- moves ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", MOVE_FORMS)
def test_every_form_carries_how_the_case_stood(code):
    assert "seen" in MOVE_FORMS[code](formdata=None)


@pytest.mark.parametrize("code", [c for c, form in MOVE_FORMS.items() if hasattr(form, "note")])
def test_words_are_tidied_and_may_be_many_but_not_endless(code):
    form = MOVE_FORMS[code](MultiDict({"note": "  Đã gọi\r\nbếp trưởng.  "}))
    assert form.says() == "Đã gọi\nbếp trưởng."
    endless = MOVE_FORMS[code](MultiDict({"note": "ă" * 10_001}))
    endless.note.validate(endless)
    assert "nhiều nhất là 10.000" in " ".join(endless.note.errors)


def test_a_form_without_words_says_nothing():
    assert MOVE_FORMS["accept"](formdata=None).says() == ""


def test_an_answer_is_shown_by_a_file_or_says_why_it_cannot_be():
    assert not answered().validate()
    assert answered(files=a_file()).validate()
    assert answered(unshown="Ảnh có mặt học sinh").validate()
    assert answered(outcome="explained").validate()


@pytest.mark.parametrize("missing", ["outcome", "done", "note"])
def test_an_answer_leaves_nothing_out(missing):
    form = answered(files=a_file(), **{missing: ""})
    assert not form.validate()
    assert missing in form.errors
    assert "Mời chọn lại tệp: voi-nuoc.jpg" in said(form)


def test_an_outcome_that_is_none_is_not_taken():
    assert "Lựa chọn này không có" in said_after(answered(outcome="magic"))


def said_after(form: Any) -> str:
    form.validate()
    return said(form)


def test_a_new_name_is_new():
    form = ReclassifyForm(
        MultiDict({"kind": "PA", "subject": "KHAC", "about": "unknown", "note": "Vì vậy."})
    )
    form.offer([("PA", "Phản ánh"), ("GY", "Góp ý")], [("KHAC", "Khác")], [("unknown", "Không rõ")])
    form.compare_with("GY", "KHAC", "unknown")
    assert form.validate()
    form.compare_with("PA", "KHAC", "unknown")
    assert "Mời đổi ít nhất một" in said_after(form)


@pytest.mark.parametrize(("form_type", "field"), [(AssignForm, "handler"), (TransferForm, "unit")])
def test_only_what_is_offered_can_be_chosen(form_type, field):
    form = form_type(MultiDict({field: "7", "note": "Nhờ bên đó xem giúp."}))
    form.offer([("7", "Lê Văn Hòa")])
    assert form.validate()
    form.offer([("8", "Trần Thị Thu Hằng")])
    assert not form.validate()


# --- filters ----------------------------------------------------------------------------------


def test_a_filter_with_one_choice_is_not_asked():
    form = FilterForm(formdata=None, data={"kind": "PA"})
    form.offer("unit", [("LDT", "TH Lê Đức Thọ")])
    form.offer("kind", [("PA", "Phản ánh"), ("GY", "Góp ý")])
    assert "unit" not in form
    assert [choice.value for choice in form.kind.choices] == ["", "PA", "GY"]
    assert form.kind.data == "PA"


# --- typed in for somebody --------------------------------------------------------------------

CALL = {
    "channel": "phone",
    "received_on": "2026-11-24",
    "received_time": "09:15",
    "kind": "KN",
    "subject": "KHAC",
    "about": "unknown",
    "unit": "LDT",
    "text": "Bà nội bé Na không đồng ý với mức thu của lớp.",
}


def typed(**filled: str) -> TypeInForm:
    form = TypeInForm(MultiDict({**CALL, **filled}))
    form.know(NOW, {"KN", "TC"}, {"DK_TCD"})
    form.know_groups(group_fault)
    form.offer(
        unit=[("LDT", "TH Lê Đức Thọ")],
        channel=[("phone", "Điện thoại")],
        kind=[("KN", "Khiếu nại"), ("GY", "Góp ý"), ("DK_TCD", "Hẹn gặp")],
        subject=[("KHAC", "Việc khác")],
        about=[("unknown", "Không rõ")],
        forwarder=[("", "Không"), ("press", "Cơ quan báo chí")],
    )
    kinds = [("officer", "Cán bộ"), ("head", "Hiệu trưởng"), ("staff", "Nhân viên khác")]
    form.offer_accused(kinds, [("TH Lê Đức Thọ", [("7", "Lê Văn Hòa")])], {"staff"})
    return form


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ({"accused": "officer"}, "Mời chọn cán bộ trong danh sách"),
        ({"accused": "staff"}, "Mời ghi họ tên hoặc chức vụ"),
        ({"accused_name": "cô Mai"}, "Mời chọn người bị phản ánh"),
        ({"accused_officer": "7"}, "Mời chọn người bị phản ánh"),
        ({"accused": "officer", "accused_officer": "8"}, "Lựa chọn này không có"),
        ({"accused": "head"}, ""),
        ({"accused": "officer", "accused_officer": "7"}, ""),
        ({"accused": "staff", "accused_name": "cô Mai, lớp 1A"}, ""),
    ],
)
def test_whom_it_accuses_is_said_in_full_or_not_at_all(filled, sentence):
    form = typed(**filled)
    assert form.validate() == (not sentence), form.errors
    assert sentence in said(form)


def test_a_call_is_kept_as_it_was_told_at_the_hour_it_came():
    form = typed()
    assert form.validate(), form.errors
    assert form.received_at() == NOW.replace(hour=9, minute=15)
    assert not form.answers().contact
    assert not form.answers().signed


@pytest.mark.parametrize(
    ("late", "field"),
    [(timedelta(days=1), "received_on"), (timedelta(minutes=1), "received_time")],
)
def test_nothing_came_in_after_now(late, field):
    when = NOW + late
    form = typed(received_on=f"{when:%Y-%m-%d}", received_time=f"{when:%H:%M}")
    assert not form.validate()
    assert field in form.errors


def test_a_contact_is_kept_only_with_consent():
    assert not typed(name="Nguyễn Thị Na").validate()
    form = typed(name="Nguyễn Thị Na", phone="+84 90 123 4567", consent="y")
    assert form.validate()
    assert form.answers().contact.phone == "0901234567"
    assert form.answers().contact.consent


def test_who_wants_to_meet_says_who_it_is():
    assert not typed(kind="DK_TCD").validate()
    assert typed(kind="DK_TCD", phone="0901234567", consent="y").validate()


def test_a_petition_has_a_name_under_it_and_is_of_a_kind_that_can_be_one():
    assert not typed(signed="y").validate()
    assert not typed(signed="y", kind="GY", name="Na", consent="y").validate()
    form = typed(signed="y", name="Nguyễn Thị Na", consent="y")
    assert form.validate()
    assert form.answers().signed
