"""Papers of the desk: receipts, and the notice that a citizen is not received."""

from dataclasses import dataclass
from datetime import datetime

from feedback.papers.blocks import (
    Blocks,
    Signature,
    closing,
    due,
    enclosures,
    field,
    identity,
    officer,
    said,
    signatures,
)
from feedback.papers.facts import (
    Citizen,
    Clerk,
    DueDay,
    Enclosure,
    Frame,
    Matter,
    PaperRefused,
)
from feedback.papers.layout import addressee
from feedback.papers.wording import capital, cited, clocked, dated
from feedback.rules.paper_limits import SAID_ON_THE_SPOT
from feedback.rules.refusals import VISIT_REFUSALS
from feedback.rules.sentences import Sentence

RECEIVER = "Người nhận"
STAMPED = "Ký, ghi rõ họ tên, đóng dấu nếu có"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was received, from whom (nobody, if no name was left), and until when it is answered."""

    citizen: Citizen | None
    matter: Matter
    received_at: datetime
    place: str
    received_by: Clerk
    enclosures: tuple[Enclosure, ...] = ()
    due: DueDay | None = None
    copies: int = 2


@dataclass(frozen=True, slots=True)
class DocumentsReceipt:
    """Documents handed in for a matter (form 02/TCD)."""

    citizen: Citizen
    received_at: datetime
    place: str
    received_by: Clerk
    enclosures: tuple[Enclosure, ...]
    copies: int = 2


@dataclass(frozen=True, slots=True)
class ReceptionRefused:
    """A visit that was not received, on one of the two grounds that need a written notice."""

    citizen: Citizen
    matter: Matter  # its day is the day of the visit
    place: str
    ground_code: str
    answered_by: str = ""  # the paper that settled it: "Thông báo số 12/TB-THLĐT ngày …"


def receipt(facts: Receipt, frame: Frame) -> Blocks:
    yield from _hand_over(facts.received_at, facts.place, facts.received_by)
    if facts.citizen is None:
        yield from said("Đã nhận của người gửi không để lại họ tên.")
    else:
        yield from said(f"Đã nhận của {facts.citizen.called}.")
        yield from _who(facts.citizen)
    yield from field(capital(facts.matter.paper) + " về việc", facts.matter.content)
    yield from field("Mã hồ sơ", facts.matter.reference)
    yield from enclosures(facts.enclosures, "Tài liệu kèm theo")
    if facts.due:
        yield from due(f"{frame.issuer} báo việc xử lý cho người gửi chậm nhất", facts.due)
    yield from _copies("Giấy biên nhận", facts.copies, "người nộp")
    giver = Signature("Người nộp") if facts.citizen else None
    yield from signatures((giver, _receiver(facts.received_by)))


def documents_receipt(facts: DocumentsReceipt, frame: Frame) -> Blocks:
    yield from _hand_over(facts.received_at, facts.place, facts.received_by)
    yield from said(f"Đã nhận của {facts.citizen.called}.")
    yield from _who(facts.citizen)
    yield from enclosures(facts.enclosures, "Danh mục thông tin, tài liệu")
    giver = "người cung cấp thông tin, tài liệu"
    yield from _copies("Giấy biên nhận thông tin, tài liệu", facts.copies, giver)
    yield from signatures(
        (Signature("Người cung cấp\nthông tin, tài liệu"), _receiver(facts.received_by, "\n"))
    )


def reception_refused(facts: ReceptionRefused, frame: Frame) -> Blocks:
    ground = VISIT_REFUSALS[facts.ground_code]
    if not ground.written:
        raise PaperRefused(Sentence(SAID_ON_THE_SPOT, {"ground": ground.label.rstrip(".")}))
    law = cited(ground.law)
    yield addressee(capital(facts.citizen.called))
    yield from said(f"{capital(dated(facts.matter.received_on))}, {facts.citizen.called}")
    yield from _who(facts.citizen)
    kind = facts.matter.kind
    yield from field(f"Đến {facts.place} để {kind} về việc", facts.matter.content)
    yield from field("Lý do từ chối", f"{ground.label.rstrip('.')} ({law}).")
    if facts.answered_by:
        yield from field("Việc này đã được trả lời tại", facts.answered_by)
    yield from closing(
        f"Căn cứ {law}, {frame.issuer} từ chối tiếp nhận nội dung {kind} của "
        f"{facts.citizen.called} và thông báo để ông (bà) được biết"
    )


def _hand_over(at: datetime, place: str, clerk: Clerk) -> Blocks:
    yield from said(f"Vào {clocked(at)}, tại {place}.")
    yield from officer(RECEIVER, clerk)


def _who(citizen: Citizen) -> Blocks:
    """What stands below a name: the identity paper and the address."""
    if citizen.identity:
        yield from said(identity(citizen.identity))
    if citizen.address:
        yield from field("Địa chỉ", citizen.address)


def _copies(paper: str, copies: int, giver: str) -> Blocks:
    yield from closing(f"{paper} này được lập thành {copies:02} bản, giao cho {giver} 01 bản")


def _receiver(clerk: Clerk, below: str = "") -> Signature:
    return Signature(RECEIVER + below, clerk.name, STAMPED)
