"""The words `accusing` looks for: titles of who leads a school, wrongs, and polite addresses."""

import re

from analysis.language import even_tones, fold

_TITLES = (
    "hiệu trưởng", "phó hiệu trưởng", "hiệu phó", "ban giám hiệu", "bgh", "ban lãnh đạo",
    "lãnh đạo nhà trường", "lãnh đạo trường", "người đứng đầu trường", "người đứng đầu nhà trường",
    "quản lý nhà trường", "quản lý trường", "sếp trường", "chủ trường", "ban lãnh đạo trường",
    "phó hiệu", "thầy hiệu", "cô hiệu", "ht", "pht",
)  # fmt: skip

# Read as they are written, with their marks.
_WRONGS = (
    # money
    "nhận tiền", "nhận hối lộ", "hối lộ", "phong bì", "ăn chặn", "ăn bớt", "ăn tiền", "ăn chia",
    "ăn hoa hồng", "nhận hoa hồng", "tham ô", "tham nhũng", "tham nhũng vặt", "biển thủ",
    "rút ruột",
    "bỏ túi", "đút túi", "lót tay", "chạy trường", "chạy lớp", "chạy điểm", "trái tuyến",
    "vòi vĩnh",
    "vòi tiền", "đòi tiền", "lấy tiền", "chia tiền", "giữ tiền", "lạm thu", "thu sai", "thu khống",
    "thu tiền", "thu thêm", "thu quỹ", "thu trái", "thu phí", "thu các khoản", "khai khống",
    "kê khống", "nâng khống", "chi khống", "chi sai", "quỹ đen", "lập quỹ", "chiếm đoạt", "lừa",
    "trục lợi", "tư lợi", "tư túi", "hoa hồng", "quà cáp", "nhận quà", "gửi giá", "thông thầu",
    "sân sau", "người nhà trúng thầu", "bán hàng", "sử dụng sai", "dùng sai", "thâm hụt",
    "thất thoát",
    "cắt xén", "cắt tiền", "ép mua", "mua bằng", "bằng giả", "sai mục đích", "mua chức", "bán chức",
    # force and silence
    "ép", "cưỡng ép", "bắt ép", "ép buộc", "dọa", "đe dọa", "hăm dọa", "đe nẹt", "trù dập",
    "trù ẻo",
    "trù", "trả thù", "bao che", "bưng bít", "che giấu", "ém nhẹm", "giấu nhẹm", "bịt miệng", "dìm",
    "ỉm", "bỏ qua", "làm ngơ", "cấm phụ huynh", "cấm giáo viên", "đuổi học", "đuổi", "sa thải",
    "cho nghỉ việc", "chèn ép", "độc đoán", "chuyên quyền", "lạm quyền", "lạm dụng", "lợi dụng",
    "lộng quyền", "hách dịch", "cửa quyền", "thiên vị", "phân biệt đối xử", "ưu ái", "nâng đỡ",
    # violence and indecency
    "đánh", "tát", "bạt tai", "chửi", "mắng", "nhục mạ", "lăng mạ", "xúc phạm", "sỉ nhục",
    "bôi nhọ",
    "sàm sỡ", "quấy rối", "xâm hại", "dâm ô", "gạ gẫm", "sờ mó", "ngoại tình", "quan hệ bất chính",
    "say rượu", "say xỉn", "nhậu", "uống rượu", "đánh bạc", "cờ bạc", "hành hung", "bạo hành",
    # falsehood and breach
    "gian lận", "sửa điểm", "nâng điểm", "sửa học bạ", "làm giả", "giả mạo", "giả chữ ký",
    "ký khống",
    "hồ sơ giả", "gian dối", "nói dối", "man trá", "vi phạm", "sai phạm", "làm sai", "làm trái",
    "trái luật", "trái pháp luật", "trái quy định", "sai quy định", "không đúng quy định",
    "phạm pháp",
    "không minh bạch", "thiếu minh bạch", "mờ ám", "bất minh", "khuất tất", "tiêu cực", "bất chính",
    "thiếu trách nhiệm", "vô trách nhiệm", "tắc trách", "cố ý", "dung túng", "tiếp tay",
    "thông đồng",
    "cấu kết", "móc nối", "bòn rút", "xà xẻo", "lộ danh tính", "tiết lộ", "tố cáo", "tố giác",
    "dạy thêm trái phép", "đi muộn về sớm", "bỏ bê", "không công khai", "lấy",
    "chuyển vào tài khoản",
    "tài khoản riêng", "tài khoản cá nhân", "cho thuê", "xây dựng trái", "bán trú sai",
    "nhận người nhà",
)  # fmt: skip
# Without marks these say something harmless far too often: đánh giá, tất cả, lấy, lửa, ép dẻo.
_NOT_BARE = frozenset(
    {"ép", "tát", "lừa", "trù", "đánh", "mắng", "lấy", "dìm", "ỉm", "dọa", "cố ý", "đuổi"}
)
_ONLY_BARE = (
    "ep phu huynh", "ep hoc sinh", "ep giao vien", "ep cac con", "tat hoc sinh", "danh hoc sinh",
    "danh chau", "danh con", "danh em", "danh be", "tat chau", "tat con", "lua phu huynh",
    "lua tien",
    "doa nat", "doa phu huynh", "doa duoi", "mang chui", "mang nhiec", "lay cap", "ep nop",
    "ep dong",
    "duoi viec", "tru giao vien", "ep mua", "ep ky", "ep di", "ep hoc",
)  # fmt: skip
# “đánh giá cao”, “thu tiền ăn đúng quy định” and the like are no wrong.
_HARMLESS = (
    r"đánh giá|đánh máy|đánh dấu|đánh số|đánh trống|đánh vần|lấy ý kiến|lấy xe|lấy cơm|lấy nước|"
    r"hoa hồng tặng|bó hoa hồng|trái tuyến thì"
)

