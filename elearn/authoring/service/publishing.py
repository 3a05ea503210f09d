"""A draft becomes a version: whole or not at all."""

from datetime import datetime

from elearn.authoring import queries
from elearn.authoring.models import Draft, DraftState
from elearn.authoring.rules import Changes
from elearn.authoring.service.drafts import save
from elearn.core import audit
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor
from elearn.coursepack.model import Course
from elearn.courses import service as courses
from elearn.courses.formats.html import CourseHtml
from elearn.courses.queries import is_published


def publish(
    draft: Draft,
    state: str,
    announcement: Changes,
    course: Course,
    html: CourseHtml,
    actor: Actor,
    now: datetime,
) -> int:
    """Publish what was shown and nothing else; the version's id.

    draft: locked. state: of the draft that course and html were made from, with the announcement
    (version number and change note), which becomes the draft's last save.
    Raises Conflict: draft-ended; draft-moved when somebody has saved since; slug-taken when a
    course of this name has come from elsewhere; and what `courses.publish` raises.
    """
    if draft.state != DraftState.OPEN:
        raise Conflict("draft-ended", slug=draft.slug)
    if queries.state_of(queries.tree_of(draft)) != state:
        raise Conflict("draft-moved")
    if draft.base_id is None and is_published(draft.slug):
        raise Conflict("slug-taken", slug=draft.slug)  # by the command line, since it was begun
    save(draft, announcement, "announced", str(course.version), actor, now)
    outcome = courses.publish(course, html, actor, now)
    draft.state, draft.ended_at, draft.version_id = DraftState.PUBLISHED, now, outcome.version_id
    audit.note(actor, "authoring:draft:publish", f"{draft.slug}/{draft.code}", now)
    return outcome.version_id
