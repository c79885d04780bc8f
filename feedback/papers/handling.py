"""Papers of handling a matter: proposal, guidance, transfer, refusal, more time, answer."""

from dataclasses import dataclass
from datetime import date

from feedback.papers.blocks import (
    Blocks,
    Signature,
    closing,
    due,
    field,
    listed,
    officer,
    person,
    said,
    signatures,
)
from feedback.papers.facts import (
    Cited,
    Citizen,
    Clerk,
    DueDay,
    Frame,
    Matter,
    PaperRefused,
    Redacted,
)
from feedback.papers.layout import addressee
from feedback.papers.wording import capital, cited, dated, formal
from feedback.rules.paper_limits import NO_GROUND_HERE
from feedback.rules.petitions import PETITION_KINDS, SIGNED_KINDS
from feedback.rules.refusals import REFUSALS
from feedback.rules.sentences import Sentence


@dataclass(frozen=True, slots=True)
class AcceptProposal:
    """A clerk proposes to the head that the matter be taken up."""

    citizen: Citizen
    matter: Matter
    competence: str  # why it is ours to decide
    proposed_by: Clerk
    settled_before: str = ""  # who has decided on it already, if anybody


@dataclass(frozen=True, slots=True)
class Guidance:
    """A matter that is another body's: the citizen is told where to send it."""

    citizen: Citizen
    matter: Matter
    receiving: str
    reason: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """A matter sent on to the body that must handle it; an unnamed sender has no citizen."""

    citizen: Citizen | None
    matter: Matter
    receiving: str
    reason: str
    law: str
    enclosed: str = ""


@dataclass(frozen=True, slots=True)
class TransferNotice:
    """The citizen is told where the matter went, with the letter that took it there."""

    citizen: Citizen
    matter: Matter
    receiving: str
    reason: str
    transfer: Cited


