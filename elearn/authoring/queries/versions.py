"""The door to published versions."""

from elearn.authoring.queries.drafts import may_write_at
from elearn.core.errors import Missing
from elearn.core.permissions import Actor
from elearn.courses import queries as courses
from elearn.courses.models import Version


def own_version(actor: Actor, slug: str, number: int) -> Version:
    """A version of a course that the actor may write at; Missing otherwise."""
    for version in own_versions(actor, slug):
        if version.number == number:
            return version
    raise Missing("course-missing")


def own_versions(actor: Actor, slug: str) -> list[Version]:
    """Every version of a course that the actor may write at, the oldest first; none otherwise."""
    if not may_write_at(actor, slug):
        return []
    return [version for version, _slug in courses.versions_of(slug)]
