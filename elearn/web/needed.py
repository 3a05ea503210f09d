"""What every form asks of what is typed: that something is there, and not too much of it."""

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import InputRequired, Length, StopValidation

from elearn.core.i18n import lazy_gettext as _l
from elearn.core.text import tidy

NEEDED = _l("This is needed.")


class _Needed(InputRequired):
    """Something that can be seen: signs that show nothing are no answer."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        super().__call__(form, field)
        if isinstance(field.data, str) and not tidy(field.data):
            raise StopValidation(NEEDED)


def needed() -> InputRequired:
    return _Needed(message=NEEDED)


def at_most(maximum: int) -> Length:
    return Length(max=maximum, message=_l("At most %(max)d characters."))
