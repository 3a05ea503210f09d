"""What a course consists of: new modules and lessons, their titles and places."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import LazyString
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired

from elearn.authoring.forms.beginning import LONGEST_TITLE, NEEDED, at_most, needed
from elearn.authoring.rules.words import line
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l

MOST_JP = 40
_TITLES = {"id": _l("Title in Indonesian"), "en": _l("Title in English")}


class WholeField(IntegerField):  # type: ignore[misc]
    """A whole number from low to high; None where nothing or something else was typed, so that
    no page reckons with it. The library's words are English only."""

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
            self.raw_data = []  # blanks are no number, either

    def _number(self, typed: str) -> int:
        try:
            number = int(typed)
        except ValueError:
            number = self.low - 1
        if not self.low <= number <= self.high:
            fault = _("A whole number from %(low)s to %(high)s.", low=self.low, high=self.high)
            raise ValueError(fault)
        return number


def worded() -> DataRequired:
    """Needed, and blanks are no words."""
    return DataRequired(message=NEEDED)


def title_label(language: str) -> LazyString:
    return _TITLES.get(language) or _l("Title (%(language)s)", language=language)


class AddLessonForm(FlaskForm):  # type: ignore[misc]
    title = StringField(_l("Title of the lesson"), [worded(), at_most(LONGEST_TITLE)], [line])


class AddModuleForm(FlaskForm):  # type: ignore[misc]
    title = StringField(_l("Title of the module"), [worded(), at_most(LONGEST_TITLE)], [line])
    jp = WholeField(
        _l("Learning hours (JP)"),
        0,
        MOST_JP,
        default=1,
        description=_l("One JP is 45 minutes. You can change it later."),
    )
    has_quiz = BooleanField(_l("With a quiz at its end"), default=True)


class PlaceLessonForm(FlaskForm):  # type: ignore[misc]
    """The titles of a lesson and the module that it is in. base: what the form began with.

    The title in each language is the field `title-<language>`; see `place_lesson_form`.
    """

    module = SelectField(_l("In the module"), [needed()])
    base = HiddenField()


def place_lesson_form(languages: Iterable[str]) -> type[PlaceLessonForm]:
    """The form of a lesson that is there in these languages."""
    titles = {
        f"title-{language}": StringField(
            title_label(language),
            [worded(), at_most(LONGEST_TITLE)],
            [line],
            render_kw={"lang": language},
        )
        for language in languages
    }
    return type("PlaceLessonForm", (PlaceLessonForm,), titles)
