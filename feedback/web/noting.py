"""What was only looked at or taken along is an act too: noted in the ledger by itself."""

from feedback import db, ledger
from feedback.web import here

LONGEST = 80


def taken(name: str) -> None:
    """An officer took figures or a register along as a file. `name` holds codes only.

    A short write of its own, so that making the file never holds the writer's lock.
    """
    db.session.commit()
    before = db.writing.set(True)
    try:
        units = sorted(here.scope().own)
        unit_id = units[0] if units else None
        ledger.say(db.session(), "export.file", name[:LONGEST], unit_id=unit_id)
        db.session.commit()
    finally:
        db.writing.reset(before)
