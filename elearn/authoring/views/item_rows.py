"""What was answered to a question, row by row; one function a kind, all in the table ROWS.

A row is an answer that people could give or, where they type, have given, with how many did.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from elearn.core.i18n import gettext as _
from elearn.courses.rules import QuestionBody, QuestionFacts
from elearn.quizzes.rules import Item, right_place

RIGHT, OTHER, MISLEADING = "done", "current", "stuck"  # paints of components/chart.html


@dataclass(frozen=True, slots=True)
class Row:
    """One answer, and how many gave it. count: None where only the share is known.

    parts: one text, or the two sides of a pair; words: whose they are: "course", "page" (the
    product's own) or "learner".
    """

    parts: tuple[Markup | str, ...]
    percent: int
    count: int | None
    paint: str
    words: str = "course"


def rows(facts: QuestionFacts, body: QuestionBody, item: Item) -> list[Row]:
    """Every answer with its share of the tries; last, how often there was none."""
    found = ROWS[facts.kind](facts, body, item)
    if item.omitted:
        found.append(_counted(item, _("not answered"), item.omitted, OTHER, "page"))
    return found


def _counted(item: Item, html: Markup | str, count: int, paint: str, words: str = "course") -> Row:
    percent = round(100 * count / item.tries) if item.tries else 0
    return Row((html,), percent, count, paint, words)


def _options(facts: QuestionFacts, body: QuestionBody, item: Item) -> list[Row]:
    return [
        _counted(item, option.text, count, _paint(item, at, is_right))
        for at, (option, count, is_right) in enumerate(
            zip(body.options, item.chosen, facts.rights, strict=True)
        )
    ]


def _truth(facts: QuestionFacts, _body: QuestionBody, item: Item) -> list[Row]:
    sides = ((_("True"), facts.answer is True), (_("False"), facts.answer is not True))
    return [
        _counted(item, word, count, _paint(item, at, is_right), "page")
        for at, ((word, is_right), count) in enumerate(zip(sides, item.chosen, strict=True))
    ]


def _paint(item: Item, at: int, is_right: bool) -> str:
    if is_right:
        return RIGHT
    return MISLEADING if at in item.misleading else OTHER


def _typed(_facts: QuestionFacts, _body: QuestionBody, item: Item) -> list[Row]:
    return [_counted(item, typed, count, OTHER, "learner") for typed, count in item.wrong_answers]


def _ordering(_facts: QuestionFacts, body: QuestionBody, item: Item) -> list[Row]:
    return _places([(each,) for each in body.items], item)


def _matching(facts: QuestionFacts, body: QuestionBody, item: Item) -> list[Row]:
    return _places(pairs_of(facts, body), item)


def pairs_of(facts: QuestionFacts, body: QuestionBody) -> list[tuple[Markup, Markup]]:
    """Each left side of a matching with the choice that belongs to it."""
    return [(left, body.rights[right_place(facts, at)]) for at, left in enumerate(body.lefts)]


def _places(shown: Sequence[tuple[Markup, ...]], item: Item) -> list[Row]:
    return [
        Row(parts, round(100 * share), None, RIGHT)
        for parts, share in zip(shown, item.right_places, strict=False)  # () without a try
    ]


ROWS: Mapping[str, Callable[[QuestionFacts, QuestionBody, Item], list[Row]]] = {
    "single": _options,
    "several": _options,
    "true-false": _truth,
    "ordering": _ordering,
    "matching": _matching,
    "text": _typed,
    "number": _typed,
}
