"""Accounts: an index that answers alone who belongs to a place on a day.

It takes the place of the one over the places; old rows need nothing. PostgreSQL reads the whole of
it for a district, and read the rows as well. Writes to the table wait while it is built: less than
a second for 50,000 people.
"""

from alembic import op

revision = "20261122_1950"
down_revision = "20261122_1940"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_accounts_membership_day",
        "accounts_membership",
        ["node_id", "from_on", "to_on", "person_id", "id"],
    )
    op.drop_index("ix_accounts_membership_node_id", table_name="accounts_membership")


def downgrade() -> None:
    op.create_index("ix_accounts_membership_node_id", "accounts_membership", ["node_id"])
    op.drop_index("ix_accounts_membership_day", table_name="accounts_membership")
