"""What a module says of itself: title, summary, JP, activity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from elearn.authoring import queries, service
from elearn.authoring.forms.module import ModuleForm, module_form, shown_in
from elearn.authoring.models import Draft
from elearn.authoring.rules import Files
from elearn.authoring.rules.edits import differences, fingerprint
from elearn.authoring.rules.lessons import raised, taken_back
from elearn.authoring.rules.modulehead import changes_to, data_of, data_with, head_of
from elearn.authoring.rules.sketch import ModuleSketch, Sketch, sketch
from elearn.authoring.service import Edit, Outcome
from elearn.authoring.views.answers import answer, is_script, refusal
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.carriage import copy_first, kept
from elearn.authoring.views.desk import unreadable
from elearn.authoring.views.places import place_of
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable, emit
from elearn.courses import queries as courses
from elearn.web.carried import Carrier, carry_for
from elearn.web.guard import requires
from elearn.web.messages import sentence, sentence_for
from elearn.web.session import actor

Form = MultiDict[str, str]
_LONG_TEXTS = {
    "activity-text-id": _l("What to do, in Indonesian"),
    "activity-text-en": _l("What to do, in English"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A module of a draft, with the files that its page reads."""

    draft: Draft
    files: Files
    picture: Sketch
    module: ModuleSketch

    @property
    def data(self) -> dict[str, Any]:
        """Raises Unreadable."""
        return data_of(self.files, self.module.folder)

    @property
    def published(self) -> int | None:
        """Edition of the activity in the version that the draft stands on."""
        if self.draft.base_id is None:
            return None
        unit = courses.outline(self.draft.base_id).unit(f"{self.module.key}-activity")
        return unit.edition if unit else None


@bp.get("/<code>/modules/<key>")
@requires(Action.AUTHORING_DRAFT_WRITE)
def module(code: str, key: str) -> ResponseReturnValue:
    found = _found(queries.own_draft(actor(), code), key)
    try:
        data = found.data
    except Unreadable as fault:
        return _draw(found, None, fault=unreadable(fault))
    head = head_of(data, found.picture.languages)
    form = module_form(found.picture.languages)(
        formdata=None,
        data={
            **shown_in(head),
            "is_new_meaning": found.published is not None
            and head.activity.edition > found.published,
            "base": fingerprint(data),
        },
    )
    return _draw(found, form)


@bp.post("/<code>/modules/<key>")
@kept("authoring.save_module", _LONG_TEXTS)
@requires(Action.AUTHORING_DRAFT_WRITE)
def save_module(code: str, key: str) -> ResponseReturnValue:
    return _save(code, key, request.form)


def _save(code: str, key: str, sent: Form) -> ResponseReturnValue:
    try:
        found = _found(queries.own_draft(actor(), code), key)
        form = module_form(found.picture.languages)(formdata=sent)
        if not form.validate():
            texts = [str(text) for errors in form.errors.values() for text in errors]
            return refusal(texts, lambda: _draw(found, form, is_unsaved=True))
        with saving():
            outcome = _edit(_found(queries.own_draft_to_change(actor(), code), key), form)
    except Unreadable as fault:
        why = unreadable(fault)
        return refusal([why], lambda: copy_first(why, sent, _LONG_TEXTS, _back(code, key)))
    except Conflict as refused:
        if is_script():
            raise
        found = _found(queries.own_draft(actor(), code), key)
        return _draw(found, form, is_unsaved=True, why=sentence_for(refused)), 409
    except Missing:
        if is_script():
            raise
        why = _("This module is no longer there. Somebody else may have deleted it.")
        return copy_first(why, sent, _LONG_TEXTS, url_for("authoring.mine")), 404
    return answer(
        outcome,
        _back(code, key),
        lambda outcome: _redraw_overtaken(code, key, form, outcome),
    )


def _edit(found: Found, form: ModuleForm) -> Outcome:
    """found: of the locked draft."""
    there, languages = found.data, found.picture.languages
    settle = raised if form.is_new_meaning.data else taken_back
    edition = settle(head_of(there, languages).activity.edition, found.published)
    wanted = data_with(there, form.wanted(languages, edition))
    edit = Edit(form.base.data or "", there, wanted, "module-edited", found.module.key)
    changes = changes_to(found.files, found.module.folder, wanted)
    return service.edit(found.draft, edit, changes, actor(), clock.now())


def _found(draft: Draft, key: str) -> Found:
    """Raises Missing."""
    files = queries.texts_of(draft)
    picture = sketch(files)
    module = picture.module(key)
    if module is None:
        raise Missing("page-missing")
    return Found(draft, files, picture, module)


def _redraw_overtaken(code: str, key: str, form: ModuleForm, outcome: Outcome) -> str:
    found = _found(queries.own_draft(actor(), code), key)
    form.base.data = outcome.base
    edition = head_of(outcome.there, found.picture.languages).activity.edition
    mine = data_with(outcome.there, form.wanted(found.picture.languages, edition))
    pieces = differences(emit(mine), emit(outcome.there))
    return _draw(found, form, is_unsaved=True, pieces=pieces)


def _draw(found: Found, form: ModuleForm | None, **notes: Any) -> str:
    """form: None when module.yml cannot be read. notes: why what was typed is not saved."""
    return render_template(
        "authoring/module.html",
        place=place_of(found.draft, "outline"),
        module=found.module,
        form=form,
        published=found.published,
        **notes,
    )


def _back(code: str, key: str) -> str:
    return url_for("authoring.module", code=code, key=key)


def _redraw_stale(values: dict[str, str], sent: Form) -> ResponseReturnValue:
    """For a form whose page is older than the session that sends it."""
    found = _found(queries.own_draft(actor(), values["code"]), values["key"])
    form = module_form(found.picture.languages)(formdata=sent)
    return _draw(found, form, is_unsaved=True, why=sentence("page-old")), 400


carry_for(
    "authoring.save_module",
    Carrier(
        back=lambda values: _back(values["code"], values["key"]),
        accept=lambda values, sent: _save(values["code"], values["key"], sent),
        redraw=_redraw_stale,
    ),
)
