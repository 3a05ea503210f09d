"""Supervision: who was reminded, when and why. A new table."""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_1740"
down_revision = "20261122_1730"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supervision_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('whatsapp', 'mail', 'phone', 'visit')",
            name=op.f("ck_supervision_contact_channel_known"),
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["accounts_person.id"], name=op.f("fk_supervision_contact_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_supervision_contact_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_contact")),
    )
    op.create_index(
        op.f("ix_supervision_contact_person_id_at"),
        "supervision_contact",
        ["person_id", "at"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("supervision_contact")
