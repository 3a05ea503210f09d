"""Questions from another system: a file or a text, and what becomes of what was read."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import Optional, StopValidation

from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.needed import at_most, needed

LONGEST_PASTED = 400_000  # characters: what one form may carry


class ReadQuestionsForm(FlaskForm):
    """A list of questions from another system."""

    file = FileField(
        _l("File with questions"),
        [Optional()],
        description=_l("A spreadsheet (.xlsx, .csv), Moodle XML or GIFT."),
    )
    pasted = TextAreaField(
        _l("Or paste the text here"),
        [at_most(LONGEST_PASTED)],
        description=_l("GIFT, Moodle XML, or rows copied from a spreadsheet."),
    )
    language = SelectField(_l("The questions are written in"))

    def validate_file(self, field: FileField) -> None:
        if not field.data and not (self.pasted.data or "").strip():
            raise StopValidation(_("Choose a file, or paste the text below."))


class TakeQuestionsForm(FlaskForm):
    """What becomes of the questions that were read. token: those questions, signed."""

    token = HiddenField(validators=[needed()])
    pool = SelectField(_l("Used in"))
    lesson = SelectField(_l("Lesson that answers them"))
