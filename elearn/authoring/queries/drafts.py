"""The doors to drafts: an author reaches her own and those shared with her, nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, select, true, union
from sqlalchemy.orm import InstrumentedAttribute

from elearn.accounts.models import Person, PersonAlias
from elearn.accounts.queries import with_former
from elearn.authoring.models import CourseAuthor, Draft, DraftState, Save
from elearn.authoring.rules.sketch import Cover, cover_from
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.permissions import Action, Actor, may
from elearn.courses.models import Course, Version

_NOBODYS = 0  # owner of what belongs to no person: only who may do it to all may do it to this


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft as a list shows it."""

    code: str
    slug: str
    base_number: int | None
    saved_at: datetime
    saved_by: str | None
    cover: Cover


def own_draft(actor: Actor, code: str) -> Draft:
    """A draft that the actor may write at; Missing when absent or somebody else's."""
    return _found(_draft(actor, code), code)


def own_draft_to_change(actor: Actor, code: str) -> Draft:
    """As `own_draft`, locked; Conflict-free reading of its files needs this lock."""
    statement = (
        _draft(actor, code).with_for_update(of=Draft).execution_options(populate_existing=True)
    )
    return _found(statement, code)


def drafts_for(actor: Actor) -> list[OpenDraft]:
    """Open drafts that the actor may write at, the newest save first."""
    rows = db.session.execute(
        select(
            Draft.code, Draft.slug, Version.number, Draft.saved_at, Person.full_name, Draft.picture
        )
        .join(Save, (Save.draft_id == Draft.id) & (Save.number == Draft.saves))
        .outerjoin(Person, Person.id == Save.person_id)
        .outerjoin(Version, Version.id == Draft.base_id)
        .where(Draft.state == DraftState.OPEN, _is_own(actor, Draft.slug))
        .order_by(Draft.saved_at.desc(), Draft.id.desc())
    )
    return [
        OpenDraft(code, slug, number, at, who, cover_from(picture))
        for code, slug, number, at, who, picture in rows
    ]


def open_draft_of(slug: str) -> Draft | None:
    """The one open draft of a course, whoever writes at it."""
    return db.session.scalar(
        select(Draft).where(Draft.slug == slug, Draft.state == DraftState.OPEN)
    )


def slugs_for(actor: Actor) -> frozenset[str]:
    """Published courses that the actor may write at."""
    return frozenset(db.session.scalars(select(Course.slug).where(_is_own(actor, Course.slug))))


def may_write_at(actor: Actor, slug: str) -> bool:
    """Whether a course, published or not, is the actor's to write at."""
    if may(actor, Action.AUTHORING_DRAFT_WRITE, _NOBODYS):
        return True
    if not may(actor, Action.AUTHORING_DRAFT_WRITE):
        return False
    own = _own_slugs(actor).subquery()
    return db.session.scalar(select(own.c.slug).where(own.c.slug == slug).limit(1)) is not None


def authors_of(slug: str) -> Sequence[tuple[int, str]]:
    """Everybody who may write at a course beside the administrators: person, name; by name.

    Who published it under an entry that was merged since stands here as the person she is today.
    """
    added = select(CourseAuthor.person_id).where(CourseAuthor.slug == slug)
    rows = db.session.execute(
        select(Person.id, Person.full_name)
        .where(Person.id.in_(_present(union(_publishing(slug), added))))
        .order_by(Person.sort_key, Person.id)
    )
    return [(person_id, name) for person_id, name in rows]


def publishers_of(slug: str) -> frozenset[int]:
    """Who has published a version of a course, as the persons they are today: its authors for good.

    One query.
    """
    return frozenset(db.session.scalars(_present(_publishing(slug))))


def _publishing(slug: str) -> Select[int | None]:
    return (
        select(Version.published_by.label("person_id"))
        .join(Course, Course.id == Version.course_id)
        .where(Course.slug == slug, Version.published_by.is_not(None))
    )


def _present(people: Select[int | None] | CompoundSelect[int | None]) -> Select[int]:
    """These people (column person_id); in the place of an entry that was merged, the one it is."""
    known = people.subquery()
    return select(func.coalesce(PersonAlias.person_id, known.c.person_id)).outerjoin_from(
        known, PersonAlias, PersonAlias.former_id == known.c.person_id
    )


def _draft(actor: Actor, code: str) -> Select[Draft]:
    return select(Draft).where(
        Draft.code == code, Draft.state != DraftState.DISCARDED, _is_own(actor, Draft.slug)
    )


def _found(statement: Select[Draft], code: str) -> Draft:
    draft: Draft | None = db.session.scalars(statement).one_or_none()
    if draft is None:
        raise Missing("draft-missing", draft=code)
    return draft


def _is_own(actor: Actor, slug: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether the course of this name is the actor's to write at."""
    if may(actor, Action.AUTHORING_DRAFT_WRITE, _NOBODYS):
        return true()
    if not may(actor, Action.AUTHORING_DRAFT_WRITE):
        return ~true()
    return slug.in_(select(_own_slugs(actor).subquery().c.slug))


def _own_slugs(actor: Actor) -> CompoundSelect[str]:
    """Courses that were shared with the actor, or that she has published a version of."""
    own = with_former(actor.person_id or _NOBODYS)
    return union(
        select(CourseAuthor.slug).where(CourseAuthor.person_id.in_(own)),
        select(Course.slug)
        .join(Version, Version.course_id == Course.id)
        .where(Version.published_by.in_(own)),
    )
