"""A lesson's titles and the module that it is in."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice

from elearn.authoring import queries, service
from elearn.authoring.forms.outline import PlaceLessonForm, place_lesson_form
from elearn.authoring.models import Draft
from elearn.authoring.rules import structure
from elearn.authoring.rules.edits import fingerprint
from elearn.authoring.rules.sketch import sketch
from elearn.authoring.rules.structure import Position, Unknown
from elearn.authoring.service import Edit, Outcome
from elearn.authoring.views.arranging import refused
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.places import place_of
from elearn.authoring.views.sentences import said
from elearn.authoring.views.undoing import done
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/<code>/lessons/<key>/place")
@requires(Action.AUTHORING_DRAFT_WRITE)
def place_lesson(code: str, key: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    position = _position(draft, key)
    return _draw(draft, key, _form(draft, position))


@bp.post("/<code>/lessons/<key>/place")
@requires(Action.AUTHORING_DRAFT_WRITE)
def save_place(code: str, key: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    position = _position(draft, key)
    form = _form(draft, position)
    if not form.validate():
        return _draw(draft, key, form), 422
    titles = {language: form[f"title-{language}"].data for language in position.titles}
    try:
        outcome = _save(code, key, form.base.data or "", Position(titles, form.module.data))
    except (Unknown, Unreadable) as refusal:
        return refused(refusal, code)
    if not outcome.is_safe:
        form.base.data = outcome.base
        return _draw(queries.own_draft(actor(), code), key, form, outcome.there), 409
    back = url_for(".outline", code=code, _anchor=f"lesson-{key}")
    name = titles.get(page_language()) or next(iter(titles.values()), key)
    return done(said("lesson-renamed", name), code, outcome.number, back)


def _position(draft: Draft, key: str) -> Position:
    try:
        return structure.position_of(queries.texts_of(draft), key)
    except Unknown:
        raise Missing("page-missing") from None


def _form(draft: Draft, position: Position) -> PlaceLessonForm:
    """base stays as it was sent; a form that is opened begins with what is there."""
    shown = {f"title-{language}": title for language, title in position.titles.items()}
    form = place_lesson_form(position.titles)(
        data={**shown, "module": position.module, "base": fingerprint(position.plain())}
    )
    language = page_language()
    form.module.choices = [
        SelectChoice(module.key, module.title(language))
        for module in sketch(queries.texts_of(draft)).modules
    ]
    return form


def _save(code: str, key: str, base: str, wanted: Position) -> Outcome:
    with saving():
        draft = queries.own_draft_to_change(actor(), code)
        files = queries.texts_of(draft)
        there = structure.position_of(files, key)
        edit = Edit(base, there.plain(), wanted.plain(), "lesson-renamed", key)
        changes = structure.position_changes(files, key, wanted)
        return service.edit(draft, edit, changes, actor(), clock.now())


def _draw(
    draft: Draft, key: str, form: PlaceLessonForm, theirs: dict[str, Any] | None = None
) -> str:
    """theirs: how somebody else has left the lesson meanwhile."""
    place = place_of(draft, "outline")
    found = place.sketch.lesson(key)
    name = found[1].title(place.title_language) if found else key
    return render_template(
        "authoring/place.html",
        place=place,
        key=key,
        name=name,
        form=form,
        theirs=theirs,
    )
