"""Deleting a module or lesson: at once, with Undo; when something points at it, said before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries
from elearn.authoring.rules import Changes, Files, structure
from elearn.authoring.rules.sketch import Sketch, sketch
from elearn.authoring.rules.structure import Pointing, Unknown
from elearn.authoring.views.arranging import arranged
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.places import place_of
from elearn.authoring.views.sentences import name_of
from elearn.core.errors import Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import language_name, page_language
from elearn.core.permissions import Action
from elearn.coursepack.lesson import LESSON_FILE
from elearn.web.guard import requires
from elearn.web.session import actor


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be deleted: how, what points at it, and the page that says so."""

    what: str
    delete: Callable[[Files, str], Changes]
    pointing: Callable[[Files, str], Pointing]
    page: str


LESSON = Kind(
    "lesson-deleted",
    structure.delete_lesson,
    structure.pointing_at_lesson,
    "authoring.confirm_lesson_deletion",
)
MODULE = Kind(
    "module-deleted",
    structure.delete_module,
    structure.pointing_at_module,
    "authoring.confirm_module_deletion",
)


def delete_or_ask(code: str, key: str, kind: Kind) -> ResponseReturnValue:
    """Delete what nothing points at; else lead to the page that says what does."""
    files = queries.texts_of(queries.own_draft(actor(), code))
    try:
        is_pointed_at = bool(kind.pointing(files, key))
    except Unknown:
        is_pointed_at = False
    if is_pointed_at:
        return redirect(url_for(kind.page, code=code, key=key), 303)
    return _delete(code, key, kind)


@bp.get("/<code>/lessons/<key>/delete")
@requires(Action.AUTHORING_DRAFT_WRITE)
def confirm_lesson_deletion(code: str, key: str) -> ResponseReturnValue:
    return _ask(code, key, LESSON)


@bp.post("/<code>/lessons/<key>/delete")
@requires(Action.AUTHORING_DRAFT_WRITE)
def delete_lesson(code: str, key: str) -> ResponseReturnValue:
    return _delete(code, key, LESSON)


@bp.get("/<code>/modules/<key>/delete")
@requires(Action.AUTHORING_DRAFT_WRITE)
def confirm_module_deletion(code: str, key: str) -> ResponseReturnValue:
    return _ask(code, key, MODULE)


@bp.post("/<code>/modules/<key>/delete")
@requires(Action.AUTHORING_DRAFT_WRITE)
def delete_module(code: str, key: str) -> ResponseReturnValue:
    return _delete(code, key, MODULE)


def _delete(code: str, key: str, kind: Kind) -> ResponseReturnValue:
    return arranged(code, kind.what, key, lambda files: kind.delete(files, key))


def _ask(code: str, key: str, kind: Kind) -> str:
    draft = queries.own_draft(actor(), code)
    files = queries.texts_of(draft)
    try:
        pointing = kind.pointing(files, key)
    except Unknown:
        raise Missing("page-missing") from None
    picture = sketch(files)
    return render_template(
        "authoring/delete.html",
        place=place_of(draft, "outline"),
        kind=kind.what.partition("-")[0],
        name=name_of(picture, kind.what, key),
        key=key,
        links=[place_named(picture, path) for path in pointing.links],
        questions=[name_of(picture, "question", one.key) for one in pointing.questions],
    )


def place_named(picture: Sketch, path: str) -> str:
    """What people call the text that a file of the draft is."""
    folder, _slash, name = path.rpartition("/")
    language = page_language()
    match = LESSON_FILE.fullmatch(name)
    if match and (found := picture.lesson(match["key"])):
        text = found[1].texts.get(match["language"])
        title = text.title if text and text.title else match["key"]
        return _(
            "Lesson “%(title)s” (%(language)s)",
            title=title,
            language=language_name(match["language"]),
        )
    module = next((one for one in picture.modules if one.folder == folder), None)
    if module and name == "quiz.yml":
        return _("Questions of the module “%(title)s”", title=module.title(language))
    if module and name == "module.yml":
        return _("About the module “%(title)s”", title=module.title(language))
    if path == "task.yml":
        return _("The practical task")
    return _("About the course") if path == "course.yml" else path
