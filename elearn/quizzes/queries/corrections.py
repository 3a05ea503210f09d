"""Wrong keys that were put right: what counts as right now, and which attempts that concerns."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Select, select

from elearn.accounts.models import Person
from elearn.core.db import db
from elearn.courses import queries as courses
from elearn.courses.rules import QuestionFacts
from elearn.learning.models import Enrolment
from elearn.quizzes import rules
from elearn.quizzes.formats.papers import asks
from elearn.quizzes.models import Answer, Attempt, Correction
from elearn.quizzes.rules import Given


def corrections_of(version_id: int) -> list[Correction]:
    """All corrections of a version's keys, the oldest first. One query."""
    return list(
        db.session.scalars(
            select(Correction).where(Correction.version_id == version_id).order_by(Correction.id)
        )
    )


def correction(correction_id: int) -> Correction:
    """The correction of this number. Raises LookupError when there is none."""
    found = db.session.get(Correction, correction_id)
    if found is None:
        raise LookupError(f"no correction {correction_id}")
    return found


def corrected_questions(
    version_id: int, corrections: Iterable[Correction]
) -> Mapping[str, QuestionFacts]:
    """A version's questions with the keys that these corrections gave them, the last one winning.

    No query once the versions are in the process's memory.
    """
    published = courses.questions(version_id)
    newest = {one.question_key: one for one in corrections}
    if not newest:
        return published
    corrected = {key: corrected_question(one) for key, one in newest.items()}
    return MappingProxyType({**published, **corrected})


def corrected_question(correction: Correction) -> QuestionFacts:
    """The question as it was published, with the key that this correction gave it."""
    key = correction.question_key
    published = courses.questions(correction.version_id)[key]
    newer = courses.questions(correction.from_version_id)[key]
    if not (published.item_count or published.pair_count):
        return rules.with_key_of(published, newer)
    places = places_between(correction.version_id, correction.from_version_id, published)
    if places is None:
        raise LookupError(f"correction {correction.id} is of another question by now")
    return rules.with_key_of(published, newer, places)


def places_between(
    version_id: int, from_version_id: int, question: QuestionFacts
) -> tuple[int, ...] | None:
    """What a newer version says of the parts of a version's question; None when these differ.

    No query once the versions are in the process's memory.
    """
    outline, theirs = courses.outline(version_id), courses.outline(from_version_id)
    return rules.places_between(
        (
            courses.question_bodies(version_id, language)[question.key],
            courses.question_bodies(from_version_id, language)[question.key],
        )
        for language in outline.languages
        if language in theirs.languages
    )


def attempts_that_asked(
    version_id: int, question_key: str, after_id: int, most: int
) -> Select[Attempt, str]:
    """Attempts of a version that asked this question, with whose they are, in rising order.

    What the text of the draw is searched for is exact: a key has small letters, digits and hyphens.
    """
    return (
        select(Attempt, Person.full_name)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Attempt.version_id == version_id,
            Attempt.id > after_id,
            Attempt.drawn.contains(asks(question_key), autoescape=True),
        )
        .order_by(Attempt.id)
        .limit(most)
    )


def given_to(question_key: str, attempt_ids: Sequence[int]) -> dict[int, Given]:
    """What was answered to one question, by attempt. One query."""
    rows = db.session.execute(
        select(Answer.attempt_id, Answer.given).where(
            Answer.attempt_id.in_(attempt_ids), Answer.question_key == question_key
        )
    )
    return {attempt_id: rules.decode(given) for attempt_id, given in rows}
