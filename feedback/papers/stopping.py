"""Decisions to stand still, to go on, and to end: of a complaint and of a denunciation.

What is decided of a complaint names who complains; of a denunciation it never tells who denounced
(Luật Tố cáo 2018 Đ8.3): it is made from `Redacted` content and reaches both sides.
"""

from dataclasses import dataclass

from feedback.papers.blocks import Blocks, article, due, listed
from feedback.papers.decisions import (
    COMPLAINT_LAWS,
    DENUNCIATION_LAWS,
    Laws,
    carried_out,
    decided_by,
    decides,
    in_force_from_now,
    seen,
)
from feedback.papers.facts import Cited, Citizen, Denounced, DueDay, Frame, Matter, Redacted
from feedback.papers.wording import capital, cited

OVER = "Xét thấy căn cứ tạm đình chỉ không còn"
FROM_TODAY = "Thời hạn giải quyết tiếp tục được tính từ ngày ban hành Quyết định này."


@dataclass(frozen=True, slots=True)
class Suspension:
    """The clock stops for a while, or the matter ends, on a ground of Luật Khiếu nại Đ11a."""

    citizen: Citizen
    matter: Matter
    law: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resumption:
    """The matter goes on; its clock counts again from this day."""

    citizen: Citizen
    matter: Matter
    suspension: Cited
    due: DueDay


@dataclass(frozen=True, slots=True)
class DenunciationStopped:
    """It stands still, or ends, on a ground of Luật Tố cáo Đ34.1 or Đ34.3."""

    denounced: Denounced
    content: Redacted
    decision: Cited
    law: str
    reason: str
    carried_out_by: str


@dataclass(frozen=True, slots=True)
class DenunciationResumed:
    """It goes on (Luật Tố cáo Đ34.2); its clock counts again from this day."""

    denounced: Denounced
    content: Redacted
    suspension: Cited
    due: DueDay
    carried_out_by: str


# --- a complaint ------------------------------------------------------------------------------


def suspension(facts: Suspension, frame: Frame) -> Blocks:
    yield from _complaint_stopped("Tạm đình chỉ", facts, frame)


def termination(facts: Suspension, frame: Frame) -> Blocks:
    yield from _complaint_stopped("Đình chỉ", facts, frame)


def resumption(facts: Resumption, frame: Frame) -> Blocks:
    yield from _opened(frame, COMPLAINT_LAWS, f"Căn cứ {facts.suspension.words}", OVER)
    yield from article(1, f"Tiếp tục giải quyết {_complaint(facts)}\n{FROM_TODAY}")
    yield from due("Thời hạn giải quyết chậm nhất", facts.due)
    yield from _closed(_both(facts.citizen))


def _complaint_stopped(act: str, facts: Suspension, frame: Frame) -> Blocks:
    yield from _opened(frame, COMPLAINT_LAWS, seen(facts.matter, facts.citizen))
    yield from article(1, f"{act} giải quyết {_complaint(facts)}\n{_why(facts)}")
    yield from _closed(_both(facts.citizen))


def _complaint(facts: Suspension | Resumption) -> str:
    return f"khiếu nại của {facts.citizen.called} về việc: {facts.matter.content}"


def _both(citizen: Citizen) -> str:
    return f"{capital(citizen.called)} và người có liên quan"


# --- a denunciation ---------------------------------------------------------------------------


def denunciation_suspended(facts: DenunciationStopped, frame: Frame) -> Blocks:
    yield from _denunciation_stopped("Tạm đình chỉ", facts, frame)


def denunciation_ended(facts: DenunciationStopped, frame: Frame) -> Blocks:
    yield from _denunciation_stopped("Đình chỉ", facts, frame)


def denunciation_resumed(facts: DenunciationResumed, frame: Frame) -> Blocks:
    yield from _opened(frame, DENUNCIATION_LAWS, f"Căn cứ {facts.suspension.words}", OVER)
    yield from article(
        1, f"Tiếp tục giải quyết tố cáo đối với {facts.denounced.called}.\n{FROM_TODAY}"
    )
    yield from listed("Nội dung tố cáo tiếp tục được giải quyết", facts.content.points)
    yield from due("Thời hạn giải quyết chậm nhất", facts.due)
    yield from _closed(facts.carried_out_by)


def _denunciation_stopped(act: str, facts: DenunciationStopped, frame: Frame) -> Blocks:
    yield from _opened(frame, DENUNCIATION_LAWS, f"Căn cứ {facts.decision.words}")
    called = facts.denounced.called
    yield from article(1, f"{act} giải quyết tố cáo đối với {called}.\n{_why(facts)}")
    yield from listed("Nội dung tố cáo", facts.content.points)
    yield from _closed(facts.carried_out_by)


# --- what they share --------------------------------------------------------------------------


def _opened(frame: Frame, laws: Laws, *grounds: str) -> Blocks:
    yield from decided_by(frame, laws, *grounds)
    yield from decides()


def _why(facts: Suspension | DenunciationStopped) -> str:
    return f"Lý do: {facts.reason.rstrip('.')} ({cited(facts.law)})."


def _closed(carried_out_by: str) -> Blocks:
    yield from in_force_from_now(2)
    yield from carried_out(3, carried_out_by)
