"""What holds in every room of the house, however many rooms there will be."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from analysis import rows
from feedback.models.cases import Case
from feedback.papers.catalogue import PAPERS
from feedback.rules.lifecycle import CASE_STATUSES, MACHINES, MOVES, STAFF
from feedback.web.guard import OPEN_BLUEPRINTS
from forms.casework import MOVE_FORMS

ROOT = Path(__file__).parent.parent
SOURCES = [
    path for folder in ("feedback", "forms", "analysis") for path in (ROOT / folder).rglob("*.py")
]
TEMPLATES = ROOT / "templates"
# Pages that an endpoint shows instead of its own in one particular state.
SHARED = {"parts", "errors", "mail", "papers"}
VERBS = {"note": "add_note"}
ANSWERING = {"recuse", "lift_recusal", "accuse", "take_over", "submit", "send_back"}
OPENING = {"ask_opening", "allow_opening", "refuse_opening", "hand_out"}
PERSONAL = {"name", "phone", "email", "address", "text", "contact", "person"}


def _endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}


def _some_path(app: Flask, endpoint: str) -> tuple[str, str]:
    rule = next(r for r in app.url_map.iter_rules() if r.endpoint == endpoint)
    path = re.sub(r"<(?:[a-z]+:)?[^>]+>", "1", rule.rule)
    return path, "GET" if "GET" in (rule.methods or ()) else "POST"


def test_every_door_outside_the_open_ones_refuses_a_stranger(app: Flask, parent: FlaskClient):
    closed = [e for e in _endpoints(app) if e.partition(".")[0] not in OPEN_BLUEPRINTS]
    assert len(closed) > 20
    for endpoint in closed:
        path, method = _some_path(app, endpoint)
        answer = parent.open(path, method=method)
        assert answer.status_code == (302 if method == "GET" else 401), endpoint
        assert method == "POST" or answer.location.startswith("/dang-nhap"), endpoint


def test_every_page_has_the_name_of_its_endpoint(app: Flask):
    endpoints = _endpoints(app)
    blueprints = set(app.blueprints)
    for page in TEMPLATES.rglob("*.html"):
        folder = page.parent.name
        if folder in SHARED or page.parent == TEMPLATES or page.name.startswith("_"):
            continue
        assert folder in blueprints, page
        words = page.stem.split("_")
        names = {f"{folder}.{'_'.join(words[:n])}" for n in range(1, len(words) + 1)}
        assert names & endpoints or page.stem in {"expired", "ended", "revoked", "unknown"}, page


def test_only_the_two_doors_commit():
    for path in SOURCES:
        inside = path.relative_to(ROOT).parts
        if inside[:2] == ("feedback", "web") or inside[1].startswith("commands"):
            continue
        if inside[1] == "demo":
            continue  # a command of its own, long enough to commit month by month
        if inside[1] == "turns.py":
            continue  # the driver's connection itself, which does what a door has said
        assert "commit(" not in path.read_text(encoding="utf-8"), path


# What a sender asks about their data, and the end of keeping it.
ABOUT_DATA = {"request_data", "extend_data", "reply_data", "erase_data", "hold", "lift_hold"}
FILES = {"release_file", "destroy_file"}


def test_moves_verbs_and_forms_are_the_same_set():
    # To receive is to type in; papers, parts, data and who answers have forms of their own pages.
    elsewhere = {"receive", "issue", "redact", "split", "join", "gather", "part", "release"}
    elsewhere |= {*ANSWERING, *ABOUT_DATA, *OPENING, *FILES}
    staff_moves = {move.code for move in MOVES.values() if STAFF in move.who} - elsewhere
    assert set(MOVE_FORMS) == staff_moves
    for move in MOVES:
        assert hasattr(Case, VERBS.get(move, move)), move


def test_every_path_of_every_move_ends_in_a_known_status():
    for machine in MACHINES.values():
        assert set(machine.statuses) <= set(CASE_STATUSES)
        for move in machine.moves.values():
            assert set(move.paths.values()) <= set(machine.statuses)
            assert set(move.paths) - {""} <= set(machine.statuses)


def test_every_move_of_a_petition_names_a_paper_that_exists():
    papers = {move.paper for machine in MACHINES.values() for move in machine.moves.values()}
    assert papers - {""} <= set(PAPERS)


def test_no_row_of_the_calculator_has_a_personal_field():
    for row in vars(rows).values():
        if isinstance(row, type) and hasattr(row, "__dataclass_fields__"):
            assert not {f.name for f in fields(row)} & PERSONAL, row


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda p: str(p.relative_to(TEMPLATES))
)
def test_no_page_holds_inline_style_script_or_a_foreign_host(path: Path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", text)


def test_package_inits_are_empty():
    for path in SOURCES:
        if path.name == "__init__.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            docstring_only = len(tree.body) <= 1 and all(isinstance(n, ast.Expr) for n in tree.body)
            assert docstring_only, path


def test_every_file_says_what_it_is_for():
    for path in SOURCES:
        if path.name != "__init__.py":
            assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
