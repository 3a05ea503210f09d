"""Forms of this room: shape and labels; whether it is allowed is for the rules and the service."""

from elearn.authoring.forms.beginning import (
    NewCourseForm,
    ShareForm,
    UploadForm,
    language_choices,
)

__all__ = [
    "NewCourseForm",
    "ShareForm",
    "UploadForm",
    "language_choices",
]
