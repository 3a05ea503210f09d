"""Erasing what is kept of somebody who asks for it."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.text import sort_key
from elearn.web.needed import at_most, needed


class ErasePersonForm(FlaskForm):
    """Who asked, and the name once more, so that it is not done to somebody else."""

    reason = StringField(
        _l("Who asked for it, how and when"),
        [needed(), at_most(200)],
        description=_l("Kept in the log for ever: write no name. For example: letter of 3 March."),
    )
    name = StringField(_l("The person's full name, as it stands above"), [needed(), at_most(200)])
    expected_name = ""

    def validate_name(self, field: StringField) -> None:
        if sort_key(field.data or "") != sort_key(self.expected_name):
            raise ValidationError(_("This is not the name of the person."))
