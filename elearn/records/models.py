"""Completion records as issued, their holders, what became of them, and the ledger of JP.

The ledger: what somebody did elsewhere (an activity) with its evidence, what was decided about it,
and the lines of JP that follow from records and decisions.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Base, Instant
from elearn.core.ids import new_code
from elearn.records.rules import Category, Part

_CATEGORIES = ", ".join(f"'{category}'" for category in Category)
_PARTS = ", ".join(f"'{part}'" for part in Part)


class SigningKey(Base):
    """The public half of a key that signs records; the private half is a file of mode 600."""

    __tablename__ = "records_key"
    __table_args__ = (
        Index(
            "uq_records_key_current",
            text("(to_at IS NULL)"),
            unique=True,
            sqlite_where=text("to_at IS NULL"),
            postgresql_where=text("to_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)  # first 16 hex digits of its SHA-256
    public_key: Mapped[str]  # base64 of the 32 raw Ed25519 bytes
    from_at: Mapped[Instant]
    to_at: Mapped[Instant | None]


class Record(Base):
    """What was issued: the exact signed bytes, kept as text. Never updated, never deleted."""

    __tablename__ = "records_record"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "edition"),
        CheckConstraint("edition >= 1", name="edition_right"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The enrolment lives on a floor above and is named by number only: no foreign key upward.
    enrolment_id: Mapped[int]
    edition: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)  # in the address of the public check
    payload: Mapped[str]  # canonical JSON, UTF-8: what the signature is over
    signature: Mapped[str]  # base64
    key_id: Mapped[str] = mapped_column(ForeignKey("records_key.id"))
    issued_at: Mapped[Instant]


class Holder(Base):
    """Who a record was issued to, as printed. May be deleted (erasure), never changed."""

    __tablename__ = "records_holder"

    record_id: Mapped[int] = mapped_column(ForeignKey("records_record.id"), primary_key=True)
    salt: Mapped[str]
    name: Mapped[str]
    nip: Mapped[str]  # '' when there is none
    show_nip: Mapped[bool]  # printed only at the holder's wish
    post: Mapped[str]
    institution: Mapped[str]


class RecordEvent(Base):
    """What became of a record: issued, replaced, revoked. Append-only."""

    __tablename__ = "records_event"
    __table_args__ = (
        CheckConstraint("kind IN ('issued', 'replaced', 'revoked')", name="kind_known"),
        CheckConstraint("kind <> 'revoked' OR reason <> ''", name="revoked_has_reason"),
        UniqueConstraint("record_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records_record.id"))
    kind: Mapped[str]
    at: Mapped[Instant]
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"))


class Evidence(Base):
    """A paper or photo that proves something, as far as it may be known for ever. Append-only."""

    __tablename__ = "records_evidence"
    __table_args__ = (
        CheckConstraint(
            "media_type IN ('application/pdf', 'image/jpeg', 'image/png')", name="media_type_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    media_type: Mapped[str]
    digest: Mapped[str]  # SHA-256 of the bytes as they are kept
    size: Mapped[int]  # bytes
    at: Mapped[Instant]
    by: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))


class EvidenceFile(Base):
    """The bytes of a piece of evidence. May be deleted (erasure, retention), never changed."""

    __tablename__ = "records_evidence_file"

    evidence_id: Mapped[int] = mapped_column(ForeignKey("records_evidence.id"), primary_key=True)
    file_name: Mapped[str]  # as it was called where it came from
    content: Mapped[bytes]


class Attendance(Base):
    """An attendance list of one event that was imported, once. Append-only."""

    __tablename__ = "records_attendance"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    digest: Mapped[str] = mapped_column(unique=True)  # of the event and its names
    title: Mapped[str]
    at: Mapped[Instant]
    by: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))


class Activity(Base):
    """Something a person did elsewhere, as stated. Append-only: who erred withdraws it."""

    __tablename__ = "records_activity"
    __table_args__ = (
        CheckConstraint(f"category IN ({_CATEGORIES})", name="category_known"),
        CheckConstraint(f"role IN ({_PARTS})", name="role_known"),
        CheckConstraint("last_on >= first_on", name="days_right"),
        CheckConstraint("jp_claimed >= 1", name="jp_right"),
        UniqueConstraint("list_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    category: Mapped[str]
    role: Mapped[str]
    title: Mapped[str]
    organiser: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]  # its year is the year of the JP
    jp_claimed: Mapped[int]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("records_evidence.id"))
    list_id: Mapped[int | None] = mapped_column(ForeignKey("records_attendance.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("records_activity.id"))
    at: Mapped[Instant]
    by: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))


class Decision(Base):
    """What was decided about an activity, by whom and why. Append-only.

    Approved, refused or withdrawn: once. Amended: what was approved becomes `jp`, as often as it
    must, each with its line in the ledger.
    """

    __tablename__ = "records_decision"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('approved', 'refused', 'withdrawn', 'amended')", name="kind_known"
        ),
        CheckConstraint("kind NOT IN ('refused', 'amended') OR reason <> ''", name="reason_given"),
        CheckConstraint("jp >= 0", name="jp_right"),
        Index(
            "uq_records_decision_first",
            "activity_id",
            unique=True,
            sqlite_where=text("kind <> 'amended'"),
            postgresql_where=text("kind <> 'amended'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("records_activity.id"), index=True)
    kind: Mapped[str]
    jp: Mapped[int]  # that count from now on; 0 when refused or withdrawn
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))
    at: Mapped[Instant]


class Reading(Base):
    """Up to which decision a person has read what was decided about her activities."""

    __tablename__ = "records_reading"

    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("records_decision.id"))


class Credit(Base):
    """One line of a person's ledger of JP. Append-only: a mistake is mended by a correction."""

    __tablename__ = "records_credit"
    __table_args__ = (
        CheckConstraint("kind IN ('record', 'activity', 'correction')", name="kind_known"),
        CheckConstraint("kind <> 'record' OR record_id IS NOT NULL", name="record_named"),
        CheckConstraint("kind <> 'activity' OR decision_id IS NOT NULL", name="decision_named"),
        CheckConstraint(f"category IN ({_CATEGORIES})", name="category_known"),
        UniqueConstraint("record_id", "kind"),
        Index("ix_records_credit_sums", "person_id", "credit_year", "category", "jp"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))
    kind: Mapped[str]
    record_id: Mapped[int | None] = mapped_column(ForeignKey("records_record.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("records_decision.id"), unique=True)
    category: Mapped[str] = mapped_column(default=Category.COURSE)
    credit_year: Mapped[int]  # calendar year in the holder's zone
    jp: Mapped[int]  # negative in a correction that takes away
    title: Mapped[str]
    at: Mapped[Instant]


class Transcript(Base):
    """A person's records and activities as they stood, signed. May be deleted, never changed."""

    __tablename__ = "records_transcript"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)  # in the address of the public check
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    year: Mapped[int | None]  # None: all years
    payload: Mapped[str]  # canonical JSON, UTF-8: what the signature is over; it names the person
    signature: Mapped[str]  # base64
    key_id: Mapped[str] = mapped_column(ForeignKey("records_key.id"))
    made_at: Mapped[Instant]
