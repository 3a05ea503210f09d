"""Contacts with two persons who are one."""

from collections.abc import Sequence

from sqlalchemy import select, update

from elearn.core.db import db
from elearn.supervision.models import Contact


def merge(former_id: int, person_id: int) -> Sequence[int]:
    """Who wrote to the former, wrote to the person; returns what `unmerge` takes."""
    numbers = db.session.scalars(
        select(Contact.id).where(Contact.person_id == former_id).order_by(Contact.id)
    ).all()
    _place(numbers, person_id)
    return list(numbers)


def unmerge(numbers: Sequence[int], former_id: int) -> None:
    """The contacts are with whom they were."""
    _place(numbers, former_id)


def _place(numbers: Sequence[int], person_id: int) -> None:
    db.session.execute(update(Contact).where(Contact.id.in_(numbers)).values(person_id=person_id))
