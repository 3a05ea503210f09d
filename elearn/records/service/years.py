"""What a person's ledger of JP comes to in a year."""

from dataclasses import dataclass
from datetime import datetime

from elearn.accounts import queries as people
from elearn.core import clock, policy
from elearn.core.permissions import Actor
from elearn.records import queries, rules


@dataclass(frozen=True, slots=True)
class Ledger:
    """A person's JP by year."""

    this_year: rules.YearOfCredit
    cap: int | None
    earlier: dict[int, int]


def ledger_of(actor: Actor, now: datetime) -> Ledger:
    """The actor's JP: this year against target and cap of the status, and earlier years."""
    person_id = actor.person_id or 0
    person = people.holder_facts(person_id, clock.day_in(now, clock.DEFAULT_ZONE))
    today = clock.day_in(now, person.time_zone)
    office = policy.on(today)
    by_year = queries.credit_by_year(person_id)
    target, cap = office.target_jp(person.employment), office.cap_jp(person.employment)
    this_year = rules.year_of_credit(today.year, by_year.get(today.year, 0), target, cap)
    return Ledger(this_year, cap, {y: jp for y, jp in by_year.items() if y != today.year})
