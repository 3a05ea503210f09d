"""Who writes at a course; what the room keeps of a person, and forgetting her."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from elearn.accounts.queries import with_former
from elearn.authoring import queries
from elearn.authoring.models import Comment, CourseAuthor, Draft, Review, Save
from elearn.core import audit
from elearn.core.db import db
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor


def share(slug: str, person_id: int, actor: Actor, now: datetime) -> None:
    """Let somebody else write at a course, too. Sharing again changes nothing."""
    if any(person_id == known for known, _ in queries.authors_of(slug)):
        return
    db.session.add(
        CourseAuthor(slug=slug, person_id=person_id, added_at=now, added_by=actor.person_id)
    )
    audit.note(actor, "authoring:course:share", f"{slug}/{person_id}", now)


def unshare(slug: str, person_id: int, actor: Actor, now: datetime) -> None:
    """End somebody's part in a course. Who has published a version of it stays its author, and
    the last one stays.

    Raises Conflict author-published or author-last.
    """
    if person_id in queries.publishers_of(slug):
        raise Conflict("author-published")
    if len(queries.authors_of(slug)) < 2:
        raise Conflict("author-last")
    db.session.execute(
        delete(CourseAuthor).where(
            CourseAuthor.slug == slug, CourseAuthor.person_id.in_(with_former(person_id))
        )
    )
    audit.note(actor, "authoring:course:unshare", f"{slug}/{person_id}", now)


def personal_data(person_id: int) -> Mapping[str, Any]:
    """Everything that this room keeps about a person, for the person."""
    return {
        "writes_at": [
            {"course": slug, "since": at}
            for slug, at in db.session.execute(
                select(CourseAuthor.slug, CourseAuthor.added_at)
                .where(CourseAuthor.person_id == person_id)
                .order_by(CourseAuthor.slug)
            )
        ],
        "saves": [
            {"course": slug, "at": at, "what": what, "about": about}
            for slug, at, what, about in db.session.execute(
                select(Draft.slug, Save.at, Save.what, Save.about)
                .join(Draft, Draft.id == Save.draft_id)
                .where(Save.person_id == person_id)
                .order_by(Save.id)
            )
        ],
        "reviews_asked": [
            {"course": slug, "at": at, "expires_at": expires_at}
            for slug, at, expires_at in db.session.execute(
                select(Draft.slug, Review.asked_at, Review.expires_at)
                .join(Draft, Draft.id == Review.draft_id)
                .where(Review.asked_by == person_id)
                .order_by(Review.id)
            )
        ],
        "comments": [
            {"course": slug, "at": at, "place": place, "text": text}
            for slug, at, place, text in db.session.execute(
                select(Draft.slug, Comment.at, Comment.place, Comment.text)
                .join(Draft, Draft.id == Comment.draft_id)
                .where(Comment.person_id == person_id)
                .order_by(Comment.id)
            )
        ],
    }


def forget(person_id: int, now: datetime) -> None:  # noqa: ARG001  (the same in every room)
    """Take the person's name from what was written; courses and what was said of them stay."""
    db.session.execute(delete(CourseAuthor).where(CourseAuthor.person_id == person_id))
    for table, column in (
        (CourseAuthor, "added_by"),
        (Save, "person_id"),
        (Review, "asked_by"),
        (Comment, "person_id"),
        (Comment, "settled_by"),
    ):
        db.session.execute(
            update(table).where(getattr(table, column) == person_id).values({column: None})
        )
