"""Correcting a wrong key."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from elearn.core.i18n import lazy_gettext as _l
from elearn.web.needed import at_most, needed

LONGEST_REASON = 300


class CorrectForm(FlaskForm):
    """Why the key was wrong; newer: number of the version that has the right one."""

    newer = HiddenField()
    reason = StringField(
        _l("Reason"),
        [needed(), at_most(LONGEST_REASON)],
        description=_l("Learners read it beside the question. It is kept and logged."),
    )

    def number(self) -> int:
        """Number of the newer version; 0 when none was chosen or it is no number."""
        typed = self.newer.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 0
