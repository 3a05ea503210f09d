"""Publishing a draft, and withdrawing a version."""

from collections.abc import Mapping, Sequence

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired

from elearn.authoring.rules.words import block, line
from elearn.core.i18n import language_name
from elearn.core.i18n import lazy_gettext as _l
from elearn.coursepack.manifest import LONGEST_CHANGE_NOTE
from elearn.web.needed import NEEDED, at_most

_NOTE = {
    "id": _l("What is new, in Indonesian"),
    "en": _l("What is new, in English"),
}


class PublishForm(FlaskForm):
    """The change note in every language of the course; seen: of which save it was looked at."""

    seen = HiddenField()

    @property
    def seen_number(self) -> int:
        """Number of the save that was looked at; 0, which is before all, for what is none."""
        sent = self.seen.data or ""
        return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0

    def notes(self) -> dict[str, str]:
        """Language -> what was typed."""
        return {f.name.removeprefix("note-"): f.data for f in self if _is_note(f.name)}


class WithdrawForm(FlaskForm):
    reason = StringField(_l("Reason"), [DataRequired(message=NEEDED), at_most(200)], [line])


def publish_form(languages: Sequence[str], notes: Mapping[str, str], seen: int) -> PublishForm:
    """The form of a course in these languages, begun with what its draft says already."""

    class Form(PublishForm):
        pass

    for language in languages:
        label = _NOTE.get(language, language_name(language))
        field = TextAreaField(
            label,
            [DataRequired(message=NEEDED), at_most(LONGEST_CHANGE_NOTE)],
            [block],
            render_kw={"rows": 3},
        )
        setattr(Form, f"note-{language}", field)
    given = {f"note-{language}": notes.get(language, "") for language in languages}
    return Form(data={"seen": str(seen), **given})


def _is_note(name: str) -> bool:
    return name.startswith("note-")
