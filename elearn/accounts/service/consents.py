"""Agreeing to the office's text on personal data. Called inside `saving()`."""

from datetime import date, datetime

from elearn.accounts.models import Consent
from elearn.accounts.queries.consents import text_on, text_to_agree
from elearn.accounts.queries.people import own_person_to_change
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor


def agree(actor: Actor, version: date, now: datetime) -> None:
    """Keep that the actor agrees to the text that holds today; twice is once.

    version: of the text that she has read. Raises Conflict when another one holds by now.
    """
    person = own_person_to_change(actor)
    today = clock.day_in(now, person.time_zone)
    text = text_on(today)
    if text is None or text.version != version:
        raise Conflict("consent-changed")
    if text_to_agree(person.id, today) is not None:
        db.session.add(Consent(person_id=person.id, version=version, at=now))
