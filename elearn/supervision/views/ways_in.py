"""A new way in for somebody who cannot sign in: a slip of paper with a code that works once."""

from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.accounts.models import Person
from elearn.accounts.service import ways_in
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict
from elearn.core.permissions import Action
from elearn.supervision.forms import WayInForm
from elearn.supervision.views.blueprint import bp
from elearn.supervision.views.slips import Reader, Slip, qr_of_codes, slip_for
from elearn.web.guard import requires
from elearn.web.messages import sentence_for
from elearn.web.session import actor

DAYS = 7


@bp.get("/supervision/people/<code>/way-in")
@requires(Action.ACCOUNTS_WAYS_IN_MAKE)
def way_in(code: str) -> ResponseReturnValue:
    now = clock.now()
    person = accounts.person_within(actor(), Action.ACCOUNTS_WAYS_IN_MAKE, code, now)
    return _draw(person, WayInForm(days=DAYS))


@bp.post("/supervision/people/<code>/way-in")
@requires(Action.ACCOUNTS_WAYS_IN_MAKE)
def make_way_in(code: str) -> ResponseReturnValue:
    """The slip is in the answer itself, since nothing keeps its code."""
    form, now = WayInForm(), clock.now()
    if not form.validate() or form.days.data is None:
        person = accounts.person_within(actor(), Action.ACCOUNTS_WAYS_IN_MAKE, code, now)
        return _draw(person, form), 422
    until = now + timedelta(days=form.days.data)
    try:
        with saving():
            person = accounts.person_within(actor(), Action.ACCOUNTS_WAYS_IN_MAKE, code, now)
            made = ways_in.make_code_for(actor(), person, until, now)
            login = accounts.any_login_of(person.id)
            reader = Reader(person.full_name, login, person.language, person.time_zone)
    except Conflict as problem:
        form.form_errors.append(sentence_for(problem))
        person = accounts.person_within(actor(), Action.ACCOUNTS_WAYS_IN_MAKE, code, now)
        return _draw(person, form), 409
    person = accounts.person_within(actor(), Action.ACCOUNTS_WAYS_IN_MAKE, code, now)
    return _draw(person, form, slip_for(reader, made, until)), 201


def _draw(person: Person, form: WayInForm, slip: Slip | None = None) -> str:
    return render_template(
        "supervision/way_in.html", person=person, form=form, slip=slip, qr=qr_of_codes()
    )
