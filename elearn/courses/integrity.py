"""What can be wrong with published courses, for `elearn db check`."""

import hashlib
import re
from collections.abc import Iterator

from sqlalchemy import select

from elearn.core.db import db
from elearn.core.integrity import Finding, Findings, Part, batches, count
from elearn.coursepack import digest
from elearn.courses import queries
from elearn.courses.models import (
    Blob,
    Course,
    File,
    Question,
    QuestionRendering,
    Rendering,
    Unit,
    Version,
)

_FILES_AT_ONCE = 8  # their bytes are in memory one by one, their names together
_HAS_TEXT = ("lesson", "activity", "task")
_MEDIA = re.compile(r"/media/([0-9a-f]+)/")
_RESTORE = "restore it from a backup"


def _blobs() -> Iterator[Findings]:
    for digests in batches(Blob.digest, _FILES_AT_ONCE):
        for one in digests:
            yield list(_faults_of_blob(one))


def _faults_of_blob(name: str) -> Iterator[Finding]:
    size, content = db.session.execute(
        select(Blob.size, Blob.content).where(Blob.digest == name)
    ).one()
    if hashlib.sha256(content).hexdigest() != name or len(content) != size:
        yield Finding(f"the bytes of the course file {name} are not what they were", _RESTORE)


def _versions() -> Iterator[Findings]:
    for version_ids in batches(Version.id, 1):
        for version_id in version_ids:
            yield list(_faults_of_version(version_id))


def _faults_of_version(version_id: int) -> Iterator[Finding]:
    version, slug = db.session.execute(
        select(Version, Course.slug)
        .outerjoin(Course, Course.id == Version.course_id)
        .where(Version.id == version_id)
    ).one()
    name = f"{slug} version {version.number}"
    if digest.of(queries.files_of(version_id)) != version.digest:
        yield Finding(
            f"{name}: its files are not those that were published",
            "compare `elearn courses export` with the author's folder, and restore a backup",
        )
    for path in _lost_files(version_id):
        yield Finding(f"{name}: the bytes of {path} are gone", _RESTORE)
    yield from _faults_of_renderings(version_id, name, version.languages.split())


def _lost_files(version_id: int) -> list[str]:
    return list(
        db.session.scalars(
            select(File.path)
            .outerjoin(Blob, Blob.digest == File.digest)
            .where(File.version_id == version_id, Blob.digest.is_(None))
            .order_by(File.path)
        )
    )


def _faults_of_renderings(version_id: int, name: str, languages: list[str]) -> Iterator[Finding]:
    """Every text is there in every language, and every image that a text shows is there."""
    render = "run `elearn courses render --all`"
    units = select(Unit.key).where(Unit.version_id == version_id, Unit.kind.in_(_HAS_TEXT))
    questions = select(Question.key).where(Question.version_id == version_id)
    of_units = select(Rendering.unit_key, Rendering.language, Rendering.html).where(
        Rendering.version_id == version_id
    )
    of_questions = select(
        QuestionRendering.question_key, QuestionRendering.language, QuestionRendering.body
    ).where(QuestionRendering.version_id == version_id)
    media = set(
        db.session.scalars(
            select(File.digest).where(File.version_id == version_id, File.path.like("media/%"))
        )
    )
    for wanted, rendered in ((units, of_units), (questions, of_questions)):
        missing = {(key, language) for key in db.session.scalars(wanted) for language in languages}
        for key, language, html in db.session.execute(rendered):
            missing.discard((key, language))
            for lost in sorted(set(_MEDIA.findall(html)) - media):
                yield Finding(f"{name}: {key} ({language}) shows {lost}, which is gone", render)
        for key, language in sorted(missing):
            yield Finding(f"{name}: {key} ({language}) is not rendered", render)


PARTS = (
    Part("course files", lambda: count(Blob.digest), _blobs),
    Part("course versions", lambda: count(Version.id), _versions),
)
