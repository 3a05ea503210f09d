"""The facts of a course. Fields are named from their place in course.yml, language last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import LazyString
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from elearn.authoring.forms.beginning import LONGEST_TITLE
from elearn.authoring.rules.facts import Exam, Facts
from elearn.authoring.rules.words import line
from elearn.core.i18n import language_name
from elearn.core.i18n import lazy_gettext as _l
from elearn.coursepack.manifest import LONGEST_SUMMARY, WEAVES
from elearn.web.needed import at_most
from elearn.web.whole_field import WholeField

LISTS = ("outcomes",)
_MOST_COMPETENCIES, _LONGEST_COMPETENCY = 30, 200
_TESTED = 4  # questions a module that a new test begins with

Choices = Sequence[tuple[str, str]]


class FactsForm(FlaskForm):
    """base: what the form began with. The texts in each language are added by `facts_form`."""

    class Meta:
        csrf = False  # the view asks for the token: without a session the form is carried, not lost

    call_code = StringField(
        _l("Letters on the catalogue card"),
        [at_most(20)],
        description=_l("2 to 6 capital letters, such as TIK."),
        render_kw={"autocapitalize": "characters", "spellcheck": "false"},
    )
    weave = RadioField(
        _l("Woven band on the card"),
        choices=[SelectChoice(name, name) for name in WEAVES],
        validate_choice=False,
    )
    organiser = SelectField(
        _l("Who issues the completion records"),
        validate_choice=False,
        description=_l("The office whose name and signatory stand on the record."),
    )
    competencies = TextAreaField(
        _l("Competencies of the work standard"),
        [at_most(_MOST_COMPETENCIES * _LONGEST_COMPETENCY)],
        description=_l("One a line, with its number if it has one. May stay empty."),
    )
    required = RadioField(
        _l("What must be done to complete the course"),
        name="completion-required",
        choices=[
            SelectChoice("all", _l("Every lesson, every quiz and the post-test")),
            SelectChoice("chosen", _l("Only what is ticked below")),
        ],
        validate_choice=False,
    )
    units = SelectMultipleField(
        _l("Needed, when only what is ticked counts"),
        name="completion-units",
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        choices=[],
        validate_choice=False,
    )
    pass_percent = WholeField(
        _l("Pass mark in percent"),
        1,
        100,
        name="completion-pass_percent",
        description=_l("For every quiz and the post-test that does not name its own."),
    )
    order = RadioField(
        _l("Order"),
        name="completion-order",
        choices=[
            SelectChoice("free", _l("Learners choose their own order")),
            SelectChoice(
                "sequential", _l("One after the other: each opens when the one before it is done")
            ),
        ],
        validate_choice=False,
    )
    task = RadioField(
        _l("Practical task"), name="completion-task", choices=[], validate_choice=False
    )
    has_pre_test = BooleanField(
        _l("With a pre-test, taken once before the first quiz"), name="pre_test"
    )
    pre_per_module = WholeField(
        _l("Questions from each module"), 1, 50, name="pre_test-per_module", default=_TESTED
    )
    has_post_test = BooleanField(_l("With a post-test at the end"), name="post_test")
    post_per_module = WholeField(
        _l("Questions from each module"), 1, 50, name="post_test-per_module", default=_TESTED
    )
    post_percent = WholeField(
        _l("Pass mark of the post-test in percent"),
        1,
        100,
        name="post_test-pass_percent",
        description=_l("Leave it empty to use the pass mark of the course."),
    )
    base = HiddenField()

    languages: tuple[str, ...]
    outcome_count: int
    focus = ""  # the row to go on with

    @property
    def outcomes(self) -> list[list[Field]]:
        """The fields of each row, by language."""
        return [
            [self[f"outcomes-{row}-{language}"] for language in self.languages]
            for row in range(self.outcome_count)
        ]

    def wanted(self) -> Facts:
        """What was typed."""
        pre, post = self.pre_per_module.data, self.post_per_module.data
        return Facts(
            title=self._words("title"),
            summary=self._words("summary"),
            call_code=line(self.call_code.data).upper(),
            weave=line(self.weave.data),
            organiser=line(self.organiser.data),
            outcomes=tuple(self._words(f"outcomes-{row}") for row in range(self.outcome_count)),
            competencies=tuple(map(line, (self.competencies.data or "").splitlines())),
            required=tuple(self.units.data or ()) if self.required.data == "chosen" else None,
            pass_percent=self.pass_percent.data,
            order=line(self.order.data),
            task=line(self.task.data),
            pre_test=Exam(pre) if self.has_pre_test.data else None,
            post_test=Exam(post, self.post_percent.data) if self.has_post_test.data else None,
        )

    def _words(self, name: str) -> dict[str, str]:
        return {language: line(self[f"{name}-{language}"].data) for language in self.languages}


def facts_form(languages: tuple[str, ...], outcome_count: int) -> type[FactsForm]:
    """The form of a course in these languages, with room for so many outcomes."""
    fields: dict[str, object] = {"languages": languages, "outcome_count": outcome_count}
    for language in languages:
        name = language_name(language)
        wiring = {"lang": language}
        fields[f"title-{language}"] = StringField(
            _l("Title (%(language)s)", language=name), [at_most(LONGEST_TITLE)], render_kw=wiring
        )
        fields[f"summary-{language}"] = TextAreaField(
            _l("Summary (%(language)s)", language=name),
            [at_most(LONGEST_SUMMARY)],
            render_kw={"rows": 5, **wiring},
        )
        for row in range(outcome_count):
            fields[f"outcomes-{row}-{language}"] = TextAreaField(
                _outcome(row + 1, name), [at_most(LONGEST_SUMMARY)], render_kw={"rows": 2, **wiring}
            )
    return type("FactsForm", (FactsForm,), fields)


def shown_in(facts: Facts) -> dict[str, object]:
    """Field -> what it shows of these facts."""
    shown: dict[str, object] = {}
    for name, texts in (("title", facts.title), ("summary", facts.summary)):
        shown |= {f"{name}-{language}": text for language, text in texts.items()}
    for row, texts in enumerate(facts.outcomes):
        shown |= {f"outcomes-{row}-{language}": text for language, text in texts.items()}
    pre, post = facts.pre_test, facts.post_test
    return shown | {
        "call_code": facts.call_code,
        "weave": facts.weave,
        "organiser": facts.organiser,
        "competencies": "\n".join(facts.competencies),
        "required": "all" if facts.required is None else "chosen",
        "units": list(facts.required or ()),
        "pass_percent": facts.pass_percent,
        "order": facts.order,
        "task": facts.task,
        "has_pre_test": pre is not None,
        "pre_per_module": pre.per_module if pre else _TESTED,
        "has_post_test": post is not None,
        "post_per_module": post.per_module if post else _TESTED,
        "post_percent": post.pass_percent if post else None,
    }


def choose_from(form: FactsForm, organisers: Choices, units: Choices, has_task: bool) -> None:
    """Put into the form what can be chosen on this site; what is chosen already stays there.

    units: of the course, each with its name. has_task: whether the course has a practical task.
    """
    known = dict(organisers)
    if form.organiser.data not in known:
        known = {form.organiser.data or "": _unknown(form.organiser.data), **known}
    form.organiser.choices = [SelectChoice(code, name) for code, name in known.items()]
    there = dict(units)
    gone = {key: _unknown(key) for key in form.units.data or () if key not in there}
    form.units.choices = [SelectChoice(key, name) for key, name in {**there, **gone}.items()]
    tasks: Mapping[str, object] = {
        "shown": _l("Offered: whoever wants may do it"),
        "required": _l("Needed to complete the course"),
    }
    none = {"": _l("There is none")}
    if not has_task:
        tasks = none if not form.task.data else {**none, form.task.data: tasks.get(form.task.data)}
    elif not form.task.data:
        form.task.data = "shown"
    form.task.choices = [SelectChoice(value, label) for value, label in tasks.items()]


def _outcome(number: int, language: object) -> LazyString:
    return _l("Outcome %(number)s (%(language)s)", number=number, language=language)


def _unknown(code: str | None) -> LazyString:
    return _l("%(code)s (not known here)", code=code) if code else _l("Choose one")
