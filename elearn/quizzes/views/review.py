"""After handing in: the score, each question with its feedback, and the one next step."""

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.core import clock
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.courses import queries as courses
from elearn.learning import queries as learning
from elearn.learning import rules as learning_rules
from elearn.learning.models import Enrolment
from elearn.learning.queries import Standing
from elearn.quizzes import queries, rules
from elearn.quizzes.models import Attempt, Correction
from elearn.quizzes.queries import Paper, Taken
from elearn.quizzes.rules import Result, Terms
from elearn.quizzes.views import bp
from elearn.quizzes.views.findings import correction_lines, finding
from elearn.quizzes.views.places import Place, place_of
from elearn.records import queries as records
from elearn.web.guard import requires
from elearn.web.messages import sentence
from elearn.web.navigation import unit_url
from elearn.web.session import actor


@dataclass(frozen=True, slots=True)
class Step:
    """Where one goes from here."""

    label: str
    href: str


@bp.get("/attempts/<code>/review")
@requires(Action.QUIZZES_ATTEMPT_TAKE)
def review(code: str) -> ResponseReturnValue:
    attempt = queries.own_attempt(actor(), code)
    taken = queries.taken(attempt)
    result = taken.result
    if result is None:
        return redirect(url_for("quizzes.attempt", code=code), 303)
    corrections = queries.corrections_of(attempt.version_id)
    paper = queries.with_keys(queries.paper_of(attempt), corrections)
    place = place_of(paper.outline, paper.unit)
    enrolment = learning.own_enrolment(actor(), paper.outline.slug)
    standing = learning.standing(enrolment)
    attempts = queries.attempts_of(attempt.enrolment_id)  # of this run, not of a later one
    terms = _terms(enrolment, standing, attempt, attempts, clock.now())
    findings = _findings(attempt, result, paper, corrections, place)
    again = _lessons_again(findings, standing, place)
    first, others = _next_steps(attempt, result, paper, standing, terms, again)
    return render_template(
        "quizzes/review.html",
        place=place,
        attempt=attempt,
        result=result,
        regraded_at=taken.regraded_at,
        kind=paper.unit.kind,
        findings=findings,
        are_gone=not findings and paper.unit.kind != "pre-test",
        again=again,
        terms=terms,
        refusal=sentence(terms.refusal) if terms and terms.refusal else "",
        first=first,
        others=others,
        best_percent=_best_percent(attempt, attempts),
        pre_test_percent=queries.pre_test_percent(paper.outline, attempts),
        standing=standing,
    )


def _terms(
    enrolment: Enrolment, standing: Standing, attempt: Attempt,
    attempts: list[Taken], now: datetime,
) -> Terms | None:  # fmt: skip
    """What holds for another attempt; None when the learner's version has no such quiz now."""
    unit = standing.outline.unit(attempt.unit_key)
    if unit is None or unit.kind not in queries.KINDS or attempt.enrolment_id != enrolment.id:
        return None
    return queries.terms_of(enrolment, unit, attempts, now)


def _best_percent(attempt: Attempt, attempts: list[Taken]) -> int:
    """The best score of this run at the same quiz."""
    of_quiz = (one.result for one in attempts if one.attempt.unit_key == attempt.unit_key)
    return max(result.score_percent for result in of_quiz if result is not None)


def _findings(
    attempt: Attempt, result: Result, paper: Paper, corrections: list[Correction], place: Place
) -> list[dict[str, object]]:
    """One entry a question; the pre-test shows scores only, so that it can measure again."""
    if paper.unit.kind == "pre-test":
        return []
    kept = queries.answers_of(attempt)
    if not kept and attempt.score_percent:
        return []  # points without an answer: the office keeps answers only for some time
    newest = {correction.question_key: correction for correction in corrections}
    # A post-test that is not passed yet draws from the same questions again.
    reveals = paper.unit.kind == "quiz" or bool(result.is_passed)
    found = []
    for asked in paper.asked:
        key = asked.facts.key
        saved, correction = kept.get(key), newest.get(key)
        given = saved.given if saved else None
        body = _body(attempt.version_id, key, correction, place.language)
        shown = finding(asked, len(paper.asked), body, given, result.points[key], reveals)
        if correction is not None:
            kept_points = result.points[key] > rules.points(asked.facts, given)
            shown["answers"] += correction_lines(correction, is_kept=kept_points)
        found.append(shown)
    return found


def _body(
    version_id: int, key: str, correction: Correction | None, language: str
) -> courses.QuestionBody:
    """A corrected question says what the version says that its key is from: feedback and all."""
    if correction is not None:
        corrected = courses.question_bodies(correction.from_version_id, language).get(key)
        if corrected is not None:
            return corrected
    return courses.question_bodies(version_id, language)[key]


def _lessons_again(
    findings: list[dict[str, object]], standing: Standing, place: Place
) -> dict[str, tuple[str, str]]:
    """Title and address of the lesson that answers each question, by lesson key."""
    lessons = {}
    for found in findings:
        unit = standing.outline.unit(str(found["lesson_key"]))
        if unit is not None and unit.kind == "lesson":
            title = courses.unit_title(standing.outline, unit, place.language)
            lessons[unit.key] = (title, unit_url(standing.outline.slug, unit.kind, unit.key))
    return lessons


def _next_steps(
    attempt: Attempt, result: Result, paper: Paper, standing: Standing, terms: Terms | None,
    again: dict[str, tuple[str, str]],
) -> tuple[Step, list[Step]]:  # fmt: skip
    """The one primary step, and quieter ones."""
    slug = standing.outline.slug
    quiz_page = unit_url(slug, paper.unit.kind, paper.unit.key)
    may_retry = terms is not None and terms.refusal is None
    course_page = Step(_("To the course page"), url_for("learning.course", slug=slug))
    if result.is_passed or result.is_passed is None:
        onward = _onward(attempt, standing) or course_page
        practise = Step(_("Practise again"), quiz_page)
        return onward, [practise] if may_retry and result.is_passed else []
    if may_retry:
        return Step(_("Try again"), quiz_page), []
    for found in _weak(result, paper):
        if found in again:
            title, href = again[found]
            return Step(_("Read again: %(lesson)s", lesson=title), href), []
    return course_page, []


def _weak(result: Result, paper: Paper) -> list[str]:
    """Lessons of the questions that were not fully right, in the order shown."""
    return [
        asked.facts.lesson_key
        for asked in paper.asked
        if result.points[asked.facts.key] < asked.facts.points
    ]


def _onward(attempt: Attempt, standing: Standing) -> Step | None:
    if standing.is_complete:
        record = records.record_of_enrolment(actor(), attempt.enrolment_id)
        shown = url_for("records.show", number=record.number) if record else url_for("records.mine")
        return Step(_("See my completion record"), shown)
    outline = standing.outline
    unit = learning_rules.unit_after(
        outline, standing.units, attempt.unit_key, standing.last_unit_key
    )
    if unit is None or unit.key == attempt.unit_key:
        return None
    title = courses.unit_title(outline, unit, outline.language_for(page_language()))
    return Step(_("Continue: %(unit)s", unit=title), unit_url(outline.slug, unit.kind, unit.key))
