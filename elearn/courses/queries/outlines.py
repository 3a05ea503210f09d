"""Outlines of versions: by id, by course, all, and by words."""

import json
from collections import defaultdict
from collections.abc import Iterable
from types import MappingProxyType

from sqlalchemy import bindparam, func, select

from elearn.core.db import db
from elearn.core.i18n import gettext as _
from elearn.core.text import sort_key
from elearn.courses.models import (
    Course,
    Module,
    ModuleText,
    Rendering,
    Unit,
    UnitText,
    Version,
    VersionText,
    Withdrawal,
)
from elearn.courses.queries.kept import kept
from elearn.courses.rules import ModuleWords, Outline, OutlineModule, OutlineUnit, VersionWords

_IS_WITHDRAWN = select(Withdrawal.version_id).where(Withdrawal.version_id == Version.id).exists()

# Made once: many pages ask them, and making one costs as much as answering it.
_NEWEST_OF_ALL = select(func.max(Version.id)).where(~_IS_WITHDRAWN).group_by(Version.course_id)
_NEWEST = (
    select(func.max(Version.id))
    .join(Course, Course.id == Version.course_id)
    .where(Course.slug == bindparam("slug"), ~_IS_WITHDRAWN)
)


def outline(version_id: int) -> Outline:
    """What a version consists of. Six queries the first time, none after that."""
    found = kept(("outline", version_id), lambda: _read(version_id))
    if found is None:
        raise LookupError(f"no version {version_id}")
    return found


def newest(slug: str) -> Outline | None:
    """The newest version of a course that is still offered. One query."""
    version_id = db.session.scalar(_NEWEST, {"slug": slug})
    return outline(version_id) if version_id else None


def newest_of_all() -> tuple[Outline, ...]:
    """The newest offered version of every course, by title. One query."""
    version_ids = db.session.scalars(_NEWEST_OF_ALL).all()
    return _by_title(outline(version_id) for version_id in version_ids)


def find(words: str) -> tuple[Outline, ...]:
    """Offered courses that have every one of the words in their texts of one language."""
    statement = (
        select(VersionText.version_id).where(VersionText.version_id.in_(_NEWEST_OF_ALL)).distinct()
    )
    for word in sort_key(words)[:200].split():
        statement = statement.where(VersionText.search_words.contains(word, autoescape=True))
    return _by_title(outline(version_id) for version_id in db.session.scalars(statement).all())


def unit_title(course: Outline, unit: OutlineUnit, language: str) -> str:
    """A unit's title; quizzes and tests that have none get the product's words."""
    chosen = course.language_for(language)
    if unit.titles.get(chosen):
        return unit.titles[chosen]
    if unit.kind == "pre-test":
        return _("Pre-test")
    if unit.kind == "post-test":
        return _("Post-test")
    module = course.module(unit.module_key)
    return _("Quiz: %(module)s", module=module.words[chosen].title if module else course.slug)


def title_language(course: Outline, unit: OutlineUnit, language: str) -> str:
    """The language of `unit_title`; "" where it is the product's words, in the page's language."""
    chosen = course.language_for(language)
    is_named = unit.titles.get(chosen) or course.module(unit.module_key)
    return chosen if is_named else ""


def _by_title(outlines: Iterable[Outline]) -> tuple[Outline, ...]:
    return tuple(sorted(outlines, key=lambda o: sort_key(o.words[o.default_language].title)))


def _read(version_id: int) -> Outline | None:
    row = db.session.execute(
        select(Version, Course.slug)
        .join(Course, Course.id == Version.course_id)
        .where(Version.id == version_id)
    ).one_or_none()
    if row is None:
        return None
    version, slug = row
    units = _units(version_id)
    return Outline(
        version_id=version.id,
        course_id=version.course_id,
        slug=slug,
        number=version.number,
        digest=version.digest,
        languages=tuple(version.languages.split()),
        call_code=version.call_code,
        weave=version.weave,
        organiser=version.organiser,
        jp=version.jp,
        pass_percent=version.pass_percent,
        is_sequential=version.is_sequential,
        is_task_required=version.is_task_required,
        published_at=version.published_at,
        words=MappingProxyType(
            {
                text.language: VersionWords(
                    text.title, text.summary, tuple(json.loads(text.outcomes)), text.change_note
                )
                for text in db.session.scalars(
                    select(VersionText).where(VersionText.version_id == version_id)
                )
            }
        ),
        modules=_modules(version_id, units),
        units=units,
    )


def _modules(version_id: int, units: tuple[OutlineUnit, ...]) -> tuple[OutlineModule, ...]:
    words: dict[str, dict[str, ModuleWords]] = defaultdict(dict)
    for text in db.session.scalars(select(ModuleText).where(ModuleText.version_id == version_id)):
        words[text.module_key][text.language] = ModuleWords(text.title, text.summary)
    rows = db.session.scalars(
        select(Module).where(Module.version_id == version_id).order_by(Module.position)
    )
    return tuple(
        OutlineModule(
            row.key, row.position, row.jp, MappingProxyType(words[row.key]),
            tuple(unit for unit in units if unit.module_key == row.key),
        )
        for row in rows
    )  # fmt: skip


def _units(version_id: int) -> tuple[OutlineUnit, ...]:
    texts: dict[str, dict[str, UnitText]] = defaultdict(dict)
    for text in db.session.scalars(select(UnitText).where(UnitText.version_id == version_id)):
        texts[text.unit_key][text.language] = text
    sizes: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for key, language, length, media in db.session.execute(
        select(
            Rendering.unit_key, Rendering.language, func.length(Rendering.html),
            Rendering.media_bytes,
        ).where(Rendering.version_id == version_id)
    ):  # fmt: skip
        sizes[key][language] = (length, media)
    rows = db.session.scalars(
        select(Unit).where(Unit.version_id == version_id).order_by(Unit.position)
    )
    return tuple(
        OutlineUnit(
            key=row.key,
            kind=row.kind,
            module_key=row.module_key,
            position=row.position,
            edition=row.edition,
            is_required=row.is_required,
            minutes=row.minutes,
            draw=row.draw,
            pass_percent=row.pass_percent,
            attempt_limit=row.attempt_limit,
            wait_minutes=row.wait_minutes,
            titles=MappingProxyType({k: text.title for k, text in texts[row.key].items()}),
            sources=MappingProxyType(
                {k: tuple(json.loads(text.sources)) for k, text in texts[row.key].items()}
            ),
            outdated=frozenset(k for k, text in texts[row.key].items() if text.is_outdated),
            text_bytes=MappingProxyType({k: size[0] for k, size in sizes[row.key].items()}),
            media_bytes=MappingProxyType({k: size[1] for k, size in sizes[row.key].items()}),
        )
        for row in rows
    )
