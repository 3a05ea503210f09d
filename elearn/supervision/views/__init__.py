"""Pages of this room."""

from elearn.supervision.views import (
    attempts,
    attendance,
    contacts,
    decisions,
    invitations,
    part,
    people,
    person,
    ways_in,
)
from elearn.supervision.views.blueprint import bp

__all__ = [
    "attempts",
    "attendance",
    "bp",
    "contacts",
    "decisions",
    "invitations",
    "part",
    "people",
    "person",
    "ways_in",
]
