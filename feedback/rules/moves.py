"""What a case's table is made of: statuses, moves from one to the other, and the table itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from feedback.rules.sentences import Refusal

PARENT, STAFF, SYSTEM = "parent", "staff", "system"


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """`stage` is the dot of the parent's five: nhận, xem xét, giải quyết, trả lời, xong."""

    code: str
    label: str
    stage: int
    open: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: from where to where, who may, what must be given, what follows.

    `needs` names what the verb is not allowed without; `tells_parent` marks the moves that the
    sender is told of; `consequence` stands beside the button. `paper` is the official document
    that the move produces, a code of PAPERS. Only a competent signer who has not prepared the
    matter makes a `signed` one.
    """

    code: str
    label: str
    paths: Mapping[str, str]
    who: frozenset[str]
    consequence: str = ""
    needs: frozenset[str] = field(default_factory=frozenset)
    tells_parent: bool = False
    paper: str = ""
    signed: bool = False


def stay(*statuses: str) -> dict[str, str]:
    return {status: status for status in statuses}


def go(to: str, *statuses: str) -> dict[str, str]:
    return dict.fromkeys(statuses, to)


STAFF_ONLY, PARENT_ONLY = frozenset({STAFF}), frozenset({PARENT})
SYSTEM_ONLY = frozenset({SYSTEM})
EITHER, ANYONE = frozenset({STAFF, PARENT}), frozenset({STAFF, PARENT, SYSTEM})
NOTE = frozenset({"note"})


def passing(*statuses: str) -> tuple[Move, ...]:
    """What may happen to a case of any kind, wherever it stands, and leaves it there.

    Nearly all of it has a page of its own.
    """
    here = stay(*statuses)
    return (
        # Papers, and a copy without who sent it (Luật Tố cáo 2018 Đ56.2).
        Move("issue", "Ban hành văn bản", here, STAFF_ONLY),
        Move("redact", "Làm bản che", here, STAFF_ONLY),
        *_keeping(here),
        *_forwarding(here),
        *_who_answers(here),
        *_unsealing(here),
    )


def _keeping(here: Mapping[str, str]) -> tuple[Move, ...]:
    """What the sender asks about their data, the end of keeping it, and files with a virus."""
    return (
        Move("request_data", "Yêu cầu về dữ liệu cá nhân", here, EITHER),
        Move("extend_data", "Gia hạn yêu cầu về dữ liệu", here, STAFF_ONLY),
        Move("reply_data", "Trả lời yêu cầu về dữ liệu", here, EITHER, tells_parent=True),
        Move("erase_data", "Xóa dữ liệu cá nhân", here, ANYONE),
        Move("hold", "Giữ lại hồ sơ, chưa được hủy", here, STAFF_ONLY),
        Move("lift_hold", "Thôi giữ hồ sơ", here, STAFF_ONLY),
        Move("quarantine", "Giữ lại một tệp vì có mã độc", here, SYSTEM_ONLY),
        Move("release_file", "Trả lại tệp bị giữ", here, STAFF_ONLY, needs=NOTE),
        Move("destroy_file", "Hủy tệp bị giữ", here, STAFF_ONLY, needs=NOTE),
    )


def _forwarding(here: Mapping[str, str]) -> tuple[Move, ...]:
    """Another body passed it on: it must hear what comes of it."""
    return (
        Move(
            "forwarded",
            "Ghi nơi chuyển đơn đến",
            stay(*(status for status in here if status == "new")),
            STAFF_ONLY,
            "Nơi chuyển đơn phải được báo kết quả; hạn báo do luật định.",
            NOTE,
        ),
        Move(
            "tell_forwarder",
            "Đã báo kết quả cho nơi chuyển đơn",
            here,
            STAFF_ONLY,
            "Bằng văn bản. Ghi số, ngày văn bản.",
            NOTE,
        ),
    )


def _who_answers(here: Mapping[str, str]) -> tuple[Move, ...]:
    """Another unit or another officer has it in hand (Nghị định 31/2019 Đ5.2, Đ10.3)."""
    return (
        # The unit that answered has ended (Điều 12 khoản 4, 5 Luật Tố cáo 2018).
        Move("succeed", "Chuyển sang đơn vị kế thừa", here, SYSTEM_ONLY),
        Move("recuse", "Khai báo xung đột lợi ích", here, STAFF_ONLY, needs=NOTE),
        Move("lift_recusal", "Bỏ khai báo xung đột lợi ích", here, STAFF_ONLY, needs=NOTE),
        Move("accuse", "Ghi người bị khiếu nại, tố cáo", here, STAFF_ONLY),
        Move(
            "take_over",
            "Cấp quản lý trực tiếp giải quyết",
            here,
            STAFF_ONLY | SYSTEM_ONLY,
            needs=NOTE,
            tells_parent=True,
        ),
    )


def _unsealing(here: Mapping[str, str]) -> tuple[Move, ...]:
    """Opening a sealed identity takes two (Luật Tố cáo 2018 Đ56)."""
    return (
        Move("ask_opening", "Đề nghị mở danh tính", here, STAFF_ONLY, needs=NOTE),
        Move("allow_opening", "Đồng ý mở danh tính", here, STAFF_ONLY),
        Move("refuse_opening", "Không đồng ý mở danh tính", here, STAFF_ONLY),
        Move("hand_out", "Giao phong bì danh tính", here, STAFF_ONLY),
    )


# A mixed letter becomes several matters (Điều 14 khoản 4 Nghị định 154/2026/NĐ-CP).
SPLIT = "Tách một phần thành vụ việc riêng"


def joining(open_: Iterable[str]) -> tuple[Move, ...]:
    """Parts of one letter, and one answer for several letters."""
    here = tuple(open_)
    return (
        Move("split", SPLIT, stay(*here), STAFF_ONLY, tells_parent=True),
        Move("join", "Gộp vào vụ việc khác", go("joined", *here), STAFF_ONLY, tells_parent=True),
        Move("gather", "Nhận gộp vụ việc khác", stay(*here), STAFF_ONLY),
        Move("part", "Tách khỏi vụ việc gộp", go("new", "joined"), EITHER, tells_parent=True),
        Move("release", "Thôi gộp một vụ việc", stay(*here), EITHER),
        Move("agree", "Một người gửi báo đã ổn", stay("answered"), PARENT_ONLY),
    )


def sifting(open_: Iterable[str]) -> tuple[Move, ...]:
    """What looks like spam waits in a folder of its own, and comes back from there."""
    here = tuple(open_)
    return (
        Move(
            "hold_back",
            "Để vào mục “Nghi là tin rác”",
            stay("new"),
            STAFF_ONLY | SYSTEM_ONLY,
            "Phiếu vẫn được giữ, hạn vẫn chạy; người gửi thấy phiếu đang chờ kiểm tra.",
            NOTE,
            tells_parent=True,
        ),
        Move(
            "let_in",
            "Xác nhận không phải tin rác",
            stay(*here),
            STAFF_ONLY,
            "Phiếu vào hộp việc; hạn tính từ ngày nhận.",
            NOTE,
            tells_parent=True,
        ),
    )


@dataclass(frozen=True, slots=True)
class Machine:
    """One kind of handling as a table: where a case can stand, and the moves between."""

    code: str
    label: str
    statuses: Mapping[str, CaseStatus]
    moves: Mapping[str, Move]


def machine(
    code: str, label: str, statuses: Iterable[CaseStatus], moves: Iterable[Move]
) -> Machine:
    """The table of these rows."""
    return Machine(code, label, {s.code: s for s in statuses}, {m.code: m for m in moves})


class MoveRefused(Refusal):
    """A move the table does not allow; the sentence is for the person who tried it."""
