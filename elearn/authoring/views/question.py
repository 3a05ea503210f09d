"""The editor of a question."""

from __future__ import annotations

from dataclasses import replace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from elearn.authoring import queries, service
from elearn.authoring.forms.question import faults_in, typed_from, unreadable_number
from elearn.authoring.models import Draft
from elearn.authoring.rules import questions as rules
from elearn.authoring.rules.edits import differences
from elearn.authoring.rules.lessons import raised, taken_back
from elearn.authoring.rules.questions import Data, Found
from elearn.authoring.rules.typed import ROWS_OF, Typed, question_of, rearranged, typed_of
from elearn.authoring.service import Edit, Outcome
from elearn.authoring.views import question_page
from elearn.authoring.views.answers import answer, is_script, refusal
from elearn.authoring.views.bench import Bench, bench_for
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.carriage import copy_first, kept
from elearn.authoring.views.desk import unreadable
from elearn.authoring.views.places import place_of
from elearn.authoring.views.question_page import Drawn
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable
from elearn.web.carried import Carrier, carry_for
from elearn.web.guard import requires
from elearn.web.messages import sentence, sentence_for
from elearn.web.session import actor

Sent = MultiDict[str, str]
LONG_TEXTS = {
    "text-id": _l("Question in Indonesian"),
    "text-en": _l("Question in English"),
    "feedback-id": _l("Feedback in Indonesian"),
    "feedback-en": _l("Feedback in English"),
}


@bp.get("/<code>/questions/<key>")
@requires(Action.AUTHORING_DRAFT_WRITE)
def question(code: str, key: str) -> ResponseReturnValue:
    bench = bench_for(queries.own_draft(actor(), code))
    try:
        found = bench.question(key)
    except Unreadable as fault:
        return _draw_unreadable(bench, key, unreadable(fault))
    typed = _typed_of(bench, found.data)
    if typed.kind not in ROWS_OF:
        why = _("Its kind “%(kind)s” is none that this editor knows.", kind=typed.kind)
        return _draw_unreadable(bench, key, why, found.path)
    return question_page.draw(bench, _drawn(bench, found, typed, found.data))


@bp.post("/<code>/questions/<key>")
@kept("authoring.save_question", LONG_TEXTS)
@requires(Action.AUTHORING_DRAFT_WRITE)
def save_question(code: str, key: str) -> ResponseReturnValue:
    return _save(code, key, request.form)


def _save(code: str, key: str, sent: Sent) -> ResponseReturnValue:
    try:
        draft = queries.own_draft(actor(), code)
        if sent.get("act"):
            return _redraw(draft, key, sent, act=sent["act"])
        bench = bench_for(draft)
        typed, faults = _typed(bench, bench.question(key).data, sent)
        if faults:
            return refusal([*faults.values()], lambda: _redraw(draft, key, sent, faults=faults))
        with saving():
            draft = queries.own_draft_to_change(actor(), code)
            outcome = _edit(bench_for(draft), key, typed, sent)
    except Unreadable as fault:
        why = unreadable(fault)
        back = url_for("authoring.outline", code=code)
        return refusal([why], lambda: copy_first(why, sent, LONG_TEXTS, back))
    except Conflict as refused:
        if is_script():
            raise
        draft = queries.own_draft(actor(), code)
        return _redraw(draft, key, sent, why=sentence_for(refused)), 409
    except Missing:
        if is_script():
            raise
        why = _("This question is no longer there. Somebody else may have deleted it.")
        return copy_first(why, sent, LONG_TEXTS, url_for("authoring.mine")), 404
    return answer(
        outcome,
        after(code, key, sent),
        lambda outcome: _redraw_overtaken(queries.own_draft(actor(), code), key, sent, outcome),
    )


