"""SCANS: what a virus scanner can say of a file, and which files are held by that."""

CLEAN, FOUND, FAILED, WAITING = "clean", "found", "failed", "waiting"
# What stands in the place of a file that is held, by why it is.
HELD: dict[str, str] = {
    FOUND: "Tệp bị giữ lại vì có mã độc",
    FAILED: "Tệp bị giữ lại vì không quét được mã độc",
    WAITING: "Tệp đang chờ quét mã độc",
}
# Pictures are drawn anew on arrival: nothing of what was sent is left in them but the image.
DRAWN_HERE = frozenset({"image/jpeg"})

RELEASE, DESTROY = "release", "destroy"
DECISIONS: dict[str, str] = {
    RELEASE: "Trả lại để dùng: tệp an toàn, máy quét nhầm",
    DESTROY: "Hủy tệp, không lấy lại được",
}
NOT_HELD = "Tệp này không còn bị giữ."


def why_held(media_type: str, result_code: str, *, released: bool, scans: bool) -> str:
    """Why nobody gets this file now, a code of HELD; nothing when it may go out.

    Without a scanner only what one has found before stays held. `result_code` is empty for a file
    that was not looked through yet: a picture goes out meanwhile, a paper waits.
    """
    if released or (result_code != FOUND and not _waits_for_a_scan(media_type, scans)):
        return ""
    return "" if result_code == CLEAN else result_code or WAITING


def _waits_for_a_scan(media_type: str, scans: bool) -> bool:
    return scans and media_type not in DRAWN_HERE
