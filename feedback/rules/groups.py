"""Several people with one complaint, denunciation or petition, and who may speak for them."""

# Đoàn đông người (TT 06/2025/TT-TTCP, biểu 01/TCD).
GROUP_FROM = 5
# Up to so many people one or two speak for them; beyond that up to five.
SMALL_UNTIL, SPEAK_FOR_SMALL, SPEAK_FOR_LARGE = 10, 2, 5

NEEDS_SPEAKER = "Từ 5 người trở lên phải cử người đại diện (Điều 29 Luật Tiếp công dân 2013)."
ONE_OR_TWO = "Từ 5 đến 10 người thì cử 1 hoặc 2 đại diện (Điều 29 Luật Tiếp công dân 2013)."
UP_TO_FIVE = "Trên 10 người thì cử nhiều nhất 5 đại diện (Điều 29 Luật Tiếp công dân 2013)."
NEEDS_PAPER = (
    "Việc cử đại diện phải bằng văn bản, có chữ ký của tất cả mọi người "
    "(Điều 29 Luật Tiếp công dân 2013)."
)
NOBODY = "Số người phải từ 1 trở lên."
MORE_THAN_ALL = "Số người đại diện không thể nhiều hơn số người đứng tên."


def group_fault(people: int, speakers: int, appointed: bool) -> str:
    """The sentence that refuses a group as it was told; none when it is as the law has it."""
    if people < GROUP_FROM:
        return _few(people, speakers)
    if not speakers:
        return NEEDS_SPEAKER
    small = people <= SMALL_UNTIL
    if speakers > (SPEAK_FOR_SMALL if small else SPEAK_FOR_LARGE):
        return ONE_OR_TWO if small else UP_TO_FIVE
    return "" if appointed else NEEDS_PAPER


def _few(people: int, speakers: int) -> str:
    if people < 1:
        return NOBODY
    return MORE_THAN_ALL if speakers > people else ""


def is_crowd(people: int) -> bool:
    """Whether they count as *đoàn đông người*."""
    return people >= GROUP_FROM
