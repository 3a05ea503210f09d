"""Mail that is to be sent: written in the transaction of the act, sent by `elearn mail send`."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Instant, db


class Mail(db.Model):
    """One letter. Its key says what it is about, so that the same act never sends two."""

    __tablename__ = "core_mail"
    __table_args__ = (
        Index(
            "ix_core_mail_waiting",
            "next_at",
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # what it is about: "reset 4711"
    person_id: Mapped[int | None] = mapped_column(index=True)  # by number only: nothing refers up
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[Instant]
    next_at: Mapped[Instant]  # not before then
    tries: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(default="")  # of the last try
    sent_at: Mapped[Instant | None]


def put(
    key: str, person_id: int | None, recipient: str, subject: str, body: str, now: datetime
) -> None:
    """Leave a letter to be sent. Called inside `saving()`."""
    db.session.add(
        Mail(
            key=key, person_id=person_id, recipient=recipient, subject=subject, body=body,
            created_at=now, next_at=now,
        )
    )  # fmt: skip
