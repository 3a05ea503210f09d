"""Core: words about a person in rows that never change may be struck out when she is erased.

No table changes. The triggers, which every migration puts back, let the reason of a correction, a
decision or a revocation become "(dihapus / erased)"; they refuse any other change, as before. Locks
each of the four tables for a moment.
"""

revision = "20261122_1930"
down_revision = "20261122_1920"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The triggers are the whole change."""


def downgrade() -> None:
    """What is struck out stays so."""
