"""Pages of this room."""

from elearn.learning.views import catalogue, course, home, unit
from elearn.learning.views.blueprint import bp

__all__ = ["bp", "catalogue", "course", "home", "unit"]
