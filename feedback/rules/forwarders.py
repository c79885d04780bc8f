"""FORWARDERS: the bodies that pass a đơn on and must hear what came of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forwarder:
    """`clocks`: the terms to tell it of the result, as far as the kind of matter has them."""

    code: str
    label: str
    clocks: frozenset[str]


# Luật Tiếp công dân 2013 Đ27.2 names the elected bodies and the reception boards; Luật Tố cáo 2018
# Đ26.2 names the press and every other body, for a denunciation.
_BOTH = frozenset({"FWD_RESULT", "TC_PRESS"})
_PRESS = frozenset({"TC_PRESS"})

FORWARDERS: dict[str, Forwarder] = {
    one.code: one
    for one in (
        Forwarder("congress", "Đại biểu, Đoàn đại biểu Quốc hội", _BOTH),
        Forwarder("council", "Hội đồng nhân dân, đại biểu Hội đồng nhân dân", _BOTH),
        Forwarder("reception", "Ban Tiếp công dân", _BOTH),
        Forwarder("press", "Cơ quan báo chí", _PRESS),
        Forwarder("other", "Cơ quan, tổ chức khác", _PRESS),
    )
}
