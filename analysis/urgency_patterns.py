"""The words of danger as people type them with Vietnamese marks, and what calms them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of one danger. `unless` calms it when found close around.

    `taught`: prevention and practice before it calm it too (how to prevent drowning). `reported`:
    so do negation, thanks and repair (nobody was poisoned; it has been mended).
    """

    category: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    taught: bool = True
    reported: bool = False


Words = str | tuple[str, str]


def cues(category: str, *patterns: Words, taught: bool = True, reported: bool = False) -> list[Cue]:
    """A cue for each pattern, or each pair of a pattern and what calms it."""
    pairs = (pattern if isinstance(pattern, tuple) else (pattern, "") for pattern in patterns)
    return [
        Cue(category, re.compile(words), re.compile(unless) if unless else None, taught, reported)
        for words, unless in pairs
    ]


def word(choices: str) -> str:
    """Any of these, as whole words."""
    return rf"\b(?:{choices})\b"


def near(most: int) -> str:
    """Up to so many letters of the same sentence."""
    return rf"[^.!?;]{{0,{most}}}"


# Said before the words: it is taught how it shall not happen.
TAUGHT_BEFORE = re.compile(
    word(
        "phòng chống|phòng tránh|phòng ngừa|phòng cháy|chống|ngăn ngừa|kỹ năng|tập huấn|diễn tập"
        "|tuyên truyền|chuyên đề|hội thảo|phim|vở kịch|bài học"
        "|phong chong|phong tranh|phong ngua|phong chay|ngan ngua"
        "|ky nang|tap huan|dien tap|tuyen truyen|chuyen de"
        r"|prevent\w*|training|awareness|drills?"
    )
    + r"[^.!?;,]{0,25}$"
)
# Said before them: it did not happen, or thanks for what was done then.
REPORTED_BEFORE = re.compile(
    r"\b(?:không|chưa|khong|chua) (?:(?:có|còn|hề|thấy|từng|bao giờ|bị"
    r"|co|con|he|thay|tung|bao gio|bi) )+(?:\w+ ){0,4}$"
    r"|\b(?:no|never|without) (?:\w+ ){0,3}$"
    r"|\b(?:cảm ơn|cám ơn|biết ơn|cam on|biet on|thank\w*)\b"
    r"(?!.*\b(?:nhưng|vẫn|đang|nhung|van|dang|but)\b)[^.!?;,]*$"
)
# Said after them: it is over and mended, or was an exercise.
REPORTED_AFTER = re.compile(
    r"^[^.!?;]{0,25}"
    + word(
        "đã được (?:thay|sửa|khắc phục|xử lý)|da duoc (?:thay|sua|khac phuc|xu ly)"
        "|năm ngoái|năm trước|nam ngoai|nam truoc|drill|safety|last year"
    )
)

STAFF = word("cô|thầy|bảo mẫu|giáo viên|gv|gvcn|bảo vệ|nhân viên")
KIN = word("bố|ba|cha|mẹ|dượng|chú|chồng|người yêu")
BODY = r"(?:mắt|mặt|đầu|tay|chân|bụng|lưng|cổ|tai|mũi|miệng|răng|ngực|người|trán)\b"
CHILD = r"(?:(?:một|1|mấy|các|hai|2) )?(?:con|bé|cháu|em|trẻ|học sinh|hs)\b"
HIT = (
    r"\b(?:đánh(?! giá| máy| răng| vần| dấu| số| thức| đàn| trống| bóng| kem| nhau| cầu| phấn)"
    r"|tát(?! nước)|nhốt|trói|bóp|quất|quật|đấm|vụt|véo|nhéo|giật tóc|xách tai|bạt tai"
    r"|đạp(?! xe)|đá vào|đập (?:vào|đầu|mặt|con|bé|cháu|trẻ))\b"
)

FORCE = word(
    "đánh|đấm|đá|đạp|ném|quăng|xô|đẩy|đè|tạt|đốt|châm|đâm|chọc|cào|cắn|giật|quất|phang|đập|dí|gí"
)

