"""What a module says of itself: title, summary, JP, activity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.forms.module import ModuleForm, module_form, shown_in
from elearn.authoring.models import Draft
from elearn.authoring.rules import Files
from elearn.authoring.rules.edits import fingerprint
from elearn.authoring.rules.lessons import raised, taken_back
from elearn.authoring.rules.modulehead import changes_to, data_of, data_with, head_of
from elearn.authoring.rules.sketch import ModuleSketch, Sketch, sketch
from elearn.authoring.service import Edit, Outcome
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.carriage import kept
from elearn.authoring.views.desk import unreadable
from elearn.authoring.views.filing import Form, Page, Values
from elearn.authoring.views.places import place_of
from elearn.core import clock
from elearn.core.errors import Missing
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable, emit
from elearn.courses import queries as courses
from elearn.web.guard import requires
from elearn.web.session import actor

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
    draft, values = queries.own_draft(actor(), code), {"code": code, "key": key}
    try:
        form = _form_of(_found(draft, key))
    except Unreadable as fault:
        return _draw(draft, values, None, fault=unreadable(fault))
    return _draw(draft, values, form)


@bp.post("/<code>/modules/<key>")
@kept("authoring.save_module", _LONG_TEXTS)
@requires(Action.AUTHORING_DRAFT_WRITE)
def save_module(code: str, key: str) -> ResponseReturnValue:
    return _page.save({"code": code, "key": key}, request.form)


def _found(draft: Draft, key: str) -> Found:
    """Raises Missing."""
    files = queries.texts_of(draft)
    picture = sketch(files)
    module = picture.module(key)
    if module is None:
        raise Missing("page-missing")
    return Found(draft, files, picture, module)


def _form_of(found: Found) -> ModuleForm:
    """The form with what is there. Raises Unreadable."""
    data, published = found.data, found.published
    head = head_of(data, found.picture.languages)
    values = {
        **shown_in(head),
        "is_new_meaning": published is not None and head.activity.edition > published,
        "base": fingerprint(data),
    }
    return module_form(found.picture.languages)(formdata=None, data=values)


def _read(draft: Draft, values: Values, sent: Form) -> ModuleForm:
    return module_form(_found(draft, values["key"]).picture.languages)(formdata=sent)


def _write(draft: Draft, values: Values, form: ModuleForm) -> Outcome:
    """draft: locked."""
    found = _found(draft, values["key"])
    there, languages = found.data, found.picture.languages
    settle = raised if form.is_new_meaning.data else taken_back
    edition = settle(head_of(there, languages).activity.edition, found.published)
    wanted = data_with(there, form.wanted(edition))
    edit = Edit(form.base.data or "", there, wanted, "module-edited", found.module.key)
    changes = changes_to(found.files, found.module.folder, wanted)
    return service.edit(draft, edit, changes, actor(), clock.now())


def _texts(_draft: Draft, form: ModuleForm, there: Any) -> tuple[str, str]:
    edition = head_of(there, form.languages).activity.edition
    return emit(data_with(there, form.wanted(edition))), emit(there)


def _draw(draft: Draft, values: Values, form: ModuleForm | None, **notes: Any) -> str:
    """form: None when module.yml cannot be read. notes: why what was typed is not saved."""
    found = _found(draft, values["key"])
    return render_template(
        "authoring/module.html",
        place=place_of(draft, "outline"),
        module=found.module,
        form=form,
        published=found.published,
        **notes,
    )


def _back(values: Values) -> str:
    return url_for("authoring.module", code=values["code"], key=values["key"])


_page = Page("authoring.save_module", _LONG_TEXTS, _read, _write, _draw, _texts, _back).carried()
