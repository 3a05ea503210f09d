"""Records: one signing key is in use, whoever writes the row.

Were there two, the newest stays in use and the others end when it began; what they signed stays
valid. A table of a few rows.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1310"
down_revision = "20261122_1300"
branch_labels = None
depends_on = None

_OTHERS = """
UPDATE records_key
SET to_at = (SELECT max(from_at) FROM records_key WHERE to_at IS NULL)
WHERE to_at IS NULL AND id <> (
  SELECT id FROM records_key WHERE to_at IS NULL ORDER BY from_at DESC, id DESC LIMIT 1
)
"""


def upgrade() -> None:
    op.execute(_OTHERS)
    op.create_index(
        "uq_records_key_current",
        "records_key",
        [sa.text("(to_at IS NULL)")],
        unique=True,
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_records_key_current", table_name="records_key")
