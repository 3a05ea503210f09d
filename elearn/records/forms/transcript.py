"""Of which year a transcript is wanted."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms.fields import SelectChoice

from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.choice_field import OfferedField


class TranscriptForm(FlaskForm):
    """One year of the person's ledger, or all of them."""

    year = OfferedField(_l("Year"))

    @classmethod
    def of_years(cls, years: Iterable[int]) -> "TranscriptForm":
        """The form with the years that have JP, as they are given."""
        form = cls()
        form.year.choices = [
            SelectChoice("", _("All years")),
            *(SelectChoice(str(year), str(year)) for year in years),
        ]
        return form

    @property
    def chosen_year(self) -> int | None:
        """None is all years."""
        return int(self.year.data) if self.year.data else None
