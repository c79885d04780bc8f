"""The words of danger as people type them without marks, and in English.

Stripping merges words (chạy is cháy, roi is rơi and rồi), so these ask for more words around.
"""

from analysis.urgency_patterns import cues, near, word

STAFF = word("co|thay|bao mau|giao vien|gv|gvcn|bao ve")
BODY = r"(?:mat|dau|tay|chan|bung|lung|tai|mui|mieng|nguoi)\b"
CHILD = r"(?:(?:mot|1|may|cac|hai|2) )?(?:con|be|chau|em|tre|hoc sinh|hs)\b"
# “từ từ” goes before or after what is done slowly; “tự tử” does not.
SLOWLY = (
    r"tu tu (?:te|giang|noi|lam|lai|thoi|di|hoc|doc|hieu|quen|day|viet|an|bo sung|giai|ma|roi"
    r"|cho|tung|moi|se|tien|cai|sua|thich)"
    r"|(?:cu|hay|nho|nho co|lam on|mong co|noi|day|giang|chay) tu tu"
)
# “chảy màu” comes with a colour or with clothes; “chảy máu” does not.
COLOURS = (
    r"mau (?:do|xanh|vang|den|trang|tim|nau|hong|ao|muc|son)"
    r"|(?:ao|vai|dong phuc|muc|son|xe|giat)" + near(20) + "chay mau"
)

