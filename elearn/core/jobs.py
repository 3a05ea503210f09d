"""Long work that a page begins and another page watches: one row each, with its progress.

The work runs in a thread of the process that began it. A process that ends takes its work along;
the row then stops beating, and whoever watches is told that nothing was written.
"""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Instant, db
from elearn.core.ids import new_code


class Job(db.Model):
    """One piece of long work, and how far it is."""

    __tablename__ = "core_job"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'done', 'failed')", name="state_known"),
        CheckConstraint("done_count <= total_count", name="count_right"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    kind: Mapped[str]
    person_id: Mapped[int] = mapped_column(index=True)  # who began it; by number only
    state: Mapped[str] = mapped_column(default="running")
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[Instant]
    beat_at: Mapped[Instant]  # last sign of life
    ended_at: Mapped[Instant | None]
    outcome: Mapped[str] = mapped_column(default="{}")  # JSON: what came of it, or which fault
