"""What a course consists of: new modules and lessons, their titles and places."""

from collections.abc import Iterable

from flask_babel import LazyString
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, NumberRange

from elearn.authoring.forms.beginning import LONGEST_TITLE, NEEDED, at_most, needed
from elearn.core.i18n import lazy_gettext as _l

MOST_JP = 40
_TITLES = {"id": _l("Title in Indonesian"), "en": _l("Title in English")}
_JP = _l("A whole number from 0 to 40.")


class WholeField(IntegerField):  # type: ignore[misc]
    """A whole number; the library says what else was typed in English only."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_JP) from None


def worded() -> DataRequired:
    """Needed, and blanks are no words."""
    return DataRequired(message=NEEDED)


def title_label(language: str) -> LazyString:
    return _TITLES.get(language) or _l("Title (%(language)s)", language=language)


class AddLessonForm(FlaskForm):  # type: ignore[misc]
    title = StringField(_l("Title of the lesson"), [worded(), at_most(LONGEST_TITLE)])


class AddModuleForm(FlaskForm):  # type: ignore[misc]
    title = StringField(_l("Title of the module"), [worded(), at_most(LONGEST_TITLE)])
    jp = WholeField(
        _l("Learning hours (JP)"),
        [needed(), NumberRange(0, MOST_JP, message=_JP)],
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
            title_label(language), [worded(), at_most(LONGEST_TITLE)], render_kw={"lang": language}
        )
        for language in languages
    }
    return type("PlaceLessonForm", (PlaceLessonForm,), titles)
