"""The words `personal` looks for, without marks: who somebody is called, and what is no name."""

# Whose name follows; what stands last in a row of them decides.
CHILDREN = (
    "cháu", "bé", "con", "em", "bạn", "học sinh", "hs", "trò", "mẹ của", "ba của", "bố của",
    "mẹ", "phụ huynh", "con trai", "con gái",
)  # fmt: skip
STAFF = (
    "cô", "thầy", "ông", "bà", "chị", "anh", "chú", "dì", "bác", "hiệu trưởng", "phó hiệu trưởng",
    "hiệu phó", "bảo mẫu", "bảo vệ", "giáo viên", "chủ nhiệm", "gvcn", "tổng phụ trách",
    "kế toán", "thủ quỹ", "văn thư", "giám thị", "tài xế", "căn tin", "hội trưởng", "tạp vụ",
    "cấp dưỡng", "nhân viên", "chủ tài khoản", "trưởng ban", "ban đại diện",
)  # fmt: skip
# The sender speaks: “tôi là”, “người viết:”, “ba cháu tên là”.
SENDERS = (
    "tôi tên là", "tôi tên", "tên tôi là", "tên em là", "tên mình là", "em tên là", "em tên",
    "mình tên là", "mình tên", "tôi là", "em là", "mình là", "con tên là", "con tên", "con là",
    "cháu tên là", "cháu là", "người viết", "người gửi", "người làm đơn", "người tố cáo",
    "người khiếu nại", "ký tên", "họ và tên", "họ tên", "kính đơn", "ba cháu tên là",
    "ba cháu tên", "mẹ cháu tên là", "mẹ cháu tên", "ba bé tên là", "ba bé tên", "mẹ bé tên",
    "chồng tôi là", "chồng tôi tên", "vợ tôi là", "vợ tôi tên", "chồng em là", "vợ em là",
    "chồng tôi là anh", "vợ tôi là chị", "tôi là chị", "tôi là anh", "tôi là bà", "tôi là ông",
)  # fmt: skip

# Family names that stand before most names of the country.
SURNAMES = (
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ",
    "ngô", "dương", "lý", "đinh", "đào", "trịnh", "trương", "lâm", "mai", "tô", "hà", "cao", "châu",
    "tạ", "thái", "quách", "kiều", "lưu", "đoàn", "vương", "phùng", "tăng", "tống", "từ", "triệu",
    "la", "mạc", "nghiêm", "ninh", "ông", "thạch", "danh", "sơn", "kim", "lại", "lương", "quan",
)  # fmt: skip
# Given names in small letters without marks, as they may stand after “ten la”.
GIVEN = (
    "huong", "huyen", "thuy", "trang", "phuong", "hung", "dung", "tuan", "khoi", "khanh", "quynh",
    "linh", "nhung", "hanh", "thao", "yen", "ngan", "diem", "loan", "nguyet", "long", "phuc",
    "quan", "vinh", "duc", "nam", "son", "hai", "bao", "minh", "tam", "lan", "mai", "hoa", "ngoc",
    "vy", "trinh", "tien", "tram", "uyen", "xuan", "quang", "kiet", "khang", "phat", "dat", "hieu",
    "nghia", "nhi", "han", "thinh", "tri", "trung", "thang", "thanh", "thu", "tuyet", "van", "hang",
    "hien", "cuong", "giang", "lam", "loc", "nga", "anh", "chau", "binh", "hoang", "tung", "quyen",
)  # fmt: skip
# Those that after a bare “co”, “thay”, “be” are hardly anything else: lần, điểm, phạt, giảng are.
GIVEN_FOR_SURE = (
    "huyen", "thuy", "trang", "tuan", "khanh", "quynh", "linh", "hanh", "thao", "yen", "nguyet",
    "phuc", "vinh", "mai", "ngoc", "vy", "trinh", "uyen", "xuan", "kiet", "khang", "nhi", "thinh",
    "tuyet", "hung", "cuong", "loc", "nga", "huong", "phuong",
)  # fmt: skip
# With a capital and after a title, and yet nobody's name.
NO_NAMES = (
    "toán", "tiếng", "tin", "thể", "ban", "bộ", "sở", "phòng", "trường", "hiệu", "nhà", "lớp",
    "khối", "zalo", "facebook", "fb", "email", "gmail", "sđt", "sdt", "camera", "tphcm", "việt",
    "đội", "đoàn", "phụ", "mầm", "chồi", "lá", "nếu", "xin", "mong", "nhờ", "đề", "hôm", "sáng",
    "chiều", "con", "em", "tôi", "cô", "thầy", "bé", "cháu", "các", "những", "giáo", "chủ",
    "lịch", "địa", "vật", "công", "mỹ thuật", "âm", "gvcn", "bgh", "ht", "pht", "thcs", "thpt",
    "ubnd", "gd", "tổng", "hội", "kính", "dạ", "vâng", "vì", "khi", "ai", "chi", "đảng",
)  # fmt: skip
# Before a name: then it is a street, a school or a hospital.
NO_PEOPLE = (
    "đường", "phố", "phường", "quận", "huyện", "xã", "tỉnh", "thành phố", "tp", "trường",
    "tiểu học", "thcs", "thpt", "mầm non", "mẫu giáo", "bệnh viện", "chợ", "công viên", "công ty",
    "ngân hàng", "nhà thuốc", "siêu thị", "cầu", "hẻm", "ngõ", "khu phố", "th", "nhà hàng",
)  # fmt: skip
# What somebody does at a school: to say it is to say who it is.
POSTS = (
    "giáo viên", "kế toán", "thủ quỹ", "văn thư", "bảo vệ", "tạp vụ", "bảo mẫu", "cấp dưỡng",
    "nhân viên", "y tế", "thư viện", "tổ trưởng", "khối trưởng", "tổng phụ trách", "chủ nhiệm",
    "hội trưởng", "ban đại diện", "hàng xóm", "đồng nghiệp", "đầu bếp", "phụ bếp", "tài xế",
    "cựu giáo viên", "lái xe", "giám thị", "phó hiệu trưởng", "hiệu phó", "duy nhất", "dạy",
)  # fmt: skip
ONESELF = (
    "tôi là", "em là", "mình là", "tôi làm", "em làm", "mình làm", "chồng tôi là", "vợ tôi là",
    "chồng em là", "vợ em là", "tôi dạy", "em dạy", "mình dạy", "con tôi là", "chồng tôi làm",
    "vợ tôi làm", "mẹ tôi là", "ba tôi là",
)  # fmt: skip
