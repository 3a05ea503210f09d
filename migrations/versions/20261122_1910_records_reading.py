"""Records: up to which decision somebody has read. What was decided before this is no news."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1910"
down_revision = "20261122_1750"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "records_reading",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["records_decision.id"], name=op.f("fk_records_reading_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_records_reading_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_records_reading")),
    )
    op.execute(
        "INSERT INTO records_reading (person_id, decision_id)"
        " SELECT activity.person_id, max(decision.id) FROM records_decision AS decision"
        " JOIN records_activity AS activity ON activity.id = decision.activity_id"
        " GROUP BY activity.person_id"
    )


def downgrade() -> None:
    op.drop_table("records_reading")
