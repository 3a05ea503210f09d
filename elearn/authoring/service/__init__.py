"""What authors do to drafts. Called inside `saving()`; never commits, never reads the clock."""

from elearn.authoring.service.drafts import begin, begin_from, discard, save, undo_to
from elearn.authoring.service.editing import Edit, Outcome, edit
from elearn.authoring.service.people import forget, personal_data, share, unshare
from elearn.authoring.service.publishing import publish
from elearn.authoring.service.reviews import ask_for_review, comment, end_review, reopen, settle

__all__ = [
    "Edit",
    "Outcome",
    "ask_for_review",
    "begin",
    "begin_from",
    "comment",
    "discard",
    "edit",
    "end_review",
    "forget",
    "personal_data",
    "publish",
    "reopen",
    "save",
    "settle",
    "share",
    "undo_to",
    "unshare",
]
