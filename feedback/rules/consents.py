"""CONSENTS: what a sender may agree to, each wording with its version.

Luật 91/2025/QH15 Đ9, Nghị định 356/2025/NĐ-CP Đ6: by purpose, in plain words, never ticked for the
sender, and the proof names the very words. A wording in use is never changed: a new one is added.
"""

import hashlib
from dataclasses import dataclass

REPLY = "reply"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One wording: under `version` it is kept with the consent, `name` is what people read."""

    version: str
    name: str
    purpose: str
    text: str

    @property
    def sha256(self) -> str:
        """What proves that these very words were shown."""
        return hashlib.sha256(self.text.encode()).hexdigest()


PURPOSES: dict[str, str] = {
    REPLY: "Dùng tên và cách liên lạc để trả lời việc đã gửi",
}

CONSENTS: dict[str, ConsentText] = {
    one.version: one
    for one in (
        ConsentText(
            "reply-1",
            "Lời đồng ý để được trả lời, bản thứ nhất",
            REPLY,
            "Tôi đồng ý để nơi trả lời dùng tên và cách liên lạc này, chỉ để trả lời việc này.",
        ),
    )
}
