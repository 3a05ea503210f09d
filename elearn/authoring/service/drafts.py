"""Beginning a draft, saving into it, undoing, discarding."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from elearn.authoring import queries
from elearn.authoring.models import Change, CourseAuthor, Draft, DraftFile, DraftState, Save
from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.sketch import cover_of, sketch
from elearn.core import audit
from elearn.core.db import db
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor
from elearn.courses import queries as courses
from elearn.courses import service as publishing
from elearn.courses.models import Course, Version


def begin(slug: str, files: Files, what: str, actor: Actor, now: datetime) -> Draft:
    """Begin the draft of a course that is new on this site; who begins it is its author.

    Raises Conflict slug-taken when the name is a published course's or another draft's.
    """
    if courses.is_published(slug):
        raise Conflict("slug-taken", slug=slug)
    draft = _begin(slug, None, files, what, actor, now)
    # Whoever wrote at an earlier, discarded draft of this name has no part in this one.
    db.session.execute(delete(CourseAuthor).where(CourseAuthor.slug == slug))
    db.session.add(
        CourseAuthor(slug=slug, person_id=actor.person_id, added_at=now, added_by=actor.person_id)
    )
    return draft


def begin_from(version_id: int, files: Files, actor: Actor, now: datetime) -> Draft:
    """Begin a draft on top of a published version. files: of the version, as a draft begins.

    Raises Conflict slug-taken when the course has an open draft already.
    """
    slug = db.session.scalars(
        select(Course.slug)
        .join(Version, Version.course_id == Course.id)
        .where(Version.id == version_id)
    ).one()
    return _begin(slug, version_id, files, "begun-from-version", actor, now)


def save(
    draft: Draft, changes: Changes, what: str, about: str, actor: Actor, now: datetime
) -> int | None:
    """Write the changes as one save and return its number; None when they change nothing.

    draft: locked (`own_draft_to_change`). what: code of the act; about: key of its object.
    Raises Conflict draft-ended when it has been published or discarded meanwhile.
    """
    if draft.state != DraftState.OPEN:
        raise Conflict("draft-ended", slug=draft.slug)
    there = queries.tree_of(draft)
    digests = publishing.keep_bytes(c for c in changes.values() if c is not None)
    wanted = {p: None if c is None else digests[c] for p, c in changes.items()}
    return _write(draft, there, wanted, what, about, actor, now)


def undo_to(draft: Draft, number: int, actor: Actor, now: datetime) -> int | None:
    """Make the draft what it was after this save; itself a save, so it can be undone."""
    if draft.state != DraftState.OPEN:
        raise Conflict("draft-ended", slug=draft.slug)
    there, then = queries.tree_of(draft), queries.tree_at(draft, number)
    wanted = {path: then.get(path) for path in {*there, *then}}
    return _write(draft, there, wanted, "undone-to", str(number), actor, now)


def discard(draft: Draft, actor: Actor, now: datetime) -> None:
    """End a draft unpublished; its saves stay in the database, its name is free again."""
    if draft.state != DraftState.OPEN:
        raise Conflict("draft-ended", slug=draft.slug)
    draft.state, draft.ended_at = DraftState.DISCARDED, now
    audit.note(actor, "authoring:draft:discard", f"{draft.slug}/{draft.code}", now)


def _begin(
    slug: str, base_id: int | None, files: Files, what: str, actor: Actor, now: datetime
) -> Draft:
    if queries.open_draft_of(slug) is not None:
        raise Conflict("slug-taken", slug=slug)
    draft = Draft(slug=slug, base_id=base_id, begun_at=now, saved_at=now, saves=0, picture="")
    db.session.add(draft)
    try:
        db.session.flush()
    except IntegrityError:  # somebody else began one at the same moment
        raise Conflict("slug-taken", slug=slug) from None
    save(draft, dict(files), what, "", actor, now)
    audit.note(actor, "authoring:draft:begin", f"{slug}/{draft.code}", now)
    return draft


def _write(
    draft: Draft,
    there: Mapping[str, str],
    wanted: Mapping[str, str | None],
    what: str,
    about: str,
    actor: Actor,
    now: datetime,
) -> int | None:
    changed = {path: digest for path, digest in wanted.items() if there.get(path) != digest}
    if not changed:
        return None
    draft.saves += 1
    draft.saved_at = now
    row = Save(
        draft_id=draft.id,
        number=draft.saves,
        person_id=actor.person_id,
        at=now,
        what=what,
        about=about,
    )
    db.session.add(row)
    db.session.flush()
    db.session.execute(
        insert(Change),
        [{"save_id": row.id, "path": path, "digest": d} for path, d in sorted(changed.items())],
    )
    _put_files(draft, there, changed)
    draft.picture = cover_of(sketch(queries.texts_of(draft))).text()
    return draft.saves


def _put_files(draft: Draft, there: Mapping[str, str], changed: Mapping[str, str | None]) -> None:
    """Make the tree of the draft what its changes say."""
    former = [path for path in changed if path in there]
    if former:
        db.session.execute(
            delete(DraftFile).where(DraftFile.draft_id == draft.id, DraftFile.path.in_(former))
        )
    new = [
        {"draft_id": draft.id, "path": path, "digest": digest}
        for path, digest in changed.items()
        if digest is not None
    ]
    if new:
        db.session.execute(insert(DraftFile), new)
    db.session.flush()
