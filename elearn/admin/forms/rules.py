"""A new value of one of the office's rules, from a day on."""

from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional, StopValidation

from elearn.admin.forms.unchanged import UnchangedForm
from elearn.admin.words import CHOICES, TEXTS
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.policy import RULES, TEXT_CHARACTERS
from elearn.core.printable import unprintable
from elearn.core.text import tidy
from elearn.web.day_field import DayField
from elearn.web.needed import at_most, needed
from elearn.web.whole_field import WholeField

_HIGHEST = 10_000


class RuleForm(UnchangedForm):
    """What every rule needs. `value` is the form's own; as_text: as the rule reads it."""

    on = DayField(
        _l("Holds from"),
        [needed()],
        description=_l("Today or later. Earlier days stay as they were."),
    )

    def as_text(self) -> str:
        return str(self["value"].data or "")


class NumberRuleForm(RuleForm):
    value = WholeField(_l("Value"), 1, _HIGHEST)


class AmountOrNoneForm(RuleForm):
    value = WholeField(_l("Value"), 1, _HIGHEST, [Optional()], description=_l("Left empty: none."))

    def as_text(self) -> str:
        return "none" if self.value.data is None else str(self.value.data)


class ChoiceRuleForm(RuleForm):
    value = RadioField(_l("Value"), validate_choice=True)


class TextRuleForm(RuleForm):
    value = TextAreaField(
        _l("Text"),
        [at_most(TEXT_CHARACTERS)],
        description=_l("Left empty: none. Line breaks stay."),
        render_kw={"rows": 12},
    )

    def as_text(self) -> str:
        """Line by line, without what cannot be seen: a tab has no place on a paper."""
        return "\n".join(tidy(line) for line in (self.value.data or "").splitlines())


class LetterheadForm(TextRuleForm):
    """Said here, to who types it: a paper is printed by somebody else, and months later."""

    def validate_value(self, _field: TextAreaField) -> None:
        characters = unprintable("".join(self.as_text().splitlines()))
        if characters:
            raise StopValidation(
                _("A paper cannot show these characters: %(some)s", some=" ".join(characters))
            )


def rule_form(name: str, **data: Any) -> RuleForm:
    """The form that fits the rule."""
    if name in CHOICES:
        form = ChoiceRuleForm(**data)
        form.value.choices = [SelectChoice(value, label) for value, label in CHOICES[name].items()]
        return form
    if name in TEXTS:
        return LetterheadForm(**data) if name == "letterhead" else TextRuleForm(**data)
    return AmountOrNoneForm(**data) if _may_be_none(name) else NumberRuleForm(**data)


def _may_be_none(name: str) -> bool:
    try:
        RULES[name].read("none")
    except ValueError:
        return False
    return True
