"""Pages of this room: my courses, the draft and its editors, review, publishing."""

from elearn.authoring.views import (
    beginning,
    deleting,
    discarding,
    history,
    lessons,
    media,
    mine,
    modules,
    outline,
    pasting,
    placing,
    publishing,
    rearranging,
    sharing,
    undoing,
    versions,
)
from elearn.authoring.views.blueprint import bp

__all__ = [
    "beginning",
    "bp",
    "deleting",
    "discarding",
    "history",
    "lessons",
    "media",
    "mine",
    "modules",
    "outline",
    "pasting",
    "placing",
    "publishing",
    "rearranging",
    "sharing",
    "undoing",
    "versions",
]
