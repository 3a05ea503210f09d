"""Pages of this room."""

from elearn.records.views import checking, own
from elearn.records.views.blueprint import bp

__all__ = ["bp", "checking", "own"]
