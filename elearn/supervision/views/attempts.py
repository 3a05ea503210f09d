"""One more attempt for somebody who has used up hers: asked once more, with the reason."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.accounts.models import Person
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.permissions import Action, Actor
from elearn.courses.queries import title_language, unit_title
from elearn.courses.rules import Outline, OutlineUnit
from elearn.learning import queries as learning
from elearn.quizzes import queries as quizzes
from elearn.quizzes.rules import Terms
from elearn.supervision import queries, service
from elearn.supervision.forms import ReasonForm
from elearn.supervision.views.blueprint import bp
from elearn.web.guard import requires
from elearn.web.session import actor


@dataclass(frozen=True, slots=True)
class _Case:
    """Whose attempts at which quiz, and what holds for her next one."""

    person: Person
    outline: Outline
    unit: OutlineUnit
    terms: Terms


@bp.get("/supervision/people/<code>/courses/<slug>/attempts/<key>")
@requires(Action.QUIZZES_ATTEMPT_GRANT)
def one_more(code: str, slug: str, key: str) -> ResponseReturnValue:
    return _draw(_case(code, slug, key), ReasonForm())


@bp.post("/supervision/people/<code>/courses/<slug>/attempts/<key>")
@requires(Action.QUIZZES_ATTEMPT_GRANT)
def grant_one_more(code: str, slug: str, key: str) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate():
        return _draw(_case(code, slug, key), form), 422
    now = clock.now()
    with saving():
        person = queries.person_to_change(actor(), Action.QUIZZES_ATTEMPT_GRANT, code, now)
        service.grant_one_more(actor(), person, slug, key, form.reason.data, now)
    flash(_("%(name)s can try once more.", name=person.full_name), "good")
    return redirect(url_for("supervision.person", code=code), 303)


def _case(code: str, slug: str, key: str) -> _Case:
    now = clock.now()
    person = accounts.person_within(actor(), Action.QUIZZES_ATTEMPT_GRANT, code, now)
    enrolment = learning.own_enrolment(Actor(person.id), slug)
    outline = learning.standing(enrolment).outline
    unit = outline.unit(key)
    if unit is None or unit.kind not in quizzes.KINDS:
        raise Missing("unit-missing", unit=key)
    terms = quizzes.terms_of(enrolment, unit, quizzes.attempts_of(enrolment.id), now)
    if terms.allowed is None:
        raise Conflict("attempts-not-limited")
    return _Case(person, outline, unit, terms)


def _draw(case: _Case, form: ReasonForm) -> str:
    language = page_language()
    return render_template(
        "supervision/one_more.html",
        case=case,
        title=unit_title(case.outline, case.unit, language),
        title_language=title_language(case.outline, case.unit, language),
        form=form,
    )
