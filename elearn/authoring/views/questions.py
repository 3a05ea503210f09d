"""The question bank of a module: its list, its order, and how a try is drawn from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.forms.question import TermsForm
from elearn.authoring.rules import Changes
from elearn.authoring.rules import questions as rules
from elearn.authoring.rules.structure import Unknown
from elearn.authoring.service import Edit, Outcome
from elearn.authoring.views import bank_page
from elearn.authoring.views.answers import answer, refusal
from elearn.authoring.views.bench import Bench, bench_for, name_of
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.desk import unreadable
from elearn.authoring.views.sentences import said
from elearn.authoring.views.undoing import done
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Invalid
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable
from elearn.web.guard import requires
from elearn.web.messages import sentence_for
from elearn.web.session import actor

_STEPS = {"up": -1, "down": 1}
_FILTERS = ("pool", "kind", "lesson", "page")
Done = tuple[str, str, Changes]  # code of the act, key of what it is about, what it does


@bp.get("/<code>/modules/<key>/questions")
@requires(Action.AUTHORING_DRAFT_WRITE)
def questions(code: str, key: str) -> ResponseReturnValue:
    return bank_page.draw(queries.own_draft(actor(), code), key)


@bp.post("/<code>/questions/<key>/arrange")
@requires(Action.AUTHORING_DRAFT_WRITE)
def arrange_question(code: str, key: str) -> ResponseReturnValue:
    """Move, duplicate or delete a question; back to its list, with Undo."""
    act = request.form.get("act", "place")
    if act == "delete":
        return _arranged(code, key, lambda b: ("question-deleted", key, rules.remove(b.files, key)))
    if act == "duplicate":
        return _arranged(code, key, lambda bench: _duplicated(bench, key))
    if act in _STEPS:
        step = _STEPS[act]
        return _arranged(
            code, key, lambda b: ("question-moved", key, rules.shift(b.files, key, step))
        )
    place = request.form.get("place", "")
    if not (place.isascii() and place.isdecimal() and len(place) <= 4):
        raise Invalid("input-invalid")
    at = bank_page.SIZE * (max(request.args.get("page", 1, int), 1) - 1) + int(place) - 1
    return _arranged(code, key, lambda b: ("question-moved", key, rules.move(b.files, key, at)))


@bp.post("/<code>/modules/<key>/questions/terms")
@requires(Action.AUTHORING_DRAFT_WRITE)
def save_terms(code: str, key: str) -> ResponseReturnValue:
    form = TermsForm()

    def redraw(outcome: Outcome | None = None) -> str:
        return bank_page.draw(queries.own_draft(actor(), code), key, form=form, outcome=outcome)

    if not form.validate():
        return refusal([str(text) for texts in form.errors.values() for text in texts], redraw)
    try:
        with saving():
            bench = bench_for(queries.own_draft_to_change(actor(), code))
            folder = bench.module(key).folder
            changes = rules.with_terms(bench.files, folder, form.wanted())
            there = rules.terms_of(bench.files, folder)
            edit = Edit(
                form.base.data or "",
                bank_page.as_data(there),
                bank_page.as_data(form.wanted()),
                "bank-edited",
                key,
            )
            outcome = service.edit(bench.draft, edit, changes, actor(), clock.now())
    except Unreadable as fault:
        return refusal([unreadable(fault)], redraw)
    except Conflict as refused:
        flash(sentence_for(refused), "warning")
        return redraw(), 409
    return answer(outcome, url_for(".questions", code=code, key=key), redraw)


def _duplicated(bench: Bench, key: str) -> Done:
    changes, new_key = rules.duplicate(bench.files, key, bench.taken)
    return "question-duplicated", new_key, changes


def _arranged(code: str, key: str, rule: Callable[[Bench], Done]) -> ResponseReturnValue:
    module, name, number, what = "", "", None, ""
    try:
        with saving():
            bench = bench_for(queries.own_draft_to_change(actor(), code))
            found = rules.find(bench.files, key)
            name = name_of(found.data, bench.languages) or key
            module = bench.module_of(found).key
            what, about, changes = rule(bench)
            number = service.save(bench.draft, changes, what, about, actor(), clock.now())
    except Unknown:
        flash(
            _("This is no longer there: somebody has deleted it meanwhile. Nothing was changed."),
            "warning",
        )
        return redirect(url_for(".outline", code=code), 303)
    except Unreadable as fault:
        flash(unreadable(fault), "warning")
        return redirect(url_for(".outline", code=code), 303)
    anchor = None if what == "question-deleted" else f"question-{about}"
    back = url_for(".questions", code=code, key=module, **asked(), _anchor=anchor)
    return done(said(what, name), code, number, back)


def asked() -> dict[str, Any]:
    """The filters and the page that somebody came from."""
    return {name: request.args[name] for name in _FILTERS if request.args.get(name)}
