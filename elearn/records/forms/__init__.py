"""What is typed into the pages of this room."""

from elearn.records.forms.activity import ActivityForm, AttendanceForm, TakeForm
from elearn.records.forms.checking import CodeForm, NipForm
from elearn.records.forms.evidence import EvidenceField
from elearn.records.forms.transcript import TranscriptForm

__all__ = [
    "ActivityForm",
    "AttendanceForm",
    "CodeForm",
    "EvidenceField",
    "NipForm",
    "TakeForm",
    "TranscriptForm",
]
