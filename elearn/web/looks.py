"""That somebody looked at what is kept of a person: noted, so that she can be told."""

from datetime import datetime

from elearn.core import audit
from elearn.core.db import saving
from elearn.web.session import actor


def note_look(action: str, subject: str, now: datetime, detail: str = "") -> None:
    """Note what the reader looks at, once an hour. Rows that were loaded before are read anew."""
    if not audit.is_noted_lately(actor(), action, subject, now):
        with saving():
            audit.note(actor(), action, subject, now, detail)
