"""OUTCOMES: what an answer says was done, so that “answered” never stands alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """`shows` asks for a photo or document of what was done, where the kind wants evidence."""

    code: str
    label: str
    shows: bool = False


OUTCOMES: dict[str, Outcome] = {
    outcome.code: outcome
    for outcome in (
        Outcome("done", "Đã giải quyết xong", shows=True),
        Outcome("partly", "Đã giải quyết một phần", shows=True),
        Outcome("planned", "Đã có kế hoạch, kèm ngày làm"),
        Outcome("explained", "Đã giải thích, cung cấp thông tin"),
        Outcome("not_right", "Đã kiểm tra, nội dung không đúng"),
    )
}

# What the parent says of an answer with one tap; the number is what the figures count.
FACES: dict[int, str] = {3: "Hài lòng", 2: "Chấp nhận được", 1: "Không hài lòng"}
