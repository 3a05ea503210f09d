"""Another kind or another module for a question, with what stays of it said before."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice

from elearn.authoring import queries, service
from elearn.authoring.forms.recasting import RecastForm
from elearn.authoring.models import Draft
from elearn.authoring.rules import recasting as rules
from elearn.authoring.rules.edits import fingerprint
from elearn.authoring.rules.questions import edition_in
from elearn.authoring.rules.sketch import Sketch
from elearn.authoring.service import Edit, Outcome
from elearn.authoring.views.arranging import refused
from elearn.authoring.views.bench import Bench, bench_for, name_of
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.kinds import KINDS
from elearn.authoring.views.places import place_of
from elearn.authoring.views.sentences import said
from elearn.authoring.views.undoing import done
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.coursepack.quizfile import MOST_QUESTIONS
from elearn.coursepack.yamledit import Unreadable
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/<code>/questions/<key>/kind")
@requires(Action.AUTHORING_DRAFT_WRITE)
def recast(code: str, key: str) -> ResponseReturnValue:
    bench = bench_for(queries.own_draft(actor(), code))
    try:
        return _draw(bench, key, _form(bench, key))
    except Unreadable as fault:
        return refused(fault, code)


@bp.post("/<code>/questions/<key>/kind")
@requires(Action.AUTHORING_DRAFT_WRITE)
def save_recast(code: str, key: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    try:
        return _save(draft, key)
    except Unreadable as fault:
        return refused(fault, code)


def _save(draft: Draft, key: str) -> ResponseReturnValue:
    bench = bench_for(draft)
    form = _form(bench, key)
    if not form.validate() or not _has_room(bench, key, form):
        return _draw(bench, key, form), 422
    name = name_of(bench.question(key).data, bench.languages) or key
    with saving():
        outcome = _edit(bench_for(queries.own_draft_to_change(actor(), draft.code)), key, form)
    if not outcome.is_safe:
        form.base.data = outcome.base
        bench = bench_for(queries.own_draft(actor(), draft.code))
        return _draw(bench, key, form, is_overtaken=True), 409
    back = url_for(".question", code=draft.code, key=key)
    return done(said("question-recast", name), draft.code, outcome.number, back)


def _edit(bench: Bench, key: str, form: RecastForm) -> Outcome:
    """bench: of the locked draft."""
    found, facts = bench.question(key), bench.published(key)
    folder = bench.module(form.module.data).folder
    question = rules.of_kind(found.data, form.kind.data)
    edition = rules.edition_of(
        edition_in(found.data),
        form.kind.data,
        facts.kind if facts else None,
        facts.edition if facts else None,
    )
    if edition != edition_in(found.data):
        question["edition"] = edition
    there, wanted = _plain(found.folder, found.data), _plain(folder, question)
    edit = Edit(form.base.data or "", there, wanted, "question-recast", key)
    changes = rules.recast(bench.files, key, question, folder)
    return service.edit(bench.draft, edit, changes, actor(), clock.now())


def _has_room(bench: Bench, key: str, form: RecastForm) -> bool:
    """Whether the bank it is to go to takes one more; else the form says so."""
    module = bench.module(form.module.data)
    is_there = module.folder == bench.question(key).folder
    if is_there or module.question_count < MOST_QUESTIONS:
        return True
    form.module.errors = [
        _("The bank of this module is full: it has %(most)s.", most=MOST_QUESTIONS)
    ]
    return False


def _form(bench: Bench, key: str) -> RecastForm:
    """base stays as it was sent; a form that is opened begins with what is there."""
    found = bench.question(key)
    form = RecastForm(
        data={
            "kind": found.data.get("kind"),
            "module": bench.module_of(found).key,
            "base": fingerprint(_plain(found.folder, found.data)),
        }
    )
    form.kind.choices = [SelectChoice(kind, str(words.name)) for kind, words in KINDS.items()]
    form.module.choices = _modules(bench.sketch)
    return form


def _modules(picture: Sketch) -> list[SelectChoice]:
    language = page_language()
    return [SelectChoice(module.key, module.title(language)) for module in picture.modules]


def _plain(folder: str, question: dict[str, Any]) -> dict[str, Any]:
    return {"folder": folder, "question": question}


def _draw(bench: Bench, key: str, form: RecastForm, **notes: Any) -> str:
    """notes: why the choice is not saved."""
    found, place = bench.question(key), place_of(bench.draft, "outline")
    form.module.choices = _modules(place.sketch)  # a bench knows the modules by their keys only
    return render_template(
        "authoring/recast.html",
        place=place,
        key=key,
        name=name_of(found.data, bench.languages) or key,
        form=form,
        is_published=bench.published(key) is not None,
        **notes,
    )
