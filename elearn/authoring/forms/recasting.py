"""What a question is: its kind, and the module whose bank has it."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField

from elearn.core.i18n import lazy_gettext as _l
from elearn.web.needed import needed


class RecastForm(FlaskForm):
    """base: what the form began with."""

    kind = SelectField(_l("Kind"), [needed()])
    module = SelectField(_l("In the module"), [needed()])
    base = HiddenField()
