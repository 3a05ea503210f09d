# ruff: noqa: ARG002 - every kind answers the same calls, whether it needs each argument or not
"""The question kinds, one class each, all in the table at the end.

To add a kind: a class here, a line in KINDS, and how it looks in `views/sheets.py` (to answer)
and `views/findings.py` (in the review). A test holds the three tables together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from elearn.core.errors import Invalid
from elearn.core.text import tidy
from elearn.quizzes.rules.questions import Fields, Given, Question, TypedNumber, right_place
from elearn.quizzes.rules.typed import parse_number, plain_text

TYPED_LENGTHS = {"text": 200, "number": 40}  # by kind: characters, at most

Shuffle = Callable[[Sequence[int]], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Gap:
    """What an answer still lacks; it is saved all the same. count: how many places."""

    code: str  # "places-open", "ranks-repeated" or "number-unreadable"
    count: int = 0


class Kind(Protocol):
    """What every kind can do."""

    def order(self, question: Question, shuffle: Shuffle) -> tuple[int, ...]:
        """File positions in the order shown; () when there is nothing to shuffle."""

    def read(
        self, question: Question, order: tuple[int, ...], fields: Fields, language: str
    ) -> Given:
        """The answer in fields that name positions as shown, from 1. Raises Invalid."""

    def fits(self, question: Question, given: Given) -> bool:
        """Whether this could be an answer to the question at all, right or wrong."""

    def gap(self, question: Question, given: Given) -> Gap | None:
        """What is missing in an answer that fits."""

    def share(self, question: Question, given: Given) -> Fraction:
        """The part of the points that an answer earns, 0 to 1, exact."""


def _all_or_nothing(is_right: bool) -> Fraction:
    return Fraction(1 if is_right else 0)


def _one(fields: Fields, place: str = "") -> str:
    """The one value of a field; "" when it was not sent. Raises Invalid when there are several."""
    values = fields.get(place, ())
    if len(values) > 1:
        raise Invalid("answer-invalid")
    return values[0] if values else ""


def _position(text: str, count: int) -> int:
    """A position as shown, from 1, made to count from 0. Raises Invalid."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= count):
        raise Invalid("answer-invalid")
    return int(text) - 1


def _open_places(given: Given) -> Gap | None:
    count = sum(place is None for place in given) if isinstance(given, tuple) else 0
    return Gap("places-open", count) if count else None


class Single:
    """One option is right."""

    def order(self, question: Question, shuffle: Shuffle) -> tuple[int, ...]:
        return shuffle(range(len(question.rights)))

    def read(
        self, question: Question, order: tuple[int, ...], fields: Fields, language: str
    ) -> Given:
        text = _one(fields)
        return order[_position(text, len(order))] if text else None

    def fits(self, question: Question, given: Given) -> bool:
        return type(given) is int and 0 <= given < len(question.rights)

    def gap(self, question: Question, given: Given) -> Gap | None:
        return None

    def share(self, question: Question, given: Given) -> Fraction:
        return _all_or_nothing(isinstance(given, int) and question.rights[given])


class Several:
    """Some options are right; a wrong mark cancels a right one."""

    def order(self, question: Question, shuffle: Shuffle) -> tuple[int, ...]:
        return shuffle(range(len(question.rights)))

    def read(
        self, question: Question, order: tuple[int, ...], fields: Fields, language: str
    ) -> Given:
        chosen = {order[_position(text, len(order))] for text in fields.get("", ())}
        return tuple(sorted(chosen)) or None

    def fits(self, question: Question, given: Given) -> bool:
        if not isinstance(given, tuple) or not given:
            return False
        chosen = [place for place in given if type(place) is int]
        return (
            len(chosen) == len(given)
            and chosen == sorted(set(chosen))
            and chosen[0] >= 0
            and chosen[-1] < len(question.rights)
        )

    def gap(self, question: Question, given: Given) -> Gap | None:
        return None

    def share(self, question: Question, given: Given) -> Fraction:
        chosen = given if isinstance(given, tuple) else ()
        right = sum(is_right and place in chosen for place, is_right in enumerate(question.rights))
        wrong = len(chosen) - right
        return Fraction(max(0, right - wrong), sum(question.rights))


class TrueFalse:
    """True is shown first, false second, always."""

    def order(self, question: Question, shuffle: Shuffle) -> tuple[int, ...]:
        return ()

    def read(
        self, question: Question, order: tuple[int, ...], fields: Fields, language: str
    ) -> Given:
        text = _one(fields)
        return _position(text, 2) == 0 if text else None

    def fits(self, question: Question, given: Given) -> bool:
        return isinstance(given, bool)

    def gap(self, question: Question, given: Given) -> Gap | None:
        return None

    def share(self, question: Question, given: Given) -> Fraction:
        return _all_or_nothing(given is question.answer)


