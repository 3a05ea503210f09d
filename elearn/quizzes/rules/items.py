"""Item analysis: what the answers of many people say about one question.

Classical test theory, on what an attempt at random draws: the rest of an attempt is other questions
for everybody, so it is compared as a share of its points. All attempts count, repeated ones, too:
with few learners that is better than fewer answers, but it makes a question look easier than it
was at the first try.

Sources: R. L. Ebel and D. A. Frisbie, Essentials of Educational Measurement, 5th ed. 1991 (items
are kept, revised or rejected by their discrimination); L. Crocker and J. Algina, Introduction to
Classical and Modern Test Theory, 1986 (facility, the point-biserial correlation corrected for the
item itself); T. M. Haladyna and M. C. Rodriguez, Developing and Validating Test Items, 2013 (wrong
options that draw those who know); the quiz statistics of Moodle, docs.moodle.org ("Quiz report
statistics": from 95 % on a question is extremely easy, and one that discriminates negatively is
probably invalid).
"""

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from elearn.quizzes.rules.kinds import KINDS
from elearn.quizzes.rules.questions import Given, Question, TypedNumber, right_place
from elearn.quizzes.rules.typed import plain_text

TRIES_TO_CORRELATE = 10  # with fewer, one person's luck is the correlation
TRIES_TO_JUDGE = 30  # the usual least sample of an item analysis in a class; below it chance speaks
TOO_EASY = 0.95  # facility above which Moodle calls a question extremely easy
HARD = 0.6  # facility below which weak discrimination is no effect of everybody being right
WEAK = 0.1  # discrimination; Ebel and Frisbie would reject or rewrite everything below 0.2
NEAR_CHANCE = 0.05  # above what guessing earns, facility
WRONG_ANSWERS = 5  # how many of the typed ones are told
TYPED_BY = 2  # people: what only one has typed, however often, may say who that was


class Flag(StrEnum):
    """What is to be looked at, and what to do about it.

    too-easy: nearly everybody is right; ask something harder or leave it as a warm-up.
    misleading-option: who knows the rest chooses a wrong option; look whether it is right as well,
    or the key is wrong.
    unclear: people guess, or who knows the rest is wrong more often; word it anew.
    """

    TOO_EASY = "too-easy"
    MISLEADING_OPTION = "misleading-option"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Try:
    """One question in one attempt. Shares are of points, 0 to 1, exact.

    rest: share of the attempt's other questions; None when it asked nothing else. person: number of
    who tried, to tell one from several; it is never told.
    """

    given: Given
    share: Fraction
    rest: Fraction | None
    person: int


@dataclass(frozen=True, slots=True)
class Item:
    """What the tries say about a question.

    facility: mean share of the points, 0 to 1; None without a try.
    discrimination: correlation with the rest of the attempts, -1 to 1; None when it cannot be said.
    chosen: how often each option was chosen, in file order; of true-false, true first.
    wrong_answers: what was typed most often and is not right, with how often.
    right_places: share of tries in which each item or pair, in file order, was in its place.
    flags: None when there are too few tries to say anything.
    misleading: options, in file order, that drew more of the best third than a right one did.
    """

    tries: int
    omitted: int
    facility: float | None
    discrimination: float | None
    chosen: tuple[int, ...]
    wrong_answers: tuple[tuple[str, int], ...]
    right_places: tuple[float, ...]
    flags: tuple[Flag, ...] | None
    misleading: tuple[int, ...]


def tries_of(
    questions: Mapping[str, Question], given: Mapping[str, Given], drawn: Iterable[str], person: int
) -> dict[str, Try]:
    """One attempt, question by question. drawn: the keys that it asked."""
    asked = [questions[key] for key in drawn]
    shares = {question.key: _share(question, given.get(question.key)) for question in asked}
    earned = sum((question.points * shares[question.key] for question in asked), Fraction(0))
    possible = sum(question.points for question in asked)
    rests: dict[tuple[int, Fraction], Fraction | None] = {}  # most questions share one of a few
    found = {}
    for question in asked:
        share, others = shares[question.key], possible - question.points
        weight = (question.points, share)
        if weight not in rests:
            rests[weight] = (earned - question.points * share) / others if others else None
        found[question.key] = Try(given.get(question.key), share, rests[weight], person)
    return found


def item_of(question: Question, tries: Sequence[Try]) -> Item:
    """What all tries at a question say about it; their order does not matter."""
    facility = statistics.fmean(one.share for one in tries) if tries else None
    discrimination = discrimination_of(tries)
    misleading = _misleading(question, tries)
    flags = None
    if facility is not None and len(tries) >= TRIES_TO_JUDGE:
        flags = tuple(_flags(question, facility, discrimination, misleading))
    return Item(
        tries=len(tries),
        omitted=sum(one.given is None for one in tries),
        facility=facility,
        discrimination=discrimination,
        chosen=_chosen(question, tries),
        wrong_answers=_wrong_answers(question, tries),
        right_places=_right_places(question, tries),
        flags=flags,
        misleading=misleading if flags is not None else (),
    )


