"""PAPERS: every official document the office issues, in one list.

A new paper is one entry here: what it is called, who signs it, which article asks for it, which
facts it is made of and the words that say them. Its layout is everybody's.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args, get_type_hints

from feedback.papers import (
    complaints,
    denunciations,
    handling,
    minutes,
    petitions,
    receptions,
    stopping,
)
from feedback.papers.blocks import Blocks
from feedback.papers.facts import Frame

HEAD = "Người đứng đầu đơn vị"
RESOLVER = "Người có thẩm quyền giải quyết"
RECEIVER = "Người tiếp nhận"
CITIZEN = "Người viết đơn"

# How a paper is headed: by its kind, as a letter without one, without a number, by a citizen.
NAMED, LETTER, SLIP, PETITION = "named", "letter", "slip", "petition"

FILE = "Lưu: VT, hồ sơ"
TO_CITIZEN = ("Như trên", FILE)
DECIDED = ("Như Điều 3", FILE)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One official document.

    `symbol` stands before the issuer's own in its number; `law` is the article and the form;
    `verify` says what of that no official text confirmed. `summary` and `recipients` may name
    `%(kind)s` of the matter, `%(citizen)s`, `%(receiving)s`, `%(denounced)s`; a recipient who is
    not there is left out. A paper without recipients brings its own places to sign.
    """

    code: str
    label: str
    title: str
    summary: str
    symbol: str
    signed_by: str
    law: str
    made_of: type
    body: Callable[[Any, Frame], Blocks]
    recipients: tuple[str, ...] = ()
    heading: str = NAMED
    verify: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """What it is filled from: "citizen.name", "matter.content", "due.on"…"""
        return tuple(_leaves(self.made_of))


def _leaves(kind: type, before: str = "") -> Iterator[str]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        inner = (hints[field.name], *get_args(hints[field.name]))
        nested = next((one for one in inner if is_dataclass(one)), None)
        if isinstance(nested, type):
            yield from _leaves(nested, f"{before}{field.name}.")
        else:
            yield before + field.name


