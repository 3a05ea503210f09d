"""Pages of this room."""

from elearn.records.views import activities, checking, own, transcripts, uploads
from elearn.records.views.blueprint import bp

__all__ = ["activities", "bp", "checking", "own", "transcripts", "uploads"]
