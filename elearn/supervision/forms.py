"""Inputs of this room."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SearchField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional

from elearn.accounts.queries.first_codes import Whom
from elearn.core.i18n import LANGUAGES
from elearn.core.i18n import lazy_gettext as _l
from elearn.records.forms import EvidenceField
from elearn.records.rules import MOST_JP
from elearn.supervision.queries import Wanted
from elearn.supervision.rules.period import Span
from elearn.supervision.rules.questions import Target
from elearn.supervision.rules.reminding import Channel
from elearn.supervision.rules.standing import Reason, State
from elearn.web.choice_field import ChoiceField, OfferedField
from elearn.web.day_field import DayField
from elearn.web.needed import at_most, needed
from elearn.web.whole_field import WholeField

CHANNEL_WORDS = {
    Channel.WHATSAPP: _l("WhatsApp"),
    Channel.MAIL: _l("E-mail"),
    Channel.PHONE: _l("Telephone"),
    Channel.VISIT: _l("Visit or meeting"),
}

SPAN_WORDS = {
    Span.THIS_YEAR: _l("This year"),
    Span.LAST_YEAR: _l("Last year"),
    Span.THIS_QUARTER: _l("This quarter"),
    Span.LAST_QUARTER: _l("Last quarter"),
    Span.THIS_MONTH: _l("This month"),
    Span.LAST_MONTH: _l("Last month"),
    Span.ALL: _l("Since the beginning"),
}
TARGET_WORDS = {
    Target.SHORT: _l("Below the target"),
    Target.REACHED: _l("Target reached"),
    Target.NONE: _l("No target"),
    Target.ALL: _l("Everybody"),
}

YEARS = 3


class ContactForm(FlaskForm):
    """That somebody was written to or talked with."""

    channel = SelectField(
        _l("How"), choices=[SelectChoice(value, label) for value, label in CHANNEL_WORDS.items()]
    )
    # What it was about, as the page had it; nothing in particular where it is empty.
    reason = SelectField(choices=["", *Reason], validate_choice=True)


class ReasonForm(FlaskForm):
    """Why something is done for a person; kept with it."""

    reason = TextAreaField(
        _l("Reason"),
        validators=[
            needed(),
            at_most(500),
        ],
    )


class JpForm(ReasonForm):
    """How many JP count, and why not those that were claimed or approved."""

    jp = WholeField(_l("JP that count"), 0, MOST_JP, [needed()])


class CorrectionForm(ReasonForm):
    """What somebody did on paper, or what a bad line has lost."""

    unit = OfferedField(_l("What was done"), choices=())
    score = WholeField(
        _l("Score of a quiz or test"),
        0,
        100,
        [Optional()],
        description=_l("Only for a quiz or test on paper. The pass mark decides."),
    )
    done_on = DayField(_l("Done on"), validators=[needed()])
    evidence = EvidenceField(
        _l("Photo or PDF that shows it"),
        validators=[Optional()],
        description=_l("At most 5 MB. You, the person and the office can open it."),
    )


class PeopleForm(FlaskForm):
    """The filter of the list of people: a GET form, whose address can be kept and sent."""

    class Meta:
        csrf = False

    q = SearchField(_l("Name or library"), validators=[Length(max=200)])
    library = ChoiceField(_l("Library"), validate_choice=False)
    state = ChoiceField(
        _l("State"),
        choices=[
            SelectChoice("", _l("All")),
            SelectChoice(State.STUCK, _l("Stuck")),
            SelectChoice(State.RUNNING, _l("In progress")),
            SelectChoice(State.FINISHED, _l("Completed")),
            SelectChoice(State.NOT_STARTED, _l("Not started")),
        ],
    )
    course = ChoiceField(_l("Course"), validate_choice=False)

    def wanted(self) -> Wanted:
        """What the list is narrowed to; a value that is not offered narrows nothing."""
        return Wanted(
            words=" ".join((self.q.data or "").split())[:200],
            library=_offered(self.library),
            state=State(state) if (state := _offered(self.state)) else None,
            course=_offered(self.course),
        )


class ChosenForm(FlaskForm):
    """A GET form of choices alone, whose address can be kept and sent."""

    class Meta:
        csrf = False

    period = ChoiceField(_l("Period"), choices=[SelectChoice(*one) for one in SPAN_WORDS.items()])
    year = ChoiceField(_l("Year"), validate_choice=False)

    def offer_years(self, this_year: int) -> None:
        """This one and those before it that an office still asks about."""
        years = [str(this_year - back) for back in range(YEARS)]
        self.year.choices = [SelectChoice(year, year) for year in years]

    def offered(self, name: str) -> str:
        """What was chosen, or the first choice for what is not offered."""
        field = self[name]
        values = [str(choice.value) for choice in field.choices]
        return field.data if field.data in values else values[0]


class QuestionForm(ChosenForm):
    """What a question is narrowed to: it takes those fields that it knows.

    The choices of the last two are the page's.
    """

    target = ChoiceField(_l("Show"), choices=[SelectChoice(*one) for one in TARGET_WORDS.items()])
    course = ChoiceField(_l("Course"), validate_choice=False)
    part = ChoiceField(validate_choice=False)


class PaperForm(ChosenForm):
    """What a paper is about, and its language: Indonesian, unless somebody abroad reads it."""

    language = ChoiceField(
        _l("Language of the paper"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
    )


def _offered(field: SelectField) -> str:
    return field.data if any(choice.value == field.data for choice in field.choices) else ""


class WayInForm(FlaskForm):
    """A one-time code for somebody who cannot sign in."""

    days = WholeField(
        _l("Valid for"), 1, 14, description=_l("Long enough for the paper to reach its reader.")
    )


class FirstCodesForm(WayInForm):
    """Codes for everybody of a part who has never signed in."""

    whom = RadioField(_l("For whom"), validators=[needed()], validate_choice=False)

    def __init__(self, choices: Sequence[tuple[Whom, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.whom.choices = [SelectChoice(value, label) for value, label in choices]

    def chosen(self) -> Whom:
        """What leaves every code good that somebody holds, unless all were asked for."""
        return Whom.ALL if self.whom.data == Whom.ALL else Whom.FRESH


class InviteForm(FlaskForm):
    """An invitation into a library, for as many as there are."""

    uses = WholeField(_l("For how many people"), 1, 500)
    days = WholeField(_l("Valid for"), 1, 90)
    course = SelectField(_l("Begins with the course"), validators=[Optional()])

    def __init__(self, courses: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """courses: (slug, title) of those that are offered."""
        super().__init__(**kwargs)
        none = SelectChoice("", _l("None in particular"))
        self.course.choices = [none, *(SelectChoice(slug, title) for slug, title in courses)]
