"""A list of people or libraries from a spreadsheet."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import TextAreaField
from wtforms.validators import Optional, StopValidation

from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.needed import at_most

LONGEST_PASTED = 400_000  # characters: what one form may carry


class ListForm(FlaskForm):
    """A file, or rows that were copied from a spreadsheet."""

    file = FileField(
        _l("File with the list"),
        [Optional()],  # one of the two: the rows say so below
        description=_l("A spreadsheet (.xlsx) or CSV, as the template has it."),
    )
    pasted = TextAreaField(
        _l("Or paste the rows here"),
        [at_most(LONGEST_PASTED)],
        description=_l("Copied from a spreadsheet, with the row of the column names."),
    )

    def validate_pasted(self, field: TextAreaField) -> None:
        if not self.file.data and not (field.data or "").strip():
            raise StopValidation(_("Choose a file, or paste the rows here."))

    def content(self) -> tuple[bytes, str]:
        """The bytes, and the name of the file or ""."""
        if self.file.data:
            return self.file.data.read(), self.file.data.filename or ""
        return (self.pasted.data or "").encode(), ""
