"""Pages of this room: my courses, the draft and its editors, review, publishing."""

from elearn.authoring.views import mine
from elearn.authoring.views.blueprint import bp

__all__ = ["bp", "mine"]
