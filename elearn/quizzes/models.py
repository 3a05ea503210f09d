"""Attempts, their answers saved one by one, and what corrected keys made of them."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Base, Instant
from elearn.core.ids import new_code


class AttemptState(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"


class Attempt(Base):
    """One sitting of one quiz or test of one published version."""

    __tablename__ = "quizzes_attempt"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "unit_key", "number"),
        CheckConstraint("state IN ('open', 'submitted')", name="state_known"),
        CheckConstraint(
            "(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_has_time"
        ),
        CheckConstraint(
            "(state = 'submitted') = (score_percent IS NOT NULL)", name="submitted_has_score"
        ),
        # One open attempt at a time, held by the database and not by a look before an insert.
        Index(
            "uq_quizzes_attempt_open",
            "enrolment_id",
            "unit_key",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "version_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("learning_enrolment.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"))
    unit_key: Mapped[str]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default=AttemptState.OPEN)
    seed: Mapped[str]
    # JSON list, as shown: {"key": question, "order": file positions in the order shown}
    drawn: Mapped[str]
    pass_percent: Mapped[int | None]  # none: the pre-test, which nobody passes or fails
    language: Mapped[str]
    started_at: Mapped[Instant]
    submitted_at: Mapped[Instant | None]
    score_percent: Mapped[int | None]
    is_passed: Mapped[bool | None]
    points: Mapped[str] = mapped_column(default="")  # JSON: question key -> exact fraction "2/3"


class Answer(Base):
    """What was last answered to one question of one attempt; final once the attempt is in."""

    __tablename__ = "quizzes_answer"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("quizzes_attempt.id"), primary_key=True)
    question_key: Mapped[str] = mapped_column(primary_key=True)
    given: Mapped[str]  # JSON, by file positions: never by the order shown
    counter: Mapped[int]  # the writer's own count: a lower one is late or stale and never wins
    writer: Mapped[str]  # the page that wrote it, so that two tabs are told apart
    saved_at: Mapped[Instant]


class Allowance(Base):
    """One more attempt than the quiz allows, granted to one enrolment, with the reason."""

    __tablename__ = "quizzes_allowance"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("learning_enrolment.id"), index=True)
    unit_key: Mapped[str]
    reason: Mapped[str]
    granted_at: Mapped[Instant]
    granted_by: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))


class Correction(Base):
    """A question's wrong key: from then on it is marked by its key in a newer version."""

    __tablename__ = "quizzes_correction"
    __table_args__ = (
        UniqueConstraint("version_id", "question_key", "from_version_id"),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"))
    question_key: Mapped[str]
    from_version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"))
    reason: Mapped[str]
    at: Mapped[Instant]
    by: Mapped[int] = mapped_column(ForeignKey("accounts_person.id"))


class Regrade(Base):
    """What a correction made of an attempt that was in: more than before. The newest one counts."""

    __tablename__ = "quizzes_regrade"
    __table_args__ = (
        UniqueConstraint("attempt_id", "correction_id"),
        CheckConstraint("score_percent >= 0 AND score_percent <= 100", name="score_right"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("quizzes_attempt.id"))
    correction_id: Mapped[int] = mapped_column(ForeignKey("quizzes_correction.id"))
    score_percent: Mapped[int]
    is_passed: Mapped[bool | None]
    points: Mapped[str]  # JSON, as those of the attempt
    at: Mapped[Instant]
