"""PETITION_KINDS: what people can send, whether it needs a name, which clocks it starts."""

from dataclasses import dataclass
from typing import Literal

Group = Literal["feedback", "petition", "appointment", "survey"]

# A child in danger starts these whatever the kind.
CHILD_CODES = ("CHILD_NOTIFY", "CHILD_INTERVENE")
# Told within 10 working days what happens to it, answered within the office's own term. This also
# holds for a complaint or denunciation sent over the web: until it is signed it is information.
INFORMATION_CODES = ("ACK_ALL", "KNPA_SLA", *CHILD_CODES)
PETITION_CODES = ("ACK_ALL", "ANY_45", *CHILD_CODES)
FORWARDED_CODES = ("FWD_RESULT", "FWD_RESULT2")
SUGGESTION_CODES = (*INFORMATION_CODES, "ANY_45", *FORWARDED_CODES, "PAQDHC_TRANSFER")
COMPLAINT_CODES = (
    *PETITION_CODES, *FORWARDED_CODES, "KN_TIMEBAR", "KN_ACCEPT", "KN1_RESOLVE", "KN1_RESOLVE_C",
    "KN1_SEND", "KN2_LODGE", "KN2_RESOLVE", "KN2_RESOLVE_C", "KN2_SEND", "KN_EFFECT",
    "KN_DIALOG_NOTICE", "KN_SUSPEND_SEND",
)  # fmt: skip
DENUNCIATION_CODES = (
    *PETITION_CODES, *FORWARDED_CODES, "TC_INITIAL", "TC_INITIAL_EXT", "TC_TRANSFER",
    "TC_ACCEPT_NOTICE", "TC_RESOLVE", "TC_EXT1", "TC_EXT2", "TC_SEND", "TC_PUBLISH", "TC_AGAIN",
    "TC_OVERDUE_ASK", "TC_OVERDUE_REPORT", "TC_PRESS",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PetitionKind:
    """One kind of matter. `hint` is for the person choosing; `law` for the clerk.

    `deadline_codes` run for it as information, `signed_codes` once it is a signed đơn.
    `needs_evidence`: an answer that says something was done shows a photo or document of it. A
    complaint or denunciation is answered by a decision or conclusion, which is its own evidence.
    """

    code: str
    label: str
    hint: str
    group: Group
    law: str
    deadline_codes: tuple[str, ...]
    signed_codes: tuple[str, ...]
    anonymous_allowed: bool = True
    counts_in_forms: bool = False
    needs_evidence: bool = False


_KINDS = (
    PetitionKind(
        "KH",
        "Khen ngợi, cảm ơn",
        "Anh/chị muốn khen hoặc cảm ơn một người, một việc làm tốt.",
        "feedback",
        "Loại nội bộ, không có trong biểu mẫu thống kê",
        # Thanks ask for no answer.
        CHILD_CODES,
        CHILD_CODES,
    ),
    PetitionKind(
        "GY",
        "Góp ý",
        "Anh/chị có một lời khuyên, một đề xuất nhỏ hoặc một câu hỏi.",
        "feedback",
        "Thông tư 11/2020/TT-BGDĐT; Điều 54 Luật Thực hiện dân chủ ở cơ sở 2022",
        INFORMATION_CODES,
        INFORMATION_CODES,
    ),
    PetitionKind(
        "PA",
        "Phản ánh",
        "Anh/chị kể lại một việc đã hoặc đang xảy ra để nhà trường biết và xử lý.",
        "feedback",
        "Điều 2 khoản 2 Luật Tiếp công dân 2013",
        SUGGESTION_CODES,
        SUGGESTION_CODES,
        counts_in_forms=True,
        needs_evidence=True,
    ),
    PetitionKind(
        "KNGHI",
        "Kiến nghị",
        "Anh/chị đề nghị một cách giải quyết hoặc một thay đổi cụ thể.",
        "feedback",
        "Điều 2 khoản 2 Luật Tiếp công dân 2013",
        SUGGESTION_CODES,
        SUGGESTION_CODES,
        counts_in_forms=True,
        needs_evidence=True,
    ),
    PetitionKind(
        "KN",
        "Khiếu nại",
        "Anh/chị không đồng ý với một quyết định hoặc việc làm của nhà trường ảnh hưởng đến "
        "quyền lợi của chính mình hoặc con mình, và muốn được xem xét lại.",
        "petition",
        "Điều 2, Điều 8, Điều 9 Luật Khiếu nại 2011; Điều 13 Nghị định 124/2020/NĐ-CP",
        INFORMATION_CODES,
        COMPLAINT_CODES,
        counts_in_forms=True,
    ),
    PetitionKind(
        "TC",
        "Tố cáo",
        "Anh/chị biết một người hoặc một đơn vị làm trái pháp luật, gây hại hoặc có thể gây hại.",
        "petition",
        "Điều 2, Điều 22, Điều 23, Điều 25 Luật Tố cáo 2018",
        INFORMATION_CODES,
        DENUNCIATION_CODES,
        counts_in_forms=True,
    ),
    PetitionKind(
        "DK_TCD",
        "Hẹn gặp nhà trường",
        "Anh/chị muốn gặp trực tiếp hiệu trưởng hoặc người tiếp công dân của trường.",
        "appointment",
        "Điều 12, Điều 25 Nghị định 154/2026/NĐ-CP",
        ("ACK_ALL", *CHILD_CODES),
        ("ACK_ALL", *CHILD_CODES),
        # The register of receptions asks who comes.
        anonymous_allowed=False,
    ),
    PetitionKind(
        "DK_DT",
        "Đăng ký đối thoại",
        "Anh/chị muốn dự buổi đối thoại của trường hoặc gửi trước câu hỏi cho buổi đó.",
        "appointment",
        "Thông tư 11/2020/TT-BGDĐT",
        ("ACK_ALL", *CHILD_CODES),
        ("ACK_ALL", *CHILD_CODES),
    ),
)

PETITION_KINDS: dict[str, PetitionKind] = {kind.code: kind for kind in _KINDS}

# The kinds that are a đơn only with a signature and a known sender.
COMPLAINT, DENUNCIATION = "KN", "TC"
SIGNED_KINDS = frozenset({COMPLAINT, DENUNCIATION})


def kinds_of(*groups: Group) -> tuple[PetitionKind, ...]:
    """The kinds of these groups, in the order people read them."""
    return tuple(kind for kind in _KINDS if kind.group in groups)
