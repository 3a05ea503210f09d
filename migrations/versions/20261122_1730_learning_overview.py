"""Learning: what those who oversee many sort by, added up when it happens; corrections by hand.

Two new tables. Five columns of the progress rows, filled from the events and the sums that are
there: nothing can be written meanwhile.
"""

import json
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_1730"
down_revision = "20261122_1720"
branch_labels = None
depends_on = None

_BATCH = 1_000

_STARTED = """
UPDATE learning_progress SET started_at = (
  SELECT min(recorded_at) FROM learning_event
  WHERE learning_event.enrolment_id = learning_progress.enrolment_id
    AND learning_event.kind IN ('opened', 'done', 'scored') AND learning_event.source = 'web'
)
"""

# How often each quiz of an enrolment's own version was not passed.
_FAILS = sa.text("""
SELECT event.enrolment_id, event.unit_key, count(*) AS times
FROM learning_event AS event
JOIN learning_enrolment AS enrolment ON enrolment.id = event.enrolment_id
JOIN courses_unit AS unit ON unit.version_id = enrolment.version_id
  AND unit.key = event.unit_key AND unit.edition = event.edition
WHERE event.kind = 'scored' AND unit.kind IN ('quiz', 'post-test')
  AND event.score_percent < unit.pass_percent
GROUP BY event.enrolment_id, event.unit_key
""")
_SUMS = sa.text("""
SELECT enrolment_id, version_id, units FROM learning_progress
WHERE enrolment_id > :last ORDER BY enrolment_id LIMIT :most
""")
_UNITS = sa.text(
    "SELECT version_id, key, kind, edition, is_required FROM courses_unit "
    "ORDER BY version_id, position"
)
_FILL = sa.text("""
UPDATE learning_progress SET units = :units, failed_unit_key = :failed_unit_key,
  failed_count = :failed_count, pre_percent = :pre_percent, post_percent = :post_percent
WHERE enrolment_id = :enrolment_id
""")


def _fails(connection):
    """Enrolment -> quiz -> how often it was not passed."""
    found = defaultdict(dict)
    for enrolment_id, unit_key, times in connection.execute(_FAILS):
        found[enrolment_id][unit_key] = times
    return found


def _overview(row, units, fails):
    """The new columns of one row, and its states with the fails; None where nothing is to fill."""
    states = json.loads(row.units)
    of_version = {
        unit.key: unit
        for unit in units
        if unit.key in states and states[unit.key]["opened"] == unit.edition
    }
    held_up = {key: fails[key] for key in of_version if key in fails and "done" not in states[key]}
    for key, times in held_up.items():
        states[key]["fails"] = times
    best = {
        unit.kind: states[unit.key].get("best")
        for unit in of_version.values()
        if unit.kind in ("pre-test", "post-test")
    }
    required = {key: times for key, times in held_up.items() if of_version[key].is_required}
    worst = max(required, key=required.get, default="")  # of equals the first in the course
    if not held_up and all(score is None for score in best.values()):
        return None
    return {
        "enrolment_id": row.enrolment_id,
        "units": json.dumps(states, separators=(",", ":")),
        "failed_unit_key": worst,
        "failed_count": required.get(worst, 0),
        "pre_percent": best.get("pre-test"),
        "post_percent": best.get("post-test"),
    }


def upgrade() -> None:
    op.create_table(
        "learning_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_learning_ruling_reason_given")),
        sa.ForeignKeyConstraint(["by"], ["accounts_person.id"], name=op.f("fk_learning_ruling_by")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["learning_enrolment.id"],
            name=op.f("fk_learning_ruling_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["learning_event.id"], name=op.f("fk_learning_ruling_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["records_evidence.id"], name=op.f("fk_learning_ruling_evidence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_ruling")),
        sa.UniqueConstraint("code", name=op.f("uq_learning_ruling_code")),
        sa.UniqueConstraint("event_id", name=op.f("uq_learning_ruling_event_id")),
    )
    op.create_index(
        op.f("ix_learning_ruling_enrolment_id"), "learning_ruling", ["enrolment_id"], unique=False
    )
    op.create_table(
        "learning_ruling_end",
        sa.Column("ruling_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_learning_ruling_end_reason_given")),
        sa.ForeignKeyConstraint(
            ["by"], ["accounts_person.id"], name=op.f("fk_learning_ruling_end_by")
        ),
        sa.ForeignKeyConstraint(
            ["ruling_id"], ["learning_ruling.id"], name=op.f("fk_learning_ruling_end_ruling_id")
        ),
        sa.PrimaryKeyConstraint("ruling_id", name=op.f("pk_learning_ruling_end")),
    )
    op.add_column("learning_progress", sa.Column("started_at", InstantType(), nullable=True))
    op.add_column(
        "learning_progress",
        sa.Column("failed_unit_key", sa.String(), nullable=False, server_default=""),
    )
    op.add_column(
        "learning_progress",
        sa.Column("failed_count", sa.Integer(), nullable=False, server_default="0"),
    )
    op.add_column("learning_progress", sa.Column("pre_percent", sa.Integer(), nullable=True))
    op.add_column("learning_progress", sa.Column("post_percent", sa.Integer(), nullable=True))
    connection = op.get_bind()
    connection.execute(sa.text(_STARTED))
    fails = _fails(connection)
    units = defaultdict(list)
    for unit in connection.execute(_UNITS):
        units[unit.version_id].append(unit)
    last = 0
    while rows := connection.execute(_SUMS, {"last": last, "most": _BATCH}).all():
        last = rows[-1].enrolment_id
        filled = [_overview(row, units[row.version_id], fails[row.enrolment_id]) for row in rows]
        if changed := [row for row in filled if row]:
            connection.execute(_FILL, changed)


def downgrade() -> None:
    for name in ("post_percent", "pre_percent", "failed_count", "failed_unit_key", "started_at"):
        op.drop_column("learning_progress", name)
    op.drop_table("learning_ruling_end")
    op.drop_table("learning_ruling")
