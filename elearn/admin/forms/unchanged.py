"""A form about what others keep, too: it does not undo in silence what they have saved."""

import hashlib
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField

from elearn.core.i18n import gettext as _


class UnchangedForm(FlaskForm):
    """Refused once when what it was filled from has changed since it was drawn.

    The page then says so and stands on what is kept now: pressed again, it means it.
    """

    seen = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        """What the fields were filled from, as a digest: whatever was typed."""
        own = ("seen", "csrf_token")
        kept = [(field.name, str(field.object_data)) for field in self if field.name not in own]
        return hashlib.sha256(repr(kept).encode()).hexdigest()[:16]
