"""What this room keeps about a person, for the person; and forgetting it."""

from datetime import datetime

from sqlalchemy import delete, select

from elearn.accounts.models import Person
from elearn.core.db import db
from elearn.supervision.models import Contact


def personal_data(person_id: int) -> dict[str, object]:
    """When a supervisor reminded or called the person, and about what."""
    rows = db.session.execute(
        select(Contact, Person.full_name)
        .join(Person, Person.id == Contact.by)
        .where(Contact.person_id == person_id)
        .order_by(Contact.at, Contact.id)
    )
    return {
        "contacts": [
            {"at": row.at.isoformat(), "channel": row.channel, "about": row.reason, "by": by}
            for row, by in rows
        ]
    }


def forget(person_id: int, now: datetime) -> None:  # noqa: ARG001 - every room's has both
    """Who was reminded of what, and when, goes with her."""
    db.session.execute(delete(Contact).where(Contact.person_id == person_id))
