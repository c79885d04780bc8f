"""Papers of a denunciation (Luật Tố cáo 2018; Nghị định 31/2019/NĐ-CP).

Only what goes to the denouncer, and to the body that must handle the matter, holds a `Citizen`.
The decisions, the conclusion and the notice to the denounced are made from `Redacted` content.
"""

from dataclasses import dataclass
from datetime import date

from feedback.papers.blocks import (
    Blocks,
    article,
    closing,
    due,
    field,
    heading,
    listed,
    person,
    points,
    said,
)
from feedback.papers.decisions import (
    DENUNCIATION_LAWS,
    carried_out,
    decided_by,
    decides,
    in_force_from_now,
)
from feedback.papers.facts import (
    Cited,
    Citizen,
    Denounced,
    DueDay,
    Frame,
    Matter,
    PaperRefused,
    Redacted,
)
from feedback.papers.layout import addressee
from feedback.papers.wording import capital, dated
from feedback.rules.paper_limits import GROUNDS_OF_EXTENSION, TWICE_AT_MOST

VERDICTS = {"right": "đúng", "partly": "đúng một phần", "wrong": "sai sự thật"}
EXTENSION_DAYS = 30
# A second extension is for matters with two or more of the seven criteria (NĐ 31/2019 Đ3.3).
TIMES = {1: "thứ nhất", 2: "thứ hai"}


@dataclass(frozen=True, slots=True)
class DenunciationAccepted:
    """The decision to take a denunciation up."""

    denounced: Denounced
    content: Redacted
    days: int
    due: DueDay
    carried_out_by: str


@dataclass(frozen=True, slots=True)
class DenunciationNotice:
    """To the denouncer: it is taken up."""

    citizen: Citizen
    matter: Matter
    decision: Cited
    due: DueDay


@dataclass(frozen=True, slots=True)
class DenouncedNotice:
    """To the denounced: what is denounced, and nothing of who did it."""

    denounced: Denounced
    content: Redacted
    decision: Cited
    due: DueDay
    explain_by: date | None = None


@dataclass(frozen=True, slots=True)
class DenunciationExtended:
    """The decision to take 30 more days, the first or the second time, with its grounds."""

    denounced: Denounced
    content: Redacted
    decision: Cited
    grounds: tuple[str, ...]
    due: DueDay
    carried_out_by: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One point denounced: what the denounced said to it, what was found, what it is."""

    point: str
    explained: str
    found: str
    verdict_code: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The conclusion on a denunciation (Luật Tố cáo Đ35.2)."""

    denounced: Denounced
    decision: Cited
    findings: tuple[Finding, ...]
    basis: str
    responsibility: str
    measures: tuple[str, ...]
    proposals: str = ""


def denunciation_accepted(facts: DenunciationAccepted, frame: Frame) -> Blocks:
    met = "Xét tố cáo đủ điều kiện thụ lý theo quy định tại Điều 29 Luật Tố cáo"
    yield from decided_by(frame, DENUNCIATION_LAWS, met)
    yield from decides()
    yield from article(1, f"Thụ lý tố cáo đối với {facts.denounced.called}.")
    yield from listed("Nội dung tố cáo được thụ lý", facts.content.points)
    yield from article(
        2, f"Thời hạn giải quyết tố cáo là {facts.days} ngày, kể từ ngày thụ lý tố cáo."
    )
    yield from due("Thời hạn giải quyết chậm nhất", facts.due)
    yield from carried_out(3, facts.carried_out_by)


def denunciation_notice(facts: DenunciationNotice, frame: Frame) -> Blocks:
    day = capital(dated(facts.matter.received_on))
    yield addressee(capital(facts.citizen.called))
    yield from said(f"{day}, {frame.issuer} đã nhận được đơn tố cáo của:")
    yield from person(facts.citizen)
    yield from field("Nội dung tố cáo", facts.matter.content)
    yield from field("Mã hồ sơ", facts.matter.reference)
    yield from said(
        "Sau khi kiểm tra, xác minh các điều kiện thụ lý, tố cáo đã được thụ lý giải quyết theo "
        f"{facts.decision.words}."
    )
    yield from due("Thời hạn giải quyết chậm nhất", facts.due)
    yield from closing(
        f"Vậy thông báo để {facts.citizen.called} được biết. Họ tên, địa chỉ, bút tích và thông "
        "tin khác làm lộ danh tính của ông (bà) được giữ bí mật theo quy định của Luật Tố cáo"
    )


