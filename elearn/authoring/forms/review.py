"""Asking a colleague to look at a draft, and what she says of it."""

from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, TextAreaField
from wtforms.validators import DataRequired

from elearn.authoring.rules.words import block
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.needed import NEEDED, at_most, needed
from elearn.web.whole_field import WholeField

LONGEST_COMMENT = 2_000
USUAL_DAYS, MOST_DAYS = 14, 90


class AskForm(FlaskForm):
    days = WholeField(
        _l("How many days the link works"),
        1,
        MOST_DAYS,
        [needed()],
        default=USUAL_DAYS,
    )


class CommentForm(Form):
    """place: key of what it is about, "" for the whole. Its view checks the token itself."""

    place = HiddenField()
    text = TextAreaField(
        _l("Comment"), [DataRequired(message=NEEDED), at_most(LONGEST_COMMENT)], [block]
    )
