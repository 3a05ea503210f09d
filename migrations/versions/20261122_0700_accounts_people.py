"""Accounts: people and the library tree.

The first tables of this room; nothing is there yet that could be locked or changed.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_0700"
down_revision = "20261122_0600"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts_node",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("library_type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('national', 'province', 'district', 'library')",
            name=op.f("ck_accounts_node_kind_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_node")),
        sa.UniqueConstraint("code", name=op.f("uq_accounts_node_code")),
    )
    op.create_index("ix_accounts_node_sort_key", "accounts_node", ["sort_key"], unique=False)
    op.create_table(
        "accounts_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("nip", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("employment", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("show_nip", sa.Boolean(), nullable=False),
        sa.Column("created_at", InstantType(), nullable=False),
        sa.CheckConstraint(
            "employment IN ('pns', 'pppk', 'other')",
            name=op.f("ck_accounts_person_employment_known"),
        ),
        sa.CheckConstraint(
            "nip IS NULL OR length(nip) = 18", name=op.f("ck_accounts_person_nip_has_18")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_person")),
        sa.UniqueConstraint("code", name=op.f("uq_accounts_person_code")),
    )
    op.create_index("ix_accounts_person_sort_key", "accounts_person", ["sort_key"], unique=False)
    op.create_table(
        "accounts_alias",
        sa.Column("former_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", InstantType(), nullable=False),
        sa.ForeignKeyConstraint(
            ["former_id"], ["accounts_person.id"], name=op.f("fk_accounts_alias_former_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_accounts_alias_person_id")
        ),
        sa.PrimaryKeyConstraint("former_id", name=op.f("pk_accounts_alias")),
    )
    op.create_index(
        op.f("ix_accounts_alias_person_id"), "accounts_alias", ["person_id"], unique=False
    )
    op.create_table(
        "accounts_credential",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("changed_at", InstantType(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_accounts_credential_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_accounts_credential")),
    )
    op.create_table(
        "accounts_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role <> 'supervisor' OR node_id IS NOT NULL",
            name=op.f("ck_accounts_grant_supervisor_has_node"),
        ),
        sa.CheckConstraint(
            "role IN ('learner', 'author', 'supervisor', 'administrator')",
            name=op.f("ck_accounts_grant_role_known"),
        ),
        sa.CheckConstraint(
            "to_on IS NULL OR to_on > from_on", name=op.f("ck_accounts_grant_range_right")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["accounts_person.id"], name=op.f("fk_accounts_grant_given_by")
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["accounts_node.id"], name=op.f("fk_accounts_grant_node_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_accounts_grant_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_grant")),
    )
    op.create_index(op.f("ix_accounts_grant_node_id"), "accounts_grant", ["node_id"], unique=False)
    op.create_index(
        op.f("ix_accounts_grant_person_id"), "accounts_grant", ["person_id"], unique=False
    )
    op.create_table(
        "accounts_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=True),
        sa.Column("course_slug", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("created_at", InstantType(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("expires_at", InstantType(), nullable=False),
        sa.CheckConstraint("uses_left >= 0", name=op.f("ck_accounts_invitation_uses_left_right")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts_person.id"], name=op.f("fk_accounts_invitation_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["accounts_node.id"], name=op.f("fk_accounts_invitation_node_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_invitation")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_accounts_invitation_code_digest")),
    )
    op.create_table(
        "accounts_login",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_accounts_login_person_id")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_accounts_login")),
    )
    op.create_index(
        op.f("ix_accounts_login_person_id"), "accounts_login", ["person_id"], unique=False
    )
    op.create_table(
        "accounts_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "to_on IS NULL OR to_on > from_on", name=op.f("ck_accounts_membership_range_right")
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["accounts_node.id"], name=op.f("fk_accounts_membership_node_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_accounts_membership_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_membership")),
        sa.UniqueConstraint(
            "person_id",
            "node_id",
            "from_on",
            name=op.f("uq_accounts_membership_person_id_node_id_from_on"),
        ),
    )
    op.create_index(
        op.f("ix_accounts_membership_node_id"), "accounts_membership", ["node_id"], unique=False
    )
    op.create_table(
        "accounts_node_code",
        sa.Column("node_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["node_id"], ["accounts_node.id"], name=op.f("fk_accounts_node_code_node_id")
        ),
        sa.PrimaryKeyConstraint("node_id", "scheme", name=op.f("pk_accounts_node_code")),
        sa.UniqueConstraint("scheme", "value", name=op.f("uq_accounts_node_code_scheme_value")),
    )
    op.create_table(
        "accounts_organiser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("signatory", sa.String(), nullable=False),
        sa.Column("signatory_post", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "to_on IS NULL OR to_on > from_on", name=op.f("ck_accounts_organiser_range_right")
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["accounts_node.id"], name=op.f("fk_accounts_organiser_node_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_organiser")),
        sa.UniqueConstraint("code", "from_on", name=op.f("uq_accounts_organiser_code_from_on")),
    )
    op.create_index(
        op.f("ix_accounts_organiser_code"), "accounts_organiser", ["code"], unique=False
    )
    op.create_table(
        "accounts_placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "node_id <> parent_id", name=op.f("ck_accounts_placement_not_under_itself")
        ),
        sa.CheckConstraint(
            "to_on IS NULL OR to_on > from_on", name=op.f("ck_accounts_placement_range_right")
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["accounts_node.id"], name=op.f("fk_accounts_placement_node_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["accounts_node.id"], name=op.f("fk_accounts_placement_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_placement")),
        sa.UniqueConstraint(
            "node_id", "from_on", name=op.f("uq_accounts_placement_node_id_from_on")
        ),
    )
    op.create_index(
        op.f("ix_accounts_placement_parent_id"), "accounts_placement", ["parent_id"], unique=False
    )
    op.create_index(
        "uq_accounts_placement_open",
        "accounts_placement",
        ["node_id"],
        unique=True,
        sqlite_where=sa.text("to_on IS NULL"),
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.create_table(
        "accounts_reset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("created_at", InstantType(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("expires_at", InstantType(), nullable=False),
        sa.Column("used_at", InstantType(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts_person.id"], name=op.f("fk_accounts_reset_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_accounts_reset_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_reset")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_accounts_reset_code_digest")),
    )
    op.create_index(
        op.f("ix_accounts_reset_person_id"), "accounts_reset", ["person_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_accounts_reset_person_id"), table_name="accounts_reset")
    op.drop_table("accounts_reset")
    op.drop_index(
        "uq_accounts_placement_open",
        table_name="accounts_placement",
        sqlite_where=sa.text("to_on IS NULL"),
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.drop_index(op.f("ix_accounts_placement_parent_id"), table_name="accounts_placement")
    op.drop_table("accounts_placement")
    op.drop_index(op.f("ix_accounts_organiser_code"), table_name="accounts_organiser")
    op.drop_table("accounts_organiser")
    op.drop_table("accounts_node_code")
    op.drop_index(op.f("ix_accounts_membership_node_id"), table_name="accounts_membership")
    op.drop_table("accounts_membership")
    op.drop_index(op.f("ix_accounts_login_person_id"), table_name="accounts_login")
    op.drop_table("accounts_login")
    op.drop_table("accounts_invitation")
    op.drop_index(op.f("ix_accounts_grant_person_id"), table_name="accounts_grant")
    op.drop_index(op.f("ix_accounts_grant_node_id"), table_name="accounts_grant")
    op.drop_table("accounts_grant")
    op.drop_table("accounts_credential")
    op.drop_index(op.f("ix_accounts_alias_person_id"), table_name="accounts_alias")
    op.drop_table("accounts_alias")
    op.drop_index("ix_accounts_person_sort_key", table_name="accounts_person")
    op.drop_table("accounts_person")
    op.drop_index("ix_accounts_node_sort_key", table_name="accounts_node")
    op.drop_table("accounts_node")
