"""Beginning a draft, and sharing it."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, MultipleFileField
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional, Regexp

from elearn.authoring.rules.words import line
from elearn.core.i18n import LANGUAGES, language_name
from elearn.core.i18n import lazy_gettext as _l
from elearn.coursepack.fields import KEY, MAX_KEY_CHARACTERS
from elearn.web.needed import at_most, needed

LONGEST_TITLE = 120
_SHAPE_OF_ADDRESS = _l(
    "Use small letters, digits and hyphens; for example merawat-buku. It cannot be changed later."
)


def language_choices() -> list[SelectChoice]:
    return [SelectChoice(code, language_name(code)) for code in LANGUAGES]


def _address_name() -> StringField:
    return StringField(
        _l("Name in the address"),
        [
            Optional(),
            at_most(MAX_KEY_CHARACTERS),
            Regexp(f"^{KEY.pattern}$", message=_SHAPE_OF_ADDRESS),
        ],
        description=_l("Left empty, it is made from the title. It cannot be changed later."),
    )


class NewCourseForm(FlaskForm):
    """A course that begins with nothing but its name."""

    title = StringField(_l("Title of the course"), [needed(), at_most(LONGEST_TITLE)], [line])
    language = SelectField(_l("You write it first in"), default="id")
    is_translated = BooleanField(
        _l("It will be there in both languages"),
        description=_l("You can write the second language later; both must be whole to publish."),
    )
    organiser = SelectField(
        _l("Who issues the completion records"),
        [needed()],
        description=_l("The office whose name and signatory stand on the record."),
    )
    slug = _address_name()


class UploadForm(FlaskForm):
    """A course that was written elsewhere: a zip, or a folder file by file."""

    archive = FileField(
        _l("Zip file of the course"),
        [Optional()],
        description=_l("As “Download” gives it: one folder with course.yml in it."),
    )
    folder = MultipleFileField(_l("Or the folder itself"), [Optional()])
    slug = _address_name()


class ShareForm(FlaskForm):
    """Somebody else who is to write at a course."""

    login = StringField(
        _l("Username, NIP or e-mail"),
        [needed(), at_most(200)],
        description=_l("Of somebody whose account is an author's."),
    )
