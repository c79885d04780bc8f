"""What an operator asks at the prompt: why this day, and which units there are."""

import json
from pathlib import Path

import pytest
from flask import Flask

from feedback import db
from feedback.models.units import unit_by_code
from tests.world import a_case, a_school, the_holidays

pytestmark = pytest.mark.usefixtures("story")
ROWS = [
    {"code": "P1", "kind": "office", "name": "Phòng Văn hóa – Xã hội", "short_name": "Phòng"},
    {"code": "T1", "kind": "school", "name": "Trường Mầm non Sơn Ca", "short_name": "MN Sơn Ca",
     "parent": "P1", "level": "MN"},
]  # fmt: skip


def _run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=list(words))
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("rule", "start", "due"),
    [
        ("TC_INITIAL", "2026-11-16", "2026-11-26"),
        ("TC_TRANSFER", "2026-11-20", "2026-11-30"),
        ("KN_ACCEPT", "2026-11-20", "2026-12-02"),
        ("ACK_ALL", "2026-11-10", "2026-11-25"),
    ],
)
def test_a_rule_tells_its_day_on_the_shipped_calendar(app: Flask, rule: str, start: str, due: str):
    code, output = _run(app, "deadline", rule, start)
    assert code == 0
    assert output.splitlines()[0] == due
    assert "24/11" in output or "cuối tuần" in output


def test_an_unknown_rule_is_named(app: Flask):
    code, output = _run(app, "deadline", "NO_SUCH", "2026-11-16")
    assert code == 1
    assert "NO_SUCH" in output


def test_a_case_is_explained_as_on_its_page(app: Flask):
    the_holidays()
    matter = a_case(a_school())
    db.session.commit()
    code, output = _run(app, "explain", matter.reference)
    assert code == 0
    assert "Trả lời ý kiến" in output
    assert "Điều 28" in output


def test_units_come_from_a_list_and_twice_adds_nothing(app: Flask, tmp_path: Path):
    file = tmp_path / "units.json"
    file.write_text(json.dumps(ROWS), encoding="utf-8")
    assert _run(app, "load-units", str(file))[1] == "2 units added.\n"
    assert _run(app, "load-units", str(file))[1] == "0 units added.\n"
    school = db.session.scalars(unit_by_code("T1")).one()
    assert school.manager_name == "Phòng Văn hóa – Xã hội"


@pytest.mark.parametrize("broken", [{"code": "X"}, {**ROWS[1], "code": "T2", "parent": "NONE"}])
def test_a_list_with_a_fault_adds_nothing(app: Flask, tmp_path: Path, broken: dict[str, str]):
    file = tmp_path / "units.json"
    file.write_text(json.dumps([ROWS[0], broken]), encoding="utf-8")
    assert _run(app, "load-units", str(file))[0] == 1
    assert db.session.scalar(unit_by_code("P1")) is None
