"""What changes in the supervisor's office."""

from elearn.supervision.service.attempts import grant_one_more
from elearn.supervision.service.contacts import note_contact
from elearn.supervision.service.corrections import Noted, correct_progress, take_correction_back
from elearn.supervision.service.looks import LIST_DOWNLOAD, PERSON_LOOK
from elearn.supervision.service.privacy import forget, personal_data

__all__ = [
    "LIST_DOWNLOAD",
    "PERSON_LOOK",
    "Noted",
    "correct_progress",
    "forget",
    "grant_one_more",
    "note_contact",
    "personal_data",
    "take_correction_back",
]