def denounced_notice(facts: DenouncedNotice, frame: Frame) -> Blocks:
    who = (facts.denounced.name, facts.denounced.position)
    yield addressee(capital(", ".join(filter(None, who))))
    yield from said(
        f"Căn cứ {facts.decision.words} về việc thụ lý tố cáo, {frame.issuer} thông báo nội dung "
        "tố cáo đã được thụ lý như sau:"
    )
    yield from points(facts.content.points)
    yield from due("Thời hạn giải quyết tố cáo chậm nhất", facts.due)
    until = f", chậm nhất hết {dated(facts.explain_by)}" if facts.explain_by else ""
    yield from closing(
        "Đề nghị giải trình bằng văn bản về những nội dung bị tố cáo và cung cấp thông tin, tài "
        f"liệu, bằng chứng để chứng minh tính đúng, sai của nội dung tố cáo{until}. Người bị tố "
        "cáo có các quyền và nghĩa vụ quy định tại Điều 10 Luật Tố cáo"
    )


def denunciation_extended(facts: DenunciationExtended, frame: Frame) -> Blocks:
    _check_extension(facts)
    yield from decided_by(frame, DENUNCIATION_LAWS, f"Căn cứ {facts.decision.words}")
    yield from decides()
    yield from article(
        1,
        f"Gia hạn lần {TIMES[facts.times]} thời hạn giải quyết tố cáo đối với "
        f"{facts.denounced.called} thêm {EXTENSION_DAYS} ngày.",
    )
    yield from listed("Nội dung tố cáo đang được giải quyết", facts.content.points)
    yield from listed("Lý do gia hạn", facts.grounds)
    yield from due("Thời hạn giải quyết mới chậm nhất", facts.due)
    yield from in_force_from_now(2)
    yield from carried_out(3, facts.carried_out_by)


def conclusion(facts: Conclusion, frame: Frame) -> Blocks:
    yield from said(
        f"{frame.issuer} đã ban hành {facts.decision.words} về việc thụ lý tố cáo đối với "
        f"{facts.denounced.called}."
    )
    yield from said(
        "Căn cứ nội dung tố cáo, nội dung giải trình của người bị tố cáo, kết quả xác minh và các "
        f"tài liệu, chứng cứ có liên quan, {frame.resolver} kết luận như sau:"
    )
    yield heading("I. Kết quả xác minh nội dung tố cáo")
    for number, finding in enumerate(facts.findings, 1):
        yield heading(f"{number}. {finding.point}", 2)
        yield from field("Giải trình của người bị tố cáo", finding.explained)
        yield from field("Kết quả xác minh", finding.found)
        yield from said(f"Kết luận: nội dung tố cáo này là {VERDICTS[finding.verdict_code]}.")
    yield heading("II. Căn cứ pháp luật")
    yield from said(facts.basis)
    yield heading("III. Trách nhiệm của cơ quan, tổ chức, cá nhân có liên quan")
    yield from said(facts.responsibility)
    yield heading("IV. Biện pháp xử lý và kiến nghị")
    yield from points(facts.measures)
    yield from said(facts.proposals)
    yield from closing(
        "Kết luận này được gửi và công khai theo quy định tại Điều 35, Điều 40 Luật Tố cáo"
    )


def _check_extension(facts: DenunciationExtended) -> None:
    if facts.times not in TIMES:
        raise PaperRefused(TWICE_AT_MOST)
    if len(facts.grounds) < facts.times:
        raise PaperRefused(GROUNDS_OF_EXTENSION)
