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
EITHER, ANYONE = frozenset({STAFF, PARENT}), frozenset({STAFF, PARENT, SYSTEM})
NOTE = frozenset({"note"})


def passing(*statuses: str) -> tuple[Move, ...]:
    """What may happen to a case of any kind, wherever it stands, and leaves it there."""
    return (
        # Papers are issued on a page of their own.
        Move("issue", "Ban hành văn bản", stay(*statuses), STAFF_ONLY),
        # A copy without who sent it has a page of its own (Luật Tố cáo 2018 Đ56.2).
        Move("redact", "Làm bản che", stay(*statuses), STAFF_ONLY),
        # What the sender asks about their data, and the end of keeping it: pages of their own.
        Move("request_data", "Yêu cầu về dữ liệu cá nhân", stay(*statuses), EITHER),
        Move("extend_data", "Gia hạn yêu cầu về dữ liệu", stay(*statuses), STAFF_ONLY),
        Move(
            "reply_data",
            "Trả lời yêu cầu về dữ liệu",
            stay(*statuses),
            EITHER,
            tells_parent=True,
        ),
        Move("erase_data", "Xóa dữ liệu cá nhân", stay(*statuses), ANYONE),
        Move("hold", "Giữ lại hồ sơ, chưa được hủy", stay(*statuses), STAFF_ONLY),
        Move("lift_hold", "Thôi giữ hồ sơ", stay(*statuses), STAFF_ONLY),
        # A virus scanner found something in a file; what is done about it has a page of its own.
        Move("quarantine", "Giữ lại một tệp vì có mã độc", stay(*statuses), frozenset({SYSTEM})),
        Move("release_file", "Trả lại tệp bị giữ", stay(*statuses), STAFF_ONLY, needs=NOTE),
        Move("destroy_file", "Hủy tệp bị giữ", stay(*statuses), STAFF_ONLY, needs=NOTE),
        # Another body passed it on: it must hear what comes of it.
        Move(
            "forwarded",
            "Ghi nơi chuyển đơn đến",
            stay(*(status for status in statuses if status == "new")),
            STAFF_ONLY,
            "Nơi chuyển đơn phải được báo kết quả; hạn báo do luật định.",
            NOTE,
        ),
        Move(
            "tell_forwarder",
            "Đã báo kết quả cho nơi chuyển đơn",
            stay(*statuses),
            STAFF_ONLY,
            "Bằng văn bản. Ghi số, ngày văn bản.",
            NOTE,
        ),
        # The unit that answered has ended (Điều 12 khoản 4, 5 Luật Tố cáo 2018).
        Move("succeed", "Chuyển sang đơn vị kế thừa", stay(*statuses), frozenset({SYSTEM})),
        # Who answers has a page of its own (Nghị định 31/2019 Đ5.2, Đ10.3).
        Move("recuse", "Khai báo xung đột lợi ích", stay(*statuses), STAFF_ONLY, needs=NOTE),
        Move(
            "lift_recusal", "Bỏ khai báo xung đột lợi ích", stay(*statuses), STAFF_ONLY, needs=NOTE
        ),
        Move("accuse", "Ghi người bị khiếu nại, tố cáo", stay(*statuses), STAFF_ONLY),
        Move(
            "take_over",
            "Cấp quản lý trực tiếp giải quyết",
            stay(*statuses),
            STAFF_ONLY | {SYSTEM},
            needs=NOTE,
            tells_parent=True,
        ),
        # Opening a sealed identity has a page of its own, and takes two (Luật Tố cáo 2018 Đ56).
        Move("ask_opening", "Đề nghị mở danh tính", stay(*statuses), STAFF_ONLY, needs=NOTE),
        Move("allow_opening", "Đồng ý mở danh tính", stay(*statuses), STAFF_ONLY),
        Move("refuse_opening", "Không đồng ý mở danh tính", stay(*statuses), STAFF_ONLY),
        Move("hand_out", "Giao phong bì danh tính", stay(*statuses), STAFF_ONLY),
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
            STAFF_ONLY | {SYSTEM},
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
