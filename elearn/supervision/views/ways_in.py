"""A new way in for somebody who cannot sign in: a slip of paper with a code that works once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.accounts.models import Person
from elearn.accounts.rules import shown_code
from elearn.accounts.service import ways_in
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict
from elearn.core.i18n import force_locale, moment
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.records.formats.qr import QrCode, qr_code
from elearn.records.printing import site_host, site_url
from elearn.supervision.forms import WayInForm
from elearn.supervision.views.blueprint import bp
from elearn.web.guard import requires
from elearn.web.messages import sentence_for
from elearn.web.session import actor

DAYS = 7


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for the person, in her own language; the code is kept nowhere."""

    language: str
    title: str
    facts: tuple[tuple[str, str], ...]
    code: str
    notes: tuple[str, ...]
    qr: QrCode
    qr_label: str


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
            slip = _slip(person, made, until)
    except Conflict as problem:
        form.form_errors.append(sentence_for(problem))
        person = accounts.person_within(actor(), Action.ACCOUNTS_WAYS_IN_MAKE, code, now)
        return _draw(person, form), 409
    return _draw(
        accounts.person_within(actor(), Action.ACCOUNTS_WAYS_IN_MAKE, code, now), form, slip
    ), 201


def _slip(person: Person, code: str, until: datetime) -> Slip:
    where = url_for("accounts.reset")
    with force_locale(person.language):
        return Slip(
            language=person.language,
            title=_("Way in for %(name)s", name=person.full_name),
            facts=(
                (_("Open this address"), f"{site_host()}{where}"),
                (_("Username, NIP or e-mail"), accounts.any_login_of(person.id)),
            ),
            code=shown_code(code),
            notes=(
                _(
                    "Choose a password of your own there. The code works once, until %(moment)s.",
                    moment=moment(until, person.time_zone),
                ),
                _("Give this paper to nobody. If you did not ask for it, tell your office."),
            ),
            qr=qr_code(f"{site_url()}{where}"),
            qr_label=_("The page on which the code is typed"),
        )


def _draw(person: Person, form: WayInForm, slip: Slip | None = None) -> str:
    return render_template("supervision/way_in.html", person=person, form=form, slip=slip)
