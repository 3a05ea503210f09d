"""Activities that wait for a decision: the oldest first, approved with one press or twenty."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Invalid
from elearn.core.i18n import gettext as _
from elearn.core.i18n import ngettext
from elearn.core.permissions import Action
from elearn.records import queries as records
from elearn.records import service as ledger
from elearn.records.labels import CATEGORIES, PARTS, STATES, VERDICTS
from elearn.records.rules import ActivityState
from elearn.supervision import service
from elearn.supervision.forms import JpForm, ReasonForm
from elearn.supervision.views.blueprint import bp
from elearn.web.guard import requires
from elearn.web.looks import note_look
from elearn.web.messages import sentence_for
from elearn.web.paging import page_asked, page_count
from elearn.web.session import actor

PAGE = 50
# Where the fault of a decision stands: by its code.
_FIELDS = {"reason-length": "reason", "jp-range": "jp", "amendment-same": "jp"}
WORDS = {"categories": CATEGORIES, "parts": PARTS, "states": STATES, "verdicts": VERDICTS}


@bp.get("/supervision/decisions/")
@requires(Action.RECORDS_ACTIVITY_DECIDE)
def decisions() -> ResponseReturnValue:
    """What waits in all parts of the tree that are hers, as many a page as one form may approve."""
    page, now = page_asked(), clock.now()
    cases, count = records.waiting_cases(actor(), now, page, ledger.MOST_AT_ONCE)
    return render_template(
        "supervision/decisions.html",
        cases=cases, count=count, page=page, pages=page_count(count, ledger.MOST_AT_ONCE), now=now,
        **WORDS,
    )  # fmt: skip


@bp.get("/supervision/decisions/made")
@requires(Action.RECORDS_ACTIVITY_DECIDE)
def decisions_made() -> ResponseReturnValue:
    """What was decided, the latest first: to be looked at again, and amended."""
    page, now = page_asked(), clock.now()
    cases, count = records.decided_cases(actor(), now, page, PAGE)
    return render_template(
        "supervision/decided.html",
        cases=cases, count=count, page=page, pages=page_count(count, PAGE), now=now, **WORDS,
    )  # fmt: skip


@bp.post("/supervision/decisions/approve")
@requires(Action.RECORDS_ACTIVITY_DECIDE)
def approve() -> ResponseReturnValue:
    """Approve one, whose own button was pressed, or all that were chosen."""
    only = request.form.get("only")
    codes = [only] if only else request.form.getlist("code")
    try:
        with saving():
            done = ledger.approve_all(actor(), codes, clock.now())
    except Invalid as refusal:
        flash(sentence_for(refusal), "warning")
        return redirect(url_for(".decisions"), 303)
    if done.count:
        text = ngettext(
            "%(num)d activity is approved.", "%(num)d activities are approved.", done.count
        )
        flash(text, "good")
    for title, why in done.refusals:
        flash(f"{title}: {sentence_for(why)}", "warning")
    if done.gone:
        flash(
            _("Some are not yours to decide any more; they were left as they are."),
            "warning",
        )
    return redirect(url_for(".decisions"), 303)


@bp.get("/supervision/decisions/<code>/")
@requires(Action.RECORDS_ACTIVITY_DECIDE)
def decision(code: str) -> ResponseReturnValue:
    """One activity with its story, and what can be decided about it."""
    case = _case(code)
    note_look(service.PERSON_LOOK, case.person_code, clock.now(), "activity")
    return _draw(case)


@bp.post("/supervision/decisions/<code>/correct")
@requires(Action.RECORDS_ACTIVITY_DECIDE)
def correct(code: str) -> ResponseReturnValue:
    form = JpForm(prefix="jp-")
    return _decide(code, form, ledger.correct, lambda: (form.jp.data, form.reason.data))


@bp.post("/supervision/decisions/<code>/refuse")
@requires(Action.RECORDS_ACTIVITY_DECIDE)
def refuse(code: str) -> ResponseReturnValue:
    form = ReasonForm(prefix="refuse-")
    return _decide(code, form, ledger.refuse, lambda: (form.reason.data,))


@bp.post("/supervision/decisions/<code>/amend")
@requires(Action.RECORDS_ACTIVITY_DECIDE)
def amend(code: str) -> ResponseReturnValue:
    form = JpForm(prefix="jp-")
    return _decide(code, form, ledger.amend, lambda: (form.jp.data, form.reason.data))


def _decide(
    code: str, form: ReasonForm, verb: Callable[..., None], said: Callable[[], tuple[Any, ...]]
) -> ResponseReturnValue:
    """verb: of the ledger's service; said: what the form says, asked when it is valid.

    Back to what else waits, or to the story of what was decided before.
    """
    case = _case(code)
    title, state = case.activity.title, case.logged.standing.state
    if not form.validate():
        return _draw(case, form), 422
    now = clock.now()
    try:
        with saving():
            activity = records.activity_within_to_change(actor(), code, now)
            verb(actor(), activity, *said(), now)
    except Invalid as refusal:
        form[_FIELDS[refusal.code]].errors = [sentence_for(refusal)]
        return _draw(_case(code), form), 422
    except Conflict as conflict:
        flash(sentence_for(conflict), "warning")
    else:
        flash(_("Decided: %(title)s. The person sees it with your reason.", title=title), "good")
        if state is ActivityState.WAITING:
            return redirect(url_for(".decisions"), 303)
    return redirect(url_for(".decision", code=code), 303)


def _case(code: str) -> records.Case:
    now = clock.now()
    return records.case_of(records.activity_within(actor(), code, now), now)


def _draw(case: records.Case, filled: ReasonForm | None = None) -> str:
    """filled: the form that was sent and could not be taken."""
    is_amount = isinstance(filled, JpForm)
    return render_template(
        "supervision/decision.html",
        case=case,
        now=clock.now(),
        jp_form=filled if is_amount else JpForm(formdata=None, prefix="jp-"),
        refuse_form=filled if filled and not is_amount else _refusal(),
        filled=filled,
        **WORDS,
    )


def _refusal() -> ReasonForm:
    return ReasonForm(formdata=None, prefix="refuse-")
