"""Answers: how they are read, checked, kept as text, and compared."""

import hmac
import json
from decimal import Decimal

from elearn.quizzes.rules.kinds import KINDS, TYPED_LENGTHS, Gap
from elearn.quizzes.rules.questions import Drawn, Fields, Given, Question, TypedNumber


def read_answer(question: Question, drawn: Drawn, fields: Fields, language: str) -> Given:
    """The answer that a page sent, by file positions; None when nothing was answered.

    language: of the page, which decides how "1.500" is read. Raises Invalid("answer-invalid") for
    what no page of ours can send.
    """
    return KINDS[question.kind].read(question, drawn.order, fields, language)


def fault_in_answer(question: Question, given: Given) -> str | None:
    """Code of what forbids saving the answer, or None. No answer is never a fault."""
    if given is None or KINDS[question.kind].fits(question, given):
        return None
    is_typed = isinstance(given, TypedNumber | str) and question.kind in TYPED_LENGTHS
    return "answer-too-long" if is_typed else "answer-invalid"


def gap_in_answer(question: Question, given: Given) -> Gap | None:
    """What a saved answer still lacks; None when it is complete, or when there is none."""
    return None if given is None else KINDS[question.kind].gap(question, given)


def encode(given: Given) -> str:
    """The answer as JSON, always the same text for the same answer."""
    if isinstance(given, TypedNumber):
        value = None if given.value is None else str(given.value)
        return json.dumps({"typed": given.typed, "value": value}, ensure_ascii=False)
    return json.dumps(given, ensure_ascii=False)


def decode(text: str) -> Given:
    """The answer that `encode` wrote."""
    value = json.loads(text)
    if isinstance(value, dict):
        number = None if value["value"] is None else Decimal(value["value"])
        return TypedNumber(value["typed"], number)
    if isinstance(value, list):
        return tuple(value)
    given: bool | int | str | None = value
    return given


def print_of(given: Given, secret: str) -> str:
    """A short fingerprint, so that a page can tell what it has changed from what it was shown.

    secret: what never leaves the server. An answer is kept by file positions, which are the key of
    an ordering and of a matching: without the secret anybody could find them by trying.
    """
    return hmac.digest(secret.encode(), encode(given).encode(), "sha256").hex()[:8]
