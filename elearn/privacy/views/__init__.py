"""Pages of this room."""

from elearn.privacy.views import erasing, mine
from elearn.privacy.views.blueprint import bp

__all__ = ["bp", "erasing", "mine"]
