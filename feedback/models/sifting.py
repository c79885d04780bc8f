"""Sifting: what looks like spam waits to be looked at. It is kept, and it always comes back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Moment
from feedback.models.events import Act
from feedback.models.progress import Progress, allowed
from feedback.models.submissions import Submission
from feedback.rules.flood import NOT_HELD, ONLY_NEW, why_not_held
from feedback.rules.sentences import Said

URGENT = "P0"


class FloodMark(Base):
    """One sign that a submission showed when it came in; `like_id` is the one it repeats."""

    __tablename__ = "flood_mark"
    __table_args__ = (UniqueConstraint("submission_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    code: Mapped[str] = mapped_column(String(16))
    like_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)


class Sifting(Progress):
    """The columns and verbs of a matter that may wait in the folder of suspected spam."""

    # Since when it waits there; such a matter is in no list and no figure.
    held_at: Mapped[datetime | None] = mapped_column(Moment)

    # Columns of the case itself.
    priority: Mapped[str]
    alarmed: Mapped[bool]
    submissions: Mapped[list[Submission]]

    @property
    def is_held(self) -> bool:
        return self.held_at is not None

    def why_never_held(self) -> str:
        """Why this matter may not wait unseen; nothing when it may."""
        return why_not_held(self.kind_code, self.priority == URGENT)

    def why_not(self, code: str, on: date) -> Said:
        if code == "hold_back":
            return ONLY_NEW if self.is_held else self.why_never_held()
        if code == "let_in":
            return "" if self.is_held else NOT_HELD
        return super().why_not(code, on)

    @allowed("hold_back")
    def hold_back(self, act: Act, signs: tuple[str, ...] = ()) -> None:
        """It leaves the lists until somebody has looked at it; its clocks go on."""
        self.held_at = act.at
        self._move("hold_back", act, **({"signs": list(signs)} if signs else {}))

    @allowed("let_in")
    def let_in(self, act: Act) -> None:
        """It is real: from now on it is work like any other, with the days it has had so far."""
        self.held_at = None
        self._move("let_in", act)
