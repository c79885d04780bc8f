"""What every decision shares: who decides, on which laws, and its last articles."""

from datetime import date

from feedback.papers.blocks import Blocks, Line, article, bases
from feedback.papers.facts import Citizen, Frame, Matter
from feedback.papers.wording import dated

_AMENDED = date(2026, 7, 1)
_AMENDING_LAW = (
    "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tiếp công dân, Luật Khiếu nại, Luật Tố cáo"
)

# Since when, and how a decision cites it.
COMPLAINT_LAWS = (
    (date(2012, 7, 1), "Căn cứ Luật Khiếu nại ngày 11 tháng 11 năm 2011"),
    (_AMENDED, _AMENDING_LAW),
    (
        date(2020, 12, 10),
        "Căn cứ Nghị định số 124/2020/NĐ-CP ngày 19 tháng 10 năm 2020 của Chính phủ quy định chi "
        "tiết một số điều và biện pháp thi hành Luật Khiếu nại",
    ),
    (
        _AMENDED,
        "Căn cứ Nghị định số 155/2026/NĐ-CP ngày 15 tháng 5 năm 2026 của Chính phủ sửa đổi, bổ "
        "sung một số điều của Nghị định số 124/2020/NĐ-CP",
    ),
)
DENUNCIATION_LAWS = (
    (date(2019, 1, 1), "Căn cứ Luật Tố cáo ngày 12 tháng 6 năm 2018"),
    (_AMENDED, _AMENDING_LAW),
    (
        date(2019, 5, 28),
        "Căn cứ Nghị định số 31/2019/NĐ-CP ngày 10 tháng 4 năm 2019 của Chính phủ quy định chi "
        "tiết một số điều và biện pháp tổ chức thi hành Luật Tố cáo",
    ),
    (
        _AMENDED,
        "Căn cứ Nghị định số 156/2026/NĐ-CP ngày 15 tháng 5 năm 2026 của Chính phủ sửa đổi, bổ "
        "sung một số điều của Nghị định số 31/2019/NĐ-CP",
    ),
)

Laws = tuple[tuple[date, str], ...]


def decided_by(frame: Frame, laws: Laws, *grounds: str) -> Blocks:
    """The office that decides, the laws in force on that day, and the matter's own grounds."""
    yield Line("Thẩm quyền", frame.resolver.upper())
    in_force = (words for since, words in laws if since <= frame.head.dated)
    yield from bases(*in_force, *grounds)


def seen(matter: Matter, citizen: Citizen) -> str:
    """The đơn itself, as a ground."""
    return f"Xét đơn khiếu nại nhận {dated(matter.received_on)} của {citizen.called}"


def decides() -> Blocks:
    yield Line("Thẩm quyền", "QUYẾT ĐỊNH:")


def in_force_from_now(number: int) -> Blocks:
    yield from article(number, "Quyết định này có hiệu lực thi hành kể từ ngày ký.")


def carried_out(number: int, who: str) -> Blocks:
    """The last article: who has to see to it."""
    yield from article(number, f"{who.rstrip('.')} chịu trách nhiệm thi hành Quyết định này./.")