@dataclass(frozen=True, slots=True)
class Refused:
    """A matter not taken up, on a coded ground of `REFUSALS`."""

    citizen: Citizen
    matter: Matter
    ground_code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """Another last day, with its grounds. It names no sender: both sides of a matter get it."""

    addressee: str
    kind_code: str
    about: Redacted
    grounds: tuple[str, ...]
    before: date
    due: DueDay
    decision: Cited | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a kiến nghị, phản ánh or góp ý."""

    citizen: Citizen | None
    matter: Matter
    findings: str
    done: str
    next_steps: str = ""
    contact: str = ""


def accept_proposal(facts: AcceptProposal, frame: Frame) -> Blocks:
    matter = facts.matter
    yield addressee(frame.resolver)
    yield from _arrived(frame, matter, facts.citizen)
    yield from person(facts.citizen)
    yield from field("Tóm tắt nội dung", matter.content)
    yield from field("Cơ quan đã giải quyết (nếu có)", facts.settled_before or "Chưa có.")
    yield from field("Thẩm quyền và căn cứ", facts.competence)
    yield from closing(
        f"Đề xuất thụ lý {matter.paper} nêu trên để giải quyết theo quy định của pháp luật"
    )
    yield from officer("Người đề xuất", facts.proposed_by)
    head, name = frame.signer.office or frame.signer.title, frame.signer.name or ""
    yield from signatures(
        (
            Signature(f"Phê duyệt của {head}", name, "Ghi rõ ý kiến, ngày, tháng; ký, đóng dấu"),
            Signature("Người đề xuất", facts.proposed_by.name),
        )
    )


def guidance(facts: Guidance, frame: Frame) -> Blocks:
    matter = facts.matter
    yield addressee(capital(facts.citizen.called))
    yield from _arrived(frame, matter, facts.citizen)
    yield from field("Nội dung", matter.content)
    yield from said(
        f"Sau khi xem xét nội dung {matter.paper} và căn cứ quy định của pháp luật, "
        f"{frame.issuer} nhận thấy việc này không thuộc thẩm quyền giải quyết của mình."
    )
    yield from field("Lý do", facts.reason)
    yield from closing(
        f"Đề nghị ông (bà) gửi {matter.paper} đến {facts.receiving} để được xem xét, giải quyết "
        "theo quy định của pháp luật"
    )


def transfer(facts: Transfer, frame: Frame) -> Blocks:
    matter = facts.matter
    yield addressee(facts.receiving)
    yield from _arrived(frame, matter, facts.citizen)
    if facts.citizen:
        yield from person(facts.citizen)
    yield from field("Nội dung", matter.content)
    yield from field("Lý do chuyển", facts.reason)
    yield from said(
        f"Căn cứ {cited(facts.law)}, {frame.issuer} chuyển {matter.paper} nêu trên đến "
        f"{facts.receiving} để xem xét, giải quyết theo thẩm quyền."
    )
    yield from said(f"Gửi kèm: {facts.enclosed}" if facts.enclosed else "")
    yield from closing(_asks(facts, frame))


def transfer_notice(facts: TransferNotice, frame: Frame) -> Blocks:
    matter = facts.matter
    yield addressee(capital(facts.citizen.called))
    yield from _arrived(frame, matter, facts.citizen)
    yield from field("Nội dung", matter.content)
    yield from field("Lý do chuyển", facts.reason)
    yield from said(
        f"{frame.issuer} đã chuyển {matter.paper} của ông (bà) đến {facts.receiving} để được xem "
        f"xét, giải quyết theo thẩm quyền ({facts.transfer.words})."
    )
    yield from closing(
        f"Vậy thông báo để ông (bà) được biết và liên hệ với {facts.receiving} để theo dõi kết quả"
    )


def refused(facts: Refused, frame: Frame) -> Blocks:
    matter, ground = facts.matter, REFUSALS[facts.ground_code]
    if matter.kind_code not in ground.kinds or not ground.written:
        said_of = {"ground": ground.label.rstrip("."), "kind": matter.kind}
        raise PaperRefused(Sentence(NO_GROUND_HERE, said_of))
    act = "không thụ lý" if matter.kind_code in SIGNED_KINDS else "không xem xét,"
    yield addressee(capital(facts.citizen.called))
    yield from _arrived(frame, matter, facts.citizen)
    yield from field("Nội dung", matter.content)
    yield from said(
        f"Sau khi xem xét nội dung {matter.paper}, căn cứ {cited(ground.law)}, {frame.issuer} "
        f"{act} giải quyết {matter.paper} của {facts.citizen.called} vì lý do sau đây:"
    )
    yield from said(ground.label)
    yield from said(facts.detail)
    yield from said(formal(ground.advice))
    yield from closing("Vậy thông báo để ông (bà) được biết")


def more_time(facts: MoreTime, frame: Frame) -> Blocks:
    if not facts.grounds:
        raise PaperRefused("Gia hạn phải nêu ít nhất một căn cứ theo quy định của pháp luật.")
    kind = PETITION_KINDS[facts.kind_code].label.lower()
    yield addressee(facts.addressee)
    yield from listed(f"{frame.issuer} đang giải quyết {kind} về việc", facts.about.points)
    yield from listed("Việc giải quyết cần thêm thời gian vì", facts.grounds)
    if facts.decision:
        yield from field("Căn cứ", facts.decision.words)
    yield from field("Thời hạn trước đây", f"đến hết {dated(facts.before)}.")
    yield from due("Thời hạn mới", facts.due)
    yield from closing(
        "Vậy thông báo để ông (bà) và cơ quan, tổ chức, cá nhân có liên quan được biết"
    )


def answer(facts: Answer, frame: Frame) -> Blocks:
    matter = facts.matter
    yield addressee(capital(facts.citizen.called) if facts.citizen else f"Người gửi {matter.kind}")
    yield from _arrived(frame, matter, facts.citizen)
    yield from field("Nội dung", matter.content)
    yield from said(f"Sau khi xem xét, {frame.issuer} trả lời như sau:")
    yield from field("1. Kết quả kiểm tra", facts.findings)
    yield from field("2. Việc đã làm", facts.done)
    if facts.next_steps:
        yield from field("3. Việc sẽ làm tiếp", facts.next_steps)
    where = f" theo địa chỉ: {facts.contact}" if facts.contact else ""
    yield from closing(
        f"{frame.issuer} trân trọng cảm ơn. Nếu còn điều chưa rõ, mời ông (bà) phản hồi, ghi mã hồ "
        f"sơ {matter.reference}{where}"
    )


def _arrived(frame: Frame, matter: Matter, citizen: Citizen | None) -> Blocks:
    of = f" của {citizen.called}" if citizen else " của người gửi không để lại họ tên"
    day = capital(dated(matter.received_on))
    words = f"{day}, {frame.issuer} nhận được {matter.paper}{of}, mã hồ sơ {matter.reference}."
    yield from said(words)


def _asks(facts: Transfer, frame: Frame) -> str:
    """What the receiving body is asked for; whoever denounces is to be kept secret there too."""
    told = f"{frame.issuer}" + (" và người gửi" if facts.citizen else "")
    report = f"Đề nghị {facts.receiving} thông báo kết quả giải quyết cho {told} theo quy định"
    if facts.matter.kind_code != "TC":
        return report
    return (
        "Đề nghị giữ bí mật họ tên, địa chỉ, bút tích và thông tin khác làm lộ danh tính của người "
        f"tố cáo theo quy định của Luật Tố cáo. {report}"
    )
