"""Noting that somebody was written to or talked with."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from elearn.core import clock, policy
from elearn.core.db import saving
from elearn.core.errors import Invalid
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.supervision import queries, service
from elearn.supervision.forms import ContactForm
from elearn.supervision.rules.reminding import Channel
from elearn.supervision.views.blueprint import bp
from elearn.web.guard import requires
from elearn.web.redirects import safe_path
from elearn.web.session import actor


@bp.post("/supervision/people/<code>/contacts")
@requires(Action.SUPERVISION_PERSON_REMIND)
def note_contact(code: str) -> ResponseReturnValue:
    """Note it, and back to where the button stands."""
    form = ContactForm()
    if not form.validate():
        raise Invalid("input-invalid")
    now = clock.now()
    with saving():
        person = queries.person_to_change(actor(), Action.SUPERVISION_PERSON_REMIND, code, now)
        office = policy.on(clock.day_in(now, person.time_zone))
        channel, reason = Channel(form.channel.data), form.reason.data
        service.note_contact(actor(), person, channel, reason, office, now)
    flash(_("Noted: %(name)s, today.", name=person.full_name), "good")
    back = safe_path(request.form.get("back"), url_for("supervision.home"))
    return redirect(back, 303)