_PEOPLE = "|".join(sorted(_TITLES, key=len, reverse=True))
_POLITE = (
    r"(?:kính gửi|kính thưa|thưa|gửi|kính mong|kính đề nghị|kính nhờ|mong|đề nghị|nhờ|xin|cảm ơn|"
    r"cám ơn|biết ơn|báo cáo với|báo với|báo|trình|phản ánh với|phản ánh tới|phản ánh đến|gặp|"
    r"kiến nghị|kính trình|hỏi|đã nói với|đã báo|đã gặp|xin phép|nhắn|chúc)"
)


def _words(options: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(options, key=len, reverse=True)))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


_ASKED = (
    rf"\b{_POLITE}(?: (?:đến|tới|cho|với|các|toàn thể|quý|anh|chị|ông|bà|thầy|cô|thầy cô|và))*"
    rf" (?:(?:cô|thầy|các|và|quý|ban|bà|ông|chị|anh) )*(?:{_PEOPLE})"
    rf"(?:(?: và|,|, phó| cùng)? (?:{_PEOPLE}|các thầy cô|thầy cô|nhà trường))*"
)
_WRONG = rf"(?!{_HARMLESS})(?:{_words(tuple(map(even_tones, _WRONGS)))})"
_BARE = tuple(fold(word) for word in _WRONGS if word not in _NOT_BARE) + _ONLY_BARE

# By whether the text is read without marks.
TITLES = {
    False: _pattern(rf"\b(?:{_PEOPLE})\b"),
    True: _pattern(rf"\b(?:{fold(_PEOPLE)})\b"),
}
ASKED = {False: _pattern(_ASKED), True: _pattern(fold(_ASKED))}
_CALLED = r"(?:cô|thầy|ông|bà|người|ổng|bả|họ)(?: ấy| này| ta| đó)?\b"
CALLED = {False: _pattern(_CALLED), True: _pattern(fold(_CALLED))}
WRONGS = _pattern(rf"\b{_WRONG}\b")
WRONGS_BARE = _pattern(rf"\b(?!{fold(_HARMLESS)})(?:{_words(_BARE)})\b")
