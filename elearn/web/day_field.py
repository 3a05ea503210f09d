"""A day, asked for in the reader's language."""

from datetime import date
from typing import Any

from wtforms import DateField

from elearn.core.i18n import gettext as _

# Before and after these no office has anything dated; databases differ at the edges of years.
_FIRST, _LAST = date(1950, 1, 1), date(2199, 12, 31)


class DayField(DateField):
    """A day as the browser's calendar sends it; None where nothing or something else was typed.
    The library's words are English only."""

    data: Any  # a day or None, as of every field: which of them, its validators say

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            self.raw_data: list[str] = []  # blanks are no day, either
            return
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            day = None
        if day is None or not _FIRST <= day <= _LAST:
            raise ValueError(_("A day in the form 2026-07-01 (year, month, day)."))
        self.data = day
