"""The facts of a course: what it is called, what it teaches, and what completes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.authoring import queries, service
from elearn.authoring.forms.facts import LISTS, FactsForm, choose_from, facts_form, shown_in
from elearn.authoring.forms.rows import offered, rearranged
from elearn.authoring.models import Draft
from elearn.authoring.rules import Files
from elearn.authoring.rules import facts as rules
from elearn.authoring.rules.edits import fingerprint
from elearn.authoring.rules.sketch import Sketch, sketch
from elearn.authoring.service import Edit, Outcome
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.carriage import kept
from elearn.authoring.views.desk import unreadable
from elearn.authoring.views.filing import Form, Page, Values
from elearn.authoring.views.located import shown_on
from elearn.authoring.views.places import place_of
from elearn.core import clock
from elearn.core.i18n import LANGUAGES, page_language
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable, emit
from elearn.web.guard import requires
from elearn.web.session import actor

MOST_OUTCOMES = 12
_LONG_TEXTS = {
    "title-id": _l("Title in Indonesian"),
    "summary-id": _l("Summary in Indonesian"),
    "summary-en": _l("Summary in English"),
    "competencies": _l("Competencies of the work standard"),
}


@bp.get("/<code>/facts")
@requires(Action.AUTHORING_DRAFT_WRITE)
def facts(code: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    try:
        form = _form_of(draft)
    except Unreadable as fault:
        return _draw(draft, {"code": code}, None, fault=unreadable(fault))
    return _draw(draft, {"code": code}, form)


@bp.post("/<code>/facts")
@kept("authoring.save_facts", _LONG_TEXTS)
@requires(Action.AUTHORING_DRAFT_WRITE)
def save_facts(code: str) -> ResponseReturnValue:
    return _page.save({"code": code}, request.form)


def _form_of(draft: Draft) -> FactsForm:
    """The form with what is there. Raises Unreadable."""
    data = rules.data_of(_manifest(draft))
    languages = _languages(draft)
    shown = rules.facts_of(data, languages)
    rows = min(len(shown.outcomes) + 1, max(MOST_OUTCOMES, len(shown.outcomes)))
    values = {**shown_in(shown), "base": fingerprint(rules.own_of(data))}
    return facts_form(languages, rows)(formdata=None, data=values)


def _read(draft: Draft, _values: Values, sent: Form) -> FactsForm:
    sent, row = rearranged(sent, LISTS)
    rows = offered(sent, "outcomes", MOST_OUTCOMES)
    form = facts_form(_languages(draft), rows)(formdata=sent)
    form.focus = row
    return form


def _write(draft: Draft, _values: Values, form: FactsForm) -> Outcome:
    """draft: locked."""
    files = _manifest(draft)
    data = rules.data_of(files)
    wanted = rules.data_with(data, form.wanted())
    edit = Edit(form.base.data or "", rules.own_of(data), rules.own_of(wanted), "facts-edited", "")
    return service.edit(draft, edit, rules.changes_to(files, wanted), actor(), clock.now())


def _texts(_draft: Draft, form: FactsForm, there: Any) -> tuple[str, str]:
    mine = rules.own_of(rules.data_with(there, form.wanted()))
    return emit(mine), emit(there)


def _draw(draft: Draft, _values: Values, form: FactsForm | None, **notes: Any) -> str:
    """form: None when course.yml cannot be read. notes: why what was typed is not saved."""
    place = place_of(draft, "facts")
    if form is not None:
        today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
        offices = [(one.code, one.name) for one in accounts.organisers_on(today)]
        choose_from(form, offices, list(_units(place.sketch)), place.sketch.has_task)
    return render_template(
        "authoring/facts.html",
        place=place,
        form=form,
        findings=shown_on(draft, "course.yml"),
        addable=[code for code in LANGUAGES if code not in place.sketch.languages],
        **notes,
    )


def _units(drawn: Sketch) -> Iterator[tuple[str, str]]:
    """What a course may ask of its learners, each with its name in the reader's language."""
    language = page_language()
    for module in drawn.modules:
        title = module.title(language)
        for lesson in module.lessons:
            yield lesson.key, lesson.title(language)
        if module.has_activity:
            yield f"{module.key}-activity", _("Activity: %(title)s", title=title)
        if module.has_quiz:
            yield f"{module.key}-quiz", _("Quiz: %(title)s", title=title)
    yield "post-test", _("Post-test")


def _manifest(draft: Draft) -> Files:
    return queries.some_of(draft, [rules.MANIFEST])


def _languages(draft: Draft) -> tuple[str, ...]:
    return sketch(_manifest(draft)).languages


def _back(values: Values) -> str:
    return url_for("authoring.facts", code=values["code"])


_page = Page("authoring.save_facts", _LONG_TEXTS, _read, _write, _draw, _texts, _back).carried()
