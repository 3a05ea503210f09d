"""May another attempt begin, and what is said about it before the start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from elearn.core import clock


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt as far as these rules go."""

    submitted_at: datetime | None
    score_percent: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the next attempt. left: None is unlimited; from_at: None is now."""

    used: int
    allowed: int | None
    left: int | None
    wait_minutes: int
    from_at: datetime | None
    best_percent: int | None
    refusal: str | None  # code, or None when an attempt may begin


def terms(
    kind: str,
    limit: int,
    allowances: int,
    wait_minutes: int,
    sittings: Sequence[Sitting],
    is_course_tested: bool,
    now: datetime,
) -> Terms:
    """What holds for the next attempt of a unit of this kind.

    limit: attempts that the course allows, 0 = unlimited; allowances: those granted besides.
    sittings: all earlier ones; is_course_tested: a quiz or post-test of the course was begun.
    The pre-test is taken once, before the first quiz: later it would not measure a beginning.
    """
    if kind == "pre-test":
        limit = 1
    allowed = limit + allowances if limit else None
    left = None if allowed is None else max(0, allowed - len(sittings))
    scores = [s.score_percent for s in sittings if s.score_percent is not None]
    from_at = _from(sittings, wait_minutes, now)
    return Terms(
        used=len(sittings),
        allowed=allowed,
        left=left,
        wait_minutes=wait_minutes,
        from_at=from_at,
        best_percent=max(scores, default=None),
        refusal=_refusal(kind, left, from_at, is_course_tested),
    )


def _from(sittings: Sequence[Sitting], wait_minutes: int, now: datetime) -> datetime | None:
    latest = clock.latest_believable(now)
    ended = [s.submitted_at for s in sittings if s.submitted_at and s.submitted_at <= latest]
    if not ended or not wait_minutes:
        return None
    from_at = max(ended) + timedelta(minutes=wait_minutes)
    return from_at if from_at > now else None


def _refusal(
    kind: str, left: int | None, from_at: datetime | None, is_course_tested: bool
) -> str | None:
    if left == 0:
        return "pre-test-taken" if kind == "pre-test" else "attempts-used-up"
    if kind == "pre-test" and is_course_tested:
        return "pre-test-over"
    return "attempt-too-early" if from_at else None
