"""Forms of this room: shape and labels; whether it is allowed is for the rules and the service."""

from elearn.authoring.forms.beginning import (
    LONGEST_TITLE,
    NEEDED,
    NewCourseForm,
    ShareForm,
    UploadForm,
    at_most,
    language_choices,
    needed,
)

__all__ = [
    "LONGEST_TITLE",
    "NEEDED",
    "NewCourseForm",
    "ShareForm",
    "UploadForm",
    "at_most",
    "language_choices",
    "needed",
]
