"""A choice from a list, drawn in one go."""

from typing import Any

from markupsafe import escape
from wtforms import SelectField
from wtforms.fields.choices import Choice
from wtforms.widgets import Select


class _Options(Select):  # type: ignore[misc]
    """The library sorts and escapes the attributes of every option; these have two."""

    @classmethod
    def render_option(cls, choice: Choice, **_kwargs: Any) -> str:
        mark = " selected" if choice.selected else ""
        return f'<option{mark} value="{escape(choice.value)}">{escape(choice.label)}</option>'


class ChoiceField(SelectField):  # type: ignore[misc]
    """For filters above a list, where a hundred places may be offered."""

    widget = _Options()
