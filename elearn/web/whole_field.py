"""A whole number, asked for in the reader's language."""

from collections.abc import Sequence
from typing import Any

from flask_babel import LazyString
from wtforms import IntegerField

from elearn.core.i18n import gettext as _


class WholeField(IntegerField):
    """A whole number from low to high; None where nothing or something else was typed, so that
    no page reckons with it. The library's words are English only."""

    data: Any  # a number or None, as of every field: which of them, its validators say

    def __init__(
        self,
        label: LazyString,
        low: int,
        high: int,
        validators: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.low, self.high = low, high
        self.flags.min, self.flags.max = low, high

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed:
            self.data = self._number(typed)
        else:
            self.raw_data: list[str] = []  # blanks are no number, either

    def _number(self, typed: str) -> int:
        try:
            number = int(typed)
        except ValueError:
            number = self.low - 1
        if not self.low <= number <= self.high:
            fault = _("A whole number from %(low)s to %(high)s.", low=self.low, high=self.high)
            raise ValueError(fault)
        return number
