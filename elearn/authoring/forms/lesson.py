"""The editor of a lesson in one language, and of the pictures beside it."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    StopValidation,
)

from elearn.authoring.forms.beginning import LONGEST_TITLE
from elearn.authoring.rules.lessons import Lesson
from elearn.authoring.rules.words import line
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.needed import NEEDED, at_most, needed
from elearn.web.whole_field import WholeField

LONGEST_ALT = 200


class LessonForm(FlaskForm):
    """base: what the form began with. The last two: the first language has one, a translation
    the other."""

    class Meta:
        csrf = False  # the view asks for the token: without a session the form is carried, not lost

    title = StringField(_l("Title"), [at_most(LONGEST_TITLE)])
    minutes = WholeField(
        _l("Minutes to read"),
        1,
        90,
        description=_l("Count 500 to 900 words as 10 to 15 minutes."),
    )
    body = TextAreaField(_l("Text"))
    sources = TextAreaField(
        _l("Sources"),
        [at_most(30 * 400)],
        description=_l("One a line. They stand below the lesson."),
    )
    is_new_meaning = BooleanField(
        _l("The meaning has changed: learners should read it again"),
        description=_l("Leave it empty when you corrected spelling or wording."),
    )
    is_up_to_date = BooleanField(_l("This translation is up to date"))
    base = HiddenField()

    def __init__(self, *args: object, text_bytes: int = 0, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._text_bytes = text_bytes

    def validate_body(self, field: Field) -> None:
        if len((field.data or "").encode(errors="replace")) > self._text_bytes:
            raise StopValidation(
                _(
                    "This text is longer than %(most)s KB. Divide it into several lessons.",
                    most=self._text_bytes // 1024,
                )
            )

    def wanted(self, edition: int) -> Lesson:
        """What was typed, as the lesson is to be. NUL goes: no file of a course can hold it."""
        return Lesson(
            title=line(self.title.data),
            minutes=self.minutes.data,
            edition=edition,
            sources=tuple(filter(None, map(line, (self.sources.data or "").splitlines()))),
            body=(self.body.data or "").replace("\0", ""),
        )


class UploadPicturesForm(FlaskForm):
    files = MultipleFileField(_l("Pictures from this computer or phone"), [needed()])


class PutPictureForm(FlaskForm):
    """A picture that is to stand at the end of a lesson. lesson: "key/language"."""

    picture = HiddenField(validators=[needed()])
    alt = StringField(
        _l("What the picture shows"),
        [DataRequired(message=NEEDED), at_most(LONGEST_ALT)],
        [line],
        description=_l("It is read aloud to people who cannot see it."),
    )
    lesson = SelectField(_l("At the end of the lesson"), validate_choice=False)
