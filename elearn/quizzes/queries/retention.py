"""How far answers were deleted because the office keeps them only for some time."""

from datetime import datetime

from sqlalchemy import func, select

from elearn.core.audit import Audit
from elearn.core.db import db

SWEEP = "quizzes:answers:sweep"  # detail: courses completed before this instant


def swept_before() -> datetime | None:
    """Answers of courses completed before then may be gone; None when none was ever deleted."""
    # Instants of one zone, written alike: the greatest text is the latest one.
    newest = db.session.scalar(select(func.max(Audit.detail)).where(Audit.action == SWEEP))
    return datetime.fromisoformat(newest) if newest else None
