"""Which matters may share one answer, and which part of a letter takes the letter out of school."""

from dataclasses import dataclass

ANSWERED = "Vụ việc gộp đã được trả lời nên không tách lại được nữa."
NOT_JOINED = "Việc này không còn gộp trong vụ việc này. Mời tải lại trang."

_ENDED = "Chỉ gộp những việc đang giải quyết; có việc đã trả lời hoặc đã dừng."
_SIGNED = (
    "Đơn khiếu nại, tố cáo đã ký được thụ lý và trả lời riêng từng đơn "
    "(Điều 27 Luật Khiếu nại 2011, Điều 29 Luật Tố cáo 2018) nên không gộp."
)
_SIGNED_AND_NOT = (
    "Một bên là đơn đã ký, một bên chưa ký: thời hạn theo luật khác nhau nên không gộp."
)
_KIND = "Ý kiến và thông tin khiếu nại, tố cáo có cách giải quyết khác nhau nên không gộp."
_UNIT = "Chỉ gộp những việc của cùng một đơn vị."
_OWNER = "Chỉ gộp những việc do cùng một nơi giải quyết."
_HIDDEN = "Việc kín với trường không gộp với việc trường được thấy."
_ALARM = "Có việc đang báo khẩn: mời xử lý khẩn trước khi gộp."
_GATHERED = "Việc này đã gộp các việc khác: mời chọn nó làm vụ việc chính, hoặc tách lại trước."
_LETTER = "Hai phần tách từ cùng một thư không gộp lại với nhau."


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a matter decides whether it may be joined. `letter` names what it came in with."""

    machine: str
    is_petition: bool
    is_open: bool
    alarmed: bool
    hidden: bool
    unit_id: int
    owner_id: int
    letter: frozenset[int]
    gathered: bool


def why_not_joined(one: Standing, into: Standing) -> str:
    """The sentence that forbids joining `one` into the other; none when nothing does."""
    for wrong, sentence in (
        (not (one.is_open and into.is_open), _ENDED),
        (one.hidden != into.hidden, _HIDDEN),
        (one.unit_id != into.unit_id, _UNIT),
        (one.owner_id != into.owner_id, _OWNER),
        (one.is_petition != into.is_petition, _SIGNED_AND_NOT),
        (one.is_petition, _SIGNED),
        (one.machine != into.machine, _KIND),
        (one.alarmed or into.alarmed, _ALARM),
        (one.gathered, _GATHERED),
        (bool(one.letter & into.letter), _LETTER),
    ):
        if wrong:
            return sentence
    return ""
