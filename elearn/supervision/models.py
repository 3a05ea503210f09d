"""What a supervisor did for those who are stuck: when she wrote to whom, and why."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Base, Instant


class Contact(Base):
    """A reminder or a talk, as the supervisor noted it."""

    __tablename__ = "supervision_contact"
    __table_args__ = (
        CheckConstraint("channel IN ('whatsapp', 'mail', 'phone', 'visit')", name="channel_known"),
        Index(None, "person_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))
    by: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))
    at: Mapped[Instant]
    channel: Mapped[str]
    reason: Mapped[str]  # code of what it was about: idle, failed-twice, ...