MARKED = (
    *cues(
        "abuse",
        FORCE + near(15) + r"\b(?:vào|trúng|lên|xuống) (?:\w+ )?" + BODY,
        STAFF + near(20) + word("ném|quăng|kéo|lôi|đẩy|xô|ấn|dúi|tạt") + " " + CHILD,
        r"bạo hành|vết bầm|bầm tím|thâm tím|bỏ đói|bịt miệng|dìm (?:đầu|bé|cháu|con)",
        r"(?:ấn|dúi|đè|đập|đạp)\b" + near(12) + word("đầu|mặt|cổ") + r"|lấy gối",
        (STAFF + near(40) + HIT, r"không (?:bao giờ|hề) (?:đánh|tát|nhốt|la|mắng)"),
        r"\btát (?:" + CHILD + "|liên tục|vào mặt|bạn|tai)|bắt " + near(20) + r"\bquỳ\b|bị tát",
        KIN + near(20) + r"(?:đánh|hành hạ|đập) " + CHILD,
        r"(?:hằn|lằn) (?:\w+ ){0,2}(?:tay|roi|thước|chổi)|bị đánh (?:bầm|sưng|chảy|đến|nhập|gãy)",
        r"bị nhốt|nhốt "
        + CHILD
        + r"|nhốt (?:trong|vào|ngoài)|khóa trái|bị khóa (?:cửa|trong|ngoài)",
        r"(?:lấy|dùng|cầm) (?:roi|chổi|thước|dép|cây|đũa)"
        + near(15)
        + word("đánh|quất|vụt|quật|đập"),
        word("buộc|cột|trói") + r" (?:dây|tay|chân|" + CHILD + r")|nhét (?:giẻ|khăn)",
        r"gây ngủ|thuốc an thần|cho " + near(15) + "uống thuốc ngủ|băng keo" + near(10) + "miệng",
    ),
    *cues(
        "sexual",
        r"xâm hại|xâm phạm (?:cơ thể|thân thể)|tình dục|hiếp dâm|cưỡng hiếp|dâm ô|sàm sỡ",
        r"gạ (?:gẫm|tình)|đụng chạm|(?:chỗ|vùng|nơi) nhạy cảm",
        r"sờ mó|sờ soạng|sờ (?:vào )?(?:ngực|mông|người|đùi)|cho tay vào (?:áo|quần)|ôm hôn",
        (word("cởi|tụt|vạch|vén") + r" (?:áo|quần|đồ|váy)", r"áo (?:khoác|mưa|ấm|len)|nóng|bơi"),
        r"(?:kéo|lôi|dẫn|rủ) (?:\w+ )?(?:vô|vào) (?:phòng|nhà vệ sinh|chỗ vắng)",
        r"vuốt ve|vùng kín|chỗ kín|quay lén|chụp lén|quấy rối|lột (?:đồ|quần|áo)|khỏa thân",
        r"(?:ảnh|clip|hình) (?:nóng|nhạy cảm)|" + word("hôn|ôm") + r" (?:và )?(?:sờ|vuốt)",
    ),
    *cues(
        "selfharm",
        r"kết thúc cuộc (?:đời|sống)|không còn muốn sống|tìm đến cái chết",
        r"tự tử|tự sát|tự vẫn|tự làm (?:đau|hại)|tự hại|rạch tay|cắt cổ tay|nhảy lầu|tuyệt mệnh",
        r"không (?:muốn|thiết) sống|muốn biến mất|chết (?:đi )?cho (?:xong|rồi|khuất)",
        r"uống thuốc (?:ngủ|sâu|trừ sâu|chuột)|không chịu nổi nữa|vĩnh biệt|con đi đây",
        r"(?:cả|hết|nguyên) (?:một )?(?:vỉ|lọ|hộp|hũ) thuốc",
        r"nhảy (?:từ|xuống|khỏi)" + near(15) + word("sân thượng|lầu|tầng|cầu|ban công|sông"),
        (r"muốn chết", r"(?:nóng|mệt|đông|ồn|hôi|chờ|tức|lạnh|cực|vui|đói|rầu|sợ|lo) muốn chết"),
        taught=False,
    ),
    *cues(
        "illness",
        r"ngộ độc|sốc phản vệ|cơn sốc|khó thở|(?:ngưng|ngừng) thở|co giật|bất tỉnh|nguy kịch",
        r"tím tái|(?:môi|mặt|người)(?: \w+)? tím|bất động|không tỉnh|\blịm\b|\b(?:ói|nôn) liên tục",
        (word("sặc"), r"sặc (?:mùi|sỡ)|màu sặc|cười sặc"),
        (
            r"(?:các|mấy|nhiều|hàng loạt|cả lớp|nguyên lớp|\d+) (?:cháu|bé|em|bạn|học sinh|trẻ|con)"
            + near(20)
            + word("đau bụng|ói|nôn|nổi mẩn|ngứa|chóng mặt"),
            "ngứa mắt",
        ),
        r"cơn hen|lên cơn (?:co|khó|sốc)|ói mửa|nôn mửa",
        r"thuốc (?:diệt )?chuột|chóng mặt buồn nôn|buồn nôn chóng mặt",
        r"hôn mê|ngất xỉu|bị ngất|ngất (?:đi|trong|giữa|ngoài|tại)|hóc (?:xương|dị vật|hạt|thức)",
        (r"(?:bị|đến|tới|té|lăn ra) xỉu", "vui|cười|muốn"),
        r"\b(?:ói|nôn)\b" + near(25) + "(?:tiêu chảy|cả lớp)|cả lớp" + near(15) + word("ói|nôn"),
        r"\b\d+ (?:cháu|bé|em|bạn)" + near(15) + word("sốt|ói|nôn"),
        (r"cấp cứu|(?:đang|phải|hiện) (?:nằm|nhập) viện", r"(?:tủ|hộp|túi|thuốc|bông) cấp cứu"),
        "dị ứng" + near(80) + r"(?:bệnh viện|\bbv\b)|dị ứng" + near(40) + "sưng",
        r"(?:ăn|uống) nhầm|(?:uống|ăn) phải (?:thuốc|hóa chất|chất)",
        r"nuốt (?:phải )?(?:pin|nam châm|đồng xu|kim|vật)",
        word("ong|rắn|chó") + near(20) + word("cắn|đốt|chích") + r"|\brắn (?:bò|trong|vào|ở)\b",
        word("rách|vỡ|bể") + r" (?:đầu|mặt|trán|môi|cằm)\b|đang khâu|khâu \d+ mũi",
        reported=True,
    ),
    *cues(
        "violence",
        r"đánh hội đồng|hung khí|mã tấu|tuýp sắt|hành hung|bóp cổ|siết cổ|chặn" + near(30) + "đánh",
        (word("dao(?! động)"), r"dao (?:thớt|nĩa|muỗng|phết)|bếp|thủ công|mỹ thuật|nấu ăn"),
        r"(?:cầm|vác|mang|rút|dùng) (?:theo )?(?:gạch|gậy|búa|kéo|rựa|kiếm)\b|dí dao",
        (word("súng"), r"súng (?:nước|nhựa|đồ chơi|cao su)|hoa súng|cây súng|bông súng"),
        r"dọa (?:giết|đánh|chém|đâm|xử)|đe dọa (?:tính mạng|giết|đánh)|hăm (?:dọa|đánh)",
        r"\bđâm (?:vào|trúng|bạn|em)\b|\bchém\b|vây đánh|kim tiêm|ma túy|bột trắng",
        r"\bđang\b" + near(25) + r"\b(?:đánh|đập|đấm) (?:nhau|bạn|em|con|cháu|bé|một|hội)",
        word("tài xế|lái xe|bảo vệ|thầy|ông|phụ huynh") + near(25) + word("rượu|xỉn"),
        r"say (?:rượu|xỉn)|xông vào|quay (?:clip|cảnh|video)" + near(20) + word("đăng|đánh|lột"),
        r"ép (?:\w+ ){0,2}(?:hút|hít|uống)\b|đập đầu|nước sôi|a-?xít?\b|(?:cầm|tạt|đổ|mang) xăng",
    ),
    *cues(
        "missing",
        r"bắt cóc|mất tích|(?:con|bé|cháu|em)"
        + near(10)
        + r"biến mất|(?:con|bé|cháu|em) (?:\w+ ){0,3}(?:bị|đi) lạc\b|lạc mất "
        + CHILD,
        (r"thất lạc", r"giấy|hồ sơ|đồ|thẻ|học bạ|tài sản|áo|sổ|đơn|sách"),
        word("lạ|lạ mặt") + near(40) + word("đón|dẫn|dắt|dụ|bế|chở|lôi|leo|trèo|lẻn|đột nhập"),
        word("xưng|tự xưng") + near(30) + word("đón") + "|leo rào vào",
        r"bỏ quên"
        + near(15)
        + CHILD
        + r"|(?:bỏ rơi|đón nhầm|giao nhầm) "
        + CHILD
        + "|bị bỏ (?:lại|quên|trong|ngoài|một mình)",
        (
            r"không (?:tìm )?thấy " + CHILD + near(12) + r"(?:đâu|ở|vào lớp|trong|về)\b",
            "vui|tiến bộ|có được|kết quả",
        ),
        r"(?:tìm|gọi) khắp nơi|(?:giao|đưa) " + CHILD + r" cho (?:người|ai)\b|vẫn giao " + CHILD,
        word("bám theo|rình|đi theo") + near(12) + CHILD,
        (
            r"\b(?:con|bé|cháu|em)\b[^.!?;]{0,60}"
            r" (?:chưa|không) (?:thấy )?(?:(?:con|bé|cháu) )?về\b",
            r"chưa về " + near(15) + r"(?:đã|thì)\b|không về (?:kịp|quê|trước)|đi học",
        ),
        taught=False,
    ),
    *cues(
        "fire",
        (
            word("cháy"),
            r"(?:phòng|chữa|báo|chống|bình|lính) cháy|(?:bóng|đèn|quạt|máy)" + near(15) + "cháy"
            r"|cháy (?:hàng|vé|túi|ví|cả ví|phố|máy|hết|giáo án|nắng|da|khét|sém|bỏng|lòng|rực)",
        ),
        (
            word("khói"),
            r"khói (?:thuốc|xe|bụi|nhang|hương|than|bếp|mùi)|(?:nhang|hương|không) khói",
        ),
        r"hở (?:dây|điện|mạch)|điện giật|giật điện|rò (?:rỉ )?điện|chập (?:điện|mạch)|nhiễm điện",
        r"tóe lửa|bốc lửa|xẹt (?:lửa|điện)|mùi khét|sắp (?:đổ|sập)\b",
        r"bị giật\b(?! mình| đồ| túi| tóc)",
        "dây điện" + near(20) + word("đứt|rơi|rớt|hở|thòng|lòi|chạm"),
        (word("sập"), r"web|mạng|trang|app|ứng dụng|hệ thống|phần mềm|server|link|wifi|nguồn"),
        word("sắt|gạch|trần|tường|kính|quạt|mái|tôn|vữa|bê tông") + near(20) + word("rơi|rớt|đổ"),
        (word("cây") + near(25) + word("nghiêng|gãy|bật gốc|đổ"), r"đổ (?:nước|rác|đầy|xăng)"),
        r"(?:rò|xì|mùi|hở) (?:khí )?ga[sz]?\b|" + word("ga|gas") + near(15) + word("xì|rò|nồng|nổ"),
        r"lửa (?:cháy|lan|bốc|bùng|ngùn)|" + word("trạm|bình|điện") + near(15) + word("nổ"),
        word("mái|tôn|cột|bảng") + near(20) + "sắp (?:bay|rớt|rơi|gãy)",
        "lan can" + near(40) + word("gãy|lung lay|bung|sập|rơi|hở"),
        reported=True,
    ),
    *cues(
        "accident",
        word("té|ngã|rơi|rớt")
        + near(20)
        + word("lầu|bất tỉnh|cầu thang|xuống (?:hồ|ao)|cống|giếng"),
        (r"gãy (?:tay|chân|xương|răng)", word("ghế|bàn|giường|kệ|tủ|kính")),
        word("trèo|leo") + near(20) + word("lan can|mái|cửa sổ|sân thượng|cột điện"),
        r"đuối nước|chết đuối|chấn thương|đè trúng",
        (
            word("máu"),
            word("nhóm|hiến|xét nghiệm|thử|dòng|thiếu|mỡ|truyền") + r" máu|máu (?:lửa|mặt)",
        ),
        word("té|ngã|rơi|rớt|văng") + r" (?:khỏi|từ) (?:\w+ )?(?:xe|lầu|tầng|cầu trượt|cửa sổ)",
        r"bị (?:bỏng|phỏng|thương)|bị (?:xe )?(?:tông|cán)\b|bị xe" + near(10) + "đụng",
        word("xe") + near(25) + word("tông|lật|lao xuống|lao lên|mất thắng") + "|thương nặng",
        (word("kẹt (?:ở|trong|lại|tay|đầu|chân|dưới)|mắc kẹt|kẹt thang máy"), "kẹt xe"),
        r"(?:cháu|bé|em|học sinh|bị) chìm\b|nước (?:lũ|cuốn)|bị cuốn|ngập sâu",
        reported=True,
    ),
    *cues(
        "call",
        (
            r"khẩn cấp",
            word("số|lối|cửa|nút|chuông|danh bạ|liên hệ|tình huống|trường hợp|thoát|liên lạc")
            + near(14)
            + "khẩn cấp",
        ),
        r"\bcứu (?:với|con|cháu|em|bé|tôi|giúp|mạng)\b|ngay lúc này|cầu cứu|kêu cứu|sơ tán",
        r"(?:gọi|báo) ngay (?:công an|cảnh sát)|gọi (?:công an|cảnh sát|cứu thương|cứu hỏa)",
        r"(?:gọi|báo) (?:ngay )?11[1345]\b",
        "công an" + near(20) + "vào cuộc",
    ),
)
