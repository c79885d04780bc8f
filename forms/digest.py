"""The off switch of the morning letter."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from forms.translations import HouseForm


class DigestForm(HouseForm):
    wants_digest = BooleanField(_l("Gửi cho tôi thư nhắc việc"))