BARE = (
    *cues(
        "abuse",
        r"\bbao hanh\b|\bvet bam\b|\bbam tim\b|\bbi nhot\b|\bbit mieng\b|\bgay ngu\b|khoa trai",
        STAFF + near(25) + r"\b(?:danh|tat|nhot|troi|quat|dam|veo) (?:vao )?" + CHILD,
        STAFF + near(25) + word("tat tai|bat tai|nhot|giat toc|xach tai"),
        word("bi (?:co|thay|bao mau|co giao|thay giao)") + near(12) + word("danh(?! gia)|tat|nhot"),
        r"\btat (?:con|be|chau|ban|lien tuc|vao mat)\b|\bbi tat\b",
        "bat " + near(15) + r"\bquy (?:roi|tren)",
        word("nem|dam|da|dap|tat|cham|dam|danh") + near(12) + r"\b(?:vao|trung) " + BODY,
        STAFF + near(15) + word("nem|quang|loi|xo|an dau") + " " + CHILD,
        r"\bnhot (?:trong|vao|con|be|chau|tre|em)\b|bi khoa (?:cua|trong|ngoai)",
        r"\b(?:an|dui) dau vao\b|\bde len (?:mat|co|dau)\b|\bdap (?:vao )?(?:mat|dau)\b",
        r"(?:lay|dung|cam) (?:roi|choi|thuoc|dep)" + near(12) + word("danh|quat|vut|phang|dap"),
        word("buoc|cot|troi") + r" (?:day|tay|chan|chau|be)\b|nhet (?:gie|khan)",
        word("thuoc an than") + "|cho" + near(15) + "uong thuoc ngu|bang keo" + near(10) + "mieng",
    ),
    *cues(
        "sexual",
        word("xam hai|so mo|so soang|dung cham|nhay cam|hiep dam|sam so|ga gam|vung kin|quay roi"),
        word("tinh duc|khoa than"),
        r"(?:keo|loi|du) (?:con |be |chau )?(?:vo|vao) (?:phong|nha ve sinh)\b",
        r"\bdam o\b(?! (?:truong|nha|cho|day|do|ngoai|trong|san))|lot (?:do|quan|ao)\b",
        r"bat (?:\w+ ){1,3}coi (?:ao|quan|do)\b|\bvuot ve\b",
        r"\bso (?:vao )?(?:nguc|mong|dui|nguoi)\b|cho tay vao (?:ao|quan)|om hon",
        r"(?:bi|dat may|dien thoai|camera) quay len\b|\bquay len (?:nha ve sinh|hoc sinh|be)\b",
        r"(?:anh|clip|hinh) (?:nong|nhay cam)\b",
    ),
    *cues(
        "selfharm",
        (r"\btu tu\b", SLOWLY),
        r"\btu sat\b|khong (?:muon|thiet) song|\brach tay\b|muon bien mat|\bnhay lau\b|tuyet menh",
        r"(?:ca|het|nguyen) (?:mot )?(?:vi|lo|hop) thuoc",
        r"khong chiu noi nua|vinh biet|"
        + word("nhay (?:tu|xuong|khoi)")
        + near(15)
        + word("san thuong|lau|tang|cau|ban cong|song"),
        r"chet (?:di )?cho (?:xong|roi|khuat)|tu lam (?:dau|hai)|uong thuoc (?:ngu|sau|chuot)",
        (
            word("muon chet"),
            r"(?:nong|met|dong|on|hoi|cho|tuc|lanh|cuc|vui|doi|rau|so|lo) muon chet",
        ),
        taught=False,
    ),
    *cues(
        "illness",
        word("ngo doc|soc phan ve|con soc|kho tho|ngung tho|bat tinh|nguy kich|hon me|sung moi"),
        word("ngat xiu|bi ngat|hoc xuong|hoc di vat|tim tai(?! (?:lieu|san|khoan|xe|nang))"),
        word("sac (?:sua|com|chao|bot|nuoc|thuc)|bi sac|(?:moi|mat) tim|nam bat dong|lim di"),
        word("cac|may|nhieu|hang loat|ca lop|nguyen lop|\\d+")
        + " (?:chau|be|em|ban|hoc sinh|tre)"
        + near(15)
        + word("dau bung|non oi|noi man|chong mat"),
        word("(?:oi|non) lien tuc|khong tinh lai|thuoc chuot|thuoc diet chuot"),
        (r"\b(?:bi|den|toi|te|lan ra) xiu\b", "vui|cuoi|muon"),
        word("oi|non") + near(6) + r"\b(?:va )?tieu chay|ca lop" + near(12) + word("oi|non|non oi"),
        r"\b\d+ (?:chau|be|em|ban)" + near(10) + word("bi (?:oi|non)|non oi|sot"),
        (r"\bcap cuu\b|(?:dang|phai|hien) (?:nam|nhap) vien", r"(?:tu|hop|tui|thuoc|bong) cap cuu"),
        (word("co giat"), r"giat (?:do|quan|ao|chan|khan|man|rem|minh|may)"),
        "di ung" + near(80) + r"(?:benh vien|\bbv\b)|di ung" + near(40) + "sung",
        r"(?:an|uong) nham (?:thuoc|hoa chat)|an phai thuoc|con hen\b|oi mua\b|non mua\b",
        r"nuot (?:phai )?(?:pin|nam cham|dong xu|kim)",
        word("rach|vo|be") + r" (?:dau|tran|moi|cam)\b|dang khau|khau \d+ mui",
        r"ran bo (?:vao|trong|ra)",
        word("ong|ran|cho") + near(15) + word("can|dot|chich") + " (?:chau|con|be|em|hoc sinh|vao)",
        reported=True,
    ),
    *cues(
        "violence",
        word("danh hoi dong|hung khi|chan danh|ma tau|hanh hung|bop co|vay danh|kim tiem|ma tuy"),
        word("cam|vac|mang|rut|dung") + r" (?:theo )?(?:dao|gach|gay|bua|rua|kiem|sung)\b",
        word("doa (?:giet|danh|chem|dam)|ham doa|say ruou|say xin|chem (?:nhau|nguoi|ban)"),
        r"xong vao (?:truong|lop)|chan duong danh|bot trang|di dao|tran lot|nuoc soi",
        r"(?:cam|tat|do|mang) xang|doa dot|ep (?:\w+ ){0,2}(?:hut|hit|uong ruou)",
        word("tai xe|lai xe|bao ve|ong|phu huynh") + near(25) + word("mui ruou|ruou bia|xin ruou"),
        word("quay (?:clip|canh|video)") + near(20) + word("dang|danh|lot"),
        word("dang") + near(25) + word("danh (?:nhau|con|ban|mot|em|chau|be)"),
        word("keo|dao|compa|kim|but") + near(15) + r"\bdam (?:vao|trung|ban|em|chau)\b",
    ),
    *cues(
        "missing",
        word("bat coc|mat tich|(?:con|be|chau) (?:bi|di) lac") + r"|\blac mat " + CHILD,
        (word("that lac"), r"giay|ho so|do|the|hoc ba|tai san|ao|so|don|sach"),
        word("nguoi|ke|ong|ba|thanh nien|dan ong")
        + r" la\b"
        + near(40)
        + word("don|dan|dat|du|be|cho|loi")
        + " (?:di\\b|"
        + CHILD
        + ")",
        r"\bbo quen " + CHILD + r"|\b(?:don|giao) nham " + CHILD + r"|bi bo (?:lai|quen)\b",
        r"(?:tu )?xung (?:la )?[^.!?;]{0,25}\bdon\b|leo rao vao|bi bo (?:trong|ngoai|mot minh)",
        r"khong tim thay " + CHILD + r"|khong thay (?:con|be|chau) (?:dau|vao lop|trong lop)\b",
        r"\b(?:con|be|chau)\b[^.!?;]{0,10} bien mat",
        word("tim khap noi|goi khap noi|bam theo (?:con|be|chau|cac)|van giao (?:con|be|chau)"),
        (
            r"\b(?:con|be|chau)\b[^.!?;]{0,60} (?:chua|khong) (?:thay )?(?:(?:con|be|chau) )?ve\b",
            r"ve (?:tranh|hinh|bai|kip|que|truoc)|chua ve" + near(15) + "da|di hoc",
        ),
        taught=False,
    ),
    *cues(
        "fire",
        word("chay (?:no|nha|bep|day dien|phong hoc)|(?:boc|phat|dam) chay|hoa hoan|boc khoi"),
        r"\bkhoi (?:mu mit|nghi ngut|boc|den)\b|\bkhoi bay mu mit|" + word("chap dien|nhiem dien"),
        word("ho day dien|ho dien|dien giat|giat dien|toe lua|ro (?:ri )?dien"),
        word("day dien") + near(20) + word("dut|ho|rot|roi xuong|long thong|cham"),
        word("lua (?:chay|lan|boc|bung)|no (?:tram|binh)|ga (?:bi )?xi"),
        word("xet (?:lua|dien)|mui khet|co khoi|khoi tu"),
        r"\bsap (?:tran|tuong|mai|lan can|san|gian giao)\b",
        word("tran|mai|tuong|cot|lan can|gian giao|cay") + near(20) + r"\bsap (?:do|sap|xuong)\b",
        word("tran|mai|tuong|gach|quat|kinh|sat|ton|vua")
        + near(15)
        + word("(?:roi|rot|do) (?:xuong|trung|vao)"),
        word("cay") + near(30) + word("nghieng|gay do|gan do|bat goc|do xuong|gay canh"),
        r"\b(?:ro|xi|mui) (?:khi )?ga[sz]?\b",
        word("lan can") + near(40) + word("gay|lung lay|bung|sap"),
        reported=True,
    ),
    *cues(
        "accident",
        word("te|nga|roi|rot") + near(20) + word("lau|bat tinh|cau thang|xuong (?:ho|ao|cong)"),
        (word("gay (?:tay|chan(?! dong)|xuong|rang)"), word("ghe|ban|giuong|ke|tu|kinh")),
        word("treo|leo") + near(20) + word("lan can|cua so|san thuong|cot dien"),
        word("duoi nuoc|chet duoi|bi xe (?:tong|can|dung)"),
        (word("chay mau"), COLOURS),
        r"\bbi (?:bong|phong) (?:tay|chan|mat|nuoc|lua|nang|o)\b",
        word("bi thuong|mau chay (?:nhieu|ra)|mau nhieu lam|do de|de trung|ngap sau"),
        word("xe") + near(25) + word("tong|bi lat|lat o|lao xuong|mat thang"),
        word("mac ket|bi ket (?:trong|o|lai)|ket thang may|ket trong|thuong nang|dap dau"),
        word("(?:chau|be|em|hoc sinh|bi) chim|nuoc lu|nuoc cuon"),
        reported=True,
    ),
    *cues(
        "call",
        (
            word("khan cap"),
            word("so|loi|cua|nut|chuong|lien he|tinh huong|truong hop|thoat|lien lac")
            + near(14)
            + "khan cap",
        ),
        word("cuu (?:voi|con toi|chau voi|em voi|be voi|mang)|ngay luc nay|keu cuu|so tan"),
        word("(?:goi|bao ngay) (?:cong an|canh sat|11[1345]|cuu thuong|cuu hoa)"),
    ),
)

