"""Two entries for one person: find the other, compare, see what will happen, and undo it."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.accounts.forms import show_fault
from elearn.accounts.models import Merge, Person
from elearn.accounts.queries import directory
from elearn.accounts.queries.directory import State
from elearn.accounts.rules import MERGE_UNDO_DAYS, bare_name
from elearn.accounts.service.merging import refuse_merge
from elearn.admin import service
from elearn.admin.forms.merging import MergeForm, UndoForm
from elearn.admin.forms.people import STATES
from elearn.admin.queries.entries import entry_of
from elearn.admin.views.blueprint import bp
from elearn.admin.views.drawing import draw_form, people_steps
from elearn.admin.views.persons import another
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing, Problem
from elearn.core.i18n import day
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.messages import sentence_for
from elearn.web.searching import words_asked
from elearn.web.session import actor

_LIVING = (State.OPEN, State.EXPECTED, State.CLOSED)


@bp.get("/admin/people/<code>/merge")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def merge(code: str) -> ResponseReturnValue:
    """Who else she may be: people of the same name first."""
    person = another(code)
    words = words_asked(default=bare_name(person.full_name))
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    lines = directory.find_people(words, None, today, 1).lines
    return render_template(
        "admin/merge_find.html",
        steps=people_steps(person),
        person=person,
        words=words,
        lines=[line for line in lines if line.person.id != person.id and line.state in _LIVING],
        states=STATES,
    )


@bp.route("/admin/people/<code>/merge/<other>", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def merge_with(code: str, other: str) -> ResponseReturnValue:
    """Both side by side; `code` stays, `other` is merged into it."""
    person, former, form = another(code), another(other), MergeForm()
    try:
        refuse_merge(actor(), former, person, clock.now())
    except Problem as problem:
        return _draw_compare(person, former, form, sentence_for(problem))
    if not form.validate_on_submit():
        return _draw_compare(person, former, form)
    with saving():
        kept, gone = _both_to_change(code, other)
        service.merge(actor(), gone, kept, clock.now())
    flash(
        _("Both entries are one now. It can be undone for %(days)s days.", days=MERGE_UNDO_DAYS),
        "good",
    )
    return redirect(url_for(".person", code=code), 303)


@bp.route("/admin/people/<code>/merges/<merge_code>/undo", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def unmerge(code: str, merge_code: str) -> ResponseReturnValue:
    person, form = another(code), UndoForm()
    row = _merge_of(person, merge_code)
    if not form.validate_on_submit():
        return _draw_undo(person, row, form)
    try:
        with saving():
            found = directory.person_to_change(code)
            service.unmerge(actor(), found, merge_code, clock.now())
    except Problem as problem:
        show_fault(form, problem)
        person = directory.person_by_code(code)
        return _draw_undo(person, _merge_of(person, merge_code), form)
    flash(_("These are two entries again."), "good")
    return redirect(url_for(".person", code=code), 303)


def _both_to_change(code: str, other: str) -> tuple[Person, Person]:
    """Both locked, in one order for everybody: two who merge at once do not wait in a circle."""
    locked = {each: directory.person_to_change(each) for each in sorted((code, other))}
    return locked[code], locked[other]


def _merge_of(person: Person, merge_code: str) -> Merge:
    found = next((one for one in accounts.merges_into(person.id) if one.code == merge_code), None)
    if found is None:
        raise Missing("merge-missing")
    return found


def _draw_compare(
    person: Person, former: Person, form: MergeForm, refusal: str = ""
) -> ResponseReturnValue:
    now = clock.now()
    drawn = render_template(
        "admin/merge.html",
        steps=people_steps(person),
        person=entry_of(person, now),
        former=entry_of(former, now),
        form=form,
        refusal=refusal,
        days=MERGE_UNDO_DAYS,
    )
    return drawn, 422 if form.errors else 409 if refusal and request.method == "POST" else 200


def _draw_undo(person: Person, row: Merge, form: UndoForm) -> ResponseReturnValue:
    former = accounts.person(row.former_id)
    lead = [
        _(
            "Each gets back the logins, libraries, roles, courses and records that were theirs on "
            "%(day)s.",
            day=day(row.at),
        ),
        _("%(name)s keeps what was begun since then.", name=person.full_name),
        _("Possible until %(day)s.", day=day(row.at + timedelta(days=MERGE_UNDO_DAYS))),
    ]
    title = _("Part %(name)s from this entry again", name=former.full_name)
    return draw_form(form, title, _("Undo the merging"), people_steps(person), lead, "danger")
