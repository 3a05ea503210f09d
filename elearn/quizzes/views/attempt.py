"""The attempt itself: one form, every button saves all of it; a script saves as one goes."""

from collections.abc import Mapping
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict
from elearn.core.i18n import clock_time, page_language
from elearn.core.i18n import gettext as _
from elearn.core.ids import new_code
from elearn.core.permissions import Action
from elearn.courses import queries as courses
from elearn.learning import queries as learning
from elearn.quizzes import forms, queries, rules, service
from elearn.quizzes.models import Attempt, AttemptState
from elearn.quizzes.queries import Kept
from elearn.quizzes.rules import Verdict
from elearn.quizzes.service import Receipt
from elearn.quizzes.views import bp
from elearn.quizzes.views.places import place_of
from elearn.quizzes.views.sheets import gap_words, saved_state, sheet, sum_of
from elearn.web.carried import Carrier, answering, carry_for, carrying
from elearn.web.guard import requires
from elearn.web.messages import sentence, sentence_for
from elearn.web.session import actor

Form = MultiDict[str, str]
_WRITER_LENGTH = 12  # 60 bits: enough to tell the pages of one attempt apart


@bp.get("/attempts/<code>")
@requires(Action.QUIZZES_ATTEMPT_TAKE)
def attempt(code: str) -> ResponseReturnValue:
    found = queries.own_attempt(actor(), code)
    if found.state == AttemptState.SUBMITTED:
        return redirect(url_for("quizzes.review", code=code), 303)
    return _draw(found)


@bp.post("/attempts/<code>")
@carrying("quizzes.save")
@requires(Action.QUIZZES_ATTEMPT_TAKE)
def save(code: str) -> ResponseReturnValue:
    return _save_form(code, request.form)


def _save_form(code: str, form: Form) -> ResponseReturnValue:
    """Save what the page has changed, whoever brings it; then back, or on to the check."""
    try:
        receipts = _save_all(code, form)
    except Conflict as refusal:
        return _draw_closed(code, refusal), 409
    refused = [receipt for receipt in receipts.values() if not receipt.is_safe]
    if refused:
        is_stale = any(receipt.verdict is Verdict.STALE for receipt in refused)
        return _draw(queries.own_attempt(actor(), code), receipts), 409 if is_stale else 422
    if form.get("submit"):
        return redirect(url_for("quizzes.confirm", code=code), 303)
    place = f"q{max(receipts)}-question" if receipts else None  # where she is on a long page
    return redirect(url_for("quizzes.attempt", code=code, _anchor=place), 303)


def _save_all(code: str, form: Form) -> dict[int, Receipt]:
    with saving():
        found = queries.own_attempt_to_save_in(actor(), code)
        edits = forms.all_edits(form, queries.paper_of(found), page_language())
        return service.save(found, edits, clock.now()).receipts


@bp.post("/attempts/<code>/answers/<int:number>")
@answering("quizzes.save")
@requires(Action.QUIZZES_ATTEMPT_TAKE)
def save_answer(code: str, number: int) -> ResponseReturnValue:
    """One answer from the script. The address has the place and not the key, which may give hints.

    200 saved (or something newer of the same page is); 409 stale or handed in; 422 unusable.
    """
    try:
        with saving():
            found = queries.own_attempt_to_save_in(actor(), code)
            paper = queries.paper_of(found)
            edit = forms.one_edit(request.form, paper.question(number), page_language())
            saved = service.save(found, [edit], clock.now())
    except Conflict as refusal:
        review_page = url_for("quizzes.review", code=code)
        return jsonify(error=refusal.code, message=sentence_for(refusal), go=review_page), 409
    receipt = saved.receipts[number]
    if not receipt.is_safe:
        status = 409 if receipt.verdict is Verdict.STALE else 422
        return jsonify(error=receipt.fault, message=refusal_words(receipt)), status
    state, text = saved_state(edit.asked, receipt.kept)
    return jsonify(
        state=state,
        text=text,
        sum=sum_of(len(paper.asked), saved.answered)[1],
        seen=str(receipt.kept.mark) if receipt.kept else "",
        was=edit.asked.print_of(receipt.kept.given if receipt.kept else None),
        late=receipt.verdict is Verdict.LATE,
    )


def refusal_words(receipt: Receipt) -> str:
    """Why an answer was not saved, and which one is in its place."""
    values = {
        "time": clock_time(receipt.kept.saved_at) if receipt.kept else None,
        "most": rules.TYPED_LENGTHS.get(receipt.edit.asked.facts.kind),
    }
    return sentence(receipt.fault or "answer-invalid", values)


