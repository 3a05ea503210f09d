"""Who is to be written to first: people who are stuck, with what is needed to help each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, func, select

from elearn.accounts.models import Node, Person
from elearn.core.db import db
from elearn.courses import queries as courses
from elearn.courses.rules import Outline
from elearn.learning import queries as learning
from elearn.learning.models import Progress
from elearn.learning.queries import Standing
from elearn.quizzes.models import Allowance, Attempt, AttemptState
from elearn.supervision.models import Contact
from elearn.supervision.queries.standings import STUCK_RANKS, each_course, in_words
from elearn.supervision.rules.standing import Reason


@dataclass(frozen=True, slots=True)
class LastContact:
    """When somebody was last written to or called, by whom and about what."""

    at: datetime
    by: str  # whole name
    reason: str
    channel: str


@dataclass(frozen=True, slots=True)
class Tries:
    """The attempts at the quiz that somebody is stuck at. Scores are percent, in order."""

    scores: tuple[int, ...]
    last_at: datetime | None
    allowed: int | None  # None: as many as she likes

    @property
    def are_used_up(self) -> bool:
        return self.allowed is not None and len(self.scores) >= self.allowed


NO_TRIES = Tries((), None, None)


@dataclass(frozen=True, slots=True)
class Stuck:
    """Somebody who is stuck, by the most urgent of her courses."""

    person: Person
    library: str
    reason: Reason
    since: datetime
    outline: Outline
    standing: Standing
    failed_unit_key: str
    failed_count: int
    tries: Tries
    contact: LastContact | None


_FIRST = each_course()
_MOST_URGENT = (
    select(_FIRST)
    .where(_FIRST.c.place == 1, _FIRST.c.rank < STUCK_RANKS)
    .order_by(_FIRST.c.rank, _FIRST.c.since, _FIRST.c.person_id)
    .limit(bindparam("most", type_=Integer))
    .subquery()
)
_STUCK = (
    select(Person, Progress, Node.name, _MOST_URGENT.c.rank, _MOST_URGENT.c.since)
    .join(_MOST_URGENT, _MOST_URGENT.c.person_id == Person.id)
    .join(Node, Node.id == _MOST_URGENT.c.node_id)
    .join(Progress, Progress.enrolment_id == _MOST_URGENT.c.enrolment_id)
    .order_by(_MOST_URGENT.c.rank, _MOST_URGENT.c.since, _MOST_URGENT.c.person_id)
)


def stuck(values: Mapping[str, Any], most: int) -> list[Stuck]:
    """The most urgent ones, at most so many. Four queries, whatever they are stuck at."""
    rows = db.session.execute(_STUCK, {**values, "most": most}).all()
    last = last_contacts(person.id for person, *_ in rows)
    tried = _tries([progress for _, progress, *_ in rows if progress.failed_unit_key])
    return [
        Stuck(
            person=person,
            library=library,
            reason=_reason(number),
            since=from_at,
            outline=courses.outline(progress.version_id),
            standing=learning.standing_of(progress),
            failed_unit_key=progress.failed_unit_key,
            failed_count=progress.failed_count,
            tries=tried.get(progress.enrolment_id, NO_TRIES),
            contact=last.get(person.id),
        )
        for person, progress, library, number, from_at in rows
    ]


def _reason(number: int) -> Reason:
    reason = in_words(number)[1]
    if reason is None:
        raise LookupError(f"rank {number} is nobody who is stuck")
    return reason


_NEWEST = (
    select(func.max(Contact.id))
    .where(Contact.person_id.in_(bindparam("people", expanding=True)))
    .group_by(Contact.person_id)
)
_LAST_CONTACTS = (
    select(Contact.person_id, Contact.at, Person.full_name, Contact.reason, Contact.channel)
    .join(Person, Person.id == Contact.by)
    .where(Contact.id.in_(_NEWEST))
)


def last_contacts(people: Iterable[int]) -> dict[int, LastContact]:
    """The newest contact of each of these people. One query."""
    rows = db.session.execute(_LAST_CONTACTS, {"people": list(people)})
    return {
        row.person_id: LastContact(row.at, row.full_name, row.reason, row.channel) for row in rows
    }


_ATTEMPTS = (
    select(Attempt.enrolment_id, Attempt.unit_key, Attempt.score_percent, Attempt.submitted_at)
    .where(
        Attempt.enrolment_id.in_(bindparam("enrolments", expanding=True)),
        Attempt.state == AttemptState.SUBMITTED,
    )
    .order_by(Attempt.id)
)
_ALLOWANCES = (
    select(Allowance.enrolment_id, Allowance.unit_key, func.count())
    .where(Allowance.enrolment_id.in_(bindparam("enrolments", expanding=True)))
    .group_by(Allowance.enrolment_id, Allowance.unit_key)
)


def _tries(failed: Sequence[Progress]) -> dict[int, Tries]:
    """The attempts at the quiz that each of these enrolments fails at. Two queries."""
    if not failed:
        return {}
    wanted = {"enrolments": [progress.enrolment_id for progress in failed]}
    attempts: dict[tuple[int, str], list[tuple[Any, Any]]] = defaultdict(list)
    for enrolment_id, unit_key, score, at in db.session.execute(_ATTEMPTS, wanted):
        attempts[enrolment_id, unit_key].append((score, at))
    granted = {
        (enrolment_id, unit_key): count
        for enrolment_id, unit_key, count in db.session.execute(_ALLOWANCES, wanted)
    }
    found = {}
    for progress in failed:
        at_quiz = (progress.enrolment_id, progress.failed_unit_key)
        unit = courses.outline(progress.version_id).unit(progress.failed_unit_key)
        limit = unit.attempt_limit if unit else None
        found[progress.enrolment_id] = Tries(
            scores=tuple(score for score, _ in attempts[at_quiz]),
            last_at=max((at for _, at in attempts[at_quiz]), default=None),
            allowed=limit + granted.get(at_quiz, 0) if limit else None,
        )
    return found
