"""Accounts: what somebody's employment status was until a day.

A new table; nothing is known of the time before, so today's status holds for it.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1920"
down_revision = "20261122_1910"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts_former_employment",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("employment", sa.String(), nullable=False),
        sa.CheckConstraint(
            "employment IN ('pns', 'pppk', 'other')",
            name=op.f("ck_accounts_former_employment_employment_known"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_person.id"],
            name=op.f("fk_accounts_former_employment_person_id"),
        ),
        sa.PrimaryKeyConstraint(
            "person_id", "until_on", name=op.f("pk_accounts_former_employment")
        ),
    )


def downgrade() -> None:
    op.drop_table("accounts_former_employment")
