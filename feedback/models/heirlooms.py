"""Heirloom: what of a secret goes on when the secret itself is changed."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Moment


class Heirloom(Base):
    """One secret this installation has had, in the order in which they came (decision 0017).

    Sealed with a key of the secret in use: the keys without which printed codes would open nothing.
    """

    __tablename__ = "heirloom"

    id: Mapped[int] = mapped_column(primary_key=True)
    # A name for the secret that tells nothing of it.
    secret_id: Mapped[str] = mapped_column(String(16), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
