"""Choices from a list: of a filter, drawn in one go, and of what is offered at the moment."""

from typing import Any

from markupsafe import escape
from wtforms import Form, SelectField
from wtforms.fields.choices import Choice
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import Select

from elearn.core.i18n import gettext as _


class _Options(Select):
    """The library sorts and escapes the attributes of every option; these have two."""

    @classmethod
    def render_option(cls, choice: Choice, **_kwargs: Any) -> str:
        mark = " selected" if choice.selected else ""
        return f'<option{mark} value="{escape(choice.value)}">{escape(choice.label)}</option>'


class ChoiceField(SelectField):
    """For filters above a list, where a hundred places may be offered."""

    widget = _Options()


class OfferedField(SelectField):
    """One of what is there now: a page that stood open for a while may have offered more."""

    def pre_validate(self, form: Form) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:  # the library's words are English only
            raise StopValidation(_("This is not offered any more. Choose again.")) from None