@bp.get("/attempts/<code>/confirm")
@requires(Action.QUIZZES_ATTEMPT_TAKE)
def confirm(code: str) -> ResponseReturnValue:
    found = queries.own_attempt(actor(), code)
    if found.state == AttemptState.SUBMITTED:
        return redirect(url_for("quizzes.review", code=code), 303)
    paper = queries.paper_of(found)
    kept = queries.answers_of(found)
    given = {key: one.given for key, one in kept.items()}
    return render_template(
        "quizzes/confirm.html",
        place=place_of(paper.outline, paper.unit),
        attempt=found,
        total=len(paper.asked),
        answered=queries.answered_count(kept.values()),
        empty=[a.number for a in paper.asked if given.get(a.facts.key) is None],
        unfinished=[
            (a.number, gap_words(gap))
            for a in paper.asked
            if (gap := rules.gap_in_answer(a.facts, given.get(a.facts.key)))
        ],
    )


@bp.post("/attempts/<code>/submit")
@requires(Action.QUIZZES_ATTEMPT_TAKE)
def submit(code: str) -> ResponseReturnValue:
    with saving():
        found = queries.own_attempt_to_change(actor(), code)
        enrolment = learning.own_enrolment_by_id_to_change(actor(), found.enrolment_id)
        service.submit(found, enrolment, page_language(), clock.now())
    return redirect(url_for("quizzes.review", code=code), 303)


def _draw(found: Attempt, receipts: Mapping[int, Receipt] | None = None, **notes: Any) -> str:
    """The attempt. receipts: what has just been refused is shown as it was typed, with why."""
    receipts = receipts or {}
    refused = {number: one for number, one in receipts.items() if not one.is_safe}
    paper = queries.paper_of(found)
    kept = queries.answers_of(found)
    place = place_of(paper.outline, paper.unit)
    bodies = courses.question_bodies(found.version_id, place.language)
    sheets = []
    for asked in paper.asked:
        receipt = refused.get(asked.number)
        saved = kept.get(asked.facts.key)
        shown = receipt.edit if receipt else saved
        given = shown.given if shown else None
        drawn = sheet(asked, len(paper.asked), bodies[asked.facts.key], given, saved)
        sheets.append({**drawn, **_as_typed(receipt, saved)} if receipt else drawn)
    return render_template(
        "quizzes/attempt.html",
        place=place,
        attempt=found,
        kind=paper.unit.kind,
        writer=new_code()[:_WRITER_LENGTH],
        sheets=sheets,
        sum=sum_of(len(sheets), queries.answered_count(kept.values())),
        zone_name=clock.zone_name(current_user.time_zone),
        stale=[n for n, r in refused.items() if r.verdict is Verdict.STALE],
        faulty=[n for n, r in refused.items() if r.verdict is None],
        **notes,
    )


def _as_typed(receipt: Receipt, saved: Kept | None) -> dict[str, str]:
    """What a sheet says of an answer that was refused.

    Who was told of a newer answer has seen it, and may replace it knowingly. Any other refusal
    leaves the page where it was: it has seen no more than before, but for its own answer.
    """
    words = {"error": refusal_words(receipt), "state": "unsent", "state_text": _("Not saved")}
    if receipt.verdict is Verdict.STALE:
        return words
    seen = set(receipt.edit.seen)
    if saved is not None and saved.mark.writer == receipt.edit.sent.writer:
        seen.add(saved.mark)
    return {**words, "seen": " ".join(map(str, seen)), "was": ""}


def _draw_closed(code: str, refusal: Conflict) -> str:
    found = queries.own_attempt(actor(), code)
    paper = queries.paper_of(found)
    return render_template(
        "quizzes/closed.html",
        place=place_of(paper.outline, paper.unit),
        attempt=found,
        text=sentence_for(refusal),
    )


def _accept(values: dict[str, str], form: Form) -> ResponseReturnValue:
    """A form whose session had ended, brought over the sign-in."""
    answer = _save_form(values["code"], form)
    if isinstance(answer, tuple):  # not all of them are saved
        return answer
    flash(_("You are signed in again, and your answers are saved."), "good")
    return answer if form.get("submit") else redirect(_back(values), 303)


def _redraw(values: dict[str, str], form: Form) -> ResponseReturnValue:
    """A form with the token of another session: shown as it was typed, nothing saved."""
    found = queries.own_attempt(actor(), values["code"])
    if found.state == AttemptState.SUBMITTED:
        refusal = Conflict("attempt-closed", submitted_at=found.submitted_at)
        return _draw_closed(found.code, refusal), 409
    edits = forms.all_edits(form, queries.paper_of(found), page_language())
    receipts = {
        edit.asked.number: Receipt(edit, None, edit.fault or "answer-not-saved", None)
        for edit in edits
    }
    return _draw(found, receipts, is_kept_back=True), 400


def _back(values: dict[str, str]) -> str:
    return url_for("quizzes.attempt", code=values["code"])


carry_for("quizzes.save", Carrier(back=_back, accept=_accept, redraw=_redraw))
