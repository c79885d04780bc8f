"""REPLY_FIELDS: what a reply template may leave open, filled from the case when it is used."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReplyField:
    """`name` stands between braces in the template; `says` tells what comes in its place."""

    name: str
    says: str


REPLY_FIELDS: dict[str, ReplyField] = {
    field.name: field
    for field in (
        ReplyField("mã hồ sơ", "Mã hồ sơ của vụ việc"),
        ReplyField("trường", "Tên đầy đủ của trường mà ý kiến nói đến"),
        ReplyField("đơn vị trả lời", "Tên đầy đủ của đơn vị đang giải quyết"),
        ReplyField("người trả lời", "Họ tên người đang viết trả lời"),
        ReplyField("hạn", "Ngày đã hẹn trả lời phụ huynh"),
        ReplyField("ngày nhận", "Ngày nhận ý kiến"),
        ReplyField("hôm nay", "Ngày viết trả lời"),
        ReplyField("loại", "Loại ý kiến: góp ý, phản ánh, kiến nghị…"),
        ReplyField("lĩnh vực", "Lĩnh vực của ý kiến: bán trú, cơ sở vật chất…"),
    )
}