def discrimination_of(tries: Iterable[Try]) -> float | None:
    """Whether those who do well elsewhere do well here: the correlation of share and rest.

    Of a question that is right or wrong this is the point-biserial correlation, corrected: the
    question is not part of what it is compared with (Crocker and Algina, chapter 14). None below
    TRIES_TO_CORRELATE, and when everybody did equally well here or elsewhere.
    """
    pairs = [(float(one.share), float(one.rest)) for one in tries if one.rest is not None]
    if len(pairs) < TRIES_TO_CORRELATE:
        return None
    shares, rests = zip(*pairs, strict=True)
    if len(set(shares)) == 1 or len(set(rests)) == 1:
        return None
    found = statistics.correlation(shares, rests)
    return max(-1.0, min(1.0, found))


def chance(question: Question) -> float:
    """The share of the points that guessing earns on average; 0 where nobody can guess."""
    if question.kind == "single":
        return 1 / len(question.rights)
    if question.kind == "true-false":
        return 1 / 2
    if question.kind == "ordering":
        return 1 / question.item_count
    if question.kind == "matching":
        return 1 / (question.pair_count + question.extra_count)
    return 0.0


def _share(question: Question, given: Given) -> Fraction:
    return Fraction(0) if given is None else KINDS[question.kind].share(question, given)


def _flags(
    question: Question, facility: float, discrimination: float | None, misleading: tuple[int, ...]
) -> Iterable[Flag]:
    if facility > TOO_EASY:
        yield Flag.TOO_EASY
    is_weak = discrimination is not None and discrimination < WEAK
    has_options = bool(question.rights) or question.kind == "true-false"
    if misleading or (has_options and is_weak and facility < HARD):
        yield Flag.MISLEADING_OPTION
    is_guessed = chance(question) > 0 and facility <= chance(question) + NEAR_CHANCE
    if is_guessed or (discrimination is not None and discrimination < 0):
        yield Flag.UNCLEAR


def _rights(question: Question) -> tuple[bool, ...]:
    """Whether each option is right; () where there are none to choose."""
    if question.kind == "true-false":
        return (question.answer is True, question.answer is not True)
    return question.rights


def _options(question: Question, given: Given) -> tuple[int | None, ...]:
    """Places of the chosen options."""
    if question.kind == "true-false":
        return () if given is None else (0 if given else 1,)
    if isinstance(given, tuple):
        return given
    return (given,) if type(given) is int else ()


def _chosen(question: Question, tries: Iterable[Try]) -> tuple[int, ...]:
    rights = _rights(question)
    if not rights:
        return ()
    counted = Counter(place for one in tries for place in _options(question, one.given))
    return tuple(counted[place] for place in range(len(rights)))


def _misleading(question: Question, tries: Sequence[Try]) -> tuple[int, ...]:
    """Wrong options that more of the best third chose than the right one (the rarest right one)."""
    rights = _rights(question)
    chosen = _chosen(question, _best_third(tries))
    if not chosen:
        return ()
    least = min(count for count, is_right in zip(chosen, rights, strict=True) if is_right)
    return tuple(
        place
        for place, (count, is_right) in enumerate(zip(chosen, rights, strict=True))
        if not is_right and count > least
    )


def _best_third(tries: Sequence[Try]) -> list[Try]:
    """Those who did best in the rest; equal ones all belong, so that no order decides."""
    rests = sorted((float(one.rest) for one in tries if one.rest is not None), reverse=True)
    if not rests:
        return []
    last = rests[math.ceil(len(rests) / 3) - 1]
    return [one for one in tries if one.rest is not None and float(one.rest) >= last]


def _wrong_answers(question: Question, tries: Iterable[Try]) -> tuple[tuple[str, int], ...]:
    if question.kind not in ("text", "number"):
        return ()
    by = defaultdict[str, list[int]](list)
    for one in tries:
        if one.given is not None and not one.share:
            by[_typed(one.given)].append(one.person)
    common = [(typed, len(who)) for typed, who in by.items() if len(set(who)) >= TYPED_BY]
    return tuple(sorted(common, key=lambda one: (-one[1], one[0]))[:WRONG_ANSWERS])


def _typed(given: Given) -> str:
    """A typed answer as it is compared: two ways to write the same are one answer."""
    if isinstance(given, TypedNumber):
        return given.typed if given.value is None else f"{given.value.normalize():f}"
    return plain_text(str(given))


def _right_places(question: Question, tries: Sequence[Try]) -> tuple[float, ...]:
    """Counted as they are marked: a rank that is used twice is in its place for nobody."""
    if question.kind not in ("ordering", "matching") or not tries:
        return ()
    places = question.item_count if question.kind == "ordering" else question.pair_count
    first = 1 if question.kind == "ordering" else 0
    right = [0] * places
    for one in tries:
        given = one.given if isinstance(one.given, tuple) else ()
        for at, value in enumerate(given):
            is_once = first == 0 or given.count(value) == 1
            right[at] += value == right_place(question, at) + first and is_once
    return tuple(count / len(tries) for count in right)
