"""A file of a draft as it is."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, TextAreaField
from wtforms.validators import StopValidation

from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l


class SourceForm(FlaskForm):
    """base: what the form began with."""

    class Meta:
        csrf = False  # the view asks for the token: without a session the form is carried, not lost

    text = TextAreaField(_l("The file as it is"))
    base = HiddenField()

    def __init__(self, *args: object, text_bytes: int = 0, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._text_bytes = text_bytes

    def validate_text(self, field: Field) -> None:
        if len((field.data or "").encode(errors="replace")) > self._text_bytes:
            raise StopValidation(
                _("This file is longer than %(most)s KB.", most=self._text_bytes // 1024)
            )
