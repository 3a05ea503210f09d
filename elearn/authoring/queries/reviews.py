"""Links under which colleagues read a draft: the door that a token opens, and the list of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from elearn.accounts.models import Person
from elearn.accounts.rules import code_digest
from elearn.authoring.models import Draft, DraftState, Review
from elearn.core.db import db
from elearn.core.errors import Missing


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A draft as a link shows it: as it was after one save. asked_by: a name, if still known."""

    draft: Draft
    save_number: int
    asked_by: str | None
    asked_at: datetime
    expires_at: datetime

    @property
    def is_overtaken(self) -> bool:
        """Whether something has been saved since."""
        return self.draft.saves > self.save_number


def draft_under_review(token: str, now: datetime) -> Reviewed:
    """What the holder of a link may read. One query.

    Missing for a token that is wrong, ended or expired: nobody can tell which.
    """
    row = db.session.execute(
        select(Draft, Review.save_number, Person.full_name, Review.asked_at, Review.expires_at)
        .join(Review, Review.draft_id == Draft.id)
        .outerjoin(Person, Person.id == Review.asked_by)
        .where(
            Review.token_digest == digest_of(token),
            Review.ended_at.is_(None),
            Review.expires_at > now,
            Draft.state != DraftState.DISCARDED,
        )
    ).one_or_none()
    if row is None:
        raise Missing("review-missing")
    return Reviewed(*row)


def digest_of(token: str) -> str:
    """As the token is kept: reading the table opens no draft."""
    return code_digest("review", token)


def reviews_of(draft: Draft) -> Sequence[tuple[Review, str | None]]:
    """Every link of a draft with the name of who asked, the newest first. One query."""
    rows = db.session.execute(
        select(Review, Person.full_name)
        .outerjoin(Person, Person.id == Review.asked_by)
        .where(Review.draft_id == draft.id)
        .order_by(Review.id.desc())
    )
    return [(review, name) for review, name in rows]
