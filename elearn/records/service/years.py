"""What a person's ledger of JP comes to in a year."""

from dataclasses import dataclass
from datetime import datetime

from elearn.accounts import queries as people
from elearn.core import clock, policy
from elearn.core.permissions import Actor
from elearn.records import queries, rules


@dataclass(frozen=True, slots=True)
class Ledger:
    """A person's JP: this year against target and caps, and what earlier years brought."""

    this_year: rules.YearOfCredit
    earlier: dict[int, int]


def ledger_of(actor: Actor, now: datetime) -> Ledger:
    """The actor's JP by year."""
    person_id = actor.person_id or 0
    this_year = year_of(person_id, now)
    by_year = queries.credit_by_year(person_id)
    return Ledger(this_year, {y: jp for y, jp in by_year.items() if y != this_year.year})


def year_of(person_id: int, now: datetime) -> rules.YearOfCredit:
    """The running year of a person where she works, by the rules of the office of today."""
    person = people.holder_facts(person_id, clock.day_in(now, clock.DEFAULT_ZONE))
    today = clock.day_in(now, person.time_zone)
    office = policy.on(today)
    return rules.counted(
        today.year,
        queries.credit_of_year_by_category(person_id, today.year),
        office.caps_by_category,
        office.target_jp(person.employment),
        office.cap_jp(person.employment),
    )
