"""Who looked at whom: noted, so that a person can be told. Called inside `saving()`."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from elearn.core import audit
from elearn.core.audit import Audit
from elearn.core.db import db
from elearn.core.permissions import Actor

PERSON_LOOK = "supervision:person:look"  # subject: the person's code
LIST_DOWNLOAD = "supervision:list:download"  # subject: the node's code
_ONCE_IN = timedelta(hours=1)  # who turns pages back and forth looks once


def is_noted(actor: Actor, action: str, subject: str, now: datetime) -> bool:
    """Whether this look was noted within the last hour: then nothing is written. One query."""
    row = select(Audit.id).where(
        Audit.subject == subject,
        Audit.actor_id == actor.person_id,
        Audit.action == action,
        Audit.at > now - _ONCE_IN,
    )
    return bool(db.session.scalar(select(exists(row))))


def note_look(actor: Actor, action: str, subject: str, now: datetime, detail: str = "") -> None:
    """Note it, unless it was noted within the last hour."""
    if not is_noted(actor, action, subject, now):
        audit.note(actor, action, subject, now, detail)
