"""Papers of a complaint, from its acceptance to its decisions (Luật Khiếu nại 2011)."""

from dataclasses import dataclass
from datetime import datetime

from feedback.papers.blocks import Blocks, article, closing, due, field, heading, person, said
from feedback.papers.decisions import (
    COMPLAINT_LAWS,
    carried_out,
    decided_by,
    decides,
    seen,
)
from feedback.papers.facts import Cited, Citizen, Clerk, DueDay, Frame, Matter
from feedback.papers.layout import addressee
from feedback.papers.wording import capital, clocked, dated

# At the first instance; at the second the first decision is upheld, or changed or cancelled.
VERDICTS = {
    "right": "đúng",
    "partly": "đúng một phần",
    "wrong": "sai",
    "upheld": "không có cơ sở; giữ nguyên kết quả giải quyết lần đầu",
    "changed": "có cơ sở; hủy bỏ hoặc sửa đổi kết quả giải quyết lần đầu",
}


@dataclass(frozen=True, slots=True)
class ComplaintAccepted:
    """A complaint is taken up; `again` at the second instance."""

    citizen: Citizen
    matter: Matter
    due: DueDay
    again: bool = False


@dataclass(frozen=True, slots=True)
class DialogueInvitation:
    """Who is invited, when and where, to talk about what (NĐ 155/2026 Đ11)."""

    invited: str
    citizen: Citizen
    matter: Matter
    at: datetime
    place: str
    chair: Clerk
    agenda: str


@dataclass(frozen=True, slots=True)
class ComplaintDecision:
    """A decision on a complaint (Luật Khiếu nại Đ31.2, Đ40); `first` is what it looks at again."""

    citizen: Citizen
    complained: str
    matter: Matter
    report: Cited
    findings: str
    dialogue: str
    basis: str
    verdict_code: str
    conclusion: str
    orders: tuple[str, ...]
    carried_out_by: str
    next_level: str = ""
    first: Cited | None = None


def complaint_accepted(facts: ComplaintAccepted, frame: Frame) -> Blocks:
    day = capital(dated(facts.matter.received_on))
    yield addressee(capital(facts.citizen.called))
    yield from said(f"{day}, {frame.issuer} đã nhận được đơn khiếu nại của:")
    yield from person(facts.citizen)
    yield from field("Khiếu nại về việc", facts.matter.content)
    yield from field("Mã hồ sơ", facts.matter.reference)
    yield from said(
        "Sau khi xem xét nội dung đơn khiếu nại, căn cứ quy định của pháp luật về khiếu nại, "
        f"{frame.issuer} nhận thấy đơn khiếu nại đủ điều kiện thụ lý giải quyết "
        f"{_instance(facts.again)}."
    )
    yield from due("Thời hạn giải quyết chậm nhất", facts.due)
    yield from closing(f"Vậy thông báo để {facts.citizen.called} được biết")


def dialogue_invitation(facts: DialogueInvitation, frame: Frame) -> Blocks:
    yield from said(f"{frame.issuer} trân trọng kính mời: {facts.invited}")
    yield from said(
        f"Tới dự: Buổi đối thoại trong quá trình giải quyết khiếu nại của {facts.citizen.called}."
    )
    yield from field("Khiếu nại về việc", facts.matter.content)
    yield from field("Chủ trì", f"{facts.chair.name}, {facts.chair.position}")
    yield from field("Thời gian", f"{clocked(facts.at)}.")
    yield from field("Địa điểm", facts.place)
    yield from field("Nội dung đối thoại", facts.agenda)
    yield from closing(
        "Đề nghị có mặt đúng thời gian, địa điểm nêu trên và mang theo giấy tờ tùy thân, thông "
        "tin, tài liệu liên quan (nếu có). Nếu không thể tham dự, xin báo trước và nêu rõ lý do"
    )


def complaint_decision(facts: ComplaintDecision, frame: Frame) -> Blocks:
    report = f"Căn cứ {facts.report.words}"
    yield from decided_by(frame, COMPLAINT_LAWS, report, seen(facts.matter, facts.citizen))
    yield heading("I. Nội dung khiếu nại")
    yield from person(facts.citizen)
    yield from field("Người bị khiếu nại", facts.complained)
    yield from field("Khiếu nại về việc", facts.matter.content)
    if facts.first:
        yield from field("Kết quả giải quyết lần đầu", facts.first.words)
    yield heading("II. Kết quả xác minh nội dung khiếu nại")
    yield from said(facts.findings)
    yield heading("III. Kết quả đối thoại")
    yield from said(facts.dialogue or "Không tổ chức đối thoại.")
    yield heading("IV. Kết luận")
    yield from field("Căn cứ pháp luật", facts.basis)
    yield from said(facts.conclusion)
    yield from decides()
    yield from _orders(facts)


def _orders(facts: ComplaintDecision) -> Blocks:
    first = f" ({facts.first.words})" if facts.first else ""
    verdict = VERDICTS[facts.verdict_code] + first
    yield from article(1, f"Nội dung khiếu nại của {facts.citizen.called} là {verdict}.")
    number = 1
    for number, order in enumerate(facts.orders, 2):
        yield from article(number, order)
    yield from article(number + 1, _rights(facts))
    yield from carried_out(number + 2, facts.carried_out_by)


def _rights(facts: ComplaintDecision) -> str:
    """What the complainant can still do (Luật Khiếu nại Đ31.2k, Đ33, Đ40, Đ42)."""
    called = facts.citizen.called
    court = "khởi kiện vụ án hành chính tại Tòa án theo quy định của pháp luật tố tụng hành chính"
    if facts.first:
        return f"Nếu không đồng ý với Quyết định này, {called} có quyền {court}."
    return (
        "Trong thời hạn 30 ngày, kể từ ngày nhận được Quyết định này, nếu không đồng ý thì "
        f"{called} có quyền khiếu nại lần hai đến {facts.next_level} hoặc {court}."
    )


def _instance(again: bool) -> str:
    return "lần hai" if again else "lần đầu"