# fmt: off
_KINDS = (
    PaperKind("receipt", "Giấy biên nhận", "Giấy biên nhận", "Tiếp nhận %(kind)s", "", RECEIVER,
        "Điều 28 Luật Tiếp công dân 2013; Điều 15 Nghị định 154/2026/NĐ-CP",
        receptions.Receipt, receptions.receipt, heading=SLIP,
        verify="không có mẫu riêng; dựa theo Mẫu 02/TCD"),
    PaperKind("documents_receipt", "Giấy biên nhận thông tin, tài liệu", "Giấy biên nhận",
        "Thông tin, tài liệu", "", RECEIVER,
        "Mẫu 02/TCD, Điều 15 khoản 4 Nghị định 154/2026/NĐ-CP",
        receptions.DocumentsReceipt, receptions.documents_receipt, heading=SLIP),
    PaperKind("reception_refused", "Thông báo từ chối tiếp công dân", "Thông báo",
        "Về việc từ chối tiếp công dân", "TB", HEAD,
        "Mẫu 01/TCD, Điều 4 khoản 3 Nghị định 154/2026/NĐ-CP",
        receptions.ReceptionRefused, receptions.reception_refused, TO_CITIZEN),

    PaperKind("accept_proposal", "Phiếu đề xuất thụ lý", "Phiếu đề xuất thụ lý đơn",
        "Đối với %(kind)s", "ĐX", RECEIVER, "Mẫu 01, Điều 13 Thông tư 05/2021/TT-TTCP",
        handling.AcceptProposal, handling.accept_proposal,
        verify="trường thông tin và ký hiệu ĐX"),
    PaperKind("guidance", "Phiếu hướng dẫn", "Phiếu hướng dẫn",
        "Đối với %(kind)s không thuộc thẩm quyền giải quyết", "HD", HEAD,
        "Điều 26 Luật Tiếp công dân 2013; Thông tư 05/2021/TT-TTCP",
        handling.Guidance, handling.guidance, TO_CITIZEN,
        verify="số mẫu trong Thông tư 05/2021/TT-TTCP; hướng dẫn một lần"),
    PaperKind("transfer", "Phiếu chuyển đơn", "Phiếu chuyển", "Về việc chuyển %(kind)s", "PC", HEAD,
        "Điều 26 khoản 2 Luật Tiếp công dân 2013; Thông tư 05/2021/TT-TTCP",
        handling.Transfer, handling.transfer, ("Như trên", "%(citizen)s (để biết)", FILE),
        verify="số mẫu trong Thông tư 05/2021/TT-TTCP"),
    PaperKind("denunciation_transfer", "Phiếu chuyển đơn tố cáo", "Phiếu chuyển",
        "Về việc chuyển đơn tố cáo", "PC", HEAD,
        "Mẫu 03, Điều 14 Thông tư 05/2021/TT-TTCP; Điều 24 Luật Tố cáo 2018",
        handling.Transfer, handling.transfer, TO_CITIZEN, verify="trường thông tin"),
    PaperKind("transfer_notice", "Thông báo chuyển đơn", "Thông báo", "Về việc chuyển %(kind)s",
        "TB", HEAD, "Điều 28 khoản 1 Luật Tiếp công dân 2013",
        handling.TransferNotice, handling.transfer_notice, TO_CITIZEN),

    PaperKind("complaint_accepted", "Thông báo thụ lý khiếu nại", "Thông báo",
        "Về việc thụ lý giải quyết khiếu nại", "TB", RESOLVER,
        "Mẫu 03, Nghị định 155/2026/NĐ-CP; Điều 27, Điều 36 Luật Khiếu nại 2011",
        complaints.ComplaintAccepted, complaints.complaint_accepted, TO_CITIZEN),
    PaperKind("complaint_refused", "Thông báo không thụ lý khiếu nại", "Thông báo",
        "Về việc không thụ lý giải quyết khiếu nại", "TB", RESOLVER,
        "Mẫu 04, Nghị định 155/2026/NĐ-CP; Điều 11 Luật Khiếu nại 2011",
        handling.Refused, handling.refused, TO_CITIZEN),
    PaperKind("complaint_extended", "Thông báo thời hạn vụ việc phức tạp", "Thông báo",
        "Về thời hạn giải quyết khiếu nại đối với vụ việc phức tạp", "TB", RESOLVER,
        "Điều 28, Điều 37 Luật Khiếu nại 2011; Điều 3a Nghị định 124/2020/NĐ-CP",
        handling.MoreTime, handling.more_time, TO_CITIZEN, verify="không có mẫu riêng"),
    PaperKind("dialogue_invitation", "Giấy mời đối thoại", "Giấy mời",
        "Đối thoại giải quyết khiếu nại", "GM", RESOLVER,
        "Điều 28 khoản 1 Nghị định 124/2020/NĐ-CP, sửa đổi bởi Điều 11 Nghị định 155/2026/NĐ-CP",
        complaints.DialogueInvitation, complaints.dialogue_invitation, TO_CITIZEN),
    PaperKind("dialogue_minutes", "Biên bản đối thoại", "Biên bản",
        "Đối thoại với người khiếu nại", "BB", "Người chủ trì đối thoại",
        "Mẫu 14, Nghị định 155/2026/NĐ-CP; Điều 30 Luật Khiếu nại 2011",
        minutes.DialogueMinutes, minutes.dialogue_minutes),
    PaperKind("complaint_decision", "Quyết định giải quyết khiếu nại lần đầu", "Quyết định",
        "Về việc giải quyết khiếu nại của %(citizen)s (lần đầu)", "QĐ", RESOLVER,
        "Mẫu 15, Nghị định 124/2020/NĐ-CP; Điều 31 Luật Khiếu nại 2011",
        complaints.ComplaintDecision, complaints.complaint_decision,
        ("%(citizen)s", "Người bị khiếu nại", FILE), verify="bố cục Mẫu 15"),
    PaperKind("complaint_decision_again", "Quyết định giải quyết khiếu nại lần hai", "Quyết định",
        "Về việc giải quyết khiếu nại của %(citizen)s (lần hai)", "QĐ", RESOLVER,
        "Mẫu 16, Nghị định 124/2020/NĐ-CP; Điều 40 Luật Khiếu nại 2011",
        complaints.ComplaintDecision, complaints.complaint_decision,
        ("%(citizen)s", "Người bị khiếu nại", "Người giải quyết khiếu nại lần đầu", FILE),
        verify="bố cục Mẫu 16"),
    PaperKind("complaint_suspended", "Quyết định tạm đình chỉ giải quyết khiếu nại", "Quyết định",
        "Về việc tạm đình chỉ giải quyết khiếu nại", "QĐ", RESOLVER,
        "Mẫu 14a, Điều 28b Nghị định 155/2026/NĐ-CP; Điều 11a khoản 1 Luật Khiếu nại",
        stopping.Suspension, stopping.suspension, DECIDED),
    PaperKind("complaint_ended", "Quyết định đình chỉ giải quyết khiếu nại", "Quyết định",
        "Về việc đình chỉ giải quyết khiếu nại", "QĐ", RESOLVER,
        "Mẫu 14a, Điều 28b Nghị định 155/2026/NĐ-CP; Điều 11a khoản 2 Luật Khiếu nại",
        stopping.Suspension, stopping.termination, DECIDED),
    PaperKind("complaint_resumed", "Quyết định tiếp tục giải quyết khiếu nại", "Quyết định",
        "Về việc tiếp tục giải quyết khiếu nại", "QĐ", RESOLVER,
        "Mẫu 14b, Điều 28b Nghị định 155/2026/NĐ-CP",
        stopping.Resumption, stopping.resumption, DECIDED),

    PaperKind("denunciation_accepted", "Quyết định thụ lý tố cáo", "Quyết định",
        "Về việc thụ lý tố cáo", "QĐ", RESOLVER,
        "Mẫu 04, Nghị định 31/2019/NĐ-CP; Điều 29 Luật Tố cáo 2018",
        denunciations.DenunciationAccepted, denunciations.denunciation_accepted, DECIDED,
        verify="bố cục Mẫu 04"),
    PaperKind("denunciation_notice", "Thông báo thụ lý cho người tố cáo", "Thông báo",
        "Về việc thụ lý tố cáo", "TB", RESOLVER,
        "Mẫu 05, Nghị định 31/2019/NĐ-CP; Điều 29 khoản 3 Luật Tố cáo 2018",
        denunciations.DenunciationNotice, denunciations.denunciation_notice, TO_CITIZEN,
        verify="bố cục Mẫu 05"),
    PaperKind("denounced_notice", "Thông báo nội dung cho người bị tố cáo", "Thông báo",
        "Về nội dung tố cáo", "TB", RESOLVER,
        "Mẫu 06, Nghị định 31/2019/NĐ-CP; Điều 29 khoản 3, Điều 8 khoản 3 Luật Tố cáo 2018",
        denunciations.DenouncedNotice, denunciations.denounced_notice, TO_CITIZEN,
        verify="bố cục Mẫu 06"),
    PaperKind("denunciation_refused", "Thông báo không thụ lý tố cáo", "Thông báo",
        "Về việc không thụ lý giải quyết tố cáo", "TB", RESOLVER,
        "Điều 24, Điều 29 Luật Tố cáo 2018; Thông tư 05/2021/TT-TTCP",
        handling.Refused, handling.refused, TO_CITIZEN,
        verify="số mẫu trong Thông tư 05/2021/TT-TTCP"),
    PaperKind("denunciation_extended", "Quyết định gia hạn giải quyết tố cáo", "Quyết định",
        "Về việc gia hạn giải quyết tố cáo", "QĐ", RESOLVER,
        "Mẫu 01, Điều 3 Nghị định 31/2019/NĐ-CP; Điều 30 Luật Tố cáo 2018",
        denunciations.DenunciationExtended, denunciations.denunciation_extended, DECIDED,
        verify="bố cục Mẫu 01"),
    PaperKind("denunciation_extension_notice", "Thông báo gia hạn giải quyết tố cáo", "Thông báo",
        "Về việc gia hạn giải quyết tố cáo", "TB", RESOLVER, "Điều 30 khoản 4 Luật Tố cáo 2018",
        handling.MoreTime, handling.more_time, TO_CITIZEN, verify="không có mẫu riêng"),
    PaperKind("denunciation_suspended", "Quyết định tạm đình chỉ giải quyết tố cáo", "Quyết định",
        "Về việc tạm đình chỉ giải quyết tố cáo", "QĐ", RESOLVER,
        "Điều 34 khoản 1 Luật Tố cáo 2018; Nghị định 31/2019/NĐ-CP",
        stopping.DenunciationStopped, stopping.denunciation_suspended, DECIDED,
        verify="số mẫu và bố cục mẫu trong Nghị định 31/2019/NĐ-CP"),
    PaperKind("denunciation_resumed", "Quyết định tiếp tục giải quyết tố cáo", "Quyết định",
        "Về việc tiếp tục giải quyết tố cáo", "QĐ", RESOLVER,
        "Điều 34 khoản 2 Luật Tố cáo 2018; Nghị định 31/2019/NĐ-CP",
        stopping.DenunciationResumed, stopping.denunciation_resumed, DECIDED,
        verify="số mẫu và bố cục mẫu trong Nghị định 31/2019/NĐ-CP"),
    PaperKind("denunciation_ended", "Quyết định đình chỉ giải quyết tố cáo", "Quyết định",
        "Về việc đình chỉ giải quyết tố cáo", "QĐ", RESOLVER,
        "Điều 34 khoản 3 Luật Tố cáo 2018; Nghị định 31/2019/NĐ-CP",
        stopping.DenunciationStopped, stopping.denunciation_ended, DECIDED,
        verify="số mẫu và bố cục mẫu trong Nghị định 31/2019/NĐ-CP"),
    PaperKind("denunciation_conclusion", "Kết luận nội dung tố cáo", "Kết luận nội dung tố cáo",
        "Đối với %(denounced)s", "KL", RESOLVER,
        "Mẫu 12, Nghị định 31/2019/NĐ-CP; Điều 35 Luật Tố cáo 2018",
        denunciations.Conclusion, denunciations.conclusion, ("%(denounced)s", FILE),
        verify="bố cục Mẫu 12"),

    PaperKind("suggestion_refused", "Thông báo không xem xét kiến nghị, phản ánh", "Thông báo",
        "Về việc không xem xét, giải quyết %(kind)s", "TB", HEAD,
        "Điều 28 khoản 1 Luật Tiếp công dân 2013; Điều 4 khoản 1 Nghị định 154/2026/NĐ-CP",
        handling.Refused, handling.refused, TO_CITIZEN),
    PaperKind("answer", "Trả lời kiến nghị, phản ánh", "Công văn", "trả lời %(kind)s", "", HEAD,
        "Điều 26 khoản 2, Điều 28 Luật Tiếp công dân 2013",
        handling.Answer, handling.answer, TO_CITIZEN, heading=LETTER),
    PaperKind("answer_delayed", "Thông báo cần thêm thời gian trả lời", "Thông báo",
        "Về việc cần thêm thời gian giải quyết", "TB", HEAD,
        "Điều 28 khoản 1 Luật Tiếp công dân 2013",
        handling.MoreTime, handling.more_time, TO_CITIZEN),

    PaperKind("complaint_petition", "Đơn khiếu nại", "Đơn khiếu nại", "", "", CITIZEN,
        "Mẫu 01, Nghị định 155/2026/NĐ-CP; Điều 8 Luật Khiếu nại 2011",
        petitions.ComplaintPetition, petitions.complaint_petition, heading=PETITION),
    PaperKind("denunciation_petition", "Đơn tố cáo", "Đơn tố cáo", "", "", CITIZEN,
        "Điều 22, Điều 23 Luật Tố cáo 2018", petitions.DenunciationPetition,
        petitions.denunciation_petition, heading=PETITION, verify="không có mẫu riêng"),
    PaperKind("complaint_petition_again", "Đơn khiếu nại lần hai", "Đơn khiếu nại lần hai", "", "",
        CITIZEN, "Mẫu 01, Nghị định 155/2026/NĐ-CP; Điều 8, Điều 33 Luật Khiếu nại 2011",
        petitions.ComplaintPetition, petitions.complaint_petition, heading=PETITION,
        verify="dòng kết quả giải quyết lần đầu không có trong mẫu"),
    PaperKind("denunciation_petition_again", "Đơn tố cáo tiếp", "Đơn tố cáo tiếp", "", "", CITIZEN,
        "Điều 23, Điều 37, Điều 38 Luật Tố cáo 2018", petitions.DenunciationPetition,
        petitions.denunciation_petition, heading=PETITION, verify="không có mẫu riêng"),
)
# fmt: on

PAPERS: dict[str, PaperKind] = {kind.code: kind for kind in _KINDS}
