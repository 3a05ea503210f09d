"""Learning: one index answers what is asked of the runs of many people.

Four columns of the progress rows say once more whose run it is; they are filled from the
enrolments, in whose place the index stands. Nothing can be written meanwhile: some ten seconds for
200,000 enrolments. Afterwards an act of study writes one index entry more, joining a course one
less. Whoever joins a course through a process of the release before gets a row that is nobody's:
`elearn learning rebuild` mends it.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_1940"
down_revision = "20261122_1930"
branch_labels = None
depends_on = None

_NEW = {
    "person_id": (sa.Integer(), "0"),
    "course_id": (sa.Integer(), "0"),
    "enrolled_at": (InstantType(), sa.func.now()),
    "is_latest": (sa.Boolean(), sa.true()),
}
_FILL = """
UPDATE learning_progress SET person_id = run.person_id, course_id = run.course_id,
  enrolled_at = run.enrolled_at, is_latest = NOT EXISTS (
    SELECT 1 FROM learning_enrolment AS later
    WHERE later.person_id = run.person_id AND later.course_id = run.course_id
      AND later.run > run.run
  )
FROM learning_enrolment AS run WHERE run.id = learning_progress.enrolment_id
"""


def upgrade() -> None:
    for name, (type_, _) in _NEW.items():
        op.add_column("learning_progress", sa.Column(name, type_, nullable=True))
    op.execute(_FILL)
    with op.batch_alter_table("learning_progress") as table:
        for name, (type_, default) in _NEW.items():
            table.alter_column(name, existing_type=type_, nullable=False, server_default=default)
    op.create_index(
        "ix_learning_progress_standing",
        "learning_progress",
        [
            "person_id", "is_latest", "course_id", "enrolment_id", "version_id", "enrolled_at",
            "started_at", "last_event_at", "completed_at", "failed_count", "required_count",
            "done_count", "percent", "pre_percent", "post_percent",
        ],
    )  # fmt: skip
    op.drop_index("ix_learning_enrolment_standing", table_name="learning_enrolment")


def downgrade() -> None:
    op.create_index(
        "ix_learning_enrolment_standing",
        "learning_enrolment",
        ["person_id", "course_id", "run", "version_id", "enrolled_at"],
    )
    op.drop_index("ix_learning_progress_standing", table_name="learning_progress")
    with op.batch_alter_table("learning_progress") as table:
        for name in _NEW:
            table.drop_column(name)
