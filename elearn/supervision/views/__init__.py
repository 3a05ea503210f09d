"""Pages of this room."""

from elearn.supervision.views.blueprint import bp

__all__ = ["bp"]
