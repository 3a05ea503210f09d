"""What a module says of itself. Fields are named from their place in module.yml, language last."""

from flask_babel import LazyString
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField

from elearn.authoring.forms.beginning import LONGEST_TITLE
from elearn.authoring.forms.outline import MOST_JP, title_label
from elearn.authoring.rules.modulehead import Activity, ModuleHead
from elearn.core.i18n import lazy_gettext as _l
from elearn.coursepack.manifest import LONGEST_SUMMARY, LONGEST_TEXT
from elearn.web.needed import at_most
from elearn.web.whole_field import WholeField

MOST_MINUTES = 600
_SUMMARIES = {"id": _l("Summary in Indonesian"), "en": _l("Summary in English")}
_ACTIVITIES = {
    "id": _l("Title of the activity in Indonesian"),
    "en": _l("Title of the activity in English"),
}
_TEXTS = {"id": _l("What to do, in Indonesian"), "en": _l("What to do, in English")}


class ModuleForm(FlaskForm):
    """base: what the form began with. The texts in each language are added by `module_form`."""

    class Meta:
        csrf = False  # the view asks for the token: without a session the form is carried, not lost

    jp = WholeField(
        _l("Learning hours (JP)"),
        0,
        MOST_JP,
        description=_l("One JP is 45 minutes."),
    )
    quiz_minutes = WholeField(
        _l("Minutes for the quiz"),
        0,
        MOST_MINUTES,
        description=_l("Reckon one minute for each question that is drawn."),
    )
    minutes = WholeField(_l("Minutes for the activity"), 1, MOST_MINUTES, name="activity-minutes")
    is_new_meaning = BooleanField(
        _l("The meaning of the activity has changed: learners should do it again"),
        description=_l("Leave it empty when you corrected spelling or wording."),
    )
    base = HiddenField()

    languages: tuple[str, ...]

    def wanted(self, edition: int) -> ModuleHead:
        """What was typed. edition: of the activity."""

        def texts(name: str) -> dict[str, str]:
            return {language: _typed(self[f"{name}-{language}"]) for language in self.languages}

        return ModuleHead(
            titles=texts("title"),
            summaries=texts("summary"),
            jp=self.jp.data,
            quiz_minutes=self.quiz_minutes.data,
            activity=Activity(
                titles=texts("activity-title"),
                minutes=self.minutes.data,
                edition=edition,
                texts=texts("activity-text"),
            ),
        )


def module_form(languages: tuple[str, ...]) -> type[ModuleForm]:
    """The form of a module of a course in these languages."""
    fields: dict[str, object] = {"languages": languages}
    for language in languages:
        wiring = {"lang": language}
        title, text = at_most(LONGEST_TITLE), at_most(LONGEST_TEXT)
        fields |= {
            f"title-{language}": StringField(title_label(language), [title], render_kw=wiring),
            f"summary-{language}": TextAreaField(
                _label(_SUMMARIES, language), [at_most(LONGEST_SUMMARY)], render_kw=wiring
            ),
            f"activity-title-{language}": StringField(
                _label(_ACTIVITIES, language), [title], render_kw=wiring
            ),
            f"activity-text-{language}": TextAreaField(
                _label(_TEXTS, language), [text], render_kw=wiring
            ),
        }
    return type("ModuleForm", (ModuleForm,), fields)


def shown_in(head: ModuleHead) -> dict[str, object]:
    """Field -> what it shows of a module."""
    parts = {
        "title": head.titles,
        "summary": head.summaries,
        "activity-title": head.activity.titles,
        "activity-text": head.activity.texts,
    }
    texts = {
        f"{name}-{language}": words
        for name, by_language in parts.items()
        for language, words in by_language.items()
    }
    return {
        **texts,
        "jp": head.jp,
        "quiz_minutes": head.quiz_minutes,
        "minutes": head.activity.minutes,
    }


def _label(labels: dict[str, LazyString], language: str) -> LazyString | str:
    return labels.get(language, language)


def _typed(field: Field) -> str:
    """NUL goes: no file of a course can hold it. Only Markdown has lines."""
    text = (field.data or "").replace("\0", "")
    return text if field.name.startswith("activity-text") else " ".join(text.split())
