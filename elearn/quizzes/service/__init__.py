"""What changes attempts, and what corrected keys make of them. Called inside `saving()`."""

from elearn.quizzes.service.attempts import (
    Edit,
    Receipt,
    begin,
    grant_attempt,
    save,
    submit,
)
from elearn.quizzes.service.corrections import Change, Effect, correct, dry_run, regrade
from elearn.quizzes.service.privacy import forget, personal_data
from elearn.quizzes.service.retention import begin_sweep, sweep_answers

__all__ = [
    "Change",
    "Edit",
    "Effect",
    "Receipt",
    "begin",
    "begin_sweep",
    "correct",
    "dry_run",
    "forget",
    "grant_attempt",
    "personal_data",
    "regrade",
    "save",
    "submit",
    "sweep_answers",
]
