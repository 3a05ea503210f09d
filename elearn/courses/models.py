"""Published versions: written once, refused any change by the database itself (core/triggers).

Only `courses_rendering` and `courses_question_rendering` may be rebuilt: they are made from the
sources, so that a mended sanitiser reaches lessons that were published long ago.
"""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Base, Instant


class Blob(Base):
    """The bytes of a file, once, by digest (SHA-256 hex)."""

    __tablename__ = "courses_blob"

    digest: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Course(Base):
    """A course through all its versions."""

    __tablename__ = "courses_course"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[Instant]


class Version(Base):
    """One published edition of a course: number and content digest name the same bytes for ever."""

    __tablename__ = "courses_version"
    __table_args__ = (Unique("course_id", "number"), CheckConstraint("jp >= 0", name="jp_right"))

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses_course.id"))
    number: Mapped[int]
    digest: Mapped[str]
    languages: Mapped[str]  # codes with a space between, the default language first
    call_code: Mapped[str]
    weave: Mapped[str]
    organiser: Mapped[str]  # code
    jp: Mapped[int]
    pass_percent: Mapped[int]
    is_sequential: Mapped[bool]
    is_task_required: Mapped[bool]
    published_at: Mapped[Instant]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"))


class VersionText(Base):
    """What a version says of itself in one language. Lists are JSON text."""

    __tablename__ = "courses_version_text"

    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    outcomes: Mapped[str]  # JSON list of texts
    change_note: Mapped[str]
    search_words: Mapped[str]  # folded words of titles and lessons, for finding


class File(Base):
    """One source file of a version, by its path in the course folder."""

    __tablename__ = "courses_file"

    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("courses_blob.digest"), index=True)


class Module(Base):
    """A part of a version, with its JP."""

    __tablename__ = "courses_module"
    __table_args__ = (Unique("version_id", "position"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    jp: Mapped[int]


class ModuleText(Base):
    """A module's title and summary in one language."""

    __tablename__ = "courses_module_text"
    __table_args__ = (
        ForeignKeyConstraint(
            ["version_id", "module_key"], ["courses_module.version_id", "courses_module.key"]
        ),
    )

    version_id: Mapped[int] = mapped_column(primary_key=True)
    module_key: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]


class Unit(Base):
    """One thing to do in a version: pre-test, lesson, activity, quiz, task or post-test."""

    __tablename__ = "courses_unit"
    __table_args__ = (
        Unique("version_id", "position"),
        CheckConstraint(
            "kind IN ('pre-test', 'lesson', 'activity', 'quiz', 'task', 'post-test')",
            name="kind_known",
        ),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    module_key: Mapped[str | None]
    position: Mapped[int]
    edition: Mapped[int]
    is_required: Mapped[bool]
    minutes: Mapped[int]
    draw: Mapped[int | None]  # quiz: questions of an attempt; tests: questions per module
    pass_percent: Mapped[int | None]
    attempt_limit: Mapped[int | None]  # 0 = unlimited
    wait_minutes: Mapped[int | None]


class UnitText(Base):
    """A unit's title in one language, and whether the translation lags behind its source."""

    __tablename__ = "courses_unit_text"
    __table_args__ = (
        ForeignKeyConstraint(
            ["version_id", "unit_key"], ["courses_unit.version_id", "courses_unit.key"]
        ),
    )

    version_id: Mapped[int] = mapped_column(primary_key=True)
    unit_key: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    sources: Mapped[str]  # JSON list of texts
    is_outdated: Mapped[bool]


class Question(Base):
    """One question of a version's banks; `definition` is JSON with the key, never sent as it is."""

    __tablename__ = "courses_question"
    __table_args__ = (Unique("version_id", "position"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    module_key: Mapped[str]
    position: Mapped[int]
    edition: Mapped[int]
    kind: Mapped[str]
    pool: Mapped[str]
    lesson_key: Mapped[str]
    points: Mapped[int]
    definition: Mapped[str]


class Rendering(Base):
    """A unit's text as clean HTML in one language: rebuilt by `elearn courses render`."""

    __tablename__ = "courses_rendering"

    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"), primary_key=True)
    unit_key: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    renderer: Mapped[int]
    source_digest: Mapped[str]
    html: Mapped[str]
    headings: Mapped[str]  # JSON list of [level, id, text]
    media_bytes: Mapped[int]  # of the images that load with the page


class QuestionRendering(Base):
    """A question's texts as clean HTML in one language; `body` is JSON in the question's shape."""

    __tablename__ = "courses_question_rendering"

    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"), primary_key=True)
    question_key: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    renderer: Mapped[int]
    body: Mapped[str]


class Withdrawal(Base):
    """A version that is no longer offered; those who study it go on."""

    __tablename__ = "courses_withdrawal"

    version_id: Mapped[int] = mapped_column(ForeignKey("courses_version.id"), primary_key=True)
    at: Mapped[Instant]
    by: Mapped[int | None] = mapped_column(ForeignKey("accounts_person.id"))
    reason: Mapped[str]
