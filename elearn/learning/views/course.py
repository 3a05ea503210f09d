"""One course: what it gives, what it asks, how far one is; joining, moving, taking it again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts.queries import organiser_on
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import language_name, page_language
from elearn.core.permissions import Action
from elearn.courses import queries as courses
from elearn.learning import queries, rules, service
from elearn.learning.views import shown
from elearn.learning.views.blueprint import bp
from elearn.learning.views.newer import offer
from elearn.learning.views.parts import Reader, parts
from elearn.records import queries as records
from elearn.records.models import Record
from elearn.web.guard import public, requires
from elearn.web.session import actor


@bp.get("/courses/<slug>/")
@public
def course(slug: str) -> ResponseReturnValue:
    enrolment = queries.find_own_enrolment(actor(), slug)
    newest = courses.newest(slug)
    standing = queries.standing(enrolment) if enrolment else None
    outline = standing.outline if standing else newest
    if outline is None:
        raise Missing("course-missing", slug=slug)
    following, record = None, None
    if enrolment and standing and standing.is_complete:
        record = records.record_of_enrolment(actor(), enrolment.id) or _late_record(slug)
    elif standing:
        following = rules.next_unit(outline, standing.units, standing.last_unit_key)
    language = outline.language_for(page_language())
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    return render_template(
        "learning/course.html",
        outline=outline,
        words=outline.words[language],
        language=language,
        standing=standing,
        next_unit=following,
        record=record,
        offer=offer(standing, (newest,)) if standing and newest else None,
        is_offered=newest is not None,
        parts=parts(Reader(outline, standing, language, following)),
        completion=rules.asked(outline),
        minutes=sum(unit.minutes for unit in outline.units),
        organiser=organiser_on(outline.organiser, today),
        rulings=shown.rulings(outline, queries.rulings_of([enrolment.id] if enrolment else ())),
        language_names=[language_name(code) for code in outline.languages],
        unit_title=courses.unit_title,
        title_language=courses.title_language,
        unit_address=shown.unit_address,
    )


def _late_record(slug: str) -> Record | None:
    """A record that nobody could sign on the day of completion is issued at the next visit."""
    with saving():
        enrolment = queries.own_enrolment_to_change(actor(), slug)
        service.issue_late(enrolment, clock.now())
        return records.record_of_enrolment(actor(), enrolment.id)


@bp.post("/courses/<slug>/")
@requires(Action.LEARNING_COURSE_STUDY)
def enrol(slug: str) -> ResponseReturnValue:
    with saving():
        enrolment = service.enrol(actor(), slug, page_language(), clock.now())
        title = courses.outline(enrolment.version_id).title_in(page_language())
    flash(_("You have joined %(course)s. You can begin at once.", course=title), "good")
    return redirect(url_for(".course", slug=slug), 303)


@bp.post("/enrolments/<slug>/move")
@requires(Action.LEARNING_COURSE_STUDY)
def move(slug: str) -> ResponseReturnValue:
    with saving():
        enrolment = queries.own_enrolment_to_change(actor(), slug)
        service.move_to_newest(enrolment, page_language(), clock.now())
        number = courses.outline(enrolment.version_id).number
    flash(_("You now follow version %(number)s.", number=number), "good")
    return redirect(url_for(".course", slug=slug), 303)


@bp.post("/enrolments/<slug>/retake")
@requires(Action.LEARNING_COURSE_STUDY)
def retake(slug: str) -> ResponseReturnValue:
    with saving():
        enrolment = queries.own_enrolment_to_change(actor(), slug)
        service.retake(enrolment, page_language(), clock.now())
    flash(_("You take the course again from the start. Your earlier record stays valid."), "good")
    return redirect(url_for(".course", slug=slug), 303)
