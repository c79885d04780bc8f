"""Which unit a form is about, for officers who work for several."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from forms.fields import choices
from forms.translations import HouseForm


class UnitPart(HouseForm):
    """The unit to choose; with a single one nothing is asked."""

    unit = SelectField(_l("Đơn vị"))

    def offer_units(self, units: Iterable[tuple[str, Any]]) -> None:
        """Codes and names, the likeliest first."""
        offered = list(units)
        self.only = offered[0][0] if len(offered) == 1 else ""
        if self.only:
            del self.unit
        else:
            self.unit.choices = choices(offered)

    @property
    def unit_code(self) -> str:
        return self.only or str(self.unit.data)
