"""Who did what to what, when: append-only. Rows hold codes, no foreign keys upward."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Base, Instant, db
from elearn.core.permissions import Actor


class Audit(Base):
    """One act worth keeping: `action` is room:thing:verb, `subject` a code, never a name."""

    __tablename__ = "core_audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[Instant] = mapped_column(index=True)
    actor_id: Mapped[int | None]  # person; none for an act of the system itself
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)  # a person may ask who has looked
    detail: Mapped[str] = mapped_column(default="")


def note(actor: Actor, action: str, subject: str, now: datetime, detail: str = "") -> None:
    """Add one line to the log, in the transaction of the act itself."""
    db.session.add(
        Audit(at=now, actor_id=actor.person_id, action=action, subject=subject, detail=detail)
    )


_LATELY = timedelta(hours=1)  # who turns pages back and forth looks once


def is_noted_lately(actor: Actor, action: str, subject: str, now: datetime) -> bool:
    """Whether this act of the actor was noted within the last hour. One query."""
    row = select(Audit.id).where(
        Audit.subject == subject,
        Audit.actor_id == actor.person_id,
        Audit.action == action,
        Audit.at > now - _LATELY,
    )
    return bool(db.session.scalar(select(exists(row))))
