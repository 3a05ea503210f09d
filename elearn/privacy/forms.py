"""Inputs of this room."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import ValidationError

from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.text import sort_key
from elearn.web.needed import at_most, needed

_WORDS = ("hapus", "erase")  # of both languages, whichever the page is in


class EraseForm(FlaskForm):
    """The person's own will, so that no stray click and no borrowed session does it."""

    password = PasswordField(_l("Current password"), validators=[needed()])
    word = StringField(
        _l("Write ERASE"),
        validators=[needed(), at_most(40)],
    )

    def validate_word(self, field: StringField) -> None:
        if sort_key(field.data or "") not in _WORDS:
            raise ValidationError(_("Write the word ERASE, to say that you mean it."))
