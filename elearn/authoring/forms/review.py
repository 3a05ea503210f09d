"""Asking a colleague to look at a draft, and what she says of it."""

from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, IntegerField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from elearn.authoring.forms.beginning import NEEDED, at_most
from elearn.core.i18n import lazy_gettext as _l

LONGEST_COMMENT = 2_000
USUAL_DAYS, MOST_DAYS = 14, 90


class AskForm(FlaskForm):  # type: ignore[misc]
    days = IntegerField(
        _l("How many days the link works"),
        [
            InputRequired(message=NEEDED),
            NumberRange(1, MOST_DAYS, _l("Choose between 1 and 90 days.")),
        ],
        default=USUAL_DAYS,
    )


class CommentForm(Form):  # type: ignore[misc]
    """place: key of what it is about, "" for the whole. Its view checks the token itself."""

    place = HiddenField()
    text = TextAreaField(_l("Comment"), [DataRequired(message=NEEDED), at_most(LONGEST_COMMENT)])
