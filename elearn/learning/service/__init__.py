"""Joining a course, studying it, finishing it. Called inside `saving()`.

Each act writes its events and brings the progress row up to date in the same transaction; the
act that meets the last requirement completes the enrolment and has the record issued.
"""

from elearn.learning.service.enrolments import (
    enrol,
    issue_late,
    issue_missing,
    move_to_newest,
    retake,
)
from elearn.learning.service.merging import merge, unmerge
from elearn.learning.service.privacy import forget, personal_data
from elearn.learning.service.rebuilding import rebuild
from elearn.learning.service.retention import sweep_evidence
from elearn.learning.service.rulings import Correction, correct, take_back
from elearn.learning.service.units import (
    finish_unit,
    note_corrected_score,
    note_score,
    open_unit,
)

__all__ = [
    "Correction",
    "correct",
    "enrol",
    "finish_unit",
    "forget",
    "issue_late",
    "issue_missing",
    "merge",
    "move_to_newest",
    "note_corrected_score",
    "note_score",
    "open_unit",
    "personal_data",
    "rebuild",
    "retake",
    "sweep_evidence",
    "take_back",
    "unmerge",
]
