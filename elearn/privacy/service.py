"""Everything that is kept of a person, and erasing it: room by room, from the top floor down."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from elearn.accounts import queries as accounts
from elearn.accounts import service as accounts_service
from elearn.authoring import service as authoring
from elearn.core import audit, clock, jobs, outbox, policy, post
from elearn.core.permissions import Actor
from elearn.learning import service as learning
from elearn.privacy import queries, rules
from elearn.quizzes import service as quizzes
from elearn.records import service as records
from elearn.records.queries import personal_data as record_data
from elearn.supervision import service as supervision

Collect = Callable[[int], Mapping[str, Any]]
UPLOADS_KEPT = timedelta(days=1)  # lists of people that wait to be written
LETTERS_KEPT = timedelta(days=30)  # that there was a letter, to whom, and whether it left
_MOST_LOOKS = 100_000  # of one person, in a file: more than anybody is looked at in a life

# Room by room, from the top floor down: what was made of a person's rows goes before the person.
COLLECT: dict[str, Collect] = {
    "supervision": supervision.personal_data,
    "authoring": authoring.personal_data,
    "quizzes": quizzes.personal_data,
    "learning": learning.personal_data,
    "records": record_data,
    "accounts": accounts.personal_data,
}


def collect(person_id: int) -> dict[str, Any]:
    """Everything that any room keeps of the person, by room, and who looked at it."""
    parts: dict[str, Any] = {room: data(person_id) for room, data in COLLECT.items()}
    parts["who_looked"] = [asdict(look) for look in queries.looks(person_id, _MOST_LOOKS)]
    *former, _ = accounts.all_entries(person_id)
    if former:
        parts["merged_entries"] = [
            {room: data(number) for room, data in COLLECT.items()} for number in former
        ]
    return parts


def forget(person_id: int, actor: Actor, now: datetime, reason: str = "") -> None:
    """Erase what names the person, in every room, in her merged entries, too.

    reason: who asked for it, in a few words without a name; kept in the log.
    Raises Conflict when the site would have no administrator then. Called inside `saving()`.
    """
    person = accounts.person(person_id)
    with accounts_service.one_stays(now):
        for number in accounts.all_entries(person_id):
            supervision.forget(number, now)
            authoring.forget(number, now)
            quizzes.forget(number, now)
            learning.forget(number, now)
            records.forget(number, now)
            accounts_service.forget(number, now)
    audit.note(actor, "privacy:person:erase", person.code, now, reason)


@dataclass(frozen=True, slots=True)
class Swept:
    """How much of what lay about was deleted."""

    uploads: int
    letters: int
    jobs: int
    files: int  # of evidence that came with a form which nobody finished


def sweep(now: datetime) -> Swept:
    """Delete what nobody needs any longer by any rule. Called inside `saving()`."""
    before = now - LETTERS_KEPT
    return Swept(
        uploads=accounts_service.sweep_uploads(now - UPLOADS_KEPT),
        letters=outbox.forget_old(before) + post.forget_files(before),
        jobs=jobs.forget_old(now),
        files=records.drop_loose_files(now),
    )


@dataclass(frozen=True, slots=True)
class Term:
    """Something that the office keeps for some months, by a rule of its own.

    sweep(before) deletes some of what ended before then, and says how many; 0: none is left.
    begin(before, now) is called first, where `elearn db check` has to know how far it went.
    """

    rule: str
    what: str
    sweep: Callable[[datetime], int]
    begin: Callable[[datetime, datetime], None] | None = None


TERMS = (
    Term(
        "keep_answers_months",
        "the answers of {} attempts",
        quizzes.sweep_answers,
        quizzes.begin_sweep,
    ),
    Term("keep_evidence_months", "{} files of evidence", records.sweep_evidence),
    Term("keep_evidence_months", "{} files behind corrections", learning.sweep_evidence),
)


def kept_until(rule: str, now: datetime) -> datetime | None:
    """What ended before then goes by the office's rule of today; None: all stays."""
    months: int | None = getattr(policy.on(clock.day_in(now, clock.DEFAULT_ZONE)), rule)
    return rules.months_before(now, months) if months else None
