"""An activity that somebody logs, or an event with all who took part."""

from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from elearn.core.i18n import lazy_gettext as _l
from elearn.core.text import tidy
from elearn.records.forms.evidence import EvidenceField
from elearn.records.labels import CATEGORIES, PARTS
from elearn.records.rules import ELSEWHERE, MOST_JP, Claim, Part, faults_in
from elearn.web.day_field import DayField
from elearn.web.messages import sentence
from elearn.web.needed import at_most, needed
from elearn.web.whole_field import WholeField

LONGEST_PASTED = 200_000  # characters: a thousand rows


def _role(label: LazyString) -> SelectField:
    choices = [SelectChoice(part.value, PARTS[part]) for part in Part]
    return SelectField(label, [needed()], choices=choices)


class EventForm(FlaskForm):
    """What an activity was, whoever took part."""

    category = SelectField(
        _l("Kind of activity"),
        [needed()],
        choices=[
            SelectChoice("", _l("Choose")),
            *(SelectChoice(one.value, CATEGORIES[one]) for one in ELSEWHERE),
        ],
    )
    title = StringField(_l("Title"), [needed()])
    organiser = StringField(_l("Organiser"), [needed()])
    role = _role(_l("You were"))
    first_on = DayField(_l("First day"), [needed()])
    last_on = DayField(
        _l("Last day"), [needed()],
        description=_l("JP count in the year of this day."),
    )  # fmt: skip
    jp = WholeField(_l("JP"), 1, MOST_JP, [needed()])

    def claim(self) -> Claim:
        """What the fields say; call it when they are valid."""
        return Claim(
            category=self.category.data,
            role=self.role.data,
            title=tidy(self.title.data),
            organiser=tidy(self.organiser.data),
            first_on=self.first_on.data,
            last_on=self.last_on.data,
            jp=self.jp.data,
        )

    def is_claimable(self, today: date) -> bool:
        """Whether the fields are filled and say what may be claimed; else their errors say why."""
        if not self.validate():
            return False
        faults = faults_in(self.claim(), today)
        for name, fault in faults.items():
            field: Any = self[name]
            field.errors = [*field.errors, sentence(fault.code, fault.values)]
        return not faults


class ActivityForm(EventForm):
    """What I did elsewhere. kept: code of evidence that was sent with an earlier try."""

    evidence = EvidenceField(_l("Photo or PDF of the certificate"))
    kept = HiddenField()


class AttendanceForm(EventForm):
    """An event with the list of those who took part."""

    role = _role(_l("Role"))
    file = FileField(_l("Attendance list"), description=_l("XLSX or CSV."))
    pasted = TextAreaField(
        _l("Or paste the names here"),
        [at_most(LONGEST_PASTED)],
        description=_l("Rows of a spreadsheet with their header, or one name a line."),
    )

    def content(self) -> bytes:
        """The list as it came; b"" when there is none."""
        return self.file.data.read() if self.file.data else (self.pasted.data or "").encode()


class TakeForm(FlaskForm):
    """An attendance list that was looked at. token: the list and its event, signed."""

    token = HiddenField(validators=[needed()])
