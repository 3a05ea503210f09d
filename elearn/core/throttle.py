"""How often is too often, counted in the database so that it holds across processes.

A bucket is a kind and a subject ("sign-in:account", "siti"); subjects are kept as digests, so that
the table names nobody. Counting and refusing happen in one write transaction.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Index, and_, delete, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core import clock
from elearn.core.db import Base, Instant, db
from elearn.core.errors import TooMany

_LONGEST = timedelta(days=1)  # no limit looks back further; what is older is swept
_SWEPT = 50  # rows at a time: nobody waits for a large cleaning


class Strike(Base):
    """One counted failure."""

    __tablename__ = "core_strike"
    # By the time alone for the sweep: without it each failure would read all of a day's failures.
    __table_args__ = (Index(None, "bucket", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str]
    at: Mapped[Instant]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` strikes within `seconds`."""

    kind: str
    count: int
    seconds: int


def refuse_when_full(limit: Limit, subject: str, now: datetime) -> None:
    """Raise TooMany when the bucket is full at this moment."""
    since = now - timedelta(seconds=limit.seconds)
    count, oldest = db.session.execute(
        select(func.count(), func.min(Strike.at)).where(
            Strike.bucket == _bucket(limit, subject),
            Strike.at > since,
            Strike.at <= clock.latest_believable(now),
        )
    ).one()
    if count >= limit.count:
        wait = oldest + timedelta(seconds=limit.seconds) - now
        seconds = max(1, int(wait.total_seconds()) + 1)
        raise TooMany(
            "tries-too-many", retry_after_seconds=seconds, minutes=max(1, -(-seconds // 60))
        )


def strike(limit: Limit, subject: str, now: datetime) -> Strike:
    """Count one failure, and forget those that no longer matter. Called inside `saving()`."""
    return _counted([(limit, subject)], now)[0]


def _counted(buckets: Sequence[tuple[Limit, str]], now: datetime) -> list[Strike]:
    """One failure in each bucket; two statements clean up, however many buckets there are."""
    past = select(Strike.id).where(Strike.at <= now - _LONGEST).limit(_SWEPT)
    past = past.with_for_update(skip_locked=True)  # another try may be sweeping the same rows
    db.session.execute(delete(Strike).where(Strike.id.in_(past)))
    # By itself: in one statement with the sweep PostgreSQL would read the whole table.
    db.session.execute(delete(Strike).where(or_(*(_worn_out(*each, now) for each in buckets))))
    counted = [Strike(bucket=_bucket(limit, subject), at=now) for limit, subject in buckets]
    db.session.add_all(counted)
    return counted


def _worn_out(limit: Limit, subject: str, now: datetime) -> ColumnElement[bool]:
    """Failures of this bucket that count no more, or that a wrong clock dated ahead."""
    return and_(
        Strike.bucket == _bucket(limit, subject),
        or_(
            Strike.at <= now - timedelta(seconds=limit.seconds),
            Strike.at > clock.latest_believable(now),
        ),
    )


def forget(limit: Limit, subject: str) -> None:
    """Empty the bucket: the person has shown who they are. Called inside `saving()`."""
    db.session.execute(delete(Strike).where(Strike.bucket == _bucket(limit, subject)))


def _bucket(limit: Limit, subject: str) -> str:
    return hashlib.sha256(f"{limit.kind}\n{subject}".encode()).hexdigest()


def claim(now: datetime, *buckets: tuple[Limit, str]) -> tuple[int, ...]:
    """Take one try from each bucket, or raise TooMany; returns what `give_back` takes.

    Counted before the try and not after: of many tries sent at once no more than the limit pass.
    Called inside `saving()`; on PostgreSQL two claims on one bucket wait for each other.
    """
    if db.session.connection().dialect.name == "postgresql":
        numbers = sorted(int(_bucket(limit, subject)[:15], 16) for limit, subject in buckets)
        db.session.execute(select(*(func.pg_advisory_xact_lock(number) for number in numbers)))
    for limit, subject in buckets:
        refuse_when_full(limit, subject, now)
    taken = _counted(buckets, now)
    db.session.flush()
    return tuple(row.id for row in taken)


def give_back(taken: tuple[int, ...]) -> None:
    """The try was a good one and does not count. Called inside `saving()`."""
    db.session.execute(delete(Strike).where(Strike.id.in_(taken)))
