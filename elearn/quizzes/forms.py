"""What a page of an attempt sends: answers by positions as shown, and which page it is.

Its fields are as many as its questions, so they are read here and not declared:
    writer, counter     the page, and how many changes it had made
    language            of the page: "1.500" was typed as its reader writes numbers
    q<number>           an answer, or q<number>-<place> for each of its places
    seen-<number>       marks of the saved answers that the page knows of
    was-<number>        fingerprint of the answer as the page was drawn
"""

from collections.abc import Iterator

from werkzeug.datastructures import MultiDict

from elearn.core.errors import Invalid
from elearn.core.i18n import LANGUAGES
from elearn.quizzes import rules
from elearn.quizzes.queries import Asked, Paper
from elearn.quizzes.rules import Fields, Mark
from elearn.quizzes.service import Edit

_PLACES = 8  # no question has more


def all_edits(form: MultiDict[str, str], paper: Paper, language: str) -> list[Edit]:
    """One edit for each answer that the page has changed since it was drawn.

    language: of the reader, for a page that does not say its own.
    Raises Invalid("input-invalid") when the page does not say which one it is.
    """
    sent = _sent(form)
    return [
        edit
        for asked in paper.asked
        if f"was-{asked.number}" in form
        for edit in _changed(form, asked, sent, language)
    ]


def one_edit(form: MultiDict[str, str], asked: Asked, language: str) -> Edit:
    """The answer to one question, changed or not. Raises Invalid("input-invalid") as above."""
    return _edit(form, asked, _sent(form), language)


def _changed(form: MultiDict[str, str], asked: Asked, sent: Mark, language: str) -> Iterator[Edit]:
    edit = _edit(form, asked, sent, language)
    if edit.fault or asked.print_of(edit.given) != form[f"was-{asked.number}"]:
        yield edit


def _edit(form: MultiDict[str, str], asked: Asked, sent: Mark, language: str) -> Edit:
    seen = rules.read_marks(form.get(f"seen-{asked.number}", ""))
    try:
        fields = fields_of(form, asked.number)
        given = rules.read_answer(asked.facts, asked.drawn, fields, _typed_in(form, language))
    except Invalid as refusal:
        return Edit(asked, None, sent, seen, refusal.code)
    return Edit(asked, given, sent, seen)


def _typed_in(form: MultiDict[str, str], otherwise: str) -> str:
    language = form.get("language", "")
    return language if language in LANGUAGES else otherwise


def fields_of(form: MultiDict[str, str], number: int) -> Fields:
    """What the fields of one question sent."""
    fields = {"": tuple(form.getlist(f"q{number}"))}
    for place in range(1, _PLACES + 1):
        fields[str(place)] = tuple(form.getlist(f"q{number}-{place}"))
    return fields


def _sent(form: MultiDict[str, str]) -> Mark:
    mark = rules.read_mark(f"{form.get('writer', '')}.{form.get('counter', '')}")
    if mark is None:
        raise Invalid("input-invalid")
    return mark
