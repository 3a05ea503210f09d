"""An activity that somebody logs."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.text import tidy
from elearn.records.labels import CATEGORIES, PARTS
from elearn.records.rules import ELSEWHERE, MOST_JP, Claim, Part, faults_in
from elearn.web.messages import sentence
from elearn.web.whole_field import WholeField

_NEEDED = _l("This is needed.")


class _Day(DateField):  # type: ignore[misc]
    """A day; the library's words are English only."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("This is not a day of the calendar.")) from None


class ActivityForm(FlaskForm):  # type: ignore[misc]
    """What was done elsewhere. kept: code of evidence that was sent with an earlier try."""

    category = SelectField(
        _l("Kind of activity"),
        [InputRequired(message=_NEEDED)],
        choices=[
            SelectChoice("", _l("Choose")),
            *(SelectChoice(one.value, CATEGORIES[one]) for one in ELSEWHERE),
        ],
    )
    title = StringField(_l("Title"), [InputRequired(message=_NEEDED)])
    organiser = StringField(_l("Organiser"), [InputRequired(message=_NEEDED)])
    role = SelectField(
        _l("You were"),
        [InputRequired(message=_NEEDED)],
        choices=[SelectChoice(part.value, PARTS[part]) for part in Part],
    )
    first_on = _Day(_l("First day"), [InputRequired(message=_NEEDED)])
    last_on = _Day(
        _l("Last day"), [InputRequired(message=_NEEDED)],
        description=_l("JP count in the year of this day."),
    )  # fmt: skip
    jp = WholeField(_l("JP that you claim"), 1, MOST_JP, [InputRequired(message=_NEEDED)])
    evidence = FileField(_l("Photo or PDF of the certificate"), [Optional()])
    kept = HiddenField()

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
