"""Who is to be written to first: people who are stuck, with what is needed to help each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from elearn.accounts.models import Node, Person
from elearn.core.db import db
from elearn.courses import queries as courses
from elearn.courses.rules import Outline
from elearn.learning import queries as learning
from elearn.learning.models import Enrolment, Progress
from elearn.learning.queries import Standing
from elearn.quizzes.models import Allowance, Attempt, AttemptState, Regrade
from elearn.quizzes.queries.regrades import NEWEST_REGRADE
from elearn.supervision.models import Contact
from elearn.supervision.rules import standing as rules
from elearn.supervision.rules.standing import Facts, Limits, Reason


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


_BY_NUMBER = (
    select(Person, Enrolment, Progress)
    .join(Enrolment, Enrolment.person_id == Person.id)
    .join(Progress, Progress.enrolment_id == Enrolment.id)
    .where(Enrolment.id.in_(bindparam("enrolments", expanding=True)))
)
_NAMES = select(Node.id, Node.name).where(Node.id.in_(bindparam("nodes", expanding=True)))


def stuck(most_urgent: Sequence[tuple[int, int]], limits: Limits, now: datetime) -> list[Stuck]:
    """Those of an overview, in its order. Three queries; two more where a quiz was failed."""
    places = dict(most_urgent)
    found = {
        enrolment.id: (person, enrolment, progress)
        for person, enrolment, progress in db.session.execute(
            _BY_NUMBER, {"enrolments": list(places)}
        )
    }
    names = {
        row.id: row.name for row in db.session.execute(_NAMES, {"nodes": list(places.values())})
    }
    last = last_contacts(person.id for person, *_ in found.values())
    tried = _tries([row for *_, row in found.values() if row.failed_unit_key])
    cases = []
    for number in places:
        person, enrolment, progress = found[number]
        stands = rules.standing(facts_of(enrolment, progress), limits, now)
        if stands.reason is None:
            raise LookupError(f"enrolment {number} is not stuck")
        cases.append(
            Stuck(
                person=person,
                library=names[places[number]],
                reason=stands.reason,
                since=stands.since,
                outline=courses.outline(progress.version_id),
                standing=learning.standing_of(progress),
                failed_unit_key=progress.failed_unit_key,
                failed_count=progress.failed_count,
                tries=tried.get(number, NO_TRIES),
                contact=last.get(person.id),
            )
        )
    return cases


def facts_of(enrolment: Enrolment, row: Progress) -> Facts:
    """What an enrolment's standing is judged by."""
    return Facts(
        enrolled_at=enrolment.enrolled_at,
        started_at=row.started_at,
        last_event_at=row.last_event_at,
        completed_at=row.completed_at,
        done_count=row.done_count,
        required_count=row.required_count,
        failed_unit_key=row.failed_unit_key,
        failed_count=row.failed_count,
    )


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
    select(
        Attempt.enrolment_id,
        Attempt.unit_key,
        func.coalesce(Regrade.score_percent, Attempt.score_percent),
        Attempt.submitted_at,
    )
    .outerjoin(Regrade, Regrade.id == NEWEST_REGRADE)
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
