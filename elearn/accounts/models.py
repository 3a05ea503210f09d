"""Persons, what they sign in with, and where they belong in the dated library tree.

All ranges are half-open: from_on is the first day, to_on the first day after; no to_on = still so.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.clock import DEFAULT_ZONE
from elearn.core.db import Base, Instant
from elearn.core.i18n import DEFAULT_LANGUAGE
from elearn.core.ids import new_code

_RANGE = "to_on IS NULL OR to_on > from_on"


class Employment(StrEnum):
    PNS = "pns"
    PPPK = "pppk"
    OTHER = "other"


class LoginKind(StrEnum):
    USERNAME = "username"
    NIP = "nip"
    EMAIL = "email"


class NodeKind(StrEnum):
    NATIONAL = "national"
    PROVINCE = "province"
    DISTRICT = "district"
    LIBRARY = "library"


class Person(Base):
    """Somebody who learns, writes or oversees; never renumbered, with or without a login."""

    __tablename__ = "accounts_person"
    __table_args__ = (
        CheckConstraint("employment IN ('pns', 'pppk', 'other')", name="employment_known"),
        CheckConstraint("nip IS NULL OR length(nip) = 18", name="nip_has_18"),
        Index("ix_accounts_person_sort_key", "sort_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    full_name: Mapped[str]  # whole, as in the diploma: "Dr. H. Ahmad Fauzi, S.Sos., M.Si."
    sort_key: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    nip: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str] = mapped_column(default="")
    employment: Mapped[str] = mapped_column(default=Employment.OTHER)
    language: Mapped[str] = mapped_column(default=DEFAULT_LANGUAGE)
    time_zone: Mapped[str] = mapped_column(default=DEFAULT_ZONE)
    show_nip: Mapped[bool] = mapped_column(default=False)  # on new completion records
    created_at: Mapped[Instant]


class FormerEmployment(Base):
    """What a person's employment status was until a day; what it is since, her own row says."""

    __tablename__ = "accounts_former_employment"
    __table_args__ = (
        CheckConstraint("employment IN ('pns', 'pppk', 'other')", name="employment_known"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), primary_key=True)
    until_on: Mapped[date] = mapped_column(primary_key=True)  # the first day of the next one
    employment: Mapped[str]


class PersonAlias(Base):
    """A person found to be the same as another one: old references stay true."""

    __tablename__ = "accounts_alias"

    former_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    merged_at: Mapped[Instant]


