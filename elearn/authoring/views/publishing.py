"""Publishing: what it changes for learners, the change note, and the act itself."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.forms.publishing import PublishForm, publish_form
from elearn.authoring.models import Draft
from elearn.authoring.rules import Files, starting
from elearn.authoring.rules.effects import Effects, effects
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.places import ended_of, place_of
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Invalid
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.coursepack.problems import Problem as Finding
from elearn.coursepack.reading import read_files
from elearn.courses import queries as courses
from elearn.courses.formats.html import render_course
from elearn.courses.limits import course_limits
from elearn.courses.rules import Outline
from elearn.learning import queries as learning
from elearn.web.guard import requires
from elearn.web.messages import sentence_for
from elearn.web.session import actor


@bp.get("/<code>/publish")
@requires(Action.AUTHORING_DRAFT_WRITE)
def publishing(code: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    ended = ended_of(draft)
    if ended:
        return redirect(url_for(".version", slug=draft.slug, number=ended.number), 303)
    return _draw(draft, None)


@bp.post("/<code>/publish")
@requires(Action.AUTHORING_DRAFT_WRITE)
def publish(code: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    place = place_of(draft, "publishing")
    form = publish_form(place.sketch.languages, {}, 0)
    if not form.validate():
        return _draw(draft, form), 422
    try:
        slug, number = _publish(draft, form)
    except Invalid as refusal:
        return _draw(draft, form, sentence_for(refusal)), 422
    except Conflict as refusal:
        return _draw(queries.own_draft(actor(), code), form, sentence_for(refusal)), 409
    flash(_("Version %(number)s is published. Learners can open it now.", number=number), "good")
    return redirect(url_for("authoring.version", slug=slug, number=number), 303)


def _publish(draft: Draft, form: PublishForm) -> tuple[str, int]:
    """Check and render what was looked at, then publish it in one transaction.

    What the same person has saved since does not stand in the way: an editor that one leaves saves
    its last words when this page is there already, and they are to be published, too.
    """
    if queries.is_saved_by_others(draft, form.seen_number, actor()):
        raise Conflict("draft-moved")
    state = queries.state_of(queries.tree_of(draft))
    files = queries.files_of(draft)
    announcement = starting.announced(files, _next_number(draft), form.notes())
    announced = {path: content for path, content in announcement.items() if content is not None}
    course, _problems = read_files({**files, **announced}, course_limits())
    if course is None or course.slug != draft.slug:
        raise Invalid("draft-faulty")
    html, code = render_course(course), draft.code
    with saving():
        locked = queries.own_draft_to_change(actor(), code)
        service.publish(locked, state, announcement, course, html, actor(), clock.now())
    return course.slug, course.version


def _next_number(draft: Draft) -> int:
    published = [version.number for version, _slug in courses.versions_of(draft.slug)]
    return max(published, default=0) + 1


def _draw(draft: Draft, form: PublishForm | None, refusal: str = "") -> str:
    """form: as it was sent; None: as the draft has it. What was seen is always the present."""
    place = place_of(draft, "publishing")
    files = queries.files_of(draft)
    is_sent = form is not None
    if form is None:
        notes = queries.notes_of(files)
        form = publish_form(place.sketch.languages, notes, draft.saves)
    form.seen.data = str(draft.saves)
    problems = tuple(one.problem for one in queries.findings_of(draft, course_limits()))
    base = courses.newest(draft.slug)
    return render_template(
        "authoring/publishing.html",
        place=place,
        form=form,
        refusal=refusal,
        is_sent=is_sent,
        number=_next_number(draft),
        errors=sum(problem.severity == "error" for problem in problems),
        warnings=sum(problem.severity == "warning" for problem in problems),
        base=base,
        effects=_effects(files, base, problems),
        is_unchanged=base is not None and _is_unchanged(files, base),
        learners=_learners(base),
        open_comments=queries.open_comments(draft),
    )


def _effects(files: Files, base: Outline | None, problems: tuple[Finding, ...]) -> Effects | None:
    """None for a first version, and while the draft cannot be read as a course."""
    if base is None or any(problem.severity == "error" for problem in problems):
        return None
    course, _problems = read_files(starting.as_if_announced(files), course_limits())
    return effects(course, base, courses.questions(base.version_id)) if course else None


def _is_unchanged(files: Files, base: Outline) -> bool:
    """Whether the draft is still what it was when it was begun on top of this version."""
    then = courses.files_of(base.version_id)
    return dict(files) == {**then, **starting.next_version(then, base.number + 1)}


def _learners(base: Outline | None) -> list[tuple[int, int]]:
    """(version number, learners on it), the newest first; none for a first version."""
    if base is None:
        return []
    numbers = {version.id: version.number for version, _slug in courses.versions_of(base.slug)}
    counts = learning.learners_by_version([base.course_id]).get(base.course_id, {})
    return sorted(((numbers[v], count) for v, count in counts.items()), reverse=True)
