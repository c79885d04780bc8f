"""Who signs is not who prepares: the sentences that say why somebody may not sign.

The head of the school decides what is the school's; of everything above it the state body that
manages the school decides, and the office only prepares (domain of NĐ 124/2020 Đ14, Luật Tố cáo
2018 Đ12, Đ18). Nobody signs what he or she has prepared (NĐ 31/2019 Đ10.3).
"""

NOT_SIGNER = (
    "Quyết định, kết luận do người đứng đầu cơ quan có thẩm quyền ký. Anh/chị chuẩn bị dự thảo "
    "rồi bấm “Trình ký” (Điều 14 Nghị định 124/2020/NĐ-CP; Điều 12, Điều 18 Luật Tố cáo 2018)."
)
PREPARED_IT = (
    "Anh/chị là người chuẩn bị vụ việc này nên không tự ký được. Mời giao cho người khác chuẩn "
    "bị; nếu đơn vị không còn ai, mời chuyển cấp trên giải quyết."
)
NOT_PREPARED = (
    "Chưa có ai chuẩn bị nên chưa ký được: mời giao việc, người phụ trách trình dự thảo trước."
)
WAITS_ALREADY = "Đang có một dự thảo chờ ký. Mời đợi người ký ký hoặc trả lại."
NOTHING_WAITS = "Không còn dự thảo nào chờ ký ở đây."
NOT_SIGNED = "Bước này không cần ký nên không trình."

SIGNED, RETURNED, LAPSED = "signed", "returned", "lapsed"


def why_not(signs: bool, prepared: bool, is_prepared: bool) -> str:
    """Why this person may not sign; nothing when it is right."""
    if not signs:
        return NOT_SIGNER
    if prepared:
        return PREPARED_IT
    return "" if is_prepared else NOT_PREPARED
