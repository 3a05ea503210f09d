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
    """The actor's JP by year. Four queries, however many years."""
    person_id = actor.person_id or 0
    person = people.holder_at(person_id, now)
    today = clock.day_in(now, person.time_zone)
    earned = queries.credit_by_year_and_category(person_id)
    terms = terms_of(person, {today.year, *earned}, today)
    years = {year: _year(year, earned.get(year, {}), terms[year]) for year in terms}
    this_year = years.pop(today.year)
    return Ledger(this_year, tuple(years[year] for year in sorted(years, reverse=True)))


def year_of(person_id: int, now: datetime) -> rules.YearOfCredit:
    """The running year of a person where she works, by the rules of the office of today."""
    person = people.holder_at(person_id, now)
    today = clock.day_in(now, person.time_zone)
    return year_by(policy.on(today), person.employment, person_id, today.year)


def year_by(
    office: policy.Policy, employment: str, person_id: int, year: int
) -> rules.YearOfCredit:
    """One year of a person by these rules and this status. One query."""
    earned = queries.credit_of_year_by_category(person_id, year)
    return _year(year, earned, _terms(office, employment))


def terms_of(
    person: people.HolderFacts, years: Collection[int], today: date
) -> dict[int, YearTerms]:
    """What the office asks of the person and counts in each of these years.

    Of a past year by the rules and by her employment status of its last day. One query; one more
    where there is a past year.
    """
    days = {year: rules.policy_day(year, today) for year in years}
    office = policy.on_each(set(days.values()))
    past = [day for day in days.values() if day < today]
    statuses = people.employment_on_each(person.person_id, past) if past else {}
    return {
        year: _terms(office[day], statuses.get(day, person.employment))
        for year, day in days.items()
    }


def _terms(office: policy.Policy, employment: str) -> YearTerms:
    return YearTerms(
        office.target_jp(employment), office.cap_jp(employment), office.caps_by_category
    )


def _year(year: int, earned: dict[str, int], terms: YearTerms) -> rules.YearOfCredit:
    return rules.counted(year, earned, terms.caps, terms.target, terms.cap)
