"""Where no mail will come: whoever is in an envelope is told before they leave an address."""

from flask_babel import gettext as _

from feedback import clock, db
from feedback.models.unit_keys import current_key
from feedback.models.units import Unit
from feedback.rules.petitions import COMPLAINT, DENUNCIATION
from feedback.rules.routing import Route


def none_for(kind_code: str, way: Route, owner: Unit) -> str:
    """What is said where the contact is asked, once kind and target are known; mostly nothing."""
    if kind_code == COMPLAINT:
        return ""  # decided in the name of who made it: its desk knows them
    is_closed = kind_code == DENUNCIATION or way.hidden_from_school
    if not (is_closed and _has_key(owner)):
        return none_if_hidden(owner)  # the subject, chosen on the page, may still make it so
    return str(
        _(
            "Tên và cách liên lạc được niêm phong ngay khi gửi, nên không có thư báo. Mời đọc trả "
            "lời bằng mã tra cứu."
        )
    )


def none_if_hidden(unit: Unit) -> str:
    """The same where the sender is about to choose whether the school may know."""
    manager = unit.manager_on(clock.today()) if unit.is_school else None
    if manager is None or not _has_key(manager):
        return ""
    return str(
        _(
            "Nếu là việc nhà trường không được biết thì tên và cách liên lạc được niêm phong, nên "
            "không có thư báo. Mời đọc trả lời bằng mã tra cứu."
        )
    )


def _has_key(unit: Unit) -> bool:
    return current_key(db.session(), unit.id) is not None
