"""What the law forbids on a paper, each as the sentence that names its rule."""

NO_GROUND_HERE = "“%(ground)s” không phải là lý do ra thông báo cho %(kind)s."
SAID_ON_THE_SPOT = (
    "“%(ground)s”: lý do này được giải thích trực tiếp, không ra thông báo "
    "(Điều 4 khoản 2 Nghị định 154/2026/NĐ-CP)."
)
TWICE_AT_MOST = "Tố cáo chỉ được gia hạn nhiều nhất hai lần (Điều 30 Luật Tố cáo)."
GROUNDS_OF_EXTENSION = (
    "Gia hạn lần đầu cần ít nhất một căn cứ, gia hạn lần hai cần ít nhất hai căn cứ "
    "(Điều 3 Nghị định 31/2019/NĐ-CP)."
)