class Ordering:
    """Each item gets a rank. A rank that is used twice counts for nobody."""

    def order(self, question: Question, shuffle: Shuffle) -> tuple[int, ...]:
        solved = tuple(range(question.item_count))
        order = shuffle(solved)
        return order if order != solved else order[1:] + order[:1]  # never shown already solved

    def read(
        self, question: Question, order: tuple[int, ...], fields: Fields, language: str
    ) -> Given:
        ranks: list[int | None] = [None] * len(order)
        for shown, item in enumerate(order, start=1):
            text = _one(fields, str(shown))
            ranks[item] = _position(text, len(order)) + 1 if text else None
        return tuple(ranks) if any(ranks) else None

    def fits(self, question: Question, given: Given) -> bool:
        return (
            isinstance(given, tuple)
            and len(given) == question.item_count
            and any(given)
            and all(
                rank is None or (type(rank) is int and 1 <= rank <= question.item_count)
                for rank in given
            )
        )

    def gap(self, question: Question, given: Given) -> Gap | None:
        ranks = [rank for rank in given if rank] if isinstance(given, tuple) else []
        if len(set(ranks)) < len(ranks):
            return Gap("ranks-repeated")
        return _open_places(given)

    def share(self, question: Question, given: Given) -> Fraction:
        ranks = given if isinstance(given, tuple) else ()
        right = sum(
            rank == right_place(question, item) + 1 and ranks.count(rank) == 1
            for item, rank in enumerate(ranks)
        )
        return Fraction(right, question.item_count)


class Matching:
    """The left sides stand as in the file; the choices are shuffled."""

    def order(self, question: Question, shuffle: Shuffle) -> tuple[int, ...]:
        return shuffle(range(question.pair_count + question.extra_count))

    def read(
        self, question: Question, order: tuple[int, ...], fields: Fields, language: str
    ) -> Given:
        texts = [_one(fields, str(place)) for place in range(1, question.pair_count + 1)]
        chosen = tuple(order[_position(text, len(order))] if text else None for text in texts)
        return chosen if any(choice is not None for choice in chosen) else None

    def fits(self, question: Question, given: Given) -> bool:
        choices = question.pair_count + question.extra_count
        return (
            isinstance(given, tuple)
            and len(given) == question.pair_count
            and any(choice is not None for choice in given)
            and all(
                choice is None or (type(choice) is int and 0 <= choice < choices)
                for choice in given
            )
        )

    def gap(self, question: Question, given: Given) -> Gap | None:
        return _open_places(given)

    def share(self, question: Question, given: Given) -> Fraction:
        chosen = given if isinstance(given, tuple) else ()
        right = sum(choice == right_place(question, pair) for pair, choice in enumerate(chosen))
        return Fraction(right, question.pair_count)


class ShortText:
    """A few words, compared after they are made plain."""

    def order(self, question: Question, shuffle: Shuffle) -> tuple[int, ...]:
        return ()

    def read(
        self, question: Question, order: tuple[int, ...], fields: Fields, language: str
    ) -> Given:
        return tidy(_one(fields)) or None

    def fits(self, question: Question, given: Given) -> bool:
        return isinstance(given, str) and 0 < len(given) <= TYPED_LENGTHS["text"]

    def gap(self, question: Question, given: Given) -> Gap | None:
        return None

    def share(self, question: Question, given: Given) -> Fraction:
        typed = plain_text(given) if isinstance(given, str) else ""
        return _all_or_nothing(typed != "" and typed in map(plain_text, question.accepted))


class Number:
    """A number within the tolerance; what cannot be read as one is kept as it was typed."""

    def order(self, question: Question, shuffle: Shuffle) -> tuple[int, ...]:
        return ()

    def read(
        self, question: Question, order: tuple[int, ...], fields: Fields, language: str
    ) -> Given:
        typed = tidy(_one(fields))
        return TypedNumber(typed, parse_number(typed, language)) if typed else None

    def fits(self, question: Question, given: Given) -> bool:
        return isinstance(given, TypedNumber) and 0 < len(given.typed) <= TYPED_LENGTHS["number"]

    def gap(self, question: Question, given: Given) -> Gap | None:
        is_readable = isinstance(given, TypedNumber) and given.value is not None
        return None if is_readable else Gap("number-unreadable")

    def share(self, question: Question, given: Given) -> Fraction:
        if not isinstance(given, TypedNumber) or given.value is None or question.answer is None:
            return Fraction(0)
        return _all_or_nothing(abs(given.value - question.answer) <= question.tolerance)


KINDS: Mapping[str, Kind] = {
    "single": Single(),
    "several": Several(),
    "true-false": TrueFalse(),
    "ordering": Ordering(),
    "matching": Matching(),
    "text": ShortText(),
    "number": Number(),
}
