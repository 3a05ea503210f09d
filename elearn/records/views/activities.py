"""What I did elsewhere: logged with evidence, seen with all that was decided, taken back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Invalid
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.records import queries, service
from elearn.records.formats.evidence import Prepared
from elearn.records.forms import ActivityForm
from elearn.records.labels import CATEGORIES, PARTS, STATES, VERDICTS
from elearn.records.models import Activity, Evidence
from elearn.records.views.blueprint import bp
from elearn.web.guard import requires
from elearn.web.messages import sentence, sentence_for
from elearn.web.paging import page_asked, page_count
from elearn.web.session import actor

PAGE = 50


@bp.get("/records/activities/")
@requires(Action.RECORDS_ACTIVITY_LOG)
def activities() -> ResponseReturnValue:
    """All that I have logged, the newest first."""
    page = page_asked()
    _mark_read()
    found, count = queries.own_activities(actor(), page, PAGE)
    return render_template(
        "records/activities.html",
        found=found,
        count=count,
        page=page,
        pages=page_count(count, PAGE),
        now=clock.now(),
        categories=CATEGORIES,
        states=STATES,
    )


@bp.get("/records/activities/new")
@requires(Action.RECORDS_ACTIVITY_LOG)
def new_activity() -> ResponseReturnValue:
    """The empty form, or one that is filled like an activity that was refused or withdrawn."""
    again = request.args.get("again", "")
    if not again:
        return _draw(ActivityForm(formdata=None), "")
    former = queries.own_activity(actor(), again)
    form = ActivityForm(formdata=None, data=_filled_like(former.activity))
    if former.proof is not None and former.proof.is_kept:
        form.kept.data = former.proof.code
    return _draw(form, again)


@bp.post("/records/activities/new")
@requires(Action.RECORDS_ACTIVITY_LOG)
def log_activity() -> ResponseReturnValue:
    form, again, now = ActivityForm(), request.args.get("again", ""), clock.now()
    is_right = form.is_claimable(service.own_day(actor(), now))
    try:
        sent = form.evidence.prepared()
    except Invalid as refusal:
        form.evidence.errors = [sentence_for(refusal)]
        return _draw(form, again), 422
    if sent is None and not form.kept.data:
        form.evidence.errors = [sentence("evidence-needed")]
        is_right = False
    if not is_right:
        _keep_for_the_next_try(form, sent)
        return _draw(form, again), 422
    try:
        with saving():
            evidence = _evidence(form, sent)
            activity = service.log_activity(actor(), form.claim(), evidence, again, now)
    except Conflict as conflict:
        form.form_errors.append(sentence_for(conflict))
        return _draw(form, again), 409
    flash(_("Logged. Your supervisor decides about it."), "good")
    return redirect(url_for(".activity", code=activity.code), 303)


@bp.get("/records/activities/<code>/")
@requires(Action.RECORDS_ACTIVITY_LOG)
def activity(code: str) -> ResponseReturnValue:
    """One activity with its whole story."""
    _mark_read()
    return render_template(
        "records/activity.html",
        found=queries.own_activity(actor(), code),
        now=clock.now(),
        categories=CATEGORIES,
        parts=PARTS,
        states=STATES,
        verdicts=VERDICTS,
    )


@bp.post("/records/activities/<code>/withdraw")
@requires(Action.RECORDS_ACTIVITY_LOG)
def withdraw_activity(code: str) -> ResponseReturnValue:
    with saving():
        service.withdraw(actor(), queries.own_activity_to_change(actor(), code), clock.now())
    flash(_("Withdrawn. You can log it again."), "good")
    return redirect(url_for(".activity", code=code), 303)


def _mark_read() -> None:
    """Here she reads what was decided: the first page tells it no longer."""
    if queries.news_of(actor()):
        with saving():
            service.mark_read(actor())


def _draw(form: ActivityForm, again: str) -> str:
    return render_template("records/activity_form.html", form=form, again=again)


def _filled_like(former: Activity) -> dict[str, object]:
    return {
        "category": former.category,
        "role": former.role,
        "title": former.title,
        "organiser": former.organiser,
        "first_on": former.first_on,
        "last_on": former.last_on,
        "jp": former.jp_claimed,
    }


def _keep_for_the_next_try(form: ActivityForm, sent: Prepared | None) -> None:
    """A phone would have to take the photo once more: its browser forgets the file."""
    if sent is not None:
        with saving():
            form.kept.data = _kept(form, sent).code


def _evidence(form: ActivityForm, sent: Prepared | None) -> Evidence:
    return _kept(form, sent) if sent else queries.own_evidence(actor(), form.kept.data)


def _kept(form: ActivityForm, sent: Prepared) -> Evidence:
    person_id = actor().person_id or 0
    name = form.evidence.data.filename or ""
    return service.keep_evidence(actor(), person_id, sent, name, clock.now())
