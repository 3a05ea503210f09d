"""Merging two entries, and undoing it: the second confirmation."""

from flask_wtf import FlaskForm
from wtforms import BooleanField

from elearn.core.i18n import lazy_gettext as _l
from elearn.web.needed import needed


class MergeForm(FlaskForm):
    is_sure = BooleanField(
        _l("I have checked that both entries are the same person."), validators=[needed()]
    )


class UndoForm(FlaskForm):
    is_sure = BooleanField(_l("These are two persons."), validators=[needed()])
