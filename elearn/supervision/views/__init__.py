"""Pages of this room."""

from elearn.supervision.views import contacts, invitations, part, people, ways_in
from elearn.supervision.views.blueprint import bp

__all__ = ["bp", "contacts", "invitations", "part", "people", "ways_in"]
