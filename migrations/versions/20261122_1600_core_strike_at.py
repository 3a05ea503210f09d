"""Core: counted failures are found by their time alone, for the sweep of those that are old.

An index: the table cannot be written while it is made (half a second for a million rows).
"""

from alembic import op

revision = "20261122_1600"
down_revision = "20261122_1500"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_core_strike_at"), "core_strike", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_core_strike_at"), table_name="core_strike")
