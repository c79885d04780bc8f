"""What a rule refuses, kept as a sentence with gaps: every language fills them for itself."""

import pytest

from feedback.rules.complaints import COMPLAINTS
from feedback.rules.lifecycle import STAFF, MoveRefused, next_status
from feedback.rules.sentences import Sentence


@pytest.mark.parametrize(
    ("move", "words"),
    [
        ("answer", "Loại việc này (“Khiếu nại có chữ ký”) không có bước “Trả lời”."),
        ("reply", "“Phụ huynh viết thêm” không phải là việc của người này."),
        (
            "decide",
            "Vụ việc đang ở bước “Mới nhận” nên không thể “Ra quyết định giải quyết lần đầu”. "
            "Mời tải lại trang.",
        ),
    ],
)
def test_a_refused_move_says_why_and_keeps_its_gaps_apart(move: str, words: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        next_status(COMPLAINTS, "new", move, STAFF)
    assert str(refused.value) == words
    assert isinstance(refused.value.said, Sentence)
    assert "%(move)s" in refused.value.said.text


def test_whole_words_are_said_as_they_are() -> None:
    assert str(MoveRefused("Giảm 100% cũng được.")) == "Giảm 100% cũng được."
