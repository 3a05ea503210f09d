"""What counts of attempts: as they were handed in, or as their newest regrade says."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from elearn.core.db import db
from elearn.learning.models import Enrolment
from elearn.quizzes.formats.papers import points_from
from elearn.quizzes.models import Attempt, AttemptState, Correction, Regrade
from elearn.quizzes.rules import Result

_Other = aliased(Regrade)

# The number of an attempt's newest regrade, for a statement that reads the attempt as well.
NEWEST_REGRADE = (
    select(func.max(_Other.id))
    .where(_Other.attempt_id == Attempt.id)
    .correlate(Attempt)
    .scalar_subquery()
)


def newest_regrades(attempt_ids: Sequence[int]) -> dict[int, Regrade]:
    """The regrade that counts, by attempt; most attempts have none. One query."""
    rows = db.session.scalars(
        select(Regrade).where(Regrade.attempt_id.in_(attempt_ids)).order_by(Regrade.id)
    )
    return {row.attempt_id: row for row in rows}


def raised_by(correction_ids: Sequence[int]) -> dict[int, int]:
    """How many attempts each correction has raised so far; none is 0. One query."""
    rows = db.session.execute(
        select(Regrade.correction_id, func.count())
        .where(Regrade.correction_id.in_(correction_ids))
        .group_by(Regrade.correction_id)
    )
    return {**dict.fromkeys(correction_ids, 0), **{row[0]: row[1] for row in rows}}


def regrades_of_person(person_id: int) -> dict[int, list[tuple[Regrade, Correction]]]:
    """All regrades of a person's attempts, by attempt, the oldest first. One query."""
    rows = db.session.execute(
        select(Regrade, Correction)
        .join(Correction, Correction.id == Regrade.correction_id)
        .join(Attempt, Attempt.id == Regrade.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Regrade.id)
    )
    found: dict[int, list[tuple[Regrade, Correction]]] = {}
    for regrade, correction in rows:
        found.setdefault(regrade.attempt_id, []).append((regrade, correction))
    return found


def result_of(attempt: Attempt, regrade: Regrade | None) -> Result | None:
    """What counts of an attempt. regrade: its newest one, if any; none while it is open."""
    counts = regrade or attempt
    if attempt.state != AttemptState.SUBMITTED or counts.score_percent is None:
        return None
    return Result(points_from(counts.points), counts.score_percent, counts.is_passed)
