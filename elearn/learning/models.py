"""Enrolments pin a version; events say what happened; progress sums them up."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.core.db import Base, Instant
from elearn.core.ids import new_code, new_uuid


class Enrolment(Base):
    """One person's run through one course, on one version until she chooses a newer one."""

    __tablename__ = "learning_enrolment"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "run"),
        CheckConstraint("run >= 1", name="run_right"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses_course.id"), index=True)
    run: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"), index=True)
    enrolled_at: Mapped[Instant]
    # Read together with the enrolment by the doors in `queries`; never loaded by itself.
    progress: Mapped["Progress"] = relationship(viewonly=True, lazy="raise")


class Event(Base):
    """Something that happened in an enrolment. Append-only; the UUID is made by its writer."""

    __tablename__ = "learning_event"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('enrolled', 'opened', 'done', 'scored', 'moved', 'completed')",
            name="kind_known",
        ),
        CheckConstraint("(kind = 'scored') = (score_percent IS NOT NULL)", name="scored_has_score"),
        Index(None, "enrolment_id", "recorded_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True, default=new_uuid)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("learning_enrolment.id"))
    kind: Mapped[str]
    # Or "correction" (of a key), "supervisor" (a ruling): she did nothing herself.
    source: Mapped[str] = mapped_column(default="web")
    unit_key: Mapped[str] = mapped_column(default="")
    edition: Mapped[int | None]  # of the unit, as it was studied
    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"))
    score_percent: Mapped[int | None]
    is_passed: Mapped[bool | None]
    language: Mapped[str]
    happened_at: Mapped[Instant]  # by the learner's device
    recorded_at: Mapped[Instant]  # by this server


class Progress(Base):
    """Where an enrolment stands: a sum of its events, rebuildable at any time."""

    __tablename__ = "learning_progress"
    __table_args__ = (
        CheckConstraint("percent >= 0 AND percent <= 100", name="percent_right"),
        CheckConstraint("done_count <= required_count", name="count_right"),
        # All that is asked of the runs of many people, those of each beside each other: the rows
        # themselves are ten times as wide, and lie scattered. Written with every act of study.
        Index(
            "ix_learning_progress_standing",
            "person_id",
            "is_latest",
            "course_id",
            "enrolment_id",
            "version_id",
            "enrolled_at",
            "started_at",
            "last_event_at",
            "completed_at",
            "failed_count",
            "required_count",
            "done_count",
            "percent",
            "pre_percent",
            "post_percent",
        ),
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("learning_enrolment.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"))
    done_count: Mapped[int]
    required_count: Mapped[int]
    percent: Mapped[int]
    # JSON: unit key -> {"opened": edition, "done": edition, "best": percent, "last": percent,
    # "fails": times}
    units: Mapped[str]
    last_unit_key: Mapped[str] = mapped_column(default="")
    last_event_at: Mapped[Instant]  # when she last did something
    completed_at: Mapped[Instant | None]
    # For those who oversee many: what they sort and filter by, added up when it happens.
    started_at: Mapped[Instant | None]  # first own act after joining
    failed_unit_key: Mapped[str] = mapped_column(
        default=""
    )  # required quiz failed most, not passed
    failed_count: Mapped[int] = mapped_column(default=0)  # how often
    pre_percent: Mapped[int | None]  # best score of the pre-test, of the post-test
    post_percent: Mapped[int | None]
    # Whose run it is, as the enrolment has it. Once more here, since one index must answer alone.
    person_id: Mapped[int]
    course_id: Mapped[int]
    enrolled_at: Mapped[Instant]
    is_latest: Mapped[bool]  # of the runs of this person through this course, the last


class Ruling(Base):
    """A supervisor's correction: a unit done on paper or lost by a bad line, with reason and proof.

    Append-only, as is the event that it made. Taking it back is a row of its own.
    """

    __tablename__ = "learning_ruling"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("learning_enrolment.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("learning_event.id"), unique=True)
    reason: Mapped[str]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("records_evidence.id"))
    by: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))
    at: Mapped[Instant]


class RulingEnd(Base):
    """A correction that was taken back: its event does not count any more."""

    __tablename__ = "learning_ruling_end"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_given"),)

    ruling_id: Mapped[int] = mapped_column(ForeignKey("learning_ruling.id"), primary_key=True)
    reason: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))
    at: Mapped[Instant]
