"""A desk with so many new matters that nobody was told of: `python -m bench.crash.desk 1000`."""

import sys

from feedback import db
from feedback.app import create_app
from feedback.models.units import Unit
from tests.world import a_case, an_officer

SCHOOL = "LDT"


def fill(events: int) -> None:
    """A clerk, and the matters; each is an event that a letter must go out for."""
    school = db.session.query(Unit).filter_by(code=SCHOOL).one()
    an_officer(school, "clerk", "Thu Hằng")
    for number in range(events):
        a_case(school, text=f"Phiếu số {number} của đợt thử: bữa trưa hôm nay của bé ít thịt quá.")
    db.session.commit()


if __name__ == "__main__":
    with create_app().app_context():
        fill(int(sys.argv[1]))
