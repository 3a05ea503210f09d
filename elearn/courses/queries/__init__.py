"""Reading published versions. What is immutable is read once a process and kept."""

from elearn.courses.queries.bank import body_from, question_bodies, questions
from elearn.courses.queries.outlines import (
    find,
    newest,
    newest_of_all,
    outline,
    title_language,
    unit_title,
)
from elearn.courses.queries.texts import (
    files_of,
    is_published,
    media,
    rendered_otherwise,
    rendering,
    versions_of,
    withdrawn,
)
from elearn.courses.rules import (
    QuestionBody,
)

__all__ = [
    "QuestionBody",
    "body_from",
    "files_of",
    "find",
    "is_published",
    "media",
    "newest",
    "newest_of_all",
    "outline",
    "question_bodies",
    "questions",
    "rendered_otherwise",
    "rendering",
    "title_language",
    "unit_title",
    "versions_of",
    "withdrawn",
]
