"""Who else writes at a course, and the course as a zip."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.authoring import queries, service
from elearn.authoring.forms import ShareForm
from elearn.authoring.models import Draft
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.places import place_of
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action, Actor, may
from elearn.coursepack import write
from elearn.web.downloads import attachment
from elearn.web.guard import requires
from elearn.web.messages import sentence, sentence_for
from elearn.web.session import actor


@bp.get("/<code>/people")
@requires(Action.AUTHORING_DRAFT_WRITE)
def people(code: str) -> ResponseReturnValue:
    return _draw(queries.own_draft(actor(), code), ShareForm())


@bp.post("/<code>/people")
@requires(Action.AUTHORING_DRAFT_WRITE)
def share(code: str) -> ResponseReturnValue:
    draft, form = queries.own_draft(actor(), code), ShareForm()
    if not form.validate():
        return _draw(draft, form), 422
    person = accounts.person_by_login(form.login.data)
    if person is None or not _is_author(person.id):
        form.login.errors = [sentence("author-missing")]
        return _draw(draft, form), 422
    person_id, name = person.id, person.full_name
    with saving():
        slug = queries.own_draft_to_change(actor(), code).slug
        service.share(slug, person_id, actor(), clock.now())
    flash(_("%(name)s can write at this course now.", name=name), "good")
    return redirect(url_for(".people", code=code), 303)


@bp.post("/<code>/people/<int:person_id>/remove")
@requires(Action.AUTHORING_DRAFT_WRITE)
def unshare(code: str, person_id: int) -> ResponseReturnValue:
    try:
        with saving():
            slug = queries.own_draft_to_change(actor(), code).slug
            service.unshare(slug, person_id, actor(), clock.now())
    except Conflict as refusal:
        flash(sentence_for(refusal), "warning")
    else:
        if not queries.may_write_at(actor(), slug):
            flash(_("You do not write at this course any more."), "good")
            return redirect(url_for(".mine"), 303)
    return redirect(url_for(".people", code=code), 303)


@bp.get("/<code>/export.zip")
@requires(Action.AUTHORING_DRAFT_WRITE)
def export(code: str) -> ResponseReturnValue:
    """The draft as it is, faults included: the same folder that `elearn courses check` reads."""
    draft = queries.own_draft(actor(), code)
    content = write.zipped(draft.slug, queries.files_of(draft))
    return attachment(content, "application/zip", f"{draft.slug}.zip")


def _is_author(person_id: int) -> bool:
    grants = accounts.grants_of(accounts.person(person_id), clock.now())
    return may(Actor(person_id, grants), Action.AUTHORING_DRAFT_WRITE)


def _draw(draft: Draft, form: ShareForm) -> str:
    publishers = queries.publishers_of(draft.slug)
    return render_template(
        "authoring/people.html",
        place=place_of(draft, "outline"),
        form=form,
        authors=[
            (person_id, name, person_id not in publishers)
            for person_id, name in queries.authors_of(draft.slug)
        ],
    )
