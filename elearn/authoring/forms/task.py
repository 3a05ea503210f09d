"""The practical task. Fields are named from their place in task.yml, language last."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField

from elearn.authoring.forms.beginning import LONGEST_TITLE
from elearn.authoring.rules.task import LEVELS, Criterion, Task
from elearn.authoring.rules.words import block, line
from elearn.core.i18n import gettext as _
from elearn.core.i18n import language_name
from elearn.core.i18n import lazy_gettext as _l
from elearn.coursepack.manifest import LONGEST_SUMMARY, LONGEST_TEXT
from elearn.web.needed import at_most
from elearn.web.whole_field import WholeField

LISTS = ("rubric",)
MOST_CRITERIA = 12


@dataclass(frozen=True, slots=True)
class CriterionFields:
    """titles and each of levels: by language."""

    key: Field
    weight: Field
    titles: list[Field]
    levels: list[list[Field]]


class TaskForm(FlaskForm):
    """base: what the form began with. Texts and criteria are added by `task_form`."""

    class Meta:
        csrf = False  # the view asks for the token: without a session the form is carried, not lost

    minutes = WholeField(
        _l("Minutes it takes"),
        1,
        6_000,
        description=_l("They stand beside the planned minutes of the course."),
    )
    is_new_meaning = BooleanField(
        _l("The meaning of the task has changed: learners should do it again"),
        description=_l("Leave it empty when you corrected spelling or wording."),
    )
    base = HiddenField()

    languages: tuple[str, ...]
    criterion_count: int
    focus = ""  # the row to go on with

    @property
    def criteria(self) -> list[CriterionFields]:
        return [
            CriterionFields(
                key=self[f"rubric-{row}-key"],
                weight=self[f"rubric-{row}-weight"],
                titles=self._by_language(f"rubric-{row}-title"),
                levels=[
                    self._by_language(f"rubric-{row}-levels-{level}") for level in range(LEVELS)
                ],
            )
            for row in range(self.criterion_count)
        ]

    def wanted(self, edition: int) -> Task:
        """What was typed."""
        return Task(
            title=self._lines("title"),
            minutes=self.minutes.data,
            edition=edition,
            text={language: block(self[f"text-{language}"].data) for language in self.languages},
            rubric=tuple(self._criterion(row) for row in range(self.criterion_count)),
        )

    def _criterion(self, row: int) -> Criterion:
        return Criterion(
            key=line(self[f"rubric-{row}-key"].data),
            weight=self[f"rubric-{row}-weight"].data,
            title=self._lines(f"rubric-{row}-title"),
            levels=tuple(self._lines(f"rubric-{row}-levels-{level}") for level in range(LEVELS)),
        )

    def _by_language(self, name: str) -> list[Field]:
        return [self[f"{name}-{language}"] for language in self.languages]

    def _lines(self, name: str) -> dict[str, str]:
        return {language: line(self[f"{name}-{language}"].data) for language in self.languages}


def task_form(languages: tuple[str, ...], criterion_count: int) -> type[TaskForm]:
    """The form of a task in these languages, with room for so many criteria."""
    fields: dict[str, object] = {"languages": languages, "criterion_count": criterion_count}
    for row in range(criterion_count):
        fields[f"rubric-{row}-key"] = HiddenField()
        fields[f"rubric-{row}-weight"] = WholeField(_l("Weight in percent"), 1, 100)
    for language in languages:
        name = language_name(language)
        wiring = {"lang": language}
        fields[f"title-{language}"] = StringField(
            _("Title (%(language)s)", language=name), [at_most(LONGEST_TITLE)], render_kw=wiring
        )
        fields[f"text-{language}"] = TextAreaField(
            _("What to make and hand in (%(language)s)", language=name),
            [at_most(LONGEST_TEXT)],
            render_kw=wiring,
        )
        for row in range(criterion_count):
            fields[f"rubric-{row}-title-{language}"] = StringField(
                _("What is looked at (%(language)s)", language=name),
                [at_most(LONGEST_TITLE)],
                render_kw=wiring,
            )
            for level in range(LEVELS):
                fields[f"rubric-{row}-levels-{level}-{language}"] = TextAreaField(
                    _level(level, str(name)),
                    [at_most(LONGEST_SUMMARY)],
                    render_kw={"rows": 2, **wiring},
                )
    return type("TaskForm", (TaskForm,), fields)


def shown_in(task: Task) -> dict[str, object]:
    """Field -> what it shows of a task."""
    shown: dict[str, object] = {"minutes": task.minutes}
    for name, words in (("title", task.title), ("text", task.text)):
        shown |= {f"{name}-{language}": text for language, text in words.items()}
    for row, criterion in enumerate(task.rubric):
        shown |= {f"rubric-{row}-key": criterion.key, f"rubric-{row}-weight": criterion.weight}
        texts = [("title", criterion.title)]
        texts += [(f"levels-{level}", words) for level, words in enumerate(criterion.levels)]
        for name, words in texts:
            shown |= {f"rubric-{row}-{name}-{lang}": text for lang, text in words.items()}
    return shown


def _level(level: int, language: str) -> str:
    names = [
        _("0: absent (%(language)s)", language=language),
        _("1: begun (%(language)s)", language=language),
        _("2: in part (%(language)s)", language=language),
        _("3: nearly (%(language)s)", language=language),
        _("4: ready to use (%(language)s)", language=language),
    ]
    return names[level]
