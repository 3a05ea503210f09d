"""Lessons, activities and tasks: the text, its place in the module, and the way on.

A unit that is locked answers 409 and one of a course that was not joined answers 403, both with
a page that says in words what to do and links there.
"""

from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.courses import queries as courses
from elearn.courses.rules import Outline, OutlineUnit
from elearn.learning import queries, rules, service
from elearn.learning.models import Enrolment
from elearn.learning.queries import Standing
from elearn.learning.views import shown
from elearn.learning.views.blueprint import bp
from elearn.learning.views.parts import Reader, module_part, parts
from elearn.records import queries as records
from elearn.web.addresses import address
from elearn.web.guard import requires
from elearn.web.session import actor

Link = tuple[str, str | None, str]  # title, address, language of the title
READ_HERE = (rules.LESSON, rules.ACTIVITY, rules.TASK)


@bp.get("/courses/<slug>/<key>")
@requires(Action.LEARNING_COURSE_STUDY)
def unit(slug: str, key: str) -> ResponseReturnValue:
    enrolment = queries.find_own_enrolment(actor(), slug)
    if enrolment is None:
        return _draw_closed(slug, key), 403
    standing = queries.standing(enrolment)
    chosen = _unit(standing.outline, key)
    elsewhere = shown.unit_address(standing.outline, chosen)
    if chosen.kind not in READ_HERE and elsewhere:
        return redirect(elsewhere, 303)
    missing = rules.missing_before(standing.outline, standing.units, key)
    if missing:
        return _draw_locked(standing.outline, chosen, missing), 409
    if not standing.units[key].opened and request.method == "GET":
        standing = _opened(slug, key) or standing
    return _draw(standing, chosen)


def _opened(slug: str, key: str) -> Standing | None:
    """Note the first opening. None when nothing can be written: the text can be read all the same.

    A full disk, or a lock that somebody holds, is no reason to keep a lesson from her.
    """
    try:
        with saving():
            enrolment = queries.own_enrolment_to_change(actor(), slug)
            service.open_unit(enrolment, key, page_language(), clock.now())
            return queries.standing(enrolment)
    except OperationalError as fault:
        current_app.logger.warning("An opening could not be noted.", exc_info=fault)
        return None


@bp.post("/courses/<slug>/<key>")
@requires(Action.LEARNING_COURSE_STUDY)
def done(slug: str, key: str) -> ResponseReturnValue:
    with saving():
        enrolment = queries.own_enrolment_to_change(actor(), slug)
        service.finish_unit(enrolment, key, page_language(), clock.now())
        standing = queries.standing(enrolment)
    finished = _unit(standing.outline, key)
    if standing.is_complete and finished.is_required:
        return redirect(_record_address(enrolment, slug), 303)
    title = courses.unit_title(standing.outline, finished, page_language())
    flash(_("Marked as done: %(title)s.", title=title), "good")
    return redirect(_way_on(standing, key), 303)


def _draw(standing: Standing, chosen: OutlineUnit) -> str:
    outline = standing.outline
    text = courses.rendering(outline.version_id, chosen.key, page_language())
    if text is None:
        raise Missing("unit-missing", unit=chosen.key)
    language = outline.language_for(page_language())
    module = outline.module(chosen.module_key)
    reader = Reader(outline, standing, language, chosen)
    return render_template(
        "learning/unit.html",
        outline=outline,
        unit=chosen,
        text=text,
        title=courses.unit_title(outline, chosen, text.language),
        course_title=outline.words[language].title,
        language=language,
        module=module,
        place=_short_place(outline, chosen),
        size=shown.unit_bytes(chosen, text.language),
        sources=chosen.sources.get(text.language) or chosen.sources.get(outline.default_language),
        state=standing.units[chosen.key],
        parts=(module_part(reader, module),) if module else parts(reader),
        neighbours=_neighbours(outline, chosen, language),
        way_on=_way_on(standing, chosen.key),
        is_self_declared=rules.is_self_declared(chosen),
        finish_words=_finish_words(chosen),
    )


def _draw_closed(slug: str, key: str) -> str:
    """The way in, for somebody who was sent the address of a lesson."""
    outline = courses.newest(slug)
    if outline is None:
        raise Missing("course-missing", slug=slug)
    chosen = _unit(outline, key)
    language = outline.language_for(page_language())
    return render_template(
        "learning/closed.html",
        outline=outline,
        language=language,
        course_title=outline.words[language].title,
        title=courses.unit_title(outline, chosen, language),
    )


def _draw_locked(outline: Outline, chosen: OutlineUnit, missing: tuple[OutlineUnit, ...]) -> str:
    language = outline.language_for(page_language())
    return render_template(
        "learning/locked.html",
        outline=outline,
        language=language,
        course_title=outline.words[language].title,
        title=courses.unit_title(outline, chosen, language),
        missing=[_link(outline, unit, language) for unit in missing],
    )


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The units before and after; None at the ends."""

    previous: Link | None
    next: Link | None


def _neighbours(outline: Outline, chosen: OutlineUnit, language: str) -> Neighbours:
    place = outline.units.index(chosen)
    before = outline.units[place - 1] if place > 0 else None
    after = outline.units[place + 1] if place + 1 < len(outline.units) else None
    return Neighbours(
        _link(outline, before, language) if before else None,
        _link(outline, after, language) if after else None,
    )


def _link(outline: Outline, unit: OutlineUnit, language: str) -> Link:
    return (
        courses.unit_title(outline, unit, language),
        shown.unit_address(outline, unit),
        courses.title_language(outline, unit, language),
    )


def _short_place(outline: Outline, chosen: OutlineUnit) -> str:
    module = outline.module(chosen.module_key)
    if module is not None and chosen.kind == rules.LESSON:
        words = shown.lesson_place(module, chosen)
        return words[:1].upper() + words[1:]
    return _("Activity") if chosen.kind == rules.ACTIVITY else _("Practical task")


def _finish_words(chosen: OutlineUnit) -> str:
    """The rule of completion, above the button."""
    if chosen.kind == rules.LESSON:
        return _("Is it clear? A lesson counts as done when you press this button.")
    if chosen.is_required:
        return _("Have you done it? It counts as done when you press this button.")
    return _("Have you done it? Mark it for yourself; the course can be completed without it.")


def _unit(outline: Outline, key: str) -> OutlineUnit:
    found = outline.unit(key)
    if found is None:
        raise Missing("unit-missing", unit=key)
    return found


def _way_on(standing: Standing, key: str) -> str:
    """Where "Done and continue" leads."""
    outline = standing.outline
    following = rules.unit_after(outline, standing.units, key, standing.last_unit_key)
    way = shown.unit_address(outline, following) if following else None
    return way or url_for(".course", slug=outline.slug)


def _record_address(enrolment: Enrolment, slug: str) -> str:
    record = records.record_of_enrolment(actor(), enrolment.id)
    flash(_("You have completed the course. This is your completion record."), "good")
    shown_at = address("records.show", number=record.number) if record else None
    return shown_at or url_for(".course", slug=slug)