class Merge(Base):
    """One merging of two persons, with all that was moved, so that it can be undone for a while."""

    __tablename__ = "accounts_merge"
    __table_args__ = (
        CheckConstraint("former_id <> person_id", name="two_persons"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    former_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    at: Mapped[Instant]
    by: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))
    moved: Mapped[str]  # JSON: room -> what it needs to put everything back
    undone_at: Mapped[Instant | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"))


class Consent(Base):
    """That a person has agreed to one version of the text on personal data, and when. Kept."""

    __tablename__ = "accounts_consent"
    __table_args__ = (UniqueConstraint("person_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))
    version: Mapped[date]  # the day from which the text holds
    at: Mapped[Instant]


class Upload(Base):
    """A list of people or libraries that waits to be written; its bytes go afterwards."""

    __tablename__ = "accounts_upload"
    __table_args__ = (CheckConstraint("kind IN ('people', 'libraries')", name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    kind: Mapped[str]
    file_name: Mapped[str]
    content: Mapped[bytes | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    at: Mapped[Instant]
    job_code: Mapped[str] = mapped_column(default="")  # of core_job: what is being done with it
    written_at: Mapped[Instant | None]


class Login(Base):
    """One thing a person may type to sign in: a username, a NIP or an e-mail, in canonical form."""

    __tablename__ = "accounts_login"

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)


class Credential(Base):
    """A person's password, and the generation of sessions that are still good."""

    __tablename__ = "accounts_credential"

    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), primary_key=True)
    password_hash: Mapped[str | None]
    generation: Mapped[int] = mapped_column(default=1)  # raised: all earlier sessions end
    changed_at: Mapped[Instant]
    is_active: Mapped[bool] = mapped_column(default=True)


class Node(Base):
    """A place in the library tree; it keeps its identity when it moves or is renamed."""

    __tablename__ = "accounts_node"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('national', 'province', 'district', 'library')", name="kind_known"
        ),
        Index("ix_accounts_node_sort_key", "sort_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)  # in addresses and import files
    kind: Mapped[str]
    library_type: Mapped[str] = mapped_column(default="")  # desa, kelurahan, tbm, sekolah, ...
    name: Mapped[str]
    sort_key: Mapped[str]
    place: Mapped[str] = mapped_column(default="")  # village or town, in words
    time_zone: Mapped[str] = mapped_column(default=DEFAULT_ZONE)
    contact_email: Mapped[str] = mapped_column(default="")  # a shared mailbox; not a login


class NodeCode(Base):
    """A node's code in somebody's scheme (kemendagri, bps, npp), as text."""

    __tablename__ = "accounts_node_code"
    __table_args__ = (UniqueConstraint("scheme", "value"),)

    node_id: Mapped[int] = mapped_column(ForeignKey("accounts_node.id"), primary_key=True)
    scheme: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Placement(Base):
    """Which node a node stands under, from a day on."""

    __tablename__ = "accounts_placement"
    __table_args__ = (
        CheckConstraint(_RANGE, name="range_right"),
        CheckConstraint("node_id <> parent_id", name="not_under_itself"),
        UniqueConstraint("node_id", "from_on"),
        Index(
            "uq_accounts_placement_open",
            "node_id",
            unique=True,
            sqlite_where=text("to_on IS NULL"),
            postgresql_where=text("to_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    node_id: Mapped[int] = mapped_column(ForeignKey("accounts_node.id"))
    parent_id: Mapped[int] = mapped_column(ForeignKey("accounts_node.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


class Membership(Base):
    """Where a person works or volunteers, from a day on."""

    __tablename__ = "accounts_membership"
    __table_args__ = (
        CheckConstraint(_RANGE, name="range_right"),
        UniqueConstraint("person_id", "node_id", "from_on"),
        # Who belongs to a place on a day: every page of an office asks it, and the index answers.
        Index("ix_accounts_membership_day", "node_id", "from_on", "to_on", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))
    node_id: Mapped[int] = mapped_column(ForeignKey("accounts_node.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class GrantRow(Base):
    """A role given to a person, for the whole site or one part of the tree, from a day on."""

    __tablename__ = "accounts_grant"
    __table_args__ = (
        CheckConstraint(_RANGE, name="range_right"),
        CheckConstraint(
            "role IN ('learner', 'author', 'supervisor', 'administrator')", name="role_known"
        ),
        CheckConstraint("role <> 'supervisor' OR node_id IS NOT NULL", name="supervisor_has_node"),
        UniqueConstraint("person_id", "role", "node_id", "from_on"),
        Index(  # the constraint above takes two rows without a node for different ones
            "uq_accounts_grant_everywhere",
            "person_id",
            "role",
            "from_on",
            unique=True,
            sqlite_where=text("node_id IS NULL"),
            postgresql_where=text("node_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    role: Mapped[str]
    node_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_node.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"))
    # Whose office is held for a time (Plt., Plh.): said on the pages and papers.
    acting_for_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"))


class Organiser(Base):
    """Who issues completion records: an office with its signatory, from a day on."""

    __tablename__ = "accounts_organiser"
    __table_args__ = (
        CheckConstraint(_RANGE, name="range_right"),
        UniqueConstraint("code", "from_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(index=True)  # courses name it
    node_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_node.id"))
    name: Mapped[str]
    place: Mapped[str]
    signatory: Mapped[str]
    signatory_post: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class Invitation(Base):
    """A way in for those who hold its code: into a library, towards a course, until a moment."""

    __tablename__ = "accounts_invitation"
    __table_args__ = (CheckConstraint("uses_left >= 0", name="uses_left_right"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code_digest: Mapped[str] = mapped_column(unique=True)  # the code itself is only on paper
    node_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_node.id"))
    course_slug: Mapped[str | None]
    role: Mapped[str] = mapped_column(default="learner")
    uses_left: Mapped[int]
    created_at: Mapped[Instant]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"))
    expires_at: Mapped[Instant]


class Reset(Base):
    """A one-time code by which a person sets a new password."""

    __tablename__ = "accounts_reset"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    code_digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[Instant]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"))
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
