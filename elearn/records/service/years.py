"""What a person's ledger of JP comes to, year by year."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from elearn.accounts import queries as people
from elearn.core import clock, policy
from elearn.core.permissions import Actor
from elearn.records import queries, rules
from elearn.records.rules.transcript import YearTerms


@dataclass(frozen=True, slots=True)
class Ledger:
    """A person's JP: this year, and earlier ones that have a line, the latest first."""

    this_year: rules.YearOfCredit
    earlier: tuple[rules.YearOfCredit, ...]


def ledger_of(actor: Actor, now: datetime) -> Ledger:
    """The actor's JP by year. Three queries, however many years."""
    person_id = actor.person_id or 0
    person = people.holder_at(person_id, now)
    today = clock.day_in(now, person.time_zone)
    earned = queries.credit_by_year_and_category(person_id)
    terms = terms_of(person.employment, {today.year, *earned}, today)
    years = {year: _year(year, earned.get(year, {}), terms[year]) for year in terms}
    this_year = years.pop(today.year)
    return Ledger(this_year, tuple(years[year] for year in sorted(years, reverse=True)))


def year_of(person_id: int, now: datetime) -> rules.YearOfCredit:
    """The running year of a person where she works, by the rules of the office of today."""
    person = people.holder_at(person_id, now)
    today = clock.day_in(now, person.time_zone)
    earned = queries.credit_of_year_by_category(person_id, today.year)
    return _year(today.year, earned, terms_of(person.employment, {today.year}, today)[today.year])


def terms_of(employment: str, years: Collection[int], today: date) -> dict[int, YearTerms]:
    """What the office asks and counts in each of these years: of a past one, on its last day."""
    days = {year: rules.policy_day(year, today) for year in years}
    office = policy.on_each(set(days.values()))
    return {
        year: YearTerms(
            office[day].target_jp(employment),
            office[day].cap_jp(employment),
            office[day].caps_by_category,
        )
        for year, day in days.items()
    }


def _year(year: int, earned: dict[str, int], terms: YearTerms) -> rules.YearOfCredit:
    return rules.counted(year, earned, terms.caps, terms.target, terms.cap)
