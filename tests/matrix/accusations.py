"""Labelled texts, put together from what people write: who is accused, and who is not."""

from itertools import product

# Of the head, in the titles parents use; each with each of the deeds.
WHO = (
    "Hiệu trưởng", "Cô hiệu trưởng", "Thầy hiệu trưởng trường này", "Bà phó hiệu trưởng",
    "Thầy hiệu phó", "Ban giám hiệu", "BGH nhà trường", "Lãnh đạo nhà trường",
    "Ông Lê Văn Hòa", "Cô HT", "Người đứng đầu nhà trường", "Phó hiệu trưởng Hạnh",
)  # fmt: skip
DEEDS = (
    "nhận tiền của phụ huynh để cho con vào học trái tuyến",
    "nhận phong bì hai triệu đồng ngay tại phòng làm việc",
    "ép phụ huynh đóng quỹ rồi không công khai thu chi",
    "bao che cho giáo viên đánh học sinh",
    "tát một học sinh lớp 3 trước sân cờ",
    "chửi giáo viên và phụ huynh là vô học",
    "sửa điểm cho con người quen",
    "kê khống tiền ăn bán trú từ tháng Chín",
    "trù dập cô giáo dám nói thật",
    "có lời lẽ sàm sỡ với cô giáo trẻ",
    "dọa đuổi học cháu nếu tôi còn khiếu nại",
    "lạm thu tiền học thêm",
    "bán hàng đồng phục giá cao cho người nhà trúng thầu",
    "say rượu khi đang làm việc",
    "dùng bằng giả để được bổ nhiệm",
    "ăn chặn tiền từ thiện của nhà hảo tâm",
    "giả chữ ký phụ huynh trong biên bản họp",
    "bỏ qua đơn của tôi ba lần vì thông đồng với nhà bếp",
    "cho thuê sân trường rồi bỏ túi tiền thuê",
    "đe dọa phụ huynh phản ánh bữa ăn",
)
CALM = "Cháu học lớp 2A3. Tôi mong việc này được xem xét."
# Some of it without marks, some in small or capital letters, some in the middle of a longer text.
DRESSES = (
    lambda text: f"{text}. {CALM}",
    lambda text: f"{CALM} {text}!",
    str.upper,
)


def _accusing() -> list[str]:
    pairs = list(product(WHO, DEEDS))
    return [
        DRESSES[number % len(DRESSES)](f"{who} {deed}") for number, (who, deed) in enumerate(pairs)
    ]


# Written out one by one: without marks, in two sentences, with the head in the middle.
BY_HAND = (
    "hieu truong nhan tien cua phu huynh de cho vao lop chon",
    "co hieu truong ep phu huynh mua dong phuc",
    "ban giam hieu bao che cho giao vien danh hoc sinh",
    "thay hieu pho sua diem cho con chau trong nha",
    "bgh lam thu tien hoc them",
    "toi to cao hieu truong nhan hoi lo",
    "hieu truong doa duoi hoc con toi",
    "pho hieu truong an chan tien ban tru",
    "hieu truong gia chu ky phu huynh",
    "lanh dao nha truong tru dap giao vien",
    "Tôi đã báo cô hiệu trưởng nhưng chính hiệu trưởng bao che cho cô giáo.",
    "Kính gửi Phòng Giáo dục, hiệu trưởng trường tôi nhận tiền chạy lớp.",
    "Mọi người sợ thầy hiệu trưởng. Thầy ấy chửi giáo viên trước mặt học sinh.",
    "Tiền quỹ bị ăn chặn, người cầm là hiệu phó.",
    "Cô giáo nói hiệu trưởng bắt ép thu tiền, cô không dám làm khác.",
    "Có phong bì gửi hiệu trưởng thì con mới được vào lớp chọn, hiệu trưởng nhận phong bì.",
    "Xin đừng cho trường biết: hiệu trưởng sàm sỡ cô văn thư.",
    "Ông Lê Văn Hòa cầm tiền quỹ, chiếm đoạt tiền bảo hiểm của các cháu.",
    "ong le van hoa nhan tien chay truong",
    "Ban lãnh đạo trường thông đồng với nhà thầu, bữa ăn bị cắt xén.",
)
ACCUSING = (*_accusing(), *BY_HAND)

# The head is asked, greeted or thanked; somebody else is spoken of, or nobody.
OTHER_WHO = (
    "Kính gửi Ban giám hiệu, ",
    "Mong thầy hiệu trưởng xem giúp: ",
    "Đề nghị ban giám hiệu xử lý việc ",
    "Nhờ cô hiệu trưởng nhắc nhở, ",
    "Tôi xin gửi ban giám hiệu nhà trường: ",
    "",
)
OTHER_WHAT = (
    "bạn lớp 4B đánh con tôi trong giờ ra chơi.",
    "cô chủ nhiệm mắng cháu trước lớp.",
    "bảo vệ thu tiền gửi xe hai lần một ngày.",
    "suất ăn ít thịt hơn thực đơn.",
    "xe đưa đón đi muộn về sớm.",
    "nhà vệ sinh tầng hai không có nước.",
    "lớp con tôi thu quỹ mà không công khai.",
    "bảo mẫu dọa cháu khi cháu không ngủ.",
    "cổng sau kẹt xe mỗi buổi chiều.",
    "giáo viên dạy thêm trái phép tại nhà.",
)
CALM_TEXTS = (
    *(who + what for who, what in product(OTHER_WHO, OTHER_WHAT)),
    "Cảm ơn thầy hiệu trưởng đã sửa lại sân chơi.",
    "Cô hiệu trưởng rất tận tâm với các cháu.",
    "Buổi họp với ban giám hiệu hôm qua rất bổ ích.",
)
