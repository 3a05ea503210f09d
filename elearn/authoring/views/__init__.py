"""Pages of this room: my courses, the draft and its editors, review, publishing."""

from elearn.authoring.views import (
    beginning,
    lessons,
    media,
    mine,
    outline,
    pasting,
    publishing,
    sharing,
    versions,
)
from elearn.authoring.views.blueprint import bp

__all__ = [
    "beginning",
    "bp",
    "lessons",
    "media",
    "mine",
    "outline",
    "pasting",
    "publishing",
    "sharing",
    "versions",
]
