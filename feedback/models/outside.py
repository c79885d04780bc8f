"""OutsideTrip: a browser on its way to the provider of sign-ins and back."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Moment


class OutsideTrip(Base):
    """What the return of one browser is held against; used once, and gone with that."""

    __tablename__ = "outside_trip"

    # Only a hash: whoever reads the database cannot come back in somebody's place.
    state_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    # Nonce and verifier, sealed to this state.
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    then: Mapped[str] = mapped_column(String(500))
    begun_at: Mapped[datetime] = mapped_column(Moment, index=True)
