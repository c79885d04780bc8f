"""One story behind every official paper: what happened to Nguyễn Văn An and to Trần Thị Bưởi."""

from datetime import UTC, date, datetime
from typing import Any

from feedback.papers import (
    complaints,
    denunciations,
    handling,
    minutes,
    petitions,
    receptions,
    stopping,
)
from feedback.papers.facts import (
    Cited,
    Citizen,
    Clerk,
    Denounced,
    DueDay,
    Enclosure,
    Identity,
    Letterhead,
    Matter,
    Redacted,
    Signer,
)

HEAD = Letterhead(
    superior="UBND phường An Hội Đông",
    issuer="Trường Tiểu học Lê Đức Thọ",
    place="An Hội Đông",
    number="5",
    symbol="THLĐT",
    dated=date(2026, 12, 2),
)
PRINCIPAL = Signer("Hiệu trưởng", "Lê Thị Minh Khai")
LONGEST = "TRƯỜNG TIỂU HỌC NGUYỄN THƯỢNG HIỀN – ĐIỂM TRƯỜNG SỐ 2 PHƯỜNG AN HỘI ĐÔNG"
PAGE = "Nhà trường thu hai lần tiền học phẩm của lớp 3/2 và không trả lời đơn của cha mẹ. " * 14
THREE_PAGES = "\n".join(PAGE for _ in range(7))

AN = Citizen(
    "Nguyễn Văn An",
    "76 Nguyễn Thượng Hiền, phường Hạnh Thông, Thành phố Hồ Chí Minh",
    Identity("079088001234", date(2022, 5, 9), "Cục Cảnh sát QLHC về TTXH"),
)
BUOI = Citizen(
    "Trần Thị Bưởi",
    "688/57/44 Lê Đức Thọ, phường An Hội Đông, Thành phố Hồ Chí Minh",
    Identity("079190005678", date(2021, 8, 30), "Cục Cảnh sát QLHC về TTXH"),
    "0903 000 111",
)
FEES = "Thu tiền học phẩm lớp 3/2 hai lần trong tháng 9 năm 2026"
COMPLAINT = Matter("KN", FEES, date(2026, 11, 20), "LDT-2026-4F7K2")
WORDS_OF_BUOI = "Con tôi là cháu Lê Minh Khôi lớp 4/1 thấy ông Phó Hiệu trưởng nhận phong bì"
DENUNCIATION = Matter("TC", WORDS_OF_BUOI, date(2026, 11, 16), "ANH-2026-9QXT4")
KITCHEN = Matter(
    "PA", "Suất ăn trưa thứ Ba bị thiếu phần mặn", date(2026, 11, 24), "LDT-2026-7K3MQ"
)
MAI = Clerk("Trần Thị Mai", "nhân viên văn thư")
HOA = Denounced("ông Phạm Văn Hòa", "Phó Hiệu trưởng", "Trường Tiểu học Lê Đức Thọ")
POINTS = Redacted(("Nhận tiền của nhà cung cấp suất ăn.", "Ký khống phiếu nhập kho bếp ăn."))
DUE = DueDay(
    date(2027, 1, 4),
    (
        "Bắt đầu: Nhận đơn, thứ Sáu, 20/11/2026. Ngày này không tính.",
        "Thời hạn: 30 ngày, tính cả ngày nghỉ.",
        "Hạn cuối: hết thứ Hai, 04/01/2027.",
        "Căn cứ: Điều 28 Luật Khiếu nại 2011.",
    ),
)
TAKEN_UP = Cited("Quyết định", "12/QĐ-UBND", date(2026, 11, 25))
LETTER = Cited("Phiếu chuyển", "03/PC-THLĐT", date(2026, 12, 2))
REPORT = Cited("Báo cáo kết quả xác minh", "20/BC-THLĐT", date(2026, 12, 18))
FIRST = Cited("Quyết định", "31/QĐ-THLĐT", date(2026, 12, 24))
NOON = datetime(2026, 11, 25, 1, 35, tzinfo=UTC)  # 08:35 in Gò Vấp
ROOM = "Phòng tiếp công dân, tầng trệt dãy A"
COPIES = (
    Enclosure("Biên lai thu tiền ngày 05/9/2026", 2, "bản phô tô"),
    Enclosure("Thông báo thu đầu năm học", 3, "bản sao công chứng"),
)
MORE_TIME: dict[str, Any] = {
    "about": Redacted(("Thu tiền học phẩm hai lần.",)),
    "grounds": ("Nội dung liên quan đến trách nhiệm quản lý của nhiều cơ quan.",),
    "before": date(2026, 12, 21),
    "due": DUE,
}
DECIDED: dict[str, Any] = {
    "complained": "Trường Tiểu học Lê Đức Thọ",
    "matter": COMPLAINT,
    "report": REPORT,
    "findings": "Sổ quỹ ghi hai lần thu của 41 học sinh.\nKế toán nhận lỗi nhập trùng.",
    "dialogue": "Hai bên thống nhất về số tiền thu thừa.",
    "basis": "Thông tư 16/2018/TT-BGDĐT.",
    "conclusion": "Khiếu nại về khoản thu trùng là có cơ sở.",
    "orders": ("Hủy thông báo thu ngày 05/9/2026.", "Trả lại 150.000 đồng cho mỗi học sinh."),
    "carried_out_by": "Kế toán nhà trường, ông (bà) Nguyễn Văn An",
}
SENT: dict[str, Any] = {
    "reason": "Việc này thuộc trách nhiệm của UBND phường.",
    "law": "Điều 26 Luật Tiếp công dân 2013",
}
WARD = "UBND phường An Hội Đông"

