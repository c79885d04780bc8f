"""One letter, sent or erased for good, by the product's own code in a process of its own.

`python -m bench.erasure send` and then `python -m bench.erasure erase`, under a house's settings.
"""

import sys

from sqlalchemy import select

from feedback import clock, db, equipment, erasing
from feedback.app import create_app
from feedback.erasing import Cause, Gone
from feedback.models.submissions import Submission
from feedback.models.units import Unit
from feedback.rules.retention import WORDS
from tests.world import a_case


def send() -> None:
    """A letter to the school of this house."""
    a_case(db.session.scalars(select(Unit).where(Unit.kind == "school")).one())
    db.session.commit()


def erase() -> None:
    """The only letter there is, as after a request that was carried out."""
    gone = Gone()
    letter = db.session.scalars(select(Submission)).one()
    erasing.erase(db.session(), letter, WORDS, Cause("request", clock.now()), gone)
    db.session.commit()
    erasing.finish(db.session(), equipment.shelf(), equipment.settings().erasures, gone)


if __name__ == "__main__":
    with create_app().app_context():
        {"send": send, "erase": erase}[sys.argv[1]]()
