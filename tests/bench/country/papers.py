"""A stock of papers that were drawn, answered and marked, for attempts to be made of.

A million attempts are not drawn and marked one by one: each is one of some hundreds at its quiz,
made by the product's own rules. Two learners may so have had the same questions.
"""

from dataclasses import dataclass
from random import Random

from elearn.courses import queries as courses
from elearn.courses.rules import Outline, OutlineUnit
from elearn.demo.study import right_answer, wrong_answer
from elearn.quizzes import rules
from elearn.quizzes.formats.papers import drawn_text, points_text
from tests.bench.country.chance import Codes

_DRAWN = 20  # papers of a quiz
_SHARES = (0.0, 0.3, 0.5, 0.7, 0.85, 1.0)  # of the answers that are right, on each paper


@dataclass(frozen=True, slots=True)
class Paper:
    """Columns of an attempt that was handed in, and its answers by question as JSON text."""

    seed: str
    drawn: str
    points: str
    score_percent: int
    is_passed: bool | None
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stock:
    """Papers of one quiz or test; those of a pre-test are in both lists."""

    passed: list[Paper]
    failed: list[Paper]


def stocked(outline: Outline, codes: Codes, chance: Random) -> dict[str, Stock]:
    """Papers for every quiz and test of a version, by unit key."""
    tested = [unit for unit in outline.units if unit.draw]
    return {unit.key: _stock(outline, unit, codes, chance) for unit in tested}


def _stock(outline: Outline, unit: OutlineUnit, codes: Codes, chance: Random) -> Stock:
    papers = [
        paper for _ in range(_DRAWN) for paper in _answered(outline, unit, codes.code(), chance)
    ]
    passed = [paper for paper in papers if paper.is_passed is not False]
    failed = [paper for paper in papers if not paper.is_passed]
    if not passed or not failed:
        raise RuntimeError(f"{unit.key}: every paper comes out alike")
    return Stock(passed, failed)


def _answered(outline: Outline, unit: OutlineUnit, seed: str, chance: Random) -> list[Paper]:
    """One drawing, answered well and badly."""
    facts = courses.questions(outline.version_id)
    drawn = rules.draw(facts, unit, [module.key for module in outline.modules], seed)
    asked = [facts[one.key] for one in drawn]
    papers = []
    for share in _SHARES:
        given = {
            one.key: right_answer(one) if chance.random() < share else wrong_answer(one)
            for one in asked
        }
        grade = rules.grade(asked, given)
        papers.append(
            Paper(
                seed=seed,
                drawn=drawn_text(drawn),
                points=points_text(grade.points),
                score_percent=grade.score_percent,
                is_passed=rules.is_passed(grade.score_percent, unit.pass_percent),
                answers=tuple(
                    (key, rules.encode(answer))
                    for key, answer in given.items()
                    if answer is not None
                ),
            )
        )
    return papers
