"""Accounts: merged persons, agreed texts, uploaded lists, and who acts for whom.

Three new tables, and a column of the grants: a small table, recreated on SQLite.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_1710"
down_revision = "20261122_1700"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Date(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_accounts_consent_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_consent")),
        sa.UniqueConstraint(
            "person_id", "version", name=op.f("uq_accounts_consent_person_id_version")
        ),
    )
    op.create_table(
        "accounts_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("former_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("moved", sa.String(), nullable=False),
        sa.Column("undone_at", InstantType(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL)",
            name=op.f("ck_accounts_merge_undone_by_somebody"),
        ),
        sa.CheckConstraint("former_id <> person_id", name=op.f("ck_accounts_merge_two_persons")),
        sa.ForeignKeyConstraint(["by"], ["accounts_person.id"], name=op.f("fk_accounts_merge_by")),
        sa.ForeignKeyConstraint(
            ["former_id"], ["accounts_person.id"], name=op.f("fk_accounts_merge_former_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_accounts_merge_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["accounts_person.id"], name=op.f("fk_accounts_merge_undone_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_merge")),
        sa.UniqueConstraint("code", name=op.f("uq_accounts_merge_code")),
    )
    op.create_index(
        op.f("ix_accounts_merge_former_id"), "accounts_merge", ["former_id"], unique=False
    )
    op.create_index(
        op.f("ix_accounts_merge_person_id"), "accounts_merge", ["person_id"], unique=False
    )
    op.create_table(
        "accounts_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("job_code", sa.String(), nullable=False),
        sa.Column("written_at", InstantType(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('people', 'libraries')", name=op.f("ck_accounts_upload_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_accounts_upload_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_upload")),
        sa.UniqueConstraint("code", name=op.f("uq_accounts_upload_code")),
    )
    op.create_index(
        op.f("ix_accounts_upload_person_id"), "accounts_upload", ["person_id"], unique=False
    )
    with op.batch_alter_table("accounts_grant") as table:
        table.add_column(sa.Column("acting_for_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_accounts_grant_acting_for_id"), "accounts_person", ["acting_for_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("accounts_grant") as table:
        table.drop_constraint(op.f("fk_accounts_grant_acting_for_id"), type_="foreignkey")
        table.drop_column("acting_for_id")
    op.drop_table("accounts_upload")
    op.drop_table("accounts_merge")
    op.drop_table("accounts_consent")
