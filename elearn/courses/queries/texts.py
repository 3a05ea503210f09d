"""Rendered texts, media and source files of versions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import select

from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.markdown import RENDERER_VERSION, stored
from elearn.courses.models import Blob, Course, File, Rendering, Version, Withdrawal
from elearn.courses.queries.kept import kept


@dataclass(frozen=True)
class RenderedUnit:
    """A unit's text as it is shown, and whether it had to be shown in the default language."""

    html: Markup
    headings: tuple[tuple[int, str, str], ...]
    language: str
    is_fallback: bool
    media_bytes: int


@dataclass(frozen=True)
class Media:
    path: str
    content: bytes


def rendering(version_id: int, unit_key: str, language: str) -> RenderedUnit | None:
    """A unit's text in the wanted language, else in the course's default one.

    One query the first time, none after that.
    """
    key = ("rendering", version_id, unit_key, language)
    return kept(key, lambda: _rendering(version_id, unit_key, language))


def _rendering(version_id: int, unit_key: str, language: str) -> RenderedUnit | None:
    rows = db.session.execute(
        select(Rendering, Version.languages)
        .join(Version, Version.id == Rendering.version_id)
        .where(Rendering.version_id == version_id, Rendering.unit_key == unit_key)
    ).all()
    by_language = {row.language: (row, languages.split()[0]) for row, languages in rows}
    if not by_language:
        return None
    default = next(iter(by_language.values()))[1]
    row, _ = by_language.get(language) or by_language[default]
    return RenderedUnit(
        html=stored(row.html),
        headings=tuple((level, id_, text) for level, id_, text in json.loads(row.headings)),
        language=row.language,
        is_fallback=row.language != language,
        media_bytes=row.media_bytes,
    )


def media(digest: str, name: str) -> Media:
    """A public media file by its digest and name; Missing for anything that is not media."""
    row = db.session.execute(
        select(File.path, Blob.content)
        .join(Blob, Blob.digest == File.digest)
        .where(File.digest == digest, File.path == f"media/{name}")
        .limit(1)
    ).first()
    if row is None:
        raise Missing("page-missing")
    return Media(*row)


def files_of(version_id: int) -> Mapping[str, bytes]:
    """Source files of a version by path: the bytes that were published."""
    rows = db.session.execute(
        select(File.path, Blob.content)
        .join(Blob, Blob.digest == File.digest)
        .where(File.version_id == version_id)
        .order_by(File.path)
    )
    return {path: content for path, content in rows}  # noqa: C416  (rows are not pairs to mypy)


def is_published(slug: str) -> bool:
    """Whether any version of a course has ever been published."""
    return db.session.scalar(select(Course.id).where(Course.slug == slug)) is not None


def withdrawn() -> frozenset[int]:
    """Versions that are no longer offered: few, of all courses together."""
    return frozenset(db.session.scalars(select(Withdrawal.version_id)))


def rendered_otherwise() -> frozenset[int]:
    """Versions with a text that another renderer than today's has made."""
    stale = select(Rendering.version_id).where(Rendering.renderer != RENDERER_VERSION).distinct()
    return frozenset(db.session.scalars(stale))


def versions_of(slug: str | None = None) -> list[tuple[Version, str]]:
    """Every version with the slug of its course, oldest first; of one course when it is named."""
    statement = (
        select(Version, Course.slug)
        .join(Course, Course.id == Version.course_id)
        .order_by(Course.slug, Version.number)
    )
    if slug is not None:
        statement = statement.where(Course.slug == slug)
    return [(version, name) for version, name in db.session.execute(statement)]
