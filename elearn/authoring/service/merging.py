"""Courses at which two persons who are one may write."""

from collections.abc import Sequence

from sqlalchemy import select, update

from elearn.authoring.models import CourseAuthor
from elearn.core.db import db


def merge(former_id: int, person_id: int) -> Sequence[str]:
    """The person may write where the former might; returns what `unmerge` takes.

    Where both might, the former's place stays as it is: her account is closed.
    """
    own = set(_slugs(person_id))
    moved = [slug for slug in _slugs(former_id) if slug not in own]
    _place(moved, former_id, person_id)
    return moved


def unmerge(slugs: Sequence[str], former_id: int, person_id: int) -> None:
    """Each may write where she might before."""
    _place(slugs, person_id, former_id)


def _slugs(person_id: int) -> Sequence[str]:
    return db.session.scalars(
        select(CourseAuthor.slug)
        .where(CourseAuthor.person_id == person_id)
        .order_by(CourseAuthor.slug)
    ).all()


def _place(slugs: Sequence[str], whose: int, person_id: int) -> None:
    db.session.execute(
        update(CourseAuthor)
        .where(CourseAuthor.slug.in_(slugs), CourseAuthor.person_id == whose)
        .values(person_id=person_id)
    )
