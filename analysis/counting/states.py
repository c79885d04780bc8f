"""STATES: what "answered", "on time", "still open" mean, said once and as data.

A state is a list of alternatives, each a list of facts about single dates of a row; two small
interpreters read them: TESTS, on rows, and their twin in SQL, on the same field names. So a
figure and the list that opens behind it cannot drift apart.

Every state is judged within a window: from the first day of the period to the *day*, which is the
last day of the period, or the day of asking while the period still runs. Nothing later counts, so
a figure made again next year is the same figure.

A matter ends once, by what came first: answer, refusal, other closing; on one and the same day in
that order. To pass it on does not end it, so nothing gets out of the figures by being passed on.
Hence, for any period:

    carried + received = answered + refused + dropped + open
    answered = on_time + answered_late        open = open_in_time + open_late
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analysis.counting.facts import Fact, Facts

ENDINGS = ("answered_on", "refused_on", "closed_on")


@dataclass(frozen=True, slots=True)
class State:
    """What a matter may be, in words for people and as alternatives of facts."""

    label: str
    definition: str
    either: tuple[Facts, ...]


def _ended_by(ending: str) -> Facts:
    """In the window, by this ending and by none that comes first; ties follow ENDINGS."""
    place = ENDINGS.index(ending)
    earlier = tuple(Fact(ending, "ahead", other) for other in ENDINGS[:place])
    later = tuple(Fact(ending, "up_to", other) for other in ENDINGS[place + 1 :])
    return (Fact(ending, "within"), *earlier, *later)


RECEIVED: Facts = (Fact("received_on", "within"),)
CARRIED: Facts = (
    Fact("received_on", "before"),
    *(Fact(ending, "not_before") for ending in ENDINGS),
)
ANSWERED = _ended_by("answered_on")
ANSWERED_LATE = (*ANSWERED, Fact("answered_on", "after", "due_on"))
OPEN: Facts = (Fact("received_on", "by"), *(Fact(ending, "not_by") for ending in ENDINGS))
OPEN_LATE = (*OPEN, Fact("due_on", "past"))
REOPENED_OPEN: Facts = (
    Fact("answered_on", "by"),
    Fact("reopened_on", "by"),
    Fact("answered_again_on", "not_by"),
    Fact("closed_on", "not_by"),
)


def _rated(face: int) -> Facts:
    return (Fact("rated_on", "within"), Fact("face", "is", face))


SATISFIED, ACCEPTABLE, UNSATISFIED = _rated(3), _rated(2), _rated(1)

STATES: Mapping[str, State] = MappingProxyType(
    {
        "carried": State(
            "Kỳ trước chuyển sang",
            "Nhận trước ngày đầu kỳ; đến 0 giờ ngày đầu kỳ chưa trả lời, chưa từ chối "
            "và chưa đóng.",
            (CARRIED,),
        ),
        "received": State("Nhận trong kỳ", "Ngày nhận nằm trong kỳ.", (RECEIVED,)),
        "to_handle": State(
            "Tổng số phải giải quyết",
            "Việc kỳ trước chuyển sang cộng với việc nhận trong kỳ.",
            (CARRIED, RECEIVED),
        ),
        "answered": State(
            "Đã trả lời",
            "Lần trả lời đầu tiên nằm trong kỳ, kể cả việc kỳ trước chuyển sang.",
            (ANSWERED,),
        ),
        "on_time": State(
            "Trả lời đúng hạn",
            "Trả lời lần đầu trong kỳ và không sau ngày hẹn; việc không có ngày hẹn tính là "
            "đúng hạn.",
            ((*ANSWERED, Fact("answered_on", "up_to", "due_on")),),
        ),
        "answered_late": State(
            "Trả lời quá hạn", "Trả lời lần đầu trong kỳ nhưng sau ngày hẹn.", (ANSWERED_LATE,)
        ),
        "refused": State(
            "Từ chối, có nêu lý do",
            "Trong kỳ đã báo cho người gửi là không xử lý, kèm lý do.",
            (_ended_by("refused_on"),),
        ),
        "transferred": State(
            "Chuyển đơn vị có thẩm quyền",
            "Trong kỳ đã chuyển sang đơn vị khác; việc vẫn được theo dõi đến khi có trả lời.",
            ((Fact("transferred_on", "within"),),),
        ),
        "dropped": State(
            "Rút, gộp hoặc lưu",
            "Đóng trong kỳ mà không trả lời và không từ chối.",
            (_ended_by("closed_on"),),
        ),
        "open": State(
            "Còn lại, đang xử lý",
            "Đã nhận; đến hết ngày cuối kỳ (hoặc hôm nay, nếu kỳ chưa hết) chưa trả lời, "
            "chưa từ chối và chưa đóng.",
            (OPEN,),
        ),
        "open_in_time": State(
            "Còn lại, trong hạn",
            "Đang xử lý và ngày hẹn chưa qua, hoặc không có ngày hẹn.",
            ((*OPEN, Fact("due_on", "not_past")),),
        ),
        "open_late": State("Còn lại, quá hạn", "Đang xử lý và ngày hẹn đã qua.", (OPEN_LATE,)),
        "late": State(
            "Quá hạn",
            "Trả lời trong kỳ nhưng sau ngày hẹn, hoặc đang xử lý mà ngày hẹn đã qua.",
            (ANSWERED_LATE, OPEN_LATE),
        ),
        "judged": State(
            "Đã trả lời hoặc đã quá hạn",
            "Đã trả lời trong kỳ, hoặc đang xử lý mà ngày hẹn đã qua: những việc đã biết là "
            "giữ được ngày hẹn hay không.",
            (ANSWERED, OPEN_LATE),
        ),
        "urgent": State(
            "Khẩn cấp",
            "Nhận trong kỳ và liên quan đến an toàn của trẻ.",
            ((*RECEIVED, Fact("urgent", "is", True)),),
        ),
        "urgent_open": State(
            "Khẩn cấp, đang xử lý",
            "Đang xử lý và liên quan đến an toàn của trẻ.",
            ((*OPEN, Fact("urgent", "is", True)),),
        ),
        "escalated": State(
            "Chuyển cấp trên",
            "Trong kỳ đã chuyển lên cấp trên để xem lại.",
            ((Fact("escalated_on", "within"),),),
        ),
        "reopened": State(
            "Mở lại",
            "Trong kỳ người gửi báo là chưa giải quyết xong và yêu cầu xem lại.",
            ((Fact("reopened_on", "within"),),),
        ),
        "reopened_open": State(
            "Đang giải quyết lại",
            "Đã trả lời, người gửi yêu cầu xem lại và chưa có trả lời mới.",
            (REOPENED_OPEN,),
        ),
        "rated": State(
            "Đã đánh giá",
            "Trong kỳ người gửi đã đánh giá cách giải quyết.",
            (SATISFIED, ACCEPTABLE, UNSATISFIED),
        ),
        "satisfied": State("Hài lòng", "Đánh giá trong kỳ: hài lòng.", (SATISFIED,)),
        "acceptable": State("Chấp nhận được", "Đánh giá trong kỳ: chấp nhận được.", (ACCEPTABLE,)),
        "unsatisfied": State(
            "Không hài lòng", "Đánh giá trong kỳ: không hài lòng.", (UNSATISFIED,)
        ),
        "solved": State(
            "Người gửi báo đã xong",
            "Trong kỳ người gửi báo là việc đã được giải quyết.",
            ((Fact("rated_on", "within"), Fact("solved", "is", True)),),
        ),
        "unsolved": State(
            "Người gửi báo chưa xong",
            "Trong kỳ người gửi báo là việc chưa được giải quyết.",
            ((Fact("rated_on", "within"), Fact("solved", "is", False)),),
        ),
    }
)
