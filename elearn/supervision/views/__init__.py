"""Pages of this room."""

from elearn.supervision.views import (
    attempts,
    attendance,
    contacts,
    corrections,
    decisions,
    first_codes,
    invitations,
    papers,
    part,
    people,
    person,
    questions,
    transcripts,
    ways_in,
)
from elearn.supervision.views.blueprint import bp

__all__ = [
    "attempts",
    "attendance",
    "bp",
    "contacts",
    "corrections",
    "decisions",
    "first_codes",
    "invitations",
    "papers",
    "part",
    "people",
    "person",
    "questions",
    "transcripts",
    "ways_in",
]
