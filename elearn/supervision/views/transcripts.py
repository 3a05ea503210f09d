"""A person's transcript, made and printed by who oversees her; the person can see that it was."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.accounts.models import Person
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.i18n import LANGUAGES
from elearn.core.permissions import Action
from elearn.records import queries as records
from elearn.records import service as ledger
from elearn.records import transcripts
from elearn.records.forms import TranscriptForm
from elearn.records.transcript_words import span
from elearn.supervision.views.blueprint import bp
from elearn.supervision.views.person import note_look_at
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/supervision/people/<code>/transcript/")
@requires(Action.SUPERVISION_PEOPLE_READ)
def transcripts_of(code: str) -> ResponseReturnValue:
    """What was made for the person, and the button that makes one."""
    found = _person(code)
    note_look_at(found, clock.now())
    return _draw(found, _form(found))


@bp.post("/supervision/people/<code>/transcript/")
@requires(Action.SUPERVISION_PEOPLE_READ)
def make_transcript(code: str) -> ResponseReturnValue:
    found = _person(code)
    form, now = _form(found), clock.now()
    if not form.validate():
        return _draw(found, form), 422
    with saving():
        person_id = _person(code).id
        ledger.make_transcript(actor(), person_id, form.chosen_year, transcripts.issuer(), now)
    return redirect(url_for(".transcripts_of", code=code), 303)


@bp.get("/supervision/people/<code>/transcript/<made>/<language>.pdf")
@requires(Action.SUPERVISION_PEOPLE_READ)
def transcript_pdf(code: str, made: str, language: str) -> ResponseReturnValue:
    found = _person(code)
    note_look_at(found, clock.now())
    return transcripts.pdf_answer(records.transcript_of_person(found.id, made), language)


def _person(code: str) -> Person:
    return accounts.person_within(actor(), Action.SUPERVISION_PEOPLE_READ, code, clock.now())


def _form(found: Person) -> TranscriptForm:
    return TranscriptForm.of_years(records.credit_by_year(found.id))


def _draw(found: Person, form: TranscriptForm) -> str:
    return render_template(
        "supervision/transcripts.html",
        person=found,
        form=form,
        made=records.transcripts_of(found.id),
        span=span,
        languages=LANGUAGES,
    )
