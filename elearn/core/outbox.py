"""Mail that is to be sent: written in the transaction of the act, sent by `elearn mail send`.

No letter leaves twice: it is claimed in a transaction of its own before it is sent, and one whose
sender died between sending and noting stays claimed. Whether it has left nobody knows then; it is
listed, and the operator decides (`elearn mail again`). A code or a reminder that comes twice makes
people distrust both; one that does not come is asked for again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Index, delete, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Base, Instant, db, rows_met
from elearn.core.errors import Missing

GOOD_FOR = timedelta(minutes=30)  # what a letter offers ends then: it is not sent after it
# Waits after each try that was refused; after the last one the letter is given up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15))
TRIES_MOST = len(WAITS) + 1
IN_HAND = "in hand"  # the fault of a letter that is claimed


class Mail(Base):
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


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed letter, as whoever sends it needs it."""

    id: int
    recipient: str
    subject: str
    body: str
    created_at: datetime
    tries: int  # with this one


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


def claim(now: datetime) -> Letter | None:
    """The letter that waits longest, for this sender alone; None when none is due.

    Called inside `saving()`, which ends before the letter is sent.
    """
    row = db.session.scalar(
        select(Mail)
        .where(
            Mail.sent_at.is_(None), Mail.next_at <= now, Mail.created_at > now - GOOD_FOR,
            Mail.tries < TRIES_MOST, Mail.fault != IN_HAND,
        )
        .order_by(Mail.next_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )  # fmt: skip
    if row is None:
        return None
    row.tries += 1
    row.fault = IN_HAND
    return Letter(row.id, row.recipient, row.subject, row.body, row.created_at, row.tries)


def note_sent(letter: Letter, now: datetime) -> None:
    """It has left. Its text goes: it may hold a code by which somebody gets in."""
    _note(letter, sent_at=now, fault="", body="")


def put_back(letter: Letter, fault: str, now: datetime) -> None:
    """It was refused for now, and is tried again later; after the last try it is given up."""
    wait = WAITS[min(letter.tries, len(WAITS)) - 1]
    _note(letter, fault=fault, next_at=now + wait)


def give_up(letter: Letter, fault: str) -> None:
    """It was refused for good."""
    _note(letter, fault=fault, tries=TRIES_MOST)


def _note(letter: Letter, **what: object) -> None:
    """Of a letter that is there no more, since its person was erased meanwhile, nothing is kept."""
    db.session.execute(update(Mail).where(Mail.id == letter.id).values(**what))


def again(number: int, now: datetime) -> None:
    """Let a letter that has not left, as far as is known, be tried anew. Inside `saving()`.

    Raises Missing when it has left, or when what it offers is over.
    """
    row = db.session.get(Mail, number)
    if row is None or row.sent_at is not None or _is_over(row, now):
        raise Missing("mail-missing", number=number)
    row.tries, row.fault, row.next_at = 0, "", now


def unsent(limit: int) -> Sequence[Mail]:
    """Letters that have not left, the newest first."""
    query = select(Mail).where(Mail.sent_at.is_(None)).order_by(Mail.id.desc()).limit(limit)
    return db.session.scalars(query).all()


def state(mail: Mail, now: datetime) -> str:
    """In a few words: sent, waiting, in hand (or its sender died), or given up."""
    if mail.sent_at is not None:
        return "sent"
    if mail.fault == IN_HAND:
        return IN_HAND
    if mail.tries >= TRIES_MOST:
        return "given up"
    return "given up (what it offers is over)" if _is_over(mail, now) else "waiting"


def _is_over(mail: Mail, now: datetime) -> bool:
    return mail.created_at <= now - GOOD_FOR


def forget_old(before: datetime) -> int:
    """Delete letters of before then, sent or not; how many. Called inside `saving()`."""
    return rows_met(delete(Mail).where(Mail.created_at < before))
