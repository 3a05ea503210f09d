"""The kinds of questions as an author is told of them, and other words of question banks."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class KindWords:
    name: LazyString
    meaning: LazyString
    example: LazyString


KINDS: Mapping[str, KindWords] = {
    "single": KindWords(
        _l("One right answer"),
        _l("Several options, of which exactly one is right."),
        _l("What lifts dust? A damp cloth, a feather duster, a broom."),
    ),
    "several": KindWords(
        _l("Several right answers"),
        _l("Several options; more than one may be right. A wrong mark takes away a right one."),
        _l("Which of these damage books? Dust, light, a plastic cover."),
    ),
    "true-false": KindWords(
        _l("True or false"),
        _l("A statement that is right or wrong."),
        _l("Direct sun is good for books."),
    ),
    "ordering": KindWords(
        _l("Put in order"),
        _l("Steps that stand mixed up; the learner numbers them."),
        _l("Divide the shelves, name who does it, care for one part."),
    ),
    "matching": KindWords(
        _l("Match pairs"),
        _l("Each line on the left gets its partner from a list."),
        _l("Dust – dull pages; light – faded cover."),
    ),
    "text": KindWords(
        _l("Short answer"),
        _l("A word or two is typed. Capitals and a full stop at the end do not matter."),
        _l("What is the list of who cares for which shelf called?"),
    ),
    "number": KindWords(
        _l("A number"),
        _l("A number is typed; you say how far off still counts."),
        _l("Into how many parts are the shelves divided?"),
    ),
}

POOLS: Mapping[str, LazyString] = {
    "quiz": _l("Quiz of the module"),
    "test": _l("Pre-test and post-test"),
}


def kind_name(kind: str) -> str:
    return str(KINDS[kind].name) if kind in KINDS else kind


def pool_name(pool: str) -> str:
    return str(POOLS.get(pool, pool))
