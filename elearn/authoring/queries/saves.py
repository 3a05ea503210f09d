"""The saves of a draft: newest first, as its history shows them, and whose they are."""

from sqlalchemy import or_, select

from elearn.accounts.models import Person
from elearn.accounts.queries import with_former
from elearn.authoring.models import Draft, Save
from elearn.authoring.rules.history import ShownSave
from elearn.core.db import db
from elearn.core.permissions import Actor


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


def is_saved_by_others(draft: Draft, number: int, actor: Actor) -> bool:
    """Whether anybody but the actor has saved after the save of this number. One query."""
    own = with_former(actor.person_id or 0)
    by_another = or_(Save.person_id.not_in(own), Save.person_id.is_(None))
    found = select(Save.id).where(Save.draft_id == draft.id, Save.number > number, by_another)
    return db.session.scalar(found.limit(1)) is not None
