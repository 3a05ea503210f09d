"""What authors do to drafts. Called inside `saving()`; never commits, never reads the clock."""

from elearn.authoring.service.drafts import begin, begin_from, discard, save, undo_to
from elearn.authoring.service.editing import Edit, Outcome, edit
from elearn.authoring.service.people import forget, personal_data, share, unshare
from elearn.authoring.service.publishing import publish

__all__ = [
    "Edit",
    "Outcome",
    "begin",
    "begin_from",
    "discard",
    "edit",
    "forget",
    "personal_data",
    "publish",
    "save",
    "share",
    "undo_to",
    "unshare",
]
