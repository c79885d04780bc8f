"""The tables of the inventory: label, purpose, retention class, columns by class of data."""

Described = tuple[str, str, str, dict[str, str]]

# fmt: off
TABLES: dict[str, Described] = {
    "submission": ("Phiếu gửi", "answer", "opinion", {
        "id": "id unit_id point_id taken_by_id part_of_id once_hash",
        "secret": "fingerprint track_quick track_hash",
        "words": "text wish about_text",
        "fact": "received_at received_on channel_code kind_code subject_code about_code danger "
                "is_petition lang"}),
    "sender": ("Người gửi", "contact", "contact", {
        "id": "id submission_id", "contact": "sealed", "fact": "sealed_for has_email"}),
    "sender_group": ("Nhiều người cùng gửi", "contact", "petition", {
        "id": "id submission_id", "contact": "sealed",
        "fact": "sealed_for people speakers appointed"}),
    "attachment": ("Ảnh, tệp kèm theo", "answer", "opinion", {
        "id": "id submission_id", "file": "name", "fact": "media_type size sha256"}),
    "file_scan": ("Kết quả quét mã độc", "run", "opinion", {
        "id": "attachment_id released_by_id",
        "fact": "result_code signature scanned_at released_at"}),
    "consent": ("Đồng ý", "prove", "proof", {
        "id": "id submission_id",
        "fact": "purpose_code text_version text_sha256 channel_code given_at withdrawn_at"}),
    "case_file": ("Vụ việc", "answer", "opinion", {
        "id": "id reference unit_id owner_id handler_id point_id own_part_id joined_to_id",
        "words": "folded", "desk": "forwarder",
        "fact": "kind_code subject_code about_code channel_code is_petition priority alarmed "
                "hidden_from_school status outcome_code refusal_code received_at received_on "
                "promised_on due_on answered_on transferred_on refused_on closed_on escalated_on "
                "reopened reopened_on answered_again_on rated_on face solved version signed_on "
                "result_code result_again_code extended dialogue_on dialogue_held_on appealed_on "
                "forwarder_code concrete_on inspected_on held_at"}),
    "case_submission": ("Phiếu thuộc vụ việc", "answer", "opinion", {
        "id": "case_id submission_id"}),
    "case_event": ("Lịch sử xử lý", "prove", "proof", {
        "id": "id case_id officer_id unit_id", "desk": "note detail",
        "fact": "seq at move_code actor from_status to_status announced_at"}),
    "case_deadline": ("Thời hạn", "answer", "proof", {
        "id": "id case_id",
        "fact": "rule_code started_by started_at due_on due_at met_on paused_on"}),
    "case_pause": ("Tạm đình chỉ", "answer", "proof", {
        "id": "id case_id", "fact": "from_on to_on"}),
    "case_handover": ("Vụ việc chuyển theo đơn vị", "report", "proof", {
        "id": "case_id old_id new_id", "fact": "handed_on"}),
    "case_look": ("Ai đang mở vụ việc", "run", "short", {
        "id": "id case_id officer_id", "fact": "opened_at seen_at seen_seq"}),
    "message": ("Trao đổi", "answer", "opinion", {
        "id": "id case_id officer_id unit_id submission_id", "words": "text",
        "fact": "at move_code from_parent internal"}),
    "message_attachment": ("Tệp của trao đổi", "answer", "opinion", {
        "id": "message_id attachment_id"}),
    "recusal": ("Xung đột lợi ích", "prove", "proof", {
        "id": "id case_id officer_id declared_by_id lifted_by_id", "staff": "relation_code",
        "fact": "declared_at lifted_at"}),
    "accused": ("Người bị khiếu nại, tố cáo", "answer", "petition", {
        "id": "id case_id officer_id recorded_by_id", "words": "name",
        "fact": "kind_code recorded_at"}),
    "signing_request": ("Dự thảo trình ký", "answer", "petition", {
        "id": "id case_id from_id unit_id by_id ended_by_id", "desk": "text facts reason",
        "fact": "move_code choice_code at ended_as ended_at"}),
    "issued_paper": ("Văn bản đã ban hành", "answer", "letter", {
        "id": "id case_id unit_id officer_id", "file": "docx_name pdf_name", "desk": "facts",
        "fact": "code year series number symbol dated_on made_at docx_sha256 pdf_sha256"}),
    "redaction": ("Bản che", "answer", "letter", {
        "id": "id case_id unit_id officer_id", "file": "pdf_name",
        "fact": "version made_at blocks pdf_sha256"}),
    "redaction_letter": ("Thư trong bản che", "answer", "letter", {
        "id": "redaction_id submission_id"}),
    "redacted_picture": ("Ảnh của bản che", "answer", "letter", {
        "id": "id redaction_id", "file": "name", "fact": "number sha256"}),
    "outside_paper": ("Văn bản làm ở nơi khác", "answer", "letter", {
        "id": "id case_id unit_id officer_id", "fact": "code number dated_on made_at"}),
    "paper_number": ("Số văn bản", "run", "running", {
        "id": "id unit_id", "fact": "year series last"}),
    "data_request": ("Yêu cầu về dữ liệu", "prove", "proof", {
        "id": "id case_id submission_id taken_by_id settled_by_id", "words": "text",
        "desk": "extension_reason answer",
        "fact": "kind_code channel_code asked_at reply_due_on replied_on due_on extended_on "
                "settled_at outcome_code refusal_code"}),
    "opening": ("Đề nghị mở danh tính", "prove", "proof", {
        "id": "id case_id submission_id asked_by_id decided_by_id", "desk": "reason",
        "fact": "ground_code asker_signs asked_at decided_at allowed handed_out_at"}),
    "unit_key": ("Khóa niêm phong của đơn vị", "contact", "running", {
        "id": "id unit_id key_id", "setup": "public", "fact": "valid_from valid_to made_at"}),
    "heirloom": ("Khóa còn lại của bí mật gốc đã thay", "run", "running", {
        "id": "id secret_id", "secret": "sealed", "fact": "made_at"}),
    "flood_mark": ("Dấu hiệu tin rác", "answer", "opinion", {
        "id": "id submission_id like_id", "fact": "code"}),
    "ledger": ("Nhật ký không sửa được", "prove", "proof", {
        "id": "seq officer_id unit_id object",
        "fact": "at actor role action detail state prev hash"}),
    "ledger_salt": ("Muối của nhật ký", "prove", "proof", {"id": "subject", "secret": "salt"}),
    "ledger_checkpoint": ("Mốc có ký của nhật ký", "prove", "proof", {
        "id": "id object",
        "fact": "at reason entries root last_hash peaks counts key signature"}),
    "erasure": ("Sổ xóa dữ liệu", "prove", "proof", {
        "id": "id submission_id officer_id", "fact": "what why at"}),
    "legal_hold": ("Hồ sơ bị giữ lại", "prove", "proof", {
        "id": "id case_id placed_by_id lifted_by_id", "desk": "reason",
        "fact": "placed_at lifted_at"}),
    "retention_term": ("Thời hạn lưu trữ do đơn vị đặt", "prove", "running", {
        "id": "id unit_id set_by_id", "setup": "class_code quantity period_unit basis",
        "fact": "set_at"}),
    "disposal": ("Đề nghị hủy", "prove", "report", {
        "id": "id unit_id proposed_by_id decided_by_id", "desk": "note",
        "fact": "class_code quantity period_unit basis state proposed_at decided_at"}),
    "disposal_item": ("Hồ sơ trong đề nghị hủy", "prove", "report", {
        "id": "id disposal_id case_id", "fact": "ended_on kept_until disposed"}),
    "breach": ("Sự cố dữ liệu", "prove", "proof", {
        "id": "id unit_id recorded_by_id reported_by_id", "desk": "what harm measures",
        "fact": "detected_at happened_on data_codes people children recorded_at due_at "
                "reported_at reported_to"}),
    "visit": ("Sổ tiếp công dân", "receive", "visit", {
        "id": "id unit_id reception_id case_id officer_id", "contact": "sealed_person",
        "words": "content", "desk": "result settled_by guided_to passed_to note",
        "fact": "number received_at received_on mode people matters kind_code competent"}),
    "reception": ("Lịch tiếp công dân", "receive", "running", {
        "id": "id unit_id", "setup": "held_on begins_at ends_at place mode content",
        "fact": "published_on cancelled_on cancel_note"}),
    "survey": ("Khảo sát", "survey", "running", {
        "id": "id unit_id", "setup": "code version title opens_on closes_on"}),
    "question": ("Câu hỏi khảo sát", "survey", "running", {
        "id": "id survey_id", "setup": "position code type_code text required"}),
    "survey_response": ("Phiếu khảo sát không tên", "survey", "survey", {
        "id": "id survey_id point_id once_hash", "words": "answers",
        "fact": "received_at received_on"}),
    "report_round": ("Kỳ báo cáo", "report", "report", {
        "id": "id", "setup": "series_code period_code starts_on ends_on due_on"}),
    "unit_report": ("Báo cáo", "report", "report", {
        "id": "id round_id unit_id", "desk": "narrative",
        "fact": "state figures frozen_at version"}),
    "report_event": ("Lịch sử báo cáo", "report", "report", {
        "id": "id report_id officer_id", "desk": "note", "fact": "move_code at"}),
    "qr_point": ("Điểm đặt mã", "run", "running", {
        "id": "id unit_id", "setup": "code place serial",
        "fact": "made_at revoked_at paused_at paused_until"}),
    "gathering": ("Buổi đông người ở điểm đặt mã", "run", "running", {
        "id": "id point_id officer_id", "setup": "name",
        "fact": "begins_at ends_at made_at cancelled_at"}),
    "point_day": ("Lượt quét theo ngày", "report", "running", {
        "id": "id point_id", "fact": "day scans starts"}),
    "point_event": ("Lịch sử điểm đặt mã", "prove", "proof", {
        "id": "id point_id officer_id", "desk": "note", "fact": "move_code at"}),
    "notice": ("Thư báo", "run", "short", {
        "id": "id once_key event_id reset_id sign_in_id officer_id submission_id",
        "fact": "channel_code template made_at try_after tries sent_at failure"}),
    "officer": ("Cán bộ", "run", "running", {
        "id": "id", "staff": "email name", "secret": "password_hash",
        "fact": "active created_at password_at wants_digest digested_on"}),
    "role": ("Vai trò", "run", "running", {
        "id": "id officer_id unit_id", "staff": "code valid_from valid_to"}),
    "sign_in": ("Phiên đăng nhập", "run", "short", {
        "id": "id officer_id", "secret": "token_hash challenge",
        "staff": "browser begun_at seen_at ended_at half second_at proved_at"}),
    "known_browser": ("Trình duyệt quen", "run", "short", {
        "id": "id officer_id", "secret": "token_hash", "staff": "seen_at"}),
    "outside_trip": ("Đang đăng nhập bằng tài khoản ngành", "run", "short", {
        "secret": "state_hash sealed", "fact": "then begun_at"}),
    "totp_secret": ("Ứng dụng tạo mã đăng nhập", "run", "running", {
        "id": "id officer_id", "secret": "sealed", "fact": "last_step made_at confirmed_at"}),
    "passkey": ("Khóa đăng nhập", "run", "running", {
        "id": "id officer_id", "secret": "credential_id public_key", "staff": "name",
        "fact": "sign_count made_at used_at"}),
    "recovery_code": ("Mã đăng nhập dự phòng", "run", "running", {
        "id": "id officer_id", "secret": "code_hash", "fact": "made_at used_at"}),
    "password_reset": ("Đặt lại mật khẩu", "run", "short", {
        "id": "id officer_id", "secret": "token_hash", "fact": "asked_at used_at invites"}),
    "api_token": ("Khóa lấy số liệu", "run", "running", {
        "id": "id unit_id", "secret": "token_hash", "setup": "name", "fact": "made_at revoked_at"}),
    "delegation": ("Ủy quyền", "run", "proof", {
        "id": "id unit_id officer_id delegate_id", "staff": "from_on to_on made_at ended_at"}),
    "saved_view": ("Bộ lọc của cán bộ", "run", "running", {
        "id": "id officer_id", "staff": "name where"}),
    "reply_template": ("Mẫu trả lời", "run", "running", {
        "id": "id unit_id", "setup": "name text shared", "fact": "changed_at retired_at"}),
    "bucket": ("Đếm lượt thử", "run", "short", {
        "secret": "key", "fact": "spent at"}),
    "slowdown": ("Giãn cách sau mỗi lần thử sai", "run", "short", {
        "secret": "key", "fact": "misses at until_at"}),
    "holiday": ("Ngày nghỉ", "run", "running", {
        "id": "id unit_id", "setup": "day kind name source confirmed"}),
    "unit": ("Đơn vị", "run", "running", {
        "id": "id", "setup": "code kind level address phone email demo answer_days"}),
    "unit_name": ("Tên đơn vị theo thời gian", "run", "running", {
        "id": "id unit_id", "setup": "name short_name valid_from valid_to"}),
    "unit_parent": ("Cấp quản lý theo thời gian", "run", "running", {
        "id": "id unit_id parent_id", "setup": "relation valid_from valid_to"}),
    "unit_succession": ("Đơn vị kế thừa", "run", "running", {
        "id": "id old_id new_id", "setup": "succeeded_on kind main"}),
}
# fmt: on
