"""Accounts: the same role in the same place from the same day is one grant.

Of equal grants the one that holds longest stays. The table is small; it is recreated on SQLite and
locked for writing on PostgreSQL while the two indexes are made.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1300"
down_revision = "20261122_1100"
branch_labels = None
depends_on = None

_DOUBLES = """
DELETE FROM accounts_grant WHERE EXISTS (
  SELECT 1 FROM accounts_grant AS other
  WHERE other.person_id = accounts_grant.person_id
    AND other.role = accounts_grant.role
    AND coalesce(other.node_id, 0) = coalesce(accounts_grant.node_id, 0)
    AND other.from_on = accounts_grant.from_on
    AND (
      coalesce(other.to_on, '9999-12-31') > coalesce(accounts_grant.to_on, '9999-12-31')
      OR (
        coalesce(other.to_on, '9999-12-31') = coalesce(accounts_grant.to_on, '9999-12-31')
        AND other.id < accounts_grant.id
      )
    )
)
"""


def upgrade() -> None:
    op.execute(_DOUBLES)
    with op.batch_alter_table("accounts_grant") as table:
        table.create_unique_constraint(
            op.f("uq_accounts_grant_person_id_role_node_id_from_on"),
            ["person_id", "role", "node_id", "from_on"],
        )
    op.create_index(
        "uq_accounts_grant_everywhere",
        "accounts_grant",
        ["person_id", "role", "from_on"],
        unique=True,
        sqlite_where=sa.text("node_id IS NULL"),
        postgresql_where=sa.text("node_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_accounts_grant_everywhere", table_name="accounts_grant")
    with op.batch_alter_table("accounts_grant") as table:
        table.drop_constraint(
            op.f("uq_accounts_grant_person_id_role_node_id_from_on"), type_="unique"
        )
