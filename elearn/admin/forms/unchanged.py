"""A form about what others keep, too: it does not undo in silence what they have saved."""

import hashlib
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from sqlalchemy import Row
from wtforms import HiddenField

from elearn.core.i18n import gettext as _


class UnchangedForm(FlaskForm):
    """Refused once when what it was filled from has changed since it was drawn.

    The page then says so and stands on what is kept now: pressed again, it means it.
    kept: what the form adds to, where that is more than its fields were filled from.
    """

    seen = HiddenField()

    def __init__(self, *args: Any, kept: Sequence[Row[Any]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept = kept
        self._drawn_from = self.seen.data
        self.seen.data = self._kept_now()

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        if not self._drawn_from or self._drawn_from == self.seen.data:
            return fine
        self.form_errors.append(
            _(
                "Somebody has changed this while you were writing, so nothing is saved yet. Look "
                "at it in another window; if yours is right, press once more."
            )
        )
        return False

    def _kept_now(self) -> str:
        """What the form was filled from, as a digest: whatever was typed."""
        own = ("seen", "csrf_token")
        fields = [(field.name, str(field.object_data)) for field in self if field.name not in own]
        kept = fields if self._kept is None else list(map(tuple, self._kept))
        return hashlib.sha256(repr(kept).encode()).hexdigest()[:16]
