"""Answers that the office does not keep any longer; scores stay. Called inside `saving()`."""

from datetime import datetime

from sqlalchemy import delete, exists, select

from elearn.core import audit
from elearn.core.db import db
from elearn.core.permissions import NOBODY
from elearn.learning.models import Progress
from elearn.quizzes.models import Answer, Attempt, AttemptState
from elearn.quizzes.queries.retention import SWEEP

_AT_ONCE = 200  # attempts: whoever answers meanwhile waits so long


def begin_sweep(completed_before: datetime, now: datetime) -> None:
    """Note how far answers are deleted, before the first one is: `elearn db check` reads it."""
    audit.note(NOBODY, SWEEP, "quizzes", now, completed_before.isoformat())


def sweep_answers(completed_before: datetime) -> int:
    """Delete the answers of some attempts of courses completed before then; 0 when none is left."""
    old = (
        select(Attempt.id)
        .join(Progress, Progress.enrolment_id == Attempt.enrolment_id)
        .where(
            Progress.completed_at < completed_before,
            Attempt.state == AttemptState.SUBMITTED,
            exists().where(Answer.attempt_id == Attempt.id),
        )
        .limit(_AT_ONCE)
    )
    ids = db.session.scalars(old).all()
    db.session.execute(delete(Answer).where(Answer.attempt_id.in_(ids)))
    return len(ids)
