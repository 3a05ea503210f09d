"""Before the start: what is asked, what counts, how often, and what was done before."""

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.courses import queries as courses
from elearn.courses.rules import Outline, OutlineUnit
from elearn.learning import queries as learning
from elearn.learning import rules as learning_rules
from elearn.learning.models import Enrolment
from elearn.quizzes import queries, rules, service
from elearn.quizzes.views import bp
from elearn.quizzes.views.places import place_of
from elearn.web.guard import requires
from elearn.web.messages import sentence
from elearn.web.navigation import unit_url
from elearn.web.session import actor


@bp.get("/quizzes/<slug>/<key>")
@requires(Action.QUIZZES_ATTEMPT_TAKE)
def start(slug: str, key: str) -> ResponseReturnValue:
    enrolment = learning.find_own_enrolment(actor(), slug)
    if enrolment is None:
        flash(_("Join the course first. Its quizzes open then."))
        return redirect(url_for("learning.course", slug=slug), 303)
    return _draw(enrolment, key, clock.now())


@bp.post("/quizzes/<slug>/<key>")
@requires(Action.QUIZZES_ATTEMPT_TAKE)
def begin(slug: str, key: str) -> ResponseReturnValue:
    now = clock.now()
    try:
        with saving():
            enrolment = learning.own_enrolment_to_change(actor(), slug)
            attempt = service.begin(enrolment, key, page_language(), now)
            code = attempt.code
    except Conflict:  # the page says in words what is in the way
        return _draw(learning.own_enrolment(actor(), slug), key, now), 409
    return redirect(url_for("quizzes.attempt", code=code), 303)


def _draw(enrolment: Enrolment, key: str, now: datetime) -> str:
    outline = courses.outline(enrolment.version_id)
    unit = queries.quiz_of(outline, key)
    attempts = queries.attempts_of(enrolment.id)
    states = learning.standing(enrolment).units
    language = outline.language_for(page_language())
    terms = queries.terms_of(enrolment, unit, attempts, now)
    earlier = [one for one in attempts if one.attempt.unit_key == key and one.result is not None]
    return render_template(
        "quizzes/start.html",
        place=place_of(outline, unit),
        slug=outline.slug,
        unit=unit,
        count=question_count(outline, unit),
        terms=terms,
        refusal=sentence(terms.refusal) if terms.refusal else "",
        running=queries.open_attempt(attempts, key),
        earlier=earlier[::-1],
        missing=[
            (courses.unit_title(outline, missing, language), missing)
            for missing in learning_rules.missing_before(outline, states, key)
        ],
        pre_test_percent=queries.pre_test_percent(outline, attempts),
        beyond=_beyond(outline, states, unit),
    )


def _beyond(outline: Outline, states: learning_rules.States, unit: OutlineUnit) -> str | None:
    """Where the course goes on for who does not want to take the pre-test."""
    if unit.kind != learning_rules.PRE_TEST:
        return None
    following = learning_rules.unit_after(outline, states, unit.key, unit.key)
    return unit_url(outline.slug, following.kind, following.key) if following else None


def question_count(outline: Outline, unit: OutlineUnit) -> int:
    """How many questions an attempt would have."""
    facts = courses.questions(outline.version_id)
    return len(rules.draw(facts, unit, [module.key for module in outline.modules], ""))
