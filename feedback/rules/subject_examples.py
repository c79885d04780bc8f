"""SUBJECT_EXAMPLES: three messages a subject, the way parents write them.

All composed: with and without diacritics, with chat spelling, about invented people and classes.
Shown to whoever must choose a subject, and used for demonstration data and tests.
"""

SUBJECT_EXAMPLES: dict[str, tuple[str, str, str]] = {
    "BAN_TRU": (
        "Dạo này bữa trưa của bé chỉ có ít thịt với rau luộc, con về nhà nói đói. "
        "Nhờ trường xem lại định lượng suất ăn 35 ngàn.",
        "ph muốn hỏi tiền ăn tăng lên 38k mà phần ăn của con e thấy ít hơn, "
        "mong bgh công khai thực đơn + hình chụp mỗi ngày ạ",
        "Com trua nguoi, canh loang, be nha minh an ve bi dau bung 2 hom nay. "
        "Nho truong kiem tra bep an giup.",
    ),
    "THU_CHI": (
        "Đầu năm lớp con tôi thu quỹ 1,5 triệu, bảo là tự nguyện nhưng ai không đóng thì bị nhắc "
        "tên trong nhóm. Đề nghị nhà trường làm rõ.",
        "ban đại diện cmhs kêu đóng tiền mua máy lạnh 800k/hs, ko có biên bản, ko thấy kế hoạch, "
        "vậy có đúng quy định ko ạ?",
        "xin cong khai cac khoan thu dau nam, thu gi chi gi, phu huynh chung toi khong duoc xem "
        "bang thu chi nam truoc",
    ),
    "DAY_THEM": (
        "Cô chủ nhiệm gợi ý cho các con học thêm ở nhà cô, con không học thì bài trên lớp cô dạy "
        "lướt. Mong Phòng có ý kiến.",
        "gv toán dạy thêm chính hs của mình ở trung tâm gần trường, con tui ko học nên bị điểm "
        "thấp",
        "lop con toi 40 em thi 32 em hoc them co, khong hoc thi kiem tra khong biet lam vi dang "
        "bai chi day o lop them",
    ),
    "BAO_LUC": (
        "Con tôi học lớp 7 bị nhóm bạn chặn ở nhà vệ sinh đánh, quay clip đăng lên mạng. Con sợ "
        "không dám đi học.",
        "bé nhà em bị bạn cùng lớp lấy tiền hoài, e báo gvcn 3 lần rồi mà ko thấy xử lý j hết",
        "chau bi ban bat nat, goi biet danh, co lap ca lop, nho thay co can thiep som giup gia "
        "dinh",
    ),
    "XAM_HAI": (
        "Hôm nay tắm cho con tôi thấy vết bầm ở lưng và tay, con nói bị cô bảo mẫu đánh vì không "
        "chịu ngủ.",
        "e nghi ngờ có người trong trường sờ mó bé gái, bé 6t về nhà khóc ko chịu đi học, xin giữ "
        "kín danh tính cho e",
        "be bi nhot trong nha ve sinh vi khoc, chi nuoi con, de nghi xem camera gap",
    ),
    "THAI_DO_GV": (
        "Cô bộ môn hay lớn tiếng, gọi các con là đồ lười trước lớp, con tôi rất sợ giờ học này.",
        "gvcn trả lời tin nhắn ph cộc lốc, hỏi điểm con thì cô nói tự xem, mong nhà trường góp ý",
        "thay the duc bat con toi chay phat 10 vong san duoi nang, con ve bi say nang",
    ),
    "CSVC": (
        "Máy lạnh lớp 2/3 hư cả tháng, trưa nóng các con không ngủ được, đã báo nhưng chưa sửa.",
        "phòng máy có mấy chục cái mà hư hết phân nửa, hs ngồi 3 đứa 1 máy",
        "may lanh mo 18 do con toi ngoi sat dan lanh bi viem hong, nho chinh nhiet do len 26",
    ),
    "VE_SINH": (
        "Nhà vệ sinh khu B hôi, hết nước, hết giấy, con tôi nhịn cả buổi không dám đi.",
        "wc hs nam bị nghẹt mấy bữa nay, cửa hư chốt, đề nghị sửa gấp giùm ph",
        "de nghi tang so lan don nha ve sinh, be nha toi nhin tieu bi viem duong tiet nieu",
    ),
    "AN_NINH": (
        "Giờ tan trường xe đậu tràn lòng đường trước cổng, rất nguy hiểm, mong trường phối hợp "
        "phường điều tiết.",
        "chiều qua có người lạ tới xưng là cậu đón bé, may cô giáo gọi điện hỏi em, xin trường "
        "kiểm tra kỹ thẻ đón",
        "bao ve cho nguoi la vao san truong gio ra choi, con toi ke co chu la cho keo",
    ),
    "TUYEN_SINH": (
        "Nhà tôi thường trú trong phường mà con lại bị phân tuyến sang trường xa 3 cây số, xin "
        "được xem xét.",
        "cho em hỏi hộ khẩu tạm trú KT3 thì bé vô lớp 1 nộp ở đâu, trang tuyển sinh ko đăng nhập "
        "dc",
        "truong thu tien ung ho trai tuyen may trieu dong, nho co quan kiem tra co dung khong",
    ),
    "CHUYEN_TRUONG": (
        "Tôi xin rút học bạ cho con chuyển về quê hơn hai tuần chưa được ký, hỏi văn thư thì hẹn "
        "hoài.",
        "muốn chuyển trường cho bé vì chuyển nhà, trường bảo hết chỉ tiêu, nhờ hướng dẫn thủ tục ạ",
        "giay chuyen truong ghi sai ngay sinh cua chau, de nghi dinh chinh gap de kip nhap hoc",
    ),
    "DUA_DON": (
        "Xe đưa rước chở quá số ghế, các con ngồi ghế nhựa ở lối đi, rất mong trường kiểm tra nhà "
        "xe.",
        "xe trễ hoài 6h30 chưa tới, tài xế vừa lái vừa nghe đt, ph rất lo",
        "hom nay xe bo quen con toi tren xe gan nua tieng, phat hien roi moi mo cua, de nghi lam "
        "ro ngay",
    ),
    "Y_TE": (
        "Lớp có 5 cháu sốt, nổi bóng nước ở miệng, nghi tay chân miệng, trường có báo trạm y tế "
        "và khử khuẩn chưa?",
        "bé dị ứng sữa em có ghi giấy đầu năm mà cô vẫn cho uống, nổi mề đay phải đi bv",
        "sau bua an xe ca lop bi oi va tieu chay, toi dang cho con o benh vien, nho truong bao "
        "ngay cho y te",
    ),
    "BAI_TAP": (
        "Con lớp 2 mà tối nào cũng làm bài đến 10 giờ, mong cô giảm bài về nhà.",
        "hs lớp 9 học 2 buổi rồi còn ôn tới 7h tối, con em mệt quá trời",
        "co cham diem khong deu, bai giong nhau ma con toi 6 ban 8, xin phuc khao",
    ),
    "SACH_DONG_PHUC": (
        "Trường yêu cầu mua đồng phục tại một cửa hàng với giá cao hơn ngoài chợ, phụ huynh không "
        "được chọn.",
        "bộ sách tham khảo 400k có bắt buộc ko ạ, cô phát phiếu kêu đăng ký hết",
        "mua vo in logo truong, cap in logo truong, toan gia cao, de nghi truong xem lai",
    ),
    "THONG_TIN": (
        "Nhà trường báo nghỉ học đột xuất qua Zalo lúc 9 giờ tối, nhiều phụ huynh không đọc kịp.",
        "họp ph toàn nói chuyện đóng tiền, ko nói gì về việc học của con",
        "toi khong dung zalo nen khong nhan duoc thong bao, xin truong gui tin nhan hoac dan giay "
        "o cong",
    ),
    "HOA_NHAP": (
        "Con tôi tự kỷ nhẹ học hòa nhập, nhưng lớp không có giáo viên hỗ trợ, xin được tư vấn kế "
        "hoạch giáo dục cá nhân.",
        "nhà em hộ cận nghèo nộp đơn miễn giảm học phí từ tháng 9 mà chưa thấy trả lời",
        "chau di xe lan ma lop o lau 3 khong co thang may, mong truong doi phong hoc tang tret",
    ),
    "NGOAI_KHOA": (
        "Đi tham quan thu 650 ngàn nhưng chỉ chơi nửa buổi, đề nghị công khai chi phí.",
        "clb tiếng anh liên kết học xen vô giờ chính khóa, ai ko đăng ký thì con ngồi chơi ngoài "
        "hành lang",
        "truong cho hoc sinh di da ngoai ma khong co nhan vien y te di cung, phu huynh rat lo",
    ),
    "TTHC": (
        "Nộp hồ sơ xin xác nhận ở văn phòng, hẹn 3 ngày mà 2 tuần chưa có.",
        "nv văn phòng tiếp ph khó chịu, hỏi gì cũng nói ko biết, lên gặp bgh đi",
        "toi xin ban sao hoc ba ma bi yeu cau dong le phi khong co bien lai",
    ),
    "TAM_LY": (
        "Con tôi lớp 8 viết trong vở là không muốn sống nữa, gia đình rất hoang mang, mong trường "
        "hỗ trợ tham vấn tâm lý.",
        "bạn cùng lớp con em hay rạch tay, con kể mấy bạn thấy sợ mà ko dám nói cô",
        "em la hoc sinh, em thay met moi qua, ngay nao cung bi che, em muon bien mat, xin co giup "
        "em",
    ),
    "QUAN_LY": (
        "Tôi phản ánh hiệu trưởng thu tiền vận động tài trợ nhưng không có kế hoạch được duyệt và "
        "không công khai, có tài liệu kèm theo.",
        "phó ht nhận tiền để xếp bé vô lớp chọn, e có ghi âm, xin giữ bí mật giùm e",
        "de nghi thanh tra viec nha truong ky hop dong suat an voi nguoi nha ban giam hieu",
    ),
    "CONG_TRINH": (
        "Công trình xây thêm phòng không che chắn, bụi và sắt rơi xuống sân lúc các con ra chơi.",
        "ổ điện sát bàn hs bị hở dây tóe lửa, em báo gvcn rồi, mong sửa liền",
        "cay phuong gan cong nghieng gan do, mua gio mua nay nguy hiem qua, xin ha nhanh cay",
    ),
    "GIANG_DAY": (
        "Ba tháng nay lớp con tôi không có giáo viên Tin học, tiết nào các con cũng tự ngồi chơi.",
        "tkb đổi hoài, hôm thì 5 tiết hôm thì 2 tiết, con e soạn sách muốn khùng luôn",
        "co day nhanh qua, be chua hieu bai cu da qua bai moi, mong co giang ky hon",
    ),
    "KHAC": (
        "Cho tôi hỏi lịch nghỉ Tết của trường năm nay.",
        "ph muốn đề xuất trường mở thêm clb bơi cho hs",
        "loi qr quet khong len, cho xin so dien thoai truong",
    ),
}
