"""What the check says, for somebody who sees fields and buttons and never a file.

The sentences of `coursepack` speak of files and of the names in them, for those who write a course
as a folder. Here the names become what the editors call their fields, and the sentences that speak
of files are said in another way. Everything else is the same sentence.
"""

import re
from typing import Any

from flask_babel import LazyString

from elearn.authoring.rules.hints import HINT_LEFT
from elearn.authoring.rules.untranslated import MANY
from elearn.core.i18n import LANGUAGES, language_name, page_language
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.coursepack.problems import Problem

# Last part of a name in a file -> what its field is called.
FIELDS: dict[str, LazyString] = {
    "accepted": _l("Accepted answers"),
    "answer": _l("Answer"),
    "call_code": _l("Letters on the catalogue card"),
    "draw": _l("Questions in one try"),
    "extra": _l("Partners that belong to nothing"),
    "feedback": _l("Feedback"),
    "if_false": _l("Feedback to “false”"),
    "if_true": _l("Feedback to “true”"),
    "items": _l("Steps to put in order"),
    "jp": _l("Learning hours (JP)"),
    "left": _l("Left side"),
    "lesson": _l("Lesson that answers it"),
    "levels": _l("Levels"),
    "minutes": _l("Minutes"),
    "modules": _l("Modules"),
    "options": _l("Options"),
    "outcomes": _l("Outcomes"),
    "pairs": _l("Pairs"),
    "pass_percent": _l("Pass mark in percent"),
    "per_module": _l("Questions from each module"),
    "points": _l("Points"),
    "questions": _l("Questions of the module"),
    "quiz_minutes": _l("Minutes for the quiz"),
    "required": _l("What must be done to complete the course"),
    "right": _l("Right side"),
    "rubric": _l("Criteria"),
    "sources": _l("Sources"),
    "summary": _l("Summary"),
    "text": _l("Text"),
    "title": _l("Title"),
    "tolerance": _l("How far off still counts"),
    "unit": _l("Unit"),
    "weight": _l("Weight"),
}
# Lists of a form -> what a row of it is called; the text of some is the row itself.
ROWS: dict[str, LazyString] = {
    "extra": _l("Choice %(number)s that fits nothing"),
    "items": _l("Step %(number)s"),
    "options": _l("Option %(number)s"),
    "outcomes": _l("Outcome %(number)s"),
    "pairs": _l("Pair %(number)s"),
    "rubric": _l("Criterion %(number)s"),
}
ONE_TEXT_A_ROW = frozenset({"extra", "items", "outcomes"})

# Code -> the sentence, where that of the folder speaks of what an author here does not see.
SENTENCES: dict[str, LazyString] = {
    "call-code-form": _l("The letters on the catalogue card are 2 to 6 capitals, such as TIK."),
    "draw-large": _l(
        "A try takes %(draw)s questions, but the bank has %(count)s for the quiz. "
        "Add questions, or take fewer."
    ),
    HINT_LEFT: _l(
        "This line is one of the hints that a new lesson begins with. Write your own text."
    ),
    "image-missing": _l("The picture %(target)s is not there. Upload it under “Pictures”."),
    "image-outside": _l(
        "The picture %(target)s is on another site. Upload a copy under “Pictures”."
    ),
    "jp-minutes": _l(
        "%(jp)s JP are %(stated)s minutes, but %(planned)s minutes are planned: "
        "more than a quarter apart. Change the JP or the minutes."
    ),
    "key-missing": _l("%(key)s: nothing is filled in yet."),
    "lesson-empty": _l("This lesson has no text yet."),
    "lesson-missing": _l("This lesson is not translated yet."),
    "link-missing": _l("The link “%(target)s” leads to a lesson that is not there."),
    "list-count": _l("%(key)s: now %(count)s; it takes %(low)s to %(high)s."),
    "module-no-lessons": _l("This module has no lesson yet. Add at least one."),
    "pair-half": _l("A pair needs both sides."),
    "question-no-right": _l("No option is marked as right. Mark at least one."),
    "question-lesson": _l("Choose the lesson that answers this question."),
    "required-task": _l("Say under “Practical task” that the task is needed."),
    "rubric-weights": _l("The weights of the criteria add up to %(total)s; they must make 100."),
    "several-no-wrong": _l("Every option is marked as right. Leave at least one wrong."),
    "single-many-right": _l("%(count)s options are marked as right; leave one."),
    "task-missing": _l("The course speaks of a practical task, but there is none. Write it."),
    "test-pool-small": _l(
        "This module has %(count)s questions for pre-test and post-test; "
        "these tests need at least %(needed)s."
    ),
    "test-pool-unused": _l(
        "%(count)s questions are for pre-test and post-test, but the course has neither."
    ),
    "translation-behind": _l(
        "This translation is of edition %(translated)s, but its source has edition %(edition)s. "
        "Bring it up to date, then tick that it is."
    ),
    "translation-missing": _l("%(key)s is not there in %(language)s yet. Write it."),
    MANY: _l("%(count)s texts are not there in %(language)s yet. Write them."),
}
_LANGUAGE = re.compile(r"\.(?P<language>[a-z]{2,3})$")
_ROW = re.compile(r"(?P<list>[a-z]+)-(?P<at>[0-9]+)(?:-|$)")


def said(problem: Problem, field: str = "") -> str:
    """A problem as the reader of a page understands it. field: id of its place in the form."""
    values = dict(problem.values)
    names: dict[str, str] = {
        name: _name(values[name], field, values.get("language", ""))
        for name in ("key", "near")
        if name in values
    }
    named: dict[str, Any] = {**values, **names}
    if problem.code in SENTENCES:
        language = values.get("language", "")
        return str(SENTENCES[problem.code]) % {**named, "language": language_name(language)}
    shown = Problem(
        problem.path, problem.line, problem.code, tuple(sorted(named.items())), problem.severity
    )
    sentence = shown.sentence("id" if page_language() == "id" else "en")
    return sentence[:1].upper() + sentence[1:]


def _name(key: str, field_id: str, missing_language: str) -> str:
    """What a field is called: "title.en" is the title in English. An unknown one keeps its name.

    A text of a row is called by the row, too. missing_language: that the text is not there in.
    """
    match = _LANGUAGE.search(key)
    language = match["language"] if match and match["language"] in LANGUAGES else ""
    bare = key[: match.start()] if match and language else key
    field = _field(bare, _ROW.match(field_id) if language or missing_language else None)
    if field is None:
        return key
    if not language:
        return field
    return _("%(field)s (%(language)s)", field=field, language=language_name(language))


def _field(name: str, row: re.Match[str] | None) -> str | None:
    """What a field is called; None for an unknown one."""
    last, first = re.split(r"[.\[]", name)[-1], re.split(r"[.\[]", name)[0]
    if row and row["list"] in ROWS:
        return _in_row(row["list"], int(row["at"]) + 1, last)
    field = FIELDS.get(last) or FIELDS.get(first)
    return str(field) if field else None


def _in_row(rows: str, number: int, name: str) -> str:
    row = str(ROWS[rows]) % {"number": number}
    if rows in ONE_TEXT_A_ROW:
        return row
    is_option = rows == "options" and name in ("right", "wrong")
    field = str(FIELDS.get("text" if is_option else name, ""))
    return f"{row}, {field[:1].lower()}{field[1:]}" if field else row
