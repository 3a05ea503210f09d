"""The page on which a lesson is written."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from elearn.authoring.forms.lesson import LessonForm
from elearn.authoring.rules.fields import field_at
from elearn.authoring.rules.hints import hint_at
from elearn.authoring.rules.lessons import Lesson, lesson_of
from elearn.authoring.rules.pictures import MEDIA, is_picture
from elearn.authoring.rules.skeleton import prompt_left
from elearn.authoring.rules.sketch import State
from elearn.authoring.rules.source import plain_ends
from elearn.authoring.views.desk import (
    PREVIEWED_BYTES,
    Desk,
    Finding,
    findings,
    preview,
    unreadable,
    words_of,
)
from elearn.authoring.views.places import Place, place_of
from elearn.authoring.views.plain_words import said
from elearn.core.errors import Missing
from elearn.coursepack.yamledit import Unreadable

Link = tuple[str, str, str]  # title, address, language of the title


@dataclass(frozen=True, slots=True)
class Other:
    """The lesson in another language. lesson: None when it is missing or cannot be read."""

    language: str
    state: State
    lesson: Lesson | None
    address: str


def draw(desk: Desk, form: LessonForm | None, **notes: Any) -> str:
    """form: None when the file cannot be read. notes: why the words in the form are not saved."""
    place = place_of(desk.draft, "outline")
    found = place.sketch.lesson(desk.key)
    if found is None:
        raise Missing("lesson-missing", lesson=desk.key)
    module, sketched = found
    return render_template(
        "authoring/lesson.html",
        place=place,
        desk=desk,
        module=module,
        title=sketched.title(desk.language),
        form=form,
        fault=_fault(desk),
        shown=_shown(desk, form) if form else {},
        others=_others(desk, place),
        lessons=_other_lessons(desk, place),
        pictures=_pictures(place),
        neighbours=_neighbours(desk, place),
        at=_line_asked(desk),
        **notes,
    )


def live(desk: Desk, form: LessonForm) -> dict[str, str]:
    """The parts of the page that follow what is typed, as HTML by name."""
    shown = _shown(desk, form)
    parts = {"words": shown["words"]}
    parts["findings"] = render_template("authoring/_findings.html", findings=shown["findings"])
    if shown["preview"] is not None:
        parts["preview"] = render_template("authoring/_lesson_preview.html", shown=shown, desk=desk)
    return parts


def wanted(desk: Desk, form: LessonForm) -> Lesson:
    """What the form asks the lesson to be. Raises Unreadable."""
    is_new_meaning, is_up_to_date = form.is_new_meaning.data, form.is_up_to_date.data
    return form.wanted(desk.edition(is_new_meaning=is_new_meaning, is_up_to_date=is_up_to_date))


def _shown(desk: Desk, form: LessonForm) -> dict[str, Any]:
    """preview: None for a text that is shown only when somebody asks."""
    body = plain_ends(form.body.data)
    is_previewed = len(body) <= PREVIEWED_BYTES or "preview" in request.args
    return {
        "preview": preview(desk, body) if is_previewed else None,
        "sources": form.wanted(1).sources,
        "words": words_of(body),
        "findings": (*_findings(desk, form), *_prompt_left(body)),
    }


def _findings(desk: Desk, form: LessonForm) -> tuple[Finding, ...]:
    try:
        return findings(desk, wanted(desk, form))
    except Unreadable:  # the page says so already
        return ()


def _prompt_left(body: str) -> tuple[Finding, ...]:
    """Advice while a new lesson still holds what it began with: learners would read it."""
    line = prompt_left(body)
    if line is None:
        return ()
    return (Finding(said(hint_at("", line)), False, "body", line),)


def _fault(desk: Desk) -> str:
    """Why the file cannot be edited here; "" when it can."""
    try:
        _ = desk.lesson
    except Unreadable as fault:
        return unreadable(fault)
    return ""


def _others(desk: Desk, place: Place) -> list[Other]:
    """The other languages of the lesson, the course's own first."""
    found = place.sketch.lesson(desk.key)
    first = place.sketch.first_language
    return [
        Other(
            language,
            found[1].state(language, first) if found else "missing",
            _read(desk, desk.spot.languages.get(language)),
            place.address("lesson", key=desk.key, language=language),
        )
        for language in dict.fromkeys((*place.sketch.languages, *desk.spot.languages))
        if language != desk.language
    ]


def _read(desk: Desk, path: str | None) -> Lesson | None:
    try:
        return lesson_of(desk.files[path], path) if path in desk.files and path else None
    except Unreadable:
        return None


def _other_lessons(desk: Desk, place: Place) -> list[tuple[str, str]]:
    """Titles of the lessons that there are in this language, and what a link to each names."""
    folder = posixpath.dirname(desk.spot.path)
    lessons = [lesson for module in place.sketch.modules for lesson in module.lessons]
    texts = [one.texts[desk.language] for one in lessons if desk.language in one.texts]
    return [
        (text.title, posixpath.relpath(text.path, folder))
        for text in texts
        if text.path != desk.spot.path
    ]


def _pictures(place: Place) -> list[tuple[str, str]]:
    """Names and addresses of the pictures that a text can show."""
    names = [path.removeprefix(MEDIA) for path in place.sketch.media if is_picture(path)]
    return [(name, place.address("picture", name=name)) for name in names]


def _neighbours(desk: Desk, place: Place) -> tuple[Link | None, Link | None]:
    """The editors of the lessons before and after, whatever their module."""
    lessons = [lesson for module in place.sketch.modules for lesson in module.lessons]
    at = next(i for i, lesson in enumerate(lessons) if lesson.key == desk.key)
    around = (lessons[at - 1] if at else None, lessons[at + 1] if at + 1 < len(lessons) else None)
    before, after = (
        (
            one.title(desk.language),
            url_for("authoring.lesson", code=desk.draft.code, key=one.key, language=desk.language),
            desk.language if desk.language in one.texts else place.sketch.first_language,
        )
        if one
        else None
        for one in around
    )
    return before, after


def _line_asked(desk: Desk) -> int | None:
    """The line of the text that an address with ?line= asks for; lines count in the file."""
    line, content = request.args.get("line", type=int), desk.files.get(desk.spot.path)
    if line is None or content is None:
        return None
    return field_at(content, line)[1]
