"""The đơn itself, filled from what was sent over the web, ready to print and sign.

Khiếu nại: form 01 of Nghị định 124/2020/NĐ-CP as replaced by Nghị định 155/2026/NĐ-CP. Tố cáo has
no form of its own; its contents are those of Luật Tố cáo 2018 Đ23.
"""

from dataclasses import dataclass

from feedback.papers.blocks import (
    Blocks,
    Line,
    Signature,
    closing,
    field,
    person,
    said,
    signatures,
)
from feedback.papers.facts import Citizen, Denounced, Frame
from feedback.papers.layout import addressee
from feedback.papers.wording import lines

SIGNED = "Ký hoặc điểm chỉ, ghi rõ họ tên"


@dataclass(frozen=True, slots=True)
class ComplaintPetition:
    """A complaint to print: what is not known yet is left to the pen."""

    addressee: str
    citizen: Citizen
    complained: str
    about: str
    content: str
    request: str = ""
    enclosures: tuple[str, ...] = ()
    representative: Citizen | None = None
    reference: str = ""
    # What the first instance decided, or that it let its term pass; a second đơn says it.
    first: str = ""


@dataclass(frozen=True, slots=True)
class DenunciationPetition:
    """A denunciation to print; `contact` of the citizen is asked for by law."""

    addressee: str
    citizen: Citizen
    denounced: Denounced
    content: str
    request: str = ""
    enclosures: tuple[str, ...] = ()
    reference: str = ""
    first: str = ""


def complaint_petition(facts: ComplaintPetition, frame: Frame) -> Blocks:
    yield addressee(facts.addressee)
    yield Line("Thân bài", "1. Thông tin người khiếu nại:", kept=True)
    yield from person(facts.citizen, to_fill=True)
    if facts.representative:
        yield Line("Thân bài", "2. Thông tin người được ủy quyền khiếu nại:", kept=True)
        yield from person(facts.representative, to_fill=True)
    else:
        yield from field("2. Thông tin người được ủy quyền khiếu nại (nếu có)", "Không có.")
    yield from field("3. Cơ quan, tổ chức, cá nhân bị khiếu nại", facts.complained)
    yield from field("4. Khiếu nại về việc", facts.about)
    if facts.first:
        yield from field("Kết quả giải quyết lần đầu", facts.first)
    yield from field("5. Nội dung khiếu nại", facts.content)
    yield from field("6. Yêu cầu giải quyết", facts.request)
    yield from _enclosed("7", facts.enclosures)
    yield from closing("Tôi chịu trách nhiệm về nội dung khiếu nại nêu trên")
    yield from _signed("Người khiếu nại", facts.citizen.name)
    yield from _from_the_web(facts.reference, "Luật Khiếu nại 2011 Điều 8, Điều 11")


def denunciation_petition(facts: DenunciationPetition, frame: Frame) -> Blocks:
    yield addressee(facts.addressee)
    yield Line("Thân bài", "1. Thông tin người tố cáo:", kept=True)
    yield from person(facts.citizen, to_fill=True)
    yield from field("Cách thức liên hệ", facts.citizen.contact)
    yield Line("Thân bài", "2. Thông tin người bị tố cáo:", kept=True)
    yield from field("Họ tên hoặc tên cơ quan, tổ chức", facts.denounced.name)
    yield from field("Chức vụ", facts.denounced.position)
    yield from field("Nơi làm việc", facts.denounced.workplace)
    if facts.first:
        yield from field("Kết quả giải quyết trước", facts.first)
    yield from field("3. Hành vi vi phạm pháp luật bị tố cáo", facts.content)
    yield from field("4. Đề nghị", facts.request)
    yield from _enclosed("5", facts.enclosures)
    yield from closing(
        "Tôi cam đoan nội dung tố cáo trên là đúng sự thật và chịu trách nhiệm trước pháp luật về "
        "nội dung tố cáo. Đề nghị giữ bí mật họ tên, địa chỉ, bút tích và thông tin khác làm lộ "
        "danh tính của tôi theo quy định của Luật Tố cáo"
    )
    yield from _signed("Người tố cáo", facts.citizen.name)
    yield from _from_the_web(facts.reference, "Luật Tố cáo 2018 Điều 22, Điều 23")


def _enclosed(number: str, papers: tuple[str, ...]) -> Blocks:
    listed = [line for paper in papers for line in lines(paper)]
    words = "\n".join(f"- {paper}" for paper in listed) if listed else "Không có."
    label = f"{number}. Thông tin, tài liệu, chứng cứ kèm theo (nếu có)"
    if listed:
        yield Line("Thân bài", f"{label}:", kept=True)
        yield from said(words)
    else:
        yield from field(label, words)


def _signed(who: str, name: str) -> Blocks:
    yield from signatures((None, Signature(who, name, SIGNED)))


def _from_the_web(reference: str, law: str) -> Blocks:
    """What the paper is good for, on the foot of what was filled by the machine."""
    if reference:
        yield Line(
            "Chú thích",
            f"Mẫu đơn được điền sẵn từ nội dung đã gửi qua mạng, mã hồ sơ {reference}. Đơn chỉ có "
            f"giá trị khi người viết đơn đã ký hoặc điểm chỉ ({law}). Sau khi ký, xin nộp trực "
            "tiếp hoặc gửi qua bưu điện đến nơi nhận ghi ở đầu đơn.",
        )
