"""What the check says to authors who see fields and no files."""

import string

import pytest
from flask import g

from elearn.authoring.rules.fields import Located, Part, Spot
from elearn.authoring.rules.untranslated import gathered
from elearn.authoring.views.plain_words import SENTENCES, said
from elearn.coursepack.problems import Problem
from elearn.coursepack.sentences import SENTENCES as OF_FOLDERS


def problem_of(code: str, **values: str) -> Problem:
    return Problem("course.yml", 1, code, tuple(sorted(values.items())), "error")


def places(sentence: str) -> dict[str, str]:
    """The names that a sentence of the folder fills, each with a value."""
    found = [name for _, name, _, _ in string.Formatter().parse(sentence) if name]
    return dict.fromkeys(found, "3")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_in_other_words_fills_what_the_check_gives(sqlite_app, code, language):
    ours_alone = {"count": "3"}
    values = places(OF_FOLDERS[code][language]) if code in OF_FOLDERS else ours_alone
    with sqlite_app.test_request_context():
        g.language = language
        assert "%(" not in said(problem_of(code, **values))


@pytest.mark.parametrize(
    ("key", "field", "shown"),
    [
        ("title.en", "title-en", "Title (English)"),
        ("outcomes", "outcomes-0-en", "Outcomes"),  # of the whole list
        ("feedback.id", "options-1-feedback-id", "Option 2, feedback (Indonesian)"),
        ("wrong.id", "options-1-text-id", "Option 2, text (Indonesian)"),
        ("right.id", "pairs-0-right-id", "Pair 1, right side (Indonesian)"),
        ("items.id", "items-2-id", "Step 3 (Indonesian)"),
        ("made-up", "", "Made-up"),
    ],
)
def test_a_field_is_called_as_its_editor_calls_it(sqlite_app, key, field, shown):
    with sqlite_app.test_request_context():
        g.language = "en"
        assert said(problem_of("text-empty", key=key), field).startswith(shown)


def test_what_is_not_translated_is_one_thing_to_do_for_each_part():
    task, facts = Part("task"), Part("course")
    missing = problem_of("translation-missing", key="text", language="en")
    places = (task, "title-en"), (facts, "title-en"), (task, "text-en"), (task, "minutes")
    problems = missing, missing, missing, problem_of("key-missing", key="minutes")
    found = [
        Located(problem, part, Spot(part.kind, anchor=anchor))
        for problem, (part, anchor) in zip(problems, places, strict=True)
    ]
    many, alone, other = gathered(found)
    assert (many.part, many.spot.anchor) == (task, "title-en")
    assert dict(many.problem.values) == {"count": "2", "language": "en"}
    assert (alone, other) == (found[1], found[3])


def test_a_language_is_called_by_its_name_and_not_by_its_code(sqlite_app):
    missing = problem_of("translation-missing", key="options.text", language="en")
    with sqlite_app.test_request_context():
        g.language = "id"
        assert said(missing) == "Teks belum ada dalam Bahasa Inggris; tuliskan."
