"""PASSAGES: what comes about because a day has passed, without anybody pressing a button.

Each is a move of the complaints' table that the house itself may make. The hand way stays open
wherever the table lets the staff make the same move.
"""

from dataclasses import dataclass

from feedback.rules.complaints import COMPLAINTS


@dataclass(frozen=True, slots=True)
class Passage:
    """A move that is due on the day after the last of these running clocks."""

    move: str
    clocks: tuple[str, ...]

    @property
    def statuses(self) -> tuple[str, ...]:
        """Where the table knows the move."""
        return tuple(COMPLAINTS.moves[self.move].paths)


PASSAGES: dict[str, Passage] = {
    passage.move: passage
    for passage in (
        # Luật Khiếu nại 2011 Đ33.1: a first instance that let its term pass opens the second.
        Passage("lapse", ("KN1_RESOLVE", "KN1_RESOLVE_C")),
        # Đ33.1: the thirty days to complain again after that are over, the decision still owed.
        Passage("forgo", ("KN2_LODGE",)),
        # Đ44: in force when its own days and those to complain again are over.
        Passage("take_effect", ("KN_EFFECT", "KN2_LODGE")),
    )
}
