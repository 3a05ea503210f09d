"""Caring for completion records: finding one, and the second yes before it changes."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from elearn.core import ids
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.needed import at_most, needed

REASON_CHARACTERS = 300
_ENDING = 4  # letters and digits: enough to look at the number once more


class RevocationForm(FlaskForm):
    """Why a record is revoked: everybody who checks it reads this."""

    reason = StringField(
        _l("Reason, in public"),
        [needed(), at_most(REASON_CHARACTERS)],
        description=_l("Everybody who checks the record reads this. Write no name."),
    )


class SureForm(FlaskForm):
    """The second yes: the end of the number, so that it is the right record."""

    reason = HiddenField(validators=[at_most(REASON_CHARACTERS)])
    ending = StringField(
        _l("The last four letters and digits of the number"), [needed(), at_most(10)]
    )
    number = ""

    def validate_ending(self, field: StringField) -> None:
        if ids.typed(field.data or "") != ids.typed(self.number)[-_ENDING:]:
            raise ValidationError(_("This is not how the number ends."))
