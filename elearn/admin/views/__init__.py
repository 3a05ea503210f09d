"""Pages of this room."""

from elearn.admin.views.blueprint import bp

__all__ = ["bp"]