def _edit(bench: Bench, key: str, typed: Typed, sent: Sent) -> Outcome:
    """bench: of the locked draft."""
    there = bench.question(key).data
    wanted = question_of(typed, there, bench.languages, page_language())
    is_new = sent.get("is_new_meaning") or bench.is_recast(key, typed.kind)
    settle = raised if is_new else taken_back
    published = bench.published_edition(key)
    edition = settle(rules.edition_in(there), published)
    if edition != rules.edition_in(there) or "edition" not in there:
        wanted["edition"] = edition
    edit = Edit(sent.get("base", ""), there, wanted, "question-edited", key)
    changes = rules.put(bench.files, key, wanted)
    return service.edit(bench.draft, edit, changes, actor(), clock.now())


def _typed(bench: Bench, former: Data, sent: Sent) -> tuple[Typed, dict[str, str]]:
    """What was sent, and by field why it cannot be kept."""
    typed = replace(typed_from(sent, bench.languages), kind=_typed_of(bench, former).kind)
    faults = dict(faults_in(typed, _typed_of(bench, former), bench.lesson_keys))
    try:
        question_of(typed, former, bench.languages, page_language())
    except ValueError as wrong:
        faults.setdefault(str(wrong), unreadable_number())
    return typed, faults


def _redraw(
    draft: Draft,
    key: str,
    sent: Sent,
    *,
    act: str = "",
    faults: dict[str, str] | None = None,
    why: str = "",
) -> str:
    """The page with what was typed, and nothing saved."""
    bench = bench_for(draft)
    found = bench.question(key)
    typed, own_faults = _typed(bench, found.data, sent)
    typed, focus = rearranged(typed, act, bench.languages)
    data = None
    if not own_faults:
        data = question_of(typed, found.data, bench.languages, page_language())
    drawn = Drawn(
        module_key=bench.module_of(found).key,
        key=key,
        typed=typed,
        data=data,
        base=sent.get("base", ""),
        is_new_meaning=bool(sent.get("is_new_meaning")),
        faults=faults or {},
        focus=focus,
    )
    return question_page.draw(bench, drawn, is_unsaved=True, why=why)


def _redraw_overtaken(draft: Draft, key: str, sent: Sent, outcome: Outcome) -> str:
    """Both versions, and the base that lets the next Save replace the other one knowingly."""
    bench = bench_for(draft)
    found = bench.question(key)
    typed, _faults = _typed(bench, found.data, sent)
    theirs = question_page.in_words(_typed_of(bench, outcome.there))
    drawn = replace(
        _drawn(bench, found, typed, None),
        base=outcome.base,
        is_new_meaning=bool(sent.get("is_new_meaning")),
    )
    pieces = differences(question_page.in_words(typed), theirs)
    return question_page.draw(bench, drawn, is_unsaved=True, pieces=pieces, theirs=theirs)


def _drawn(bench: Bench, found: Found, typed: Typed, data: Data | None) -> Drawn:
    key = str(found.data["key"])
    published = bench.published_edition(key)
    return Drawn(
        module_key=bench.module_of(found).key,
        key=key,
        typed=typed,
        data=data,
        base=question_page.base_of(found.data),
        is_new_meaning=published is not None and rules.edition_in(found.data) > published,
    )


def _draw_unreadable(bench: Bench, key: str, why: str, path: str = "") -> str:
    place = place_of(bench.draft, "outline")
    path = path or next(iter(place.sketch.unreadable), "")
    return render_template(
        "authoring/question_unreadable.html", place=place, key=key, why=why, path=path
    )


def _typed_of(bench: Bench, data: Data) -> Typed:
    return typed_of(data, bench.languages, page_language())


def after(code: str, key: str, sent: Sent) -> str:
    page = "try_question" if "try" in sent else "question"
    return url_for(f"authoring.{page}", code=code, key=key)


carry_for(
    "authoring.save_question",
    Carrier(
        back=lambda values: url_for("authoring.question", **values),  # type: ignore[arg-type]
        accept=lambda values, sent: _save(**values, sent=sent),
        redraw=lambda values, sent: (
            _redraw(
                queries.own_draft(actor(), values["code"]),
                values["key"],
                sent,
                why=sentence("page-old"),
            ),
            400,
        ),
    ),
)
