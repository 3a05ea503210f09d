"""Completion records as issued, their holders, what became of them, and the ledger of JP."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Instant, db


class SigningKey(db.Model):
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


class Record(db.Model):
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


class Holder(db.Model):
    """Who a record was issued to, as printed. May be deleted (erasure), never changed."""

    __tablename__ = "records_holder"

    record_id: Mapped[int] = mapped_column(ForeignKey("records_record.id"), primary_key=True)
    salt: Mapped[str]
    name: Mapped[str]
    nip: Mapped[str]  # '' when there is none
    show_nip: Mapped[bool]  # printed only at the holder's wish
    post: Mapped[str]
    institution: Mapped[str]


class RecordEvent(db.Model):
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


class Credit(db.Model):
    """One line of a person's ledger of JP. Append-only: a mistake is mended by a correction."""

    __tablename__ = "records_credit"
    __table_args__ = (
        CheckConstraint("kind IN ('record', 'activity', 'correction')", name="kind_known"),
        CheckConstraint("kind <> 'record' OR record_id IS NOT NULL", name="record_named"),
        UniqueConstraint("record_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    kind: Mapped[str]
    record_id: Mapped[int | None] = mapped_column(ForeignKey("records_record.id"))
    credit_year: Mapped[int]  # calendar year in the holder's zone
    jp: Mapped[int]  # negative in a correction that takes away
    title: Mapped[str]
    at: Mapped[Instant]
