"""What is typed into the pages of this room."""

from elearn.records.forms.activity import ActivityForm, AttendanceForm, TakeForm
from elearn.records.forms.checking import CodeForm, NipForm

__all__ = ["ActivityForm", "AttendanceForm", "CodeForm", "NipForm", "TakeForm"]
