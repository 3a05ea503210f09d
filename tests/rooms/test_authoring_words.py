"""What the check says to authors who see fields and no files."""

import string

import pytest
from flask import g

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
    values = places(OF_FOLDERS[code][language]) if code in OF_FOLDERS else {}  # or ours alone
    with sqlite_app.test_request_context():
        g.language = language
        assert "%(" not in said(problem_of(code, **values))


@pytest.mark.parametrize(
    ("key", "language", "shown"),
    [
        ("title.en", "en", "Title (English)"),
        ("outcomes", "en", "Outcomes"),
        ("options.feedback.id", "en", "Feedback (Indonesian)"),
        ("made-up", "en", "Made-up"),
    ],
)
def test_a_field_is_called_as_its_editor_calls_it(sqlite_app, key, language, shown):
    with sqlite_app.test_request_context():
        g.language = language
        assert said(problem_of("text-empty", key=key)).startswith(shown)


def test_a_language_is_called_by_its_name_and_not_by_its_code(sqlite_app):
    missing = problem_of("translation-missing", key="options.text", language="en")
    with sqlite_app.test_request_context():
        g.language = "id"
        assert said(missing) == "Teks belum ada dalam Bahasa Inggris; tuliskan."
