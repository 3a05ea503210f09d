"""What attempts ask: fixed when they began, read from the published version."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from elearn.core.errors import Missing
from elearn.courses import queries as courses
from elearn.courses.rules import Outline, OutlineUnit, QuestionFacts
from elearn.quizzes import rules
from elearn.quizzes.formats.papers import drawn_from
from elearn.quizzes.models import Correction
from elearn.quizzes.queries.corrections import corrected_questions, corrections_of
from elearn.quizzes.rules import Drawn, Given

KINDS = ("quiz", "pre-test", "post-test")


class Dealt(Protocol):
    """What a paper is made of: an attempt, or what saving needs of one."""

    @property
    def version_id(self) -> int: ...
    @property
    def unit_key(self) -> str: ...
    @property
    def seed(self) -> str: ...
    @property
    def drawn(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a paper, with its place from 1 as shown."""

    number: int
    drawn: Drawn
    facts: QuestionFacts
    seed: str  # of the attempt; never sent

    def print_of(self, given: Given) -> str:
        """Fingerprint of an answer to it, for the page to send back; it tells nothing."""
        return rules.print_of(given, f"{self.seed}\n{self.facts.key}")


@dataclass(frozen=True, slots=True)
class Paper:
    """What an attempt asks: fixed when it began, read from the published version."""

    outline: Outline
    unit: OutlineUnit
    asked: tuple[Asked, ...]

    def question(self, number: int) -> Asked:
        """The question at this place; Missing when the paper has none."""
        if not 1 <= number <= len(self.asked):
            raise Missing("question-missing", number=number)
        return self.asked[number - 1]


def quiz_of(outline: Outline, key: str) -> OutlineUnit:
    """The quiz or test of this key; Missing when the version has none."""
    unit = outline.unit(key)
    if unit is None or unit.kind not in KINDS:
        raise Missing("unit-missing", unit=key)
    return unit


def paper_of(attempt: Dealt) -> Paper:
    """What the attempt asks. No query once the version is in the process's memory."""
    outline = courses.outline(attempt.version_id)
    facts = courses.questions(attempt.version_id)
    return Paper(
        outline,
        quiz_of(outline, attempt.unit_key),
        tuple(
            Asked(number, drawn, facts[drawn.key], attempt.seed)
            for number, drawn in enumerate(drawn_from(attempt.drawn), start=1)
        ),
    )


def marked_paper_of(attempt: Dealt) -> Paper:
    """As `paper_of`, with the keys that count now. One query."""
    return with_keys(paper_of(attempt), corrections_of(attempt.version_id))


def with_keys(paper: Paper, corrections: Iterable[Correction]) -> Paper:
    """The paper with corrected keys. corrections: of its version, the oldest first."""
    facts = corrected_questions(paper.outline.version_id, corrections)
    return replace(
        paper, asked=tuple(replace(one, facts=facts[one.facts.key]) for one in paper.asked)
    )
