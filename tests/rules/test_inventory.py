"""The inventory knows every column there is, and no other; every period has a reason."""

import pytest

from feedback.db import Base
from feedback.limits import Bucket
from feedback.models import (
    breaches,
    consents,
    data_requests,
    looks,
    meetings,
    notices,
    papers,
    replies,
    reports,
    responses,
    retention,
    scans,
    successions,
)
from feedback.rules.data_requests import DATA_REQUESTS
from feedback.rules.deadlines import DEADLINE_RULES
from feedback.rules.inventory import DATA_CLASSES, INVENTORY, PURPOSES
from feedback.rules.inventory_tables import TABLES
from feedback.rules.retention import PERIOD_UNITS, RETENTION, class_of

# Every table must be known before the comparison.
KNOWN = (Bucket, breaches, consents, data_requests, looks, meetings, notices, papers, replies,
         reports, responses, retention, scans, successions)  # fmt: skip


def _columns() -> set[tuple[str, str]]:
    return {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
    }


def test_every_column_of_every_table_is_in_the_inventory():
    assert KNOWN
    assert _columns() - set(INVENTORY) == set()


def test_the_inventory_names_nothing_that_is_not_there():
    assert set(INVENTORY) - _columns() == set()


def test_no_column_is_in_two_classes():
    for name, (_label, _purpose, _retention, by_class) in TABLES.items():
        listed = [column for columns in by_class.values() for column in columns.split()]
        assert len(listed) == len(set(listed)), name


@pytest.mark.parametrize("entry", INVENTORY.values(), ids=lambda e: f"{e.table}.{e.column}")
def test_every_entry_has_a_class_a_purpose_and_a_period(entry):
    assert entry.data_code in DATA_CLASSES
    assert entry.purpose_code in PURPOSES
    assert entry.retention_code in RETENTION


def test_every_period_has_a_basis_and_every_request_a_clock():
    for one in RETENTION.values():
        assert one.basis
        assert one.period.unit in PERIOD_UNITS
    for kind in DATA_REQUESTS.values():
        assert kind.rule_code in DEADLINE_RULES


@pytest.mark.parametrize(
    ("kind", "signed", "refusal", "code"),
    [
        ("PA", False, None, "opinion"),
        ("PA", False, "NO_MATTER", "spam"),
        ("KN", True, None, "petition"),
        ("TC", True, "TC_FORM", "petition"),
        ("TC", False, "TC_NOT_CONCRETE", "not_taken"),
        ("KN", False, None, "information"),
    ],
)
def test_a_matter_is_kept_by_its_class(kind, signed, refusal, code):
    assert class_of(kind, signed, refusal) == code
