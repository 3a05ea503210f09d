"""Links from one course to another, by slug: a course folder does not know the sites it is on."""

from __future__ import annotations

from dataclasses import dataclass

from elearn.coursepack.fields import is_key

_SCHEME = "course:"


@dataclass(frozen=True)
class CourseLink:
    """Another course, or one unit of it. Whether a site has them is for its pages to say."""

    slug: str
    unit_key: str | None = None


def is_course_link(target: str) -> bool:
    """Whether a link target speaks of another course, well formed or not."""
    return target.startswith(_SCHEME)


def course_link(target: str) -> CourseLink | None:
    """What "course:<slug>" or "course:<slug>/<unit key>" means; None for anything else."""
    if not is_course_link(target):
        return None
    keys = target.removeprefix(_SCHEME).split("/")
    return CourseLink(*keys) if len(keys) <= 2 and all(map(is_key, keys)) else None
