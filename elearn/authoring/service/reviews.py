"""Asking colleagues to look at a draft, and what they say of it."""

from datetime import datetime, timedelta

from sqlalchemy import select

from elearn.authoring import queries
from elearn.authoring.models import Comment, Draft, DraftState, Review
from elearn.core import audit, ids
from elearn.core.db import db
from elearn.core.errors import Conflict, Missing
from elearn.core.permissions import Actor


def ask_for_review(draft: Draft, days: int, actor: Actor, now: datetime) -> str:
    """Make a link to the draft as it is now; its token, which is kept nowhere else.

    draft: locked. days: until it expires. Raises Conflict review-over when it has ended.
    """
    _refuse_ended(draft)
    token = ids.new_code()
    db.session.add(
        Review(
            draft_id=draft.id,
            save_number=draft.saves,
            token_digest=queries.digest_of(token),
            asked_by=actor.person_id,
            asked_at=now,
            expires_at=now + timedelta(days=days),
        )
    )
    audit.note(actor, "authoring:review:ask", f"{draft.slug}/{draft.code}", now)
    return token


def end_review(draft: Draft, review_id: int, actor: Actor, now: datetime) -> None:
    """Let a link lead nowhere from now on. draft: locked. Ending it again changes nothing.

    Raises Missing.
    """
    review = db.session.scalar(
        select(Review).where(Review.id == review_id, Review.draft_id == draft.id)
    )
    if review is None:
        raise Missing("review-missing")
    if review.ended_at is None:
        review.ended_at = now
        audit.note(actor, "authoring:review:end", f"{draft.slug}/{draft.code}", now)


def comment(
    draft: Draft, save_number: int, place: str, text: str, actor: Actor, now: datetime
) -> int:
    """Say something of a place in a state of a draft; the comment's id.

    Raises Conflict review-over: nobody would read it once the draft has ended.
    """
    _refuse_ended(draft)
    row = Comment(
        draft_id=draft.id,
        save_number=save_number,
        place=place,
        person_id=actor.person_id,
        text=text,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    audit.note(actor, "authoring:comment:add", f"{draft.slug}/{draft.code}", now)
    return row.id


def settle(draft: Draft, comment_id: int, actor: Actor, now: datetime) -> str:
    """Mark a comment as done with; its place. draft: locked. Raises Missing, Conflict as above."""
    _refuse_ended(draft)
    found = _comment(draft, comment_id)
    if found.settled_at is None:
        found.settled_at, found.settled_by = now, actor.person_id
        audit.note(actor, "authoring:comment:settle", f"{draft.slug}/{draft.code}", now)
    return found.place


def reopen(draft: Draft, comment_id: int, actor: Actor, now: datetime) -> str:
    """Take the mark back; its place. draft: locked. Raises Missing, Conflict as above."""
    _refuse_ended(draft)
    found = _comment(draft, comment_id)
    if found.settled_at is not None:
        found.settled_at = found.settled_by = None
        audit.note(actor, "authoring:comment:reopen", f"{draft.slug}/{draft.code}", now)
    return found.place


def _refuse_ended(draft: Draft) -> None:
    if draft.state != DraftState.OPEN:
        raise Conflict("review-over", slug=draft.slug)


def _comment(draft: Draft, comment_id: int) -> Comment:
    found = db.session.scalar(
        select(Comment).where(Comment.id == comment_id, Comment.draft_id == draft.id)
    )
    if found is None:
        raise Missing("comment-missing")
    return found
