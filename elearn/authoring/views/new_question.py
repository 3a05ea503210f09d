"""The editor of a question that is not there yet: its words give it its key when it is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.forms.question import faults_in, typed_from, unreadable_number
from elearn.authoring.rules import questions as rules
from elearn.authoring.rules.questions import Data
from elearn.authoring.rules.typed import ROWS_OF, Typed, question_of, rearranged
from elearn.authoring.views import question_page
from elearn.authoring.views.bench import Bench, bench_for
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.carriage import kept
from elearn.authoring.views.desk import unreadable
from elearn.authoring.views.question import LONG_TEXTS, Sent, after
from elearn.authoring.views.question_page import Drawn
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable
from elearn.web.carried import Carrier, carry_for
from elearn.web.guard import requires
from elearn.web.messages import sentence, sentence_for
from elearn.web.session import actor


@bp.get("/<code>/modules/<key>/questions/new")
@requires(Action.AUTHORING_DRAFT_WRITE)
def new_question(code: str, key: str) -> ResponseReturnValue:
    bench = bench_for(queries.own_draft(actor(), code))
    pool = "test" if request.args.get("pool") == "test" else "quiz"
    typed = Typed(kind=_kind(request.args.get("kind", "")), pool=pool)
    return _draw(bench, key, replace(typed, lesson=request.args.get("lesson", "")))


@bp.post("/<code>/modules/<key>/questions/new")
@kept("authoring.create_question", LONG_TEXTS)
@requires(Action.AUTHORING_DRAFT_WRITE)
def create_question(code: str, key: str) -> ResponseReturnValue:
    return _create(code, key, request.form)


def _create(code: str, key: str, sent: Sent) -> ResponseReturnValue:
    bench = bench_for(queries.own_draft(actor(), code))
    typed = typed_from(sent, bench.languages)
    _kind(typed.kind)
    if sent.get("act"):
        typed, focus = rearranged(typed, sent["act"], bench.languages)
        return _draw(bench, key, typed, focus=focus, is_unsaved=True)
    data, faults = _read(bench, typed)
    if faults:
        return _draw(bench, key, typed, faults=faults, is_unsaved=True), 422
    try:
        with saving():
            new_key = _add(bench_for(queries.own_draft_to_change(actor(), code)), key, data)
    except Unreadable as fault:
        return _draw(bench, key, typed, is_unsaved=True, why=unreadable(fault)), 422
    except Conflict as refused:
        return _draw(bench, key, typed, is_unsaved=True, why=sentence_for(refused)), 409
    flash(_("The question is there."), "good")
    return redirect(after(code, new_key, sent), 303)


def _read(bench: Bench, typed: Typed) -> tuple[Data, dict[str, str]]:
    """The data of the question, and by field why it cannot be kept."""
    faults = dict(faults_in(typed, None, bench.lesson_keys))
    data: Data = {}
    try:
        data = question_of(typed, {"key": "", "edition": 1}, bench.languages, page_language())
    except ValueError as wrong:
        faults.setdefault(str(wrong), unreadable_number())
    if not any(typed.text.values()):
        faults.setdefault("text", _("Write the question in at least one language."))
    return data, faults


def _add(bench: Bench, module_key: str, data: Data) -> str:
    """The key of the new question; of the last one when that is it already (sent twice)."""
    folder = bench.module(module_key).folder
    last = rules.questions_in(bench.files, folder)[-1:]
    if last and {**last[0], "key": ""} == data:
        return str(last[0]["key"])
    key = rules.new_key(data, bench.languages[0], bench.taken)
    changes = rules.insert(bench.files, folder, [{**data, "key": key}])
    service.save(bench.draft, changes, "question-added", key, actor(), clock.now())
    return key


def _draw(bench: Bench, key: str, typed: Typed, why: str = "", **shown: Any) -> str:
    """key: of the module. shown: of `Drawn`, and whether it is unsaved."""
    bench.module(key)
    is_unsaved = shown.pop("is_unsaved", False)
    drawn = Drawn(key, None, typed, None, **shown)
    return question_page.draw(bench, drawn, is_unsaved=is_unsaved, why=why)


def _kind(kind: str) -> str:
    """Raises Missing for what is no kind of question."""
    if kind not in ROWS_OF:
        raise Missing("page-missing")
    return kind


def _redraw_stale(values: dict[str, str], sent: Sent) -> ResponseReturnValue:
    """For a form whose page is older than the session that sends it."""
    bench = bench_for(queries.own_draft(actor(), values["code"]))
    typed = typed_from(sent, bench.languages)
    _kind(typed.kind)
    why = sentence("page-old")
    return _draw(bench, values["key"], typed, is_unsaved=True, why=why), 400


carry_for(
    "authoring.create_question",
    Carrier(
        back=lambda values: url_for("authoring.questions", **values),  # type: ignore[arg-type]
        accept=lambda values, sent: _create(**values, sent=sent),
        redraw=_redraw_stale,
    ),
)
