"""Points and scores: exact fractions, rounded once, at the end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from elearn.quizzes.rules.kinds import KINDS
from elearn.quizzes.rules.questions import Given, Question


@dataclass(frozen=True, slots=True)
class Grade:
    """points: exact, by question key."""

    points: Mapping[str, Fraction]
    score_percent: int


def points(question: Question, given: Given) -> Fraction:
    """What an answer earns, 0 to the question's points, exact. No answer earns nothing."""
    if given is None:
        return Fraction(0)
    return question.points * KINDS[question.kind].share(question, given)


def grade(questions: Iterable[Question], given: Mapping[str, Given]) -> Grade:
    """Mark an attempt. questions: those drawn; given: answers by key, also missing ones."""
    questions = tuple(questions)
    earned = {question.key: points(question, given.get(question.key)) for question in questions}
    possible = sum(question.points for question in questions)
    return Grade(earned, score(earned.values(), possible))


def score(earned: Iterable[Fraction], possible: int) -> int:
    """points / points possible x 100, rounded half up to a whole percent."""
    return half_up(100 * sum(earned, Fraction(0)) / possible) if possible else 0


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return int((2 * value + 1) // 2)


def is_passed(score_percent: int, pass_percent: int | None) -> bool | None:
    """None for the pre-test, which nobody passes or fails."""
    return None if pass_percent is None else score_percent >= pass_percent
