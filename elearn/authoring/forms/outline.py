"""What a course consists of: new modules and lessons, their titles and places."""

from collections.abc import Iterable

from flask_babel import LazyString
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired

from elearn.authoring.forms.beginning import LONGEST_TITLE
from elearn.authoring.rules.words import line
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.needed import NEEDED, at_most, needed
from elearn.web.whole_field import WholeField

MOST_JP = 40
_TITLES = {"id": _l("Title in Indonesian"), "en": _l("Title in English")}


def worded() -> DataRequired:
    """Needed, and blanks are no words."""
    return DataRequired(message=NEEDED)


def title_label(language: str) -> LazyString:
    return _TITLES.get(language) or _l("Title (%(language)s)", language=language)


class AddLessonForm(FlaskForm):
    title = StringField(_l("Title of the lesson"), [worded(), at_most(LONGEST_TITLE)], [line])


class AddModuleForm(FlaskForm):
    title = StringField(_l("Title of the module"), [worded(), at_most(LONGEST_TITLE)], [line])
    jp = WholeField(
        _l("Learning hours (JP)"),
        0,
        MOST_JP,
        default=1,
        description=_l("One JP is 45 minutes. You can change it later."),
    )
    has_quiz = BooleanField(_l("With a quiz at its end"), default=True)


class PlaceLessonForm(FlaskForm):
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
