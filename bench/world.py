"""A small world for the product to be measured in, made by its own code in a process of its own.

`python -m bench.world`, under the settings of the server to come, prints the code of a point.
"""

import sys
from datetime import timedelta

from alembic import command

from feedback import clock, db
from feedback.app import create_app
from feedback.models.points import Gathering
from feedback.schema import building, works
from tests.world import a_point, a_school, the_holidays

PLACES = ("Cổng chính", "Cổng sau", "Văn phòng")


def build() -> str:
    """The tables, the calendar, a school under its office under its committee, and three points."""
    with building(db.session.session_factory.kw["bind"]) as connection:
        command.upgrade(works(connection), "head")
    the_holidays()
    school = a_school()
    school.address, school.phone = "25 Lê Đức Thọ, quận Gò Vấp", "028 3894 1234"
    points = [a_point(school, place) for place in PLACES]
    # An evening for everybody: the sends measured are real parents' and wait for nobody.
    now = clock.now()
    db.session.add(
        Gathering(
            point_id=points[0].id,
            begins_at=now - timedelta(hours=1),
            ends_at=now + timedelta(days=1),
            name="Họp phụ huynh",
            made_at=now,
        )
    )
    db.session.commit()
    return points[0].code


if __name__ == "__main__":
    with create_app().app_context():
        sys.stdout.write(build())
