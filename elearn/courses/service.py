"""Publishing: a checked course becomes a version that never changes."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Executable, delete, select

from elearn.accounts.queries import organiser_on
from elearn.core import audit, clock
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid
from elearn.core.markdown import RENDERER_VERSION
from elearn.core.permissions import Actor
from elearn.coursepack import model
from elearn.coursepack.model import Course as PackedCourse
from elearn.coursepack.model import Texts
from elearn.courses import models
from elearn.courses.formats.html import CourseHtml, search_words
from elearn.courses.rules import definition_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a publish did: the version, and whether it is new."""

    version_id: int
    is_new: bool


def publish(course: PackedCourse, html: CourseHtml, actor: Actor, now: datetime) -> Outcome:
    """Add a version. The same content again changes nothing; other content under a number that
    is taken is refused. Called inside `saving()`, with the HTML made before it.
    """
    row = _course_to_change(course.slug, now)
    same = _same_version(row, course)
    if same is not None:
        return Outcome(same.id, is_new=False)
    _refuse_lower_editions(row, course)
    if organiser_on(course.organiser, clock.day_in(now, clock.DEFAULT_ZONE)) is None:
        raise Invalid("organiser-unknown", organiser=course.organiser)
    version = models.Version(
        course_id=row.id,
        number=course.version,
        digest=course.digest,
        languages=" ".join(course.languages),
        call_code=course.call_code,
        weave=course.weave,
        organiser=course.organiser,
        jp=course.jp,
        pass_percent=course.completion.pass_percent,
        is_sequential=course.completion.sequential,
        is_task_required=course.completion.task_required,
        published_at=now,
        published_by=actor.person_id,
    )
    db.session.add(version)
    db.session.flush()
    _add_files(version.id, course)
    db.session.add_all(_texts(version.id, course))
    db.session.add_all(_modules(version.id, course))
    db.session.add_all(_units(version.id, course))
    db.session.flush()
    db.session.add_all(_unit_texts(version.id, course))
    db.session.add_all(_questions(version.id, course))
    keep_html(version.id, html)
    audit.note(actor, "courses:version:publish", f"{course.slug}/{course.version}", now)
    return Outcome(version.id, is_new=True)


def keep_html(version_id: int, html: CourseHtml) -> None:
    """Put a version's renderings in place of those it had."""
    for table in (models.Rendering, models.QuestionRendering):
        db.session.execute(delete(table).where(table.version_id == version_id))
    db.session.add_all(
        models.Rendering(
            version_id=version_id,
            unit_key=unit.unit_key,
            language=unit.language,
            renderer=RENDERER_VERSION,
            source_digest=unit.source_digest,
            html=unit.html,
            headings=unit.headings,
            media_bytes=unit.media_bytes,
        )
        for unit in html.units
    )
    db.session.add_all(
        models.QuestionRendering(
            version_id=version_id,
            question_key=question.question_key,
            language=question.language,
            renderer=RENDERER_VERSION,
            body=question.body,
        )
        for question in html.questions
    )


def withdraw(version: models.Version, slug: str, reason: str, actor: Actor, now: datetime) -> None:
    """Offer a version no longer. Those who study it go on; records stay as they are."""
    if db.session.get(models.Withdrawal, version.id) is not None:
        raise Conflict("version-withdrawn", slug=slug, number=version.number)
    db.session.add(
        models.Withdrawal(version_id=version.id, at=now, by=actor.person_id, reason=reason)
    )
    audit.note(actor, "courses:version:withdraw", f"{slug}/{version.number}", now, reason)


def _course_to_change(slug: str, now: datetime) -> models.Course:
    """The course, locked; made with its first version."""
    row = db.session.scalar(
        select(models.Course).where(models.Course.slug == slug).with_for_update()
    )
    if row is None:
        row = models.Course(slug=slug, created_at=now)
        db.session.add(row)
        db.session.flush()
    return row


def _same_version(row: models.Course, course: PackedCourse) -> models.Version | None:
    """The version that holds exactly this content; refuses a number that holds other content."""
    newest = db.session.scalars(
        select(models.Version)
        .where(models.Version.course_id == row.id)
        .order_by(models.Version.number.desc())
    ).first()
    if newest is None or course.version > newest.number:
        return None
    same = db.session.scalar(
        select(models.Version).where(
            models.Version.course_id == row.id, models.Version.number == course.version
        )
    )
    if same is not None and same.digest == course.digest:
        return same
    raise Conflict(
        "version-changed" if same else "version-older",
        slug=course.slug,
        number=course.version,
        next=newest.number + 1,
    )


