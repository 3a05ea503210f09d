"""Texts that are there in one language and not yet in another: one thing to do for each part."""

from collections.abc import Iterable
from dataclasses import replace

from elearn.authoring.rules.fields import Located
from elearn.coursepack.problems import Problem

ONE, MANY = "translation-missing", "translations-missing"


def gathered(found: Iterable[Located]) -> tuple[Located, ...]:
    """The problems, with those of MANY texts in place of all ONE of a part and language.

    A course that gets a second language would have hundreds of lines else. The way leads to the
    first of the texts, and the page there names the others.
    """
    kept: dict[object, list[Located]] = {}
    for one in found:
        language = dict(one.problem.values).get("language")
        is_one = one.problem.code == ONE
        kept.setdefault((one.part, language) if is_one else len(kept), []).append(one)
    return tuple(_as_one(same) for same in kept.values())


def _as_one(same: list[Located]) -> Located:
    first = same[0]
    if len(same) == 1:
        return first
    values = {"count": str(len(same)), "language": dict(first.problem.values)["language"]}
    problem = first.problem
    many = Problem(problem.path, problem.line, MANY, tuple(values.items()), problem.severity)
    return replace(first, problem=many)
