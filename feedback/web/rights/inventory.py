"""Kiểm kê dữ liệu: every column the program keeps, by table; and the skeleton of a DPIA from it."""

from typing import Any

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _

from feedback import clock
from feedback.rules.inventory import DATA_CLASSES, INVENTORY, PURPOSES
from feedback.rules.inventory_tables import TABLES
from feedback.rules.retention import RETENTION
from feedback.scopes import Scope
from feedback.web import here, words
from feedback.web.rights import tabs
from feedback.web.rights.keeping import in_words

blueprint = Blueprint("inventory", __name__)


def _reader() -> Scope:
    scope = here.scope()
    return scope if tabs.may("inventory.columns", scope) else abort(404)


@blueprint.get("/kiem-ke-du-lieu")
def columns() -> str:
    _reader()
    return render_template("inventory/columns.html", **_told())


@blueprint.get("/kiem-ke-du-lieu/danh-gia-tac-dong")
def assessment() -> str:
    """What a DPIA begins with (Nghị định 356/2025 Đ19): a person has to finish it."""
    _reader()
    return render_template("inventory/assessment.html", **_told())


def _told() -> dict[str, Any]:
    return {
        "classes": [
            {
                "label": _(one.label),
                "personal": one.personal,
                "kept": _(one.kept),
                "columns": sum(entry.data_code == code for entry in INVENTORY.values()),
            }
            for code, one in DATA_CLASSES.items()
        ],
        "tables": [_table(name) for name in TABLES],
        "purposes": [_(words_) for words_ in PURPOSES.values()],
        "columns": len(INVENTORY),
        "today": words.day(clock.today()),
    }


def _table(name: str) -> dict[str, Any]:
    label, purpose, retention, by_class = TABLES[name]
    period = RETENTION[retention].period
    return {
        "name": name,
        "label": _(label),
        "purpose": _(PURPOSES[purpose]),
        "retention": _(RETENTION[retention].label),
        "period": in_words(period.quantity, period.unit),
        "personal": any(DATA_CLASSES[code].personal for code in by_class),
        "columns": [
            {"label": _(DATA_CLASSES[code].label), "names": listed.replace(" ", ", ")}
            for code, listed in by_class.items()
        ],
    }
