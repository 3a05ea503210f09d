"""Pages of this room."""

from elearn.supervision.views import contacts, part, people
from elearn.supervision.views.blueprint import bp

__all__ = ["bp", "contacts", "part", "people"]