FACTS: dict[str, Any] = {
    "receipt": receptions.Receipt(AN, COMPLAINT, NOON, ROOM, MAI, COPIES, DUE),
    "documents_receipt": receptions.DocumentsReceipt(AN, NOON, ROOM, MAI, COPIES),
    "reception_refused": receptions.ReceptionRefused(
        AN, KITCHEN, ROOM, "TCD_ANSWERED", "Công văn số 12/THLĐT ngày 02/11/2026."
    ),
    "accept_proposal": handling.AcceptProposal(
        AN, COMPLAINT, "Khiếu nại hành vi của nhà trường: Điều 14 Nghị định 124/2020/NĐ-CP.", MAI
    ),
    "guidance": handling.Guidance(AN, COMPLAINT, WARD, "Đơn khiếu nại quyết định của phường."),
    "transfer": handling.Transfer(AN, KITCHEN, WARD, **SENT, enclosed="01 ảnh chụp khay ăn."),
    "denunciation_transfer": handling.Transfer(BUOI, DENUNCIATION, WARD, **SENT),
    "transfer_notice": handling.TransferNotice(AN, KITCHEN, WARD, SENT["reason"], LETTER),
    "complaint_accepted": complaints.ComplaintAccepted(AN, COMPLAINT, DUE),
    "complaint_refused": handling.Refused(AN, COMPLAINT, "KN_UNSIGNED", "Đơn nhận qua bưu điện."),
    "complaint_extended": handling.MoreTime("Ông (bà) Nguyễn Văn An", "KN", **MORE_TIME),
    "dialogue_invitation": complaints.DialogueInvitation(
        "Ông (bà) Nguyễn Văn An, người khiếu nại",
        AN,
        COMPLAINT,
        NOON,
        ROOM,
        Clerk("Lê Thị Minh Khai", "Hiệu trưởng"),
        "Kết quả xác minh và hướng giải quyết khoản thu trùng.",
    ),
    "dialogue_minutes": minutes.DialogueMinutes(
        citizen=AN,
        matter=COMPLAINT,
        began_at=NOON,
        ended_at=datetime(2026, 11, 25, 3, 5, tzinfo=UTC),
        place=ROOM,
        chair=Clerk("Lê Thị Minh Khai", "Hiệu trưởng"),
        secretary=MAI,
        complainant=minutes.Present("Nguyễn Văn An", "người khiếu nại"),
        complained=minutes.Present("Đỗ Thị Hạnh", "kế toán"),
        affected=(minutes.Present("Võ Văn Sáu", "cha học sinh lớp 3/2"),),
        others=(minutes.Present("Bùi Thị Lan", "Ban đại diện cha mẹ", True, "ốm"),),
        opening="Hiệu trưởng nêu kết quả xác minh.",
        opinions="Ông An: đề nghị trả lại tiền.\nBà Hạnh: nhận lỗi nhập trùng.",
        agreed="Trả lại 150.000 đồng cho mỗi học sinh.",
        differing="",
    ),
    "complaint_decision": complaints.ComplaintDecision(
        AN, verdict_code="right", next_level="Chủ tịch UBND phường An Hội Đông", **DECIDED
    ),
    "complaint_decision_again": complaints.ComplaintDecision(
        AN, verdict_code="upheld", first=FIRST, **DECIDED
    ),
    "complaint_suspended": stopping.Suspension(
        AN, COMPLAINT, "Điều 11a khoản 1 Luật Khiếu nại", "Người khiếu nại đang điều trị."
    ),
    "complaint_ended": stopping.Suspension(
        AN, COMPLAINT, "Điều 11a khoản 2 Luật Khiếu nại", "Người khiếu nại đã rút toàn bộ đơn."
    ),
    "complaint_resumed": stopping.Resumption(AN, COMPLAINT, TAKEN_UP, DUE),
    "denunciation_accepted": denunciations.DenunciationAccepted(
        HOA, POINTS, 30, DUE, "Tổ xác minh, ông Phạm Văn Hòa"
    ),
    "denunciation_notice": denunciations.DenunciationNotice(BUOI, DENUNCIATION, TAKEN_UP, DUE),
    "denounced_notice": denunciations.DenouncedNotice(
        HOA, POINTS, TAKEN_UP, DUE, date(2026, 12, 9)
    ),
    "denunciation_refused": handling.Refused(BUOI, DENUNCIATION, "TC_NOT_CONCRETE"),
    "denunciation_extended": denunciations.DenunciationExtended(
        HOA, POINTS, TAKEN_UP, ("Phải xác minh tại 02 địa điểm.",), DUE, "Tổ xác minh"
    ),
    "denunciation_extension_notice": handling.MoreTime("Ông Phạm Văn Hòa", "TC", **MORE_TIME),
    "denunciation_suspended": stopping.DenunciationStopped(
        HOA,
        POINTS,
        TAKEN_UP,
        "Điều 34 khoản 1 Luật Tố cáo",
        "Phải đợi kết quả giám định lại chữ ký trên phiếu nhập kho.",
        "Tổ xác minh, ông Phạm Văn Hòa",
    ),
    "denunciation_resumed": stopping.DenunciationResumed(
        HOA, POINTS, FIRST, DUE, "Tổ xác minh, ông Phạm Văn Hòa"
    ),
    "denunciation_ended": stopping.DenunciationStopped(
        HOA,
        POINTS,
        TAKEN_UP,
        "Điều 34 khoản 3 Luật Tố cáo",
        "Người tố cáo đã rút toàn bộ nội dung tố cáo.",
        "Tổ xác minh, ông Phạm Văn Hòa",
    ),
    "denunciation_conclusion": denunciations.Conclusion(
        HOA,
        TAKEN_UP,
        (
            denunciations.Finding(POINTS.points[0], "Không nhận tiền.", "Không có cơ sở.", "wrong"),
            denunciations.Finding(POINTS.points[1], "Do sơ suất.", "02 phiếu sai số.", "partly"),
        ),
        "Điều 16 Luật Viên chức; Thông tư 107/2017/TT-BTC.",
        "Ông Phạm Văn Hòa chịu trách nhiệm về hai phiếu nhập kho.",
        ("Kiểm điểm ông Phạm Văn Hòa.", "Rà soát quy trình nhập kho bếp ăn."),
    ),
    "suggestion_refused": handling.Refused(AN, KITCHEN, "ALREADY_ANSWERED"),
    "answer": handling.Answer(
        AN, KITCHEN, "Một ngày thiếu phần mặn.", "Nhà bếp cân lại suất ăn ba ngày.", "Treo hình."
    ),
    "answer_delayed": handling.MoreTime("Ông (bà) Nguyễn Văn An", "PA", **MORE_TIME),
    "complaint_petition": petitions.ComplaintPetition(
        "Hiệu trưởng Trường Tiểu học Lê Đức Thọ",
        Citizen("Nguyễn Văn An", ""),
        "Trường Tiểu học Lê Đức Thọ",
        FEES,
        "Lớp 3/2 phải nộp tiền học phẩm hai lần.",
        "Trả lại số tiền thu thừa.",
        ("Biên lai ngày 05/9/2026",),
        reference="LDT-2026-4F7K2",
    ),
    "denunciation_petition": petitions.DenunciationPetition(
        "Chủ tịch UBND phường An Hội Đông", BUOI, HOA, WORDS_OF_BUOI, reference="ANH-2026-9QXT4"
    ),
    "complaint_petition_again": petitions.ComplaintPetition(
        "Chủ tịch UBND phường An Hội Đông",
        Citizen("Nguyễn Văn An", ""),
        "Trường Tiểu học Lê Đức Thọ",
        FEES,
        "Nhà trường chưa trả lại tiền đã thu hai lần.",
        reference="LDT-2026-4F7K2",
        first="Quyết định số 31/QĐ-THLĐT ngày 24/12/2026 của Trường Tiểu học Lê Đức Thọ: Khiếu nại "
        "sai.",
    ),
    "denunciation_petition_again": petitions.DenunciationPetition(
        "Chủ tịch UBND phường An Hội Đông",
        BUOI,
        HOA,
        WORDS_OF_BUOI,
        reference="ANH-2026-9QXT4",
        first="Đã hết thời hạn giải quyết ngày thứ Hai, 04/01/2027 mà chưa được giải quyết.",
    ),
}
