"""Correcting somebody's progress: what was done on paper, or lost by a bad line."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms.fields import SelectChoice

from elearn.accounts import queries as accounts
from elearn.accounts.models import Person
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Invalid, Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.permissions import Action, Actor
from elearn.courses.queries import title_language, unit_title
from elearn.courses.rules import OutlineUnit
from elearn.learning import queries as learning
from elearn.learning import rules as studying
from elearn.learning.queries import Standing, Told
from elearn.supervision import queries, service
from elearn.supervision.forms import CorrectionForm, ReasonForm
from elearn.supervision.service import Noted
from elearn.supervision.views.blueprint import bp
from elearn.web.guard import requires
from elearn.web.messages import sentence, sentence_for
from elearn.web.session import actor

_ACTION = Action.LEARNING_PROGRESS_CORRECT


@dataclass(frozen=True, slots=True)
class _Case:
    """Whose run of which course, what is still open in it, and what was corrected before.

    held_up_at: key of the quiz that she has not passed, else of what is next for her.
    """

    person: Person
    standing: Standing
    open_units: list[OutlineUnit]
    held_up_at: str
    told: list[Told]


@bp.get("/supervision/people/<code>/courses/<slug>/correct")
@requires(_ACTION)
def corrections(code: str, slug: str) -> ResponseReturnValue:
    case = _case(code, slug)
    today = clock.day_in(clock.now(), case.person.time_zone)
    return _draw(case, CorrectionForm(formdata=None, unit=case.held_up_at, done_on=today))


@bp.post("/supervision/people/<code>/courses/<slug>/correct")
@requires(_ACTION)
def correct_progress(code: str, slug: str) -> ResponseReturnValue:
    case, form, now = _case(code, slug), CorrectionForm(), clock.now()
    form.unit.choices = _choices(case)
    if not form.validate():
        return _draw(case, form), 422
    try:
        evidence = form.evidence.prepared()
    except Invalid as refusal:
        form.evidence.errors = [sentence_for(refusal)]
        return _draw(case, form), 422
    noted = Noted(
        unit_key=form.unit.data,
        score_percent=form.score.data,
        done_on=form.done_on.data,
        reason=form.reason.data,
        evidence=evidence,
        file_name=form.evidence.data.filename if evidence else "",
    )
    try:
        with saving():
            person = queries.person_to_change(actor(), _ACTION, code, now)
            service.correct_progress(actor(), person, slug, noted, now)
    except (Invalid, Conflict) as refusal:
        form.form_errors.append(sentence_for(refusal))
        return _draw(_case(code, slug), form), 409 if isinstance(refusal, Conflict) else 422
    flash(_("Noted. %(name)s sees it, with your name.", name=case.person.full_name), "good")
    return redirect(url_for(".corrections", code=code, slug=slug), 303)


@bp.get("/supervision/people/<code>/courses/<slug>/corrections/<ruling>")
@requires(_ACTION)
def ask_to_take_back(code: str, slug: str, ruling: str) -> ResponseReturnValue:
    return _draw_taking_back(_case(code, slug), ruling, ReasonForm(formdata=None))


@bp.post("/supervision/people/<code>/courses/<slug>/corrections/<ruling>")
@requires(_ACTION)
def take_correction_back(code: str, slug: str, ruling: str) -> ResponseReturnValue:
    form, now = ReasonForm(), clock.now()
    if not form.validate():
        return _draw_taking_back(_case(code, slug), ruling, form), 422
    with saving():
        person = queries.person_to_change(actor(), _ACTION, code, now)
        service.take_correction_back(actor(), person, ruling, form.reason.data, now)
    flash(_("Taken back. %(name)s sees that, with your reason.", name=person.full_name), "good")
    return redirect(url_for(".corrections", code=code, slug=slug), 303)


def _case(code: str, slug: str) -> _Case:
    person = accounts.person_within(actor(), _ACTION, code, clock.now())
    if person.id == current_user.person_id:
        raise Conflict("supervision-own-case")
    enrolment = learning.own_enrolment(Actor(person.id), slug)
    standing = learning.standing(enrolment)
    open_units = [
        unit
        for unit in standing.outline.units
        if not standing.units[unit.key].done and not standing.is_complete
    ]
    following = studying.next_unit(standing.outline, standing.units, standing.last_unit_key)
    return _Case(
        person=person,
        standing=standing,
        open_units=open_units,
        held_up_at=enrolment.progress.failed_unit_key or (following.key if following else ""),
        told=learning.rulings_of([enrolment.id]),
    )


def _choices(case: _Case) -> list[SelectChoice]:
    """What is still open, with what the person would see as its title."""
    outline, language = case.standing.outline, page_language()
    return [SelectChoice(unit.key, unit_title(outline, unit, language)) for unit in case.open_units]


def _draw(case: _Case, form: CorrectionForm) -> str:
    form.unit.choices = _choices(case)
    outline = case.standing.outline
    return render_template(
        "supervision/corrections.html",
        case=case,
        form=form,
        outline=outline,
        course=outline.title_in(page_language()),
        course_language=outline.language_for(page_language()),
        told=[(one, *_titled(case, one)) for one in case.told],
    )


def _draw_taking_back(case: _Case, code: str, form: ReasonForm) -> str:
    told = next((one for one in case.told if one.code == code), None)
    if told is None:
        raise Missing("ruling-missing")
    if told.ended_at is not None:
        raise Conflict("ruling-ended")
    title, language = _titled(case, told)
    return render_template(
        "supervision/take_back.html",
        case=case,
        told=told,
        title=title,
        title_language=language,
        form=form,
        complete=sentence("ruling-complete") if case.standing.is_complete else "",
    )


def _titled(case: _Case, told: Told) -> tuple[str, str]:
    """Title of the unit with its language; its key where this version does not have it."""
    outline, language = case.standing.outline, page_language()
    unit = outline.unit(told.unit_key)
    if unit is None:
        return told.unit_key, ""
    return unit_title(outline, unit, language), title_language(outline, unit, language)
