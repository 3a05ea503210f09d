"""What a checker types."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Regexp

from elearn.core.i18n import lazy_gettext as _l


class NipForm(FlaskForm):
    """A NIP to compare. Nothing is changed by it and no session is needed: no CSRF token."""

    class Meta:
        csrf = False

    nip = StringField(
        _l("NIP"),
        validators=[
            InputRequired(message=_l("Type the NIP that is on the sheet.")),
            Length(max=40, message=_l("A NIP has 18 digits.")),
            Regexp(r"^\s*(\d[\s.\-]*){18}$", message=_l("A NIP has 18 digits.")),
        ],
    )


class CodeForm(FlaskForm):
    """A code or a number, as somebody reads it from a sheet."""

    class Meta:
        csrf = False

    code = StringField(
        _l("Code or number"),
        validators=[
            InputRequired(message=_l("Type the code or the number that is on the sheet.")),
            Length(max=100, message=_l("This is longer than a code. Type it once more.")),
        ],
    )
