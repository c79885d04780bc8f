"""SUBJECT_KEYWORDS: folded phrases (small letters, no accents) that suggest a subject."""

_PHRASES = {
    "BAN_TRU": (
        "ban tru, bua an, bua trua, com trua, suat an, tien an, phan an, thuc don, mon an, bep "
        "an, nha bep, cap duong, khau phan, dinh luong, do an, can tin, an trua, ngu trua"
    ),
    "THU_CHI": (
        "thu chi, khoan thu, thu quy, quy lop, quy truong, dong tien, tai tro, van dong, hoc "
        "phi, bien lai, quyet toan, thu tien, tu nguyen, tien quy, dong gop, phu thu, hoan tien"
    ),
    "DAY_THEM": (
        "day them, hoc them, lop them, on thi, trung tam, day kem, hoc kem, hoc them o nha co, "
        "goi y hoc them, day luot"
    ),
    "BAO_LUC": (
        "bat nat, danh nhau, bao luc, danh hoi dong, co lap, chan danh, bi danh, tran lot, lay "
        "tien, treu choc, goi biet danh, quay clip, doa danh, tay chay, bi dap, an hiep, dang "
        "len mang, nhom ban, bi ban cung lop"
    ),
    "XAM_HAI": (
        "xam hai, bao hanh, so mo, vet bam, bam tim, bi nhot, nhot trong, dam o, tat con, bao "
        "mau danh, co danh, thay danh, hiep dam, quay len, roi vot"
    ),
    "THAI_DO_GV": (
        "thai do, ung xu, lon tieng, mang con, mang hoc sinh, co bo mon, chay phat, phat con, "
        "coc loc, xuc pham, phan biet, tra loi tin nhan, bao mau, gvcn, cham chu, tan tam, quat "
        "mang, nhan vien truong"
    ),
    "CSVC": (
        "may lanh, phong may, ban ghe, quat, thiet bi, may chieu, nuoc uong, bang den, den hoc, "
        "san choi, thu vien, may tinh, mai che, bi hu, do choi, phong nong, phong hoc nong"
    ),
    "VE_SINH": (
        "ve sinh, nha ve sinh, wc, toilet, giay ve sinh, boc mui, mui hoi, rac, nghet, lao "
        "cong, don dep, nuoc rua tay, muoi, chuot, do ban, xa phong, nhin tieu"
    ),
    "AN_NINH": (
        "cong truong, nguoi la, ket xe, un tac, bao ve, tan truong, dau xe, lan duong, via he, "
        "truoc cong, the don, hang rong, camera, vach di bo, den tin hieu"
    ),
    "TUYEN_SINH": (
        "tuyen sinh, trai tuyen, dung tuyen, phan tuyen, nhap hoc, lop 1, ho khau, tam tru, "
        "thuong tru, dau cap, ung ho trai tuyen, vao lop 1, vo lop 1"
    ),
    "CHUYEN_TRUONG": (
        "chuyen truong, hoc ba, rut hoc ba, giay chuyen, rut ho so, bang diem, giay to, dinh "
        "chinh, chuyen ve que, het chi tieu, chuyen nha"
    ),
    "DUA_DON": (
        "xe dua ruoc, xe dua don, dua don, dua ruoc, don tre, giao nhan tre, tai xe, nha xe, xe "
        "tre, bo quen con, tren xe, cho qua so ghe, don be, don hoc sinh"
    ),
    "Y_TE": (
        "y te, sot, tay chan mieng, di ung, ngo doc, tieu chay, bi oi, non oi, dich benh, cum, "
        "thuy dau, dau mat do, khu khuan, phong y te, so cuu, benh vien, chay mau, tiem chung, "
        "bao hiem y te, me day"
    ),
    "BAI_TAP": (
        "bai tap, bai ve nha, kiem tra, cham diem, diem thap, diem thi, phuc khao, on bai, lam "
        "bai, ap luc, hoc ky, de thi, hoc 2 buoi, hoc hai buoi, on toi, qua tai, met qua"
    ),
    "SACH_DONG_PHUC": (
        "dong phuc, sach tham khao, bo sach, mua sach, sach giao khoa, logo truong, vo in, bat "
        "mua, ao khoac, mua vo, ban sach"
    ),
    "THONG_TIN": (
        "zalo, hop phu huynh, hop ph, thong bao, tin nhan, nhom lop, nghi hoc dot xuat, so lien "
        "lac, hoi phu huynh, lien lac, goi dien, hom thu, hop ph toan"
    ),
    "HOA_NHAP": (
        "hoa nhap, tu ky, khuyet tat, xe lan, mien giam, ho ngheo, can ngheo, hoan canh kho "
        "khan, giao duc ca nhan, tang dong, cham noi, hoc bong, thang may, di xe lan"
    ),
    "NGOAI_KHOA": (
        "tham quan, ngoai khoa, da ngoai, cau lac bo, clb, lien ket, trai nghiem, cam trai, le "
        "hoi, van nghe, hoi thao, tet trung thu, ky nang song, di da ngoai, di tham quan"
    ),
    "TTHC": (
        "thu tuc, xac nhan, van phong, van thu, le phi, ban sao, mot cua, tiep nhan ho so, hen "
        "ngay, cong chung, nv van phong, nop don, nop ho so, xin xac nhan"
    ),
    "TAM_LY": (
        "tam ly, khong muon song, rach tay, tu tu, muon bien mat, tram cam, tham van, so hai, "
        "hoang mang, met moi qua, tu sat"
    ),
    "QUAN_LY": (
        "hieu truong, hieu pho, pho ht, ban giam hieu, quan ly, dieu hanh, thanh tra, lanh dao "
        "truong, lop chon, nhan tien, hop dong, bo nhiem"
    ),
    "CONG_TRINH": (
        "cong trinh, thi cong, chay no, cay xanh, o dien, day dien, ho day, toe lua, cay "
        "phuong, sat roi, lan can, sap, nghieng, xay dung, gan do, nut tuong, che chan, ha "
        "nhanh cay"
    ),
    "GIANG_DAY": (
        "giang day, thoi khoa bieu, tkb, chuong trinh, tiet hoc, day nhanh, giang, doi giao "
        "vien, khong hieu bai, phuong phap, mon hoc, giao vien day, tiet nao, bai moi"
    ),
    "KHAC": "",
}

SUBJECT_KEYWORDS: dict[str, tuple[str, ...]] = {
    code: tuple(phrases.split(", ")) if phrases else () for code, phrases in _PHRASES.items()
}
