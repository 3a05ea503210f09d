"""What was said of a draft: at a unit, at a question, of the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from elearn.accounts.models import Person
from elearn.authoring.models import Comment, Draft
from elearn.core.db import db


@dataclass(frozen=True, slots=True)
class Said:
    """One comment. who: a name; none when the person asked to be forgotten.

    save_number: of the state that was read. place: key of a unit or question, "" for the whole.
    """

    id: int
    draft_code: str
    save_number: int
    place: str
    who: str | None
    text: str
    at: datetime
    is_settled: bool


def comments_of(draft: Draft) -> Mapping[str, list[Said]]:
    """Place -> what was said of it, the oldest first. One query."""
    return _by_place(Comment.draft_id == draft.id)


def comments_of_version(version_id: int) -> Mapping[str, list[Said]]:
    """What was said of the draft that became this version. One query."""
    return _by_place(Draft.version_id == version_id)


def open_comments(draft: Draft) -> int:
    """How many wait to be settled."""
    return db.session.scalars(
        select(func.count(Comment.id)).where(
            Comment.draft_id == draft.id, Comment.settled_at.is_(None)
        )
    ).one()


def _by_place(condition: object) -> dict[str, list[Said]]:
    rows = db.session.execute(
        select(
            Comment.id, Draft.code, Comment.save_number, Comment.place, Person.full_name,
            Comment.text, Comment.at, Comment.settled_at.is_not(None),
        )
        .join(Draft, Draft.id == Comment.draft_id)
        .outerjoin(Person, Person.id == Comment.person_id)
        .where(condition)  # type: ignore[arg-type]
        .order_by(Comment.id)
    )  # fmt: skip
    found: dict[str, list[Said]] = {}
    for row in rows:
        said = Said(*row)
        found.setdefault(said.place, []).append(said)
    return found