KID = r"(?:son|daughter|child|children|kids?|boy|girl|student)\b"

ENGLISH = (
    *cues(
        "abuse",
        word("abus(?:e|ed|ing)|beaten|bruis(?:e|es|ed)") + r"|locked (?:\w+ )?in (?:a|the)\b",
        "teacher" + near(25) + word("hit|hits|hitting|slapped|slaps|beat|beats|kicked|locked"),
    ),
    *cues("sexual", word(r"molest\w*|sexual(?:ly)?|raped?|groped") + "|private parts"),
    *cues(
        "selfharm",
        r"\bsuicid\w*|kill (?:him|her|my|them)sel\w+|self.?harm\w*|cut(?:s|ting)? (?:him|her)self",
        r"(?:doesn t|doesn't|not) want to live|wants? to die",
        taught=False,
    ),
    *cues(
        "illness",
        word("poison(?:ed|ing)|unconscious|choking|seizure|fainted|ambulance|allergic reaction"),
        r"(?:can ?(?:no|')?t|trouble|struggling to|hard to|difficulty) breath\w*|all vomiting",
        r"\bswallowed\b|\bnot responding\b",
        reported=True,
    ),
    *cues(
        "violence",
        word(r"knife|weapon|gun|stabb?\w*|threaten\w* to (?:kill|hurt|beat)|gang(?:ing)? up on"),
        word("being (?:beaten|attacked|hit|kicked)|beating up|drunk (?:man|person|driver)"),
    ),
    *cues(
        "missing",
        r"\b(?:kidnap\w*|abduct\w*)\b|"
        + KID
        + " is missing|left (?:behind|alone) (?:on|in) the bus",
        "stranger" + near(40) + word(r"picked|pick|took|take|lure\w*"),
        "following (?:the|my|our) " + KID,
        KID + near(15) + r"(?:did not|didn't|didn t|has not|hasn't) (?:come|get|got) home",
        r"(?:can(?:no|')?t|nobody can) find (?:my|our|the) " + KID,
        taught=False,
    ),
    *cues(
        "fire",
        r"\bon fire\b|caught fire|\bsmoke (?:is )?coming\b|electric shock|electrocut\w*|gas leak",
        "wires?" + near(30) + r"spark\w*",
        r"(?:live|exposed|bare) wires?|ceiling" + near(15) + word("fell|falling|collapsed"),
        reported=True,
    ),
    *cues(
        "accident",
        word("bleeding|drown(?:ed|ing)|(?:broken|broke (?:his|her|an?)) (?:arm|leg|bone)"),
        r"fell (?:from|off|out of) (?:the |a )?(?:\w+ )?(?:floor|roof|stairs|bus|window)",
        "hit by a (?:car|motorbike|truck)",
        reported=True,
    ),
    *cues("call", r"\bemergency\b(?! (?:number|contact|exit|door|phone))|call the police"),
)
