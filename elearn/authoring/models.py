"""Drafts: course folders that are being written, with every save that made them what they are.

The bytes of a file are a `courses_blob`, once, whether a draft or a published version has them.
"""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Base, Instant
from elearn.core.ids import new_code


class DraftState(StrEnum):
    OPEN = "open"
    PUBLISHED = "published"
    DISCARDED = "discarded"


_IS_OPEN = text("state = 'open'")


class Draft(Base):
    """The course folder that will be the next version of a course."""

    __tablename__ = "authoring_draft"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'published', 'discarded')", name="state_known"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_has_time"),
        CheckConstraint(
            "(state = 'published') = (version_id IS NOT NULL)", name="published_has_version"
        ),
        # Two people who write at one course write in one draft.
        Index(
            "uq_authoring_draft_open",
            "slug",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)  # in addresses
    slug: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default=DraftState.OPEN)
    base_id: Mapped[int | None] = mapped_column(ForeignKey("courses_version.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("courses_version.id"))
    begun_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    saves: Mapped[int] = mapped_column(default=0)  # number of the newest one
    saved_at: Mapped[Instant]
    picture: Mapped[str]  # JSON of rules.sketch.Cover: what a list of drafts shows


class DraftFile(Base):
    """One file of a draft as it is now, by its path in the course folder."""

    __tablename__ = "authoring_file"

    draft_id: Mapped[int] = mapped_column(ForeignKey("authoring_draft.id"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("courses_blob.digest"), index=True)


class Save(Base):
    """One act of writing: who, when, what was done (code) and to which part of the course."""

    __tablename__ = "authoring_save"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("authoring_draft.id"))
    number: Mapped[int]  # from 1 in its draft
    person_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    at: Mapped[Instant]
    what: Mapped[str]
    about: Mapped[str]


class Change(Base):
    """A file as a save left it; no digest: the save deleted it."""

    __tablename__ = "authoring_change"

    save_id: Mapped[int] = mapped_column(ForeignKey("authoring_save.id"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str | None] = mapped_column(ForeignKey("courses_blob.digest"), index=True)


class CourseAuthor(Base):
    """Somebody who may write at a course, beside the administrators."""

    __tablename__ = "authoring_author"

    slug: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("accounts_person.id"), primary_key=True, index=True
    )
    added_at: Mapped[Instant]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"))


class Review(Base):
    """A link under which a colleague reads a draft as it was at one save, until it expires."""

    __tablename__ = "authoring_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("authoring_draft.id"), index=True)
    save_number: Mapped[int]
    token_digest: Mapped[str] = mapped_column(unique=True)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"))
    asked_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]


class Comment(Base):
    """What a reader says of a place in a draft; it stays with the version the draft becomes."""

    __tablename__ = "authoring_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("authoring_draft.id"), index=True)
    save_number: Mapped[int]
    place: Mapped[str]  # unit or question key; "" for the course as a whole
    person_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    text: Mapped[str]
    at: Mapped[Instant]
    settled_at: Mapped[Instant | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"))
