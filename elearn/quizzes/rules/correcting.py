"""A wrong key put right: which other key may take its place, and what that makes of a result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from elearn.courses.rules import QuestionBody, QuestionFacts
from elearn.quizzes.rules.grading import half_up, is_passed, points
from elearn.quizzes.rules.questions import Given, Question

BodyPairs = Iterable[tuple[QuestionBody, QuestionBody]]


@dataclass(frozen=True, slots=True)
class Result:
    """What counts of an attempt. points: exact, of every question that it asked."""

    points: Mapping[str, Fraction]
    score_percent: int
    is_passed: bool | None


def is_correctable(question: Question) -> bool:
    """Whether its key is something else than the order of its parts, and so can be corrected."""
    return question.kind not in ("ordering", "matching")


def with_key_of(published: QuestionFacts, newer: QuestionFacts) -> QuestionFacts:
    """The published question, marked by another one's key. What it asks and earns stays."""
    return replace(
        published,
        rights=newer.rights,
        answer=newer.answer,
        tolerance=newer.tolerance,
        accepted=newer.accepted,
    )


def fault_in_key(now: QuestionFacts, newer: QuestionFacts, bodies: BodyPairs) -> str | None:
    """Code of what forbids marking answers by the key of the newer question, or None.

    now: the question with the key that counts so far. bodies: of both, in each language that both
    versions have. Answers are kept by position, so a position must mean the same in both; of an
    ordering or a matching the order *is* the key, and cannot be corrected.
    """
    pairs = list(bodies)
    is_same_question = (now.kind, now.edition) == (newer.kind, newer.edition)
    if not is_same_question or not pairs or any(_choices(a) != _choices(b) for a, b in pairs):
        return "correction-shape"
    return "correction-empty" if with_key_of(now, newer) == now else None


def marked_anew(
    questions: Mapping[str, Question],
    key: str,
    given: Given,
    before: Result,
    pass_percent: int | None,
) -> Result:
    """The result with one question marked again, by the key in `questions`; it may be lower."""
    earned = {**before.points, key: points(questions[key], given)}
    possible = sum(questions[each].points for each in earned)
    score = half_up(100 * sum(earned.values(), Fraction(0)) / possible)
    return Result(earned, score, is_passed(score, pass_percent))


def _choices(body: QuestionBody) -> tuple[str, ...]:
    """Everything that an answer can point at, in file order, without its markup."""
    options = (option.text for option in body.options)
    texts = (*options, *body.items, *body.lefts, *body.rights)
    return (*(" ".join(text.striptags().split()) for text in texts), body.unit)