def _refuse_lower_editions(row: models.Course, course: PackedCourse) -> None:
    """An edition that went down would un-do what learners have done."""
    former: dict[str, int] = {}
    for key, edition in db.session.execute(
        select(models.Unit.key, models.Unit.edition)
        .join(models.Version, models.Version.id == models.Unit.version_id)
        .where(models.Version.course_id == row.id)
        .order_by(models.Version.number)
    ):
        former[key] = edition
    for unit in model.units(course):
        if unit.edition < former.get(unit.key, 0):
            raise Conflict(
                "edition-lower", key=unit.key, edition=unit.edition, former=former[unit.key]
            )


def keep_bytes(contents: Iterable[bytes]) -> dict[bytes, str]:
    """Keep these bytes, each once, for versions and drafts alike; gives their digests.

    Two who bring the same new file at the same moment both find it kept.
    """
    digests = {content: hashlib.sha256(content).hexdigest() for content in contents}
    known = set(
        db.session.scalars(
            select(models.Blob.digest).where(models.Blob.digest.in_(set(digests.values())))
        )
    )
    new = [
        {"digest": digest, "size": len(content), "content": content}
        for content, digest in digests.items()
        if digest not in known
    ]
    if new:
        db.session.execute(_insert_new_blobs(), new)
    return digests


def _insert_new_blobs() -> Executable:
    """Each database has its own words for "unless it is there", and loads its own drivers."""
    if db.session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(models.Blob).on_conflict_do_nothing()
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(models.Blob).on_conflict_do_nothing()


def _add_files(version_id: int, course: PackedCourse) -> None:
    digests = keep_bytes(course.files.values())
    db.session.add_all(
        models.File(version_id=version_id, path=path, digest=digests[content])
        for path, content in course.files.items()
    )


def _texts(version_id: int, course: PackedCourse) -> Iterable[models.VersionText]:
    for language in course.languages:
        yield models.VersionText(
            version_id=version_id,
            language=language,
            title=course.title[language],
            summary=course.summary[language],
            outcomes=json.dumps([o[language] for o in course.outcomes], ensure_ascii=False),
            change_note=course.change_note[language],
            search_words=search_words(course, language),
        )


def _modules(version_id: int, course: PackedCourse) -> Iterable[object]:
    for position, module in enumerate(course.modules, 1):
        yield models.Module(version_id=version_id, key=module.key, position=position, jp=module.jp)
        for language in course.languages:
            yield models.ModuleText(
                version_id=version_id,
                module_key=module.key,
                language=language,
                title=module.title[language],
                summary=module.summary[language],
            )


def _units(version_id: int, course: PackedCourse) -> Iterable[models.Unit]:
    quizzes = {f"{m.key}-quiz": m.quiz for m in course.modules if m.quiz}
    tests = {"pre-test": course.pre_test, "post-test": course.post_test}
    for position, unit in enumerate(model.units(course), 1):
        quiz, test = quizzes.get(unit.key), tests.get(unit.key)
        draws = quiz.draw if quiz else test.per_module if test else None
        given = quiz.pass_percent if quiz else test.pass_percent if test else None
        counts = unit.kind in ("quiz", "post-test")
        yield models.Unit(
            version_id=version_id,
            key=unit.key,
            kind=unit.kind,
            module_key=unit.module_key,
            position=position,
            edition=unit.edition,
            is_required=unit.required,
            minutes=unit.minutes,
            draw=draws,
            pass_percent=(given or course.completion.pass_percent) if counts else None,
            attempt_limit=quiz.attempt_limit if quiz else 0 if counts else None,
            wait_minutes=quiz.wait_minutes if quiz else 0 if counts else None,
        )


def _unit_texts(version_id: int, course: PackedCourse) -> Iterable[models.UnitText]:
    lessons = {lesson.key: lesson for module in course.modules for lesson in module.lessons}
    for unit in model.units(course):
        lesson = lessons.get(unit.key) if unit.kind == "lesson" else None
        titles = unit.titles or Texts(tuple((language, "") for language in course.languages))
        for language, title in titles.items():
            version = lesson.versions[language] if lesson else None
            yield models.UnitText(
                version_id=version_id,
                unit_key=unit.key,
                language=language,
                title=title,
                sources=json.dumps(list(version.sources) if version else [], ensure_ascii=False),
                is_outdated=bool(version and version.of_edition < unit.edition),
            )


def _questions(version_id: int, course: PackedCourse) -> Iterable[models.Question]:
    found = [(m.key, q) for m in course.modules if m.quiz for q in m.quiz.questions]
    for position, (module_key, question) in enumerate(found, 1):
        yield models.Question(
            version_id=version_id,
            key=question.key,
            module_key=module_key,
            position=position,
            edition=question.edition,
            kind=question.kind,
            pool=question.pool,
            lesson_key=question.lesson,
            points=question.points,
            definition=definition_of(question),
        )
