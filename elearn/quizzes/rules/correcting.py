"""A wrong key put right: which other key may take its place, and what that makes of a result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from markupsafe import Markup

from elearn.courses.rules import QuestionBody, QuestionFacts
from elearn.quizzes.rules.grading import is_passed, points, score
from elearn.quizzes.rules.questions import Given, Question

BodyPairs = Iterable[tuple[QuestionBody, QuestionBody]]
Places = tuple[int, ...]  # as QuestionFacts has them


@dataclass(frozen=True, slots=True)
class Result:
    """What counts of an attempt. points: exact, of every question that it asked."""

    points: Mapping[str, Fraction]
    score_percent: int
    is_passed: bool | None


def with_key_of(
    published: QuestionFacts, newer: QuestionFacts, places: Places = ()
) -> QuestionFacts:
    """The published question, marked by another one's key. What it asks and earns stays.

    places: of `places_between`, since the order of its parts is the key of an ordering or matching.
    """
    return replace(
        published,
        rights=newer.rights,
        answer=newer.answer,
        tolerance=newer.tolerance,
        accepted=newer.accepted,
        places=places,
    )


def places_between(bodies: BodyPairs) -> Places | None:
    """What a newer question says of the parts of a published one; None when these differ.

    bodies: of both, in each language that both versions have. Answers are kept by position, so
    what they can point at must be the same in both, in words too: options in the same order; the
    items of an ordering, the sides of a matching in any, for their order *is* the key. Of these
    the place of each published item, or the choice that belongs to each published pair; () when
    that is as it was published.
    """
    found = {_places(published, newer) for published, newer in bodies}
    return found.pop() if len(found) == 1 else None


def fault_in_key(now: QuestionFacts, newer: QuestionFacts, places: Places | None) -> str | None:
    """Code of what forbids marking answers by the key of the newer question, or None.

    now: the question with the key that counts so far. places: of `places_between`.
    """
    if (now.kind, now.edition) != (newer.kind, newer.edition) or places is None:
        return "correction-shape"
    return "correction-empty" if with_key_of(now, newer, places) == now else None


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
    percent = score(earned.values(), possible)
    return Result(earned, percent, is_passed(percent, pass_percent))


def _places(published: QuestionBody, newer: QuestionBody) -> Places | None:
    """In one language."""
    if published.items:
        return _permutation(_words(published.items), _words(newer.items))
    if published.lefts:
        return _partners(published, newer)
    return () if _options(published) == _options(newer) else None


def _permutation(before: Sequence[str], after: Sequence[str]) -> Places | None:
    """Where each of these words stands in the other list; None unless both have each once."""
    if sorted(before) != sorted(after) or len(set(before)) < len(before):
        return None
    return _unless_as_published(tuple(after.index(word) for word in before))


def _partners(published: QuestionBody, newer: QuestionBody) -> Places | None:
    """The published choice that the newer question gives to each published left side."""
    lefts, choices = _words(published.lefts), _words(published.rights)
    new_lefts, new_choices = _words(newer.lefts), _words(newer.rights)
    if _permutation(lefts, new_lefts) is None or _permutation(choices, new_choices) is None:
        return None
    partners = dict(zip(new_lefts, new_choices, strict=False))  # later choices are nobody's
    return _unless_as_published(tuple(choices.index(partners[left]) for left in lefts))


def _unless_as_published(places: Places) -> Places:
    return () if places == tuple(range(len(places))) else places


def _options(body: QuestionBody) -> tuple[str, ...]:
    """Everything else that an answer can point at, in file order."""
    return (*_words(option.text for option in body.options), body.unit)


def _words(texts: Iterable[Markup]) -> tuple[str, ...]:
    """Without their markup."""
    return tuple(" ".join(text.striptags().split()) for text in texts)
