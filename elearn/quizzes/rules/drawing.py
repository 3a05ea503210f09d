"""Which questions an attempt gets, and in which order everything is shown: all from the seed.

Sorted by digests and not by `random`, whose sequences may differ from one Python to the next.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from elearn.quizzes.rules.kinds import KINDS
from elearn.quizzes.rules.questions import Drawn, Question, Unit

POOL_OF = {"quiz": "quiz", "pre-test": "test", "post-test": "test"}


def draw(
    facts: Mapping[str, Question], unit: Unit, modules: Sequence[str], seed: str
) -> tuple[Drawn, ...]:
    """The questions of an attempt in the order shown.

    quiz: `unit.draw` of the pool quiz of its module; tests: so many of the pool test of every
    module, module by module. modules: keys in course order. The same arguments draw the same.
    """
    wanted = [unit.module_key] if unit.kind == "quiz" else modules
    drawn: list[Drawn] = []
    for module in wanted:
        pool = [
            question
            for question in facts.values()
            if question.module_key == module and question.pool == POOL_OF[unit.kind]
        ]
        chosen = sorted(pool, key=lambda question: _digest(seed, question.key))
        drawn += [_dealt(question, seed) for question in chosen[: unit.draw or 0]]
    return tuple(drawn)


def _dealt(question: Question, seed: str) -> Drawn:
    def shuffle(positions: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(positions, key=lambda at: _digest(seed, question.key, str(at))))

    return Drawn(question.key, KINDS[question.kind].order(question, shuffle))


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\n".join(parts).encode()).digest()
