"""Inputs of this room."""

from flask_wtf import FlaskForm
from wtforms import SearchField, SelectChoice, SelectField

from elearn.core.i18n import lazy_gettext as _l


class FilterForm(FlaskForm):
    """The catalogue's filter: a GET form, whose address can be kept and sent."""

    class Meta:
        csrf = False

    q = SearchField(_l("Find a course"))
    show = SelectField(
        _l("Show"),
        choices=[
            SelectChoice("all", _l("All courses")),
            SelectChoice("mine", _l("Those I follow")),
            SelectChoice("other", _l("Those I do not follow yet")),
            SelectChoice("done", _l("Those I have completed")),
        ],
        default="all",
    )

    def wanted(self) -> str:
        """The chosen part of the catalogue; everything for a value that does not exist."""
        known = {choice.value for choice in self.show.choices}
        return self.show.data if self.show.data in known else "all"
