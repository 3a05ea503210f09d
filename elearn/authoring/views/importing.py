"""Questions from another system: first what would become of each, then all that fit in one save.

Between the two the questions travel in the page, signed: nothing of them is kept on the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from elearn.authoring import queries, service
from elearn.authoring.formats.exchange import Data, Reading, Row
from elearn.authoring.forms.importing import ReadQuestionsForm, TakeQuestionsForm
from elearn.authoring.models import Draft
from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules import questions as rules
from elearn.authoring.rules.sketch import Sketch
from elearn.authoring.rules.translating import already_there, language_of, translations
from elearn.authoring.views.bench import Bench, bench_for, module_in
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.desk import unreadable
from elearn.authoring.views.kinds import POOLS, kind_name
from elearn.authoring.views.places import place_of
from elearn.authoring.views.undoing import done
from elearn.authoring.views.verdicts import words_of
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict
from elearn.core.i18n import gettext as _
from elearn.core.i18n import language_name, ngettext, page_language
from elearn.core.permissions import Action
from elearn.coursepack.quizfile import MOST_QUESTIONS
from elearn.coursepack.yamledit import Unreadable, emit, plain
from elearn.web.guard import requires
from elearn.web.messages import sentence_for
from elearn.web.session import actor

_MAX_AGE_SECONDS = 12 * 3600
_LONGEST_TOKEN = 800_000  # characters: what one form may carry


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would become of one question of a file. adds: what it brings to one that is there."""

    number: int
    name: str
    kind: str
    is_usable: bool
    texts: tuple[str, ...]
    adds: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a bank makes of questions from elsewhere, by their keys.

    merged: those that bring another language, with the question that they make. same: those that
    it says already. taken: its other keys. new: those that come beside what is there.
    """

    merged: Mapping[str, Data]
    same: frozenset[str]
    taken: frozenset[str]
    new: list[Data]


@bp.get("/<code>/modules/<key>/questions/import")
@requires(Action.AUTHORING_DRAFT_WRITE)
def import_questions(code: str, key: str) -> ResponseReturnValue:
    return _draw(queries.own_draft(actor(), code), key)


@bp.post("/<code>/modules/<key>/questions/import")
@requires(Action.AUTHORING_DRAFT_WRITE)
def read_questions(code: str, key: str) -> ResponseReturnValue:
    """The verdict on each question; nothing is saved."""
    from elearn.authoring.formats import recognised  # some megabytes, for whoever imports

    draft = queries.own_draft(actor(), code)
    form = _read_form(bench_for(draft))
    if not form.validate():
        return _draw(draft, key, form=form), 422
    file, pasted = form.file.data, (form.pasted.data or "").encode(errors="replace")
    content, name = (file.read(), file.filename or "") if file else (pasted, "")
    reading = recognised.read_questions(content, name, form.language.data)
    faults = [words_of(fault) for fault in reading.faults]
    if faults:
        return _draw(draft, key, form=form, faults=faults), 422
    return _draw(draft, key, form=form, reading=reading)


@bp.post("/<code>/modules/<key>/questions/import/all")
@requires(Action.AUTHORING_DRAFT_WRITE)
def take_questions(code: str, key: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    form = _take_form(bench_for(draft).sketch, key)
    questions = _opened(form.token.data or "", draft)
    if questions is None or not form.validate():
        faults = [_("Read the file once more: this page is too old, or it was changed.")]
        return _draw(draft, key, faults=faults), 422
    try:
        with saving():
            bench = bench_for(queries.own_draft_to_change(actor(), code))
            known = _known(bench, key, questions)
            number, fault = _take(bench, key, known, form)
    except (Unreadable, Conflict) as refused:
        why = unreadable(refused) if isinstance(refused, Unreadable) else sentence_for(refused)
        status = 422 if isinstance(refused, Unreadable) else 409
        return _draw(queries.own_draft(actor(), code), key, faults=[why]), status
    if fault:
        return _draw(queries.own_draft(actor(), code), key, faults=[fault]), 422
    back = url_for(".questions", code=code, key=key)
    if number is None:
        flash(_("These questions are there already."), "good")
        return redirect(back, 303)
    return done(_taken(len(known.new), len(known.merged)), code, number, back)


def _taken(new: int, added: int) -> str:
    """What the import did, in words."""
    words = []
    if new:
        imported = ngettext(
            "%(num)d question was imported.", "%(num)d questions were imported.", new
        )
        words.append(imported)
    if added:
        translated = ngettext(
            "%(num)d question has another language now.",
            "%(num)d questions have another language now.",
            added,
        )
        words.append(translated)
    return " ".join(words)


def _take(bench: Bench, key: str, known: Known, form: TakeQuestionsForm) -> tuple[int | None, str]:
    """Number of the save, None when they are there already; and why they cannot be taken."""
    folder = bench.module(key).folder
    there = rules.questions_in(bench.files, folder)
    new = rules.adopted(known.new, form.pool.data, form.lesson.data, bench.taken)
    if not known.merged and (not new or rules.are_there(bench.files, folder, new)):
        return None, ""
    if len(there) + len(new) > MOST_QUESTIONS:
        return None, _no_room(len(there))
    changes = rules.put_all(bench.files, folder, known.merged) if known.merged else {}
    if new:
        changes = rules.insert({**bench.files, **_written(changes)}, folder, new)
    number = service.save(bench.draft, changes, "questions-imported", key, actor(), clock.now())
    return number, ""


def _written(changes: Changes) -> Files:
    return {path: content for path, content in changes.items() if content is not None}


def _draw(
    draft: Draft,
    key: str,
    *,
    form: ReadQuestionsForm | None = None,
    reading: Reading | None = None,
    faults: list[str] | None = None,
) -> str:
    place = place_of(draft, "outline")
    module = module_in(place.sketch, key)
    bench = bench_for(draft)
    usable = [row.data for row in reading.rows if row.data is not None] if reading else []
    try:
        known = _known(bench, key, usable)
    except Unreadable:  # taking them says so
        known = Known({}, frozenset(), frozenset(), usable)
    take, faults = None, list(faults or ())
    if len(known.new) + module.question_count > MOST_QUESTIONS:
        faults.append(_no_room(module.question_count))
    elif known.new or known.merged:
        token = _sealed(draft, usable)
        if len(token) > _LONGEST_TOKEN:
            faults.append(_("These are too many questions for one file. Divide it."))
        else:
            take = _take_form(place.sketch, key, token)
    return render_template(
        "authoring/import.html",
        place=place,
        module=module,
        form=form or _read_form(bench),
        verdicts=[_verdict(row, known) for row in reading.rows] if reading else [],
        notes=[words_of(note) for note in reading.notes] if reading else [],
        count=len(known.new) + len(known.merged),
        take=take,
        faults=faults,
    )


def _known(bench: Bench, module_key: str, questions: list[Data]) -> Known:
    """Raises Unreadable."""
    folder = bench.module(module_key).folder
    merged = translations(bench.files, folder, questions)
    same = already_there(bench.files, folder, questions)
    there = {str(one.get("key")) for one in rules.questions_in(bench.files, folder)}
    return Known(
        merged,
        same,
        taken=frozenset(there - merged.keys() - same),
        new=[one for one in questions if one["key"] not in {*merged, *same}],
    )


def _verdict(row: Row, known: Known) -> Verdict:
    texts = tuple(words_of(fault) for fault in (*row.faults, *row.notes))
    if row.data is None:
        return Verdict(row.number, row.name, "", False, texts, "")
    key, adds = row.data["key"], ""
    if key in known.merged:
        language = language_name(language_of(row.data))
        adds = _("adds %(language)s to “%(key)s”", language=language, key=key)
    elif key in known.same:
        adds = _("is there already")
    elif key in known.taken:
        texts += (_("Another question is called so already; this one comes beside it."),)
    return Verdict(row.number, row.name, kind_name(str(row.data["kind"])), True, texts, adds)


def _read_form(bench: Bench) -> ReadQuestionsForm:
    form = ReadQuestionsForm()
    form.language.choices = [(code, language_name(code)) for code in bench.languages]
    return form


def _take_form(picture: Sketch, key: str, token: str | None = None) -> TakeQuestionsForm:
    """token: of questions that were read just now; the picture needs titles only to be shown."""
    form = TakeQuestionsForm() if token is None else TakeQuestionsForm(formdata=None, token=token)
    lessons: list[tuple[str, Any]] = [("", _("Choose later"))]
    for module in sorted(picture.modules, key=lambda one: one.key != key):
        lessons += [(lesson.key, lesson.title(page_language())) for lesson in module.lessons]
    form.lesson.choices = lessons
    form.pool.choices = [("", _("as the file says, else the quiz")), *POOLS.items()]
    return form


def _no_room(there: int) -> str:
    return _(
        "A bank has at most %(most)s questions; there is room for %(room)s more. Divide the file.",
        most=MOST_QUESTIONS,
        room=max(MOST_QUESTIONS - there, 0),
    )


def _sealed(draft: Draft, questions: list[Data]) -> str:
    """The questions for the page to carry: signed, for this draft and this person."""
    text = emit({"questions": [*questions]})
    return str(_signer().dumps([draft.code, actor().person_id, text]))


def _opened(token: str, draft: Draft) -> list[Data] | None:
    """The questions of a token; None for one that is old, changed or meant for another place."""
    try:
        code, person_id, text = _signer().loads(token, max_age=_MAX_AGE_SECONDS)
    except BadData:
        return None
    if (code, person_id) != (draft.code, actor().person_id):
        return None
    data: Any = plain(text)
    questions: list[Data] = data["questions"]
    return questions


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="elearn.authoring.import")
