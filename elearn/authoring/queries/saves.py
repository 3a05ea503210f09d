"""The saves of a draft, newest first, as its history shows them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from elearn.accounts.models import Person
from elearn.authoring.models import Draft, Save
from elearn.core.db import db


@dataclass(frozen=True, slots=True)
class ShownSave:
    """who: a name; none when the person asked to be forgotten. what: code; about: its object."""

    number: int
    at: datetime
    who: str | None
    what: str
    about: str


def saves_of(draft: Draft, most: int, before: int | None = None) -> list[ShownSave]:
    """The newest saves, or the newest before a number. One query."""
    statement = (
        select(Save.number, Save.at, Person.full_name, Save.what, Save.about)
        .outerjoin(Person, Person.id == Save.person_id)
        .where(Save.draft_id == draft.id)
        .order_by(Save.number.desc())
        .limit(most)
    )
    if before is not None:
        statement = statement.where(Save.number < before)
    return [ShownSave(*row) for row in db.session.execute(statement)]
