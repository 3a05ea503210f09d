"""Pages of this room."""

from elearn.supervision.views import (
    attendance,
    contacts,
    decisions,
    invitations,
    part,
    people,
    ways_in,
)
from elearn.supervision.views.blueprint import bp

__all__ = [
    "attendance",
    "bp",
    "contacts",
    "decisions",
    "invitations",
    "part",
    "people",
    "ways_in",
]
