"""What an editor needs beside the text of a lesson: its files, its preview, its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from elearn.authoring import queries
from elearn.authoring.formats.preview import Around, pictures_named_in, rendered
from elearn.authoring.models import Draft
from elearn.authoring.rules import Files
from elearn.authoring.rules.fields import field_at
from elearn.authoring.rules.findings import findings_in
from elearn.authoring.rules.lessons import (
    LEAST_WORDS,
    MOST_WORDS,
    NOTHING_YET,
    Lesson,
    Spot,
    lesson_changes,
    lesson_of,
    paths_needed,
    raised,
    spot,
    taken_back,
    words_in,
)
from elearn.authoring.rules.pictures import MEDIA
from elearn.authoring.rules.sketch import sketch
from elearn.authoring.views.plain_words import said
from elearn.core.errors import Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import ngettext, page_language
from elearn.core.markdown import Refused, stored
from elearn.coursepack.lesson import LESSON_FILE
from elearn.coursepack.problems import Problem
from elearn.coursepack.yamledit import Unreadable
from elearn.courses import queries as courses
from elearn.courses.limits import course_limits
from elearn.web.messages import sentence

# Rendering costs about 7 ms a KB: a longer text is shown when somebody asks, not at every pause.
PREVIEWED_BYTES = 60_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the check says. field: id of its field; line: of the text in the field."""

    text: str
    is_error: bool
    field: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Desk:
    """A lesson of a draft in one language, with the files that its editor reads.

    files: those of the lesson in every language, and course.yml. published: edition that the
    draft's base version has of it, None when that has no such lesson.
    """

    draft: Draft
    key: str
    language: str
    paths: tuple[str, ...]  # of all files of the draft
    files: Files
    spot: Spot
    published: int | None

    @property
    def is_there(self) -> bool:
        return self.spot.path in self.files

    @property
    def lesson(self) -> Lesson:
        """As it is in its file; nothing yet when there is none. Raises Unreadable."""
        path = self.spot.path
        return lesson_of(self.files[path], path) if self.is_there else NOTHING_YET

    @property
    def source_edition(self) -> int:
        """Of the text in the first language; one that cannot be read counts as the first."""
        try:
            return lesson_of(self.files[self.spot.source]).edition
        except (KeyError, Unreadable):
            return 1

    @property
    def is_behind(self) -> bool:
        """Whether this is a translation of an earlier edition of its source."""
        is_older = self.lesson.edition < self.source_edition
        return self.spot.is_translation and self.is_there and is_older

    @property
    def is_raised(self) -> bool:
        return self.published is not None and self.lesson.edition > self.published

    def edition(self, *, is_new_meaning: bool, is_up_to_date: bool) -> int:
        """The edition that the file is to name, as the author's two marks say."""
        if not self.spot.is_translation:
            settle = raised if is_new_meaning else taken_back
            return settle(self.lesson.edition, self.published)
        is_of_now = is_up_to_date or not self.is_there
        return self.source_edition if is_of_now else self.lesson.edition


def desk_for(draft: Draft, key: str, language: str) -> Desk:
    """Everything that one lesson needs. Two queries. Raises Missing."""
    paths = tuple(queries.tree_of(draft))
    files = queries.some_of(draft, paths_needed(paths, key))
    languages = sketch({p: c for p, c in files.items() if p == "course.yml"}).languages
    place = spot(paths, key, language, languages[0])
    if place is None or language not in {*languages, *place.languages}:
        raise Missing("lesson-missing", lesson=key)
    return Desk(draft, key, language, paths, files, place, _published_edition(draft, key))


def preview(desk: Desk, body: str) -> Markup | str:
    """The text as learners will see it; a sentence when it cannot be shown."""
    media = tuple(path for path in desk.paths if path.startswith(MEDIA))
    around = Around(
        lessons=lesson_keys(desk.paths),
        pictures=queries.some_of(desk.draft, pictures_named_in(body, media)),
        lesson_url=lambda key: _reading_address(desk, key),
        picture_url=lambda path: url_for(
            "authoring.picture", code=desk.draft.code, name=path.removeprefix(MEDIA)
        ),
    )
    try:
        return stored(rendered(body, desk.spot.path, desk.language, around).html)
    except Refused as refused:
        return too_long(refused)


def too_long(refused: Refused) -> str:
    """Why a text is not shown, for a person."""
    return _(
        "This text is too long or too complicated to be shown (around line %(line)s). It is "
        "saved all the same; divide or simplify it before you publish.",
        line=max(refused.line, 1),
    )


def findings(desk: Desk, wanted: Lesson) -> tuple[Finding, ...]:
    """What the check says of the lesson if it were so. Raises Unreadable."""
    changes = lesson_changes(desk.files, desk.key, desk.language, wanted)
    content = changes.get(desk.spot.path) or desk.files.get(desk.spot.path)
    if not content:
        return ()
    problems = findings_in(
        desk.spot.path,
        content,
        is_translation=desk.spot.is_translation,
        paths=desk.paths,
        limits=course_limits(),
    )
    return tuple(_finding(problem, content) for problem in problems)


def words_of(body: str) -> str:
    """How long the text is, against what is good to read in one sitting."""
    count = words_in(body)
    words = ngettext("%(num)d word.", "%(num)d words.", count)
    if LEAST_WORDS <= count <= MOST_WORDS:
        return words
    return _(
        "%(words)s A lesson reads well with %(least)s to %(most)s.",
        words=words, least=LEAST_WORDS, most=MOST_WORDS,
    )  # fmt: skip


def unreadable(fault: Unreadable) -> str:
    """Why a file cannot be edited here, for a person."""
    why = fault.sentence("id" if page_language() == "id" else "en")
    return sentence("lesson-unreadable", {"line": fault.line, "why": why})


def _published_edition(draft: Draft, key: str) -> int | None:
    unit = courses.outline(draft.base_id).unit(key) if draft.base_id else None
    return unit.edition if unit else None


def lesson_keys(paths: tuple[str, ...]) -> Mapping[str, str]:
    """File of each lesson in each language -> its key."""
    found = ((path, LESSON_FILE.fullmatch(path.rpartition("/")[2])) for path in paths)
    return {path: match["key"] for path, match in found if match}


def _reading_address(desk: Desk, key: str) -> str:
    """Where a lesson of the draft is read."""
    return url_for("authoring.preview_unit", code=desk.draft.code, key=key, lang=desk.language)


def _finding(problem: Problem, content: bytes) -> Finding:
    field, line = field_at(content, problem.line)
    return Finding(said(problem, field), problem.severity == "error", field, line)
