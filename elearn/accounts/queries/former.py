"""Persons who were found to be one: rows that cannot change still carry the former number."""

from collections.abc import Collection

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    func,
    literal,
    select,
    union_all,
)

from elearn.accounts.models import Merge, PersonAlias
from elearn.core.db import db

_ALIAS = PersonAlias.__table__.c


def with_former(person_id: int | BindParameter[int]) -> CompoundSelect[int]:
    """SELECT of the person's number and of those merged into her: `x.in_(with_former(...))`.

    Aliases are kept flat: who was merged into a person that is merged herself points to the last.
    """
    own = literal(person_id) if isinstance(person_id, int) else person_id
    former = select(_ALIAS.former_id).where(_ALIAS.person_id == own)
    # Not "one or the other": PostgreSQL would read the whole table for that.
    return union_all(select(own), former)


def entries_of(person_ids: Collection[int]) -> dict[int, int]:
    """Each number under which rows of these people may stand -> whose it is today. One query."""
    rows = db.session.execute(
        select(_ALIAS.former_id, _ALIAS.person_id).where(_ALIAS.person_id.in_(person_ids))
    )
    return {**{number: number for number in person_ids}, **dict(rows.all())}


def all_entries(person_id: int) -> list[int]:
    """The numbers of those merged into the person, and last her own."""
    numbers = db.session.scalars(with_former(person_id)).all()
    return sorted(numbers, key=lambda number: (number == person_id, number))


def present_person(person_id: int) -> int:
    """Who the person with this number is today: herself, or whom she was merged into."""
    found = db.session.get(PersonAlias, person_id)
    return found.person_id if found else person_id


def present_number(person_id: int) -> ColumnElement[int]:
    """The same within a statement that asks for more: `x == present_number(...)`."""
    merged = select(_ALIAS.person_id).where(_ALIAS.former_id == person_id)
    return func.coalesce(merged.scalar_subquery(), person_id)


def present_persons(person_ids: Collection[int]) -> dict[int, int]:
    """The same for many: number -> who that is today. One query."""
    merged = dict(
        db.session.execute(
            select(_ALIAS.former_id, _ALIAS.person_id).where(_ALIAS.former_id.in_(person_ids))
        ).all()
    )
    return {number: merged.get(number, number) for number in person_ids}


def merge_of(former_id: int) -> Merge | None:
    """How this person was merged into another one, if that still holds."""
    return db.session.scalar(
        select(Merge).where(Merge.former_id == former_id, Merge.undone_at.is_(None))
    )


def merges_into(person_id: int) -> list[Merge]:
    """The mergings into this person that hold, newest first."""
    return list(
        db.session.scalars(
            select(Merge)
            .where(Merge.person_id == person_id, Merge.undone_at.is_(None))
            .order_by(Merge.id.desc())
        )
    )
