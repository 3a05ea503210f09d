"""A changed employment status holds from a day on: a year that is over keeps its target and cap."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from elearn.accounts import queries as people
from elearn.accounts.models import FormerEmployment
from elearn.accounts.service import Details, change_details
from elearn.accounts.service.people_bulk import change_people
from elearn.core import policy
from elearn.core.db import db, saving
from elearn.core.errors import Invalid
from elearn.core.permissions import NOBODY, Actor
from elearn.records import service as ledger
from elearn.supervision.queries import questions
from elearn.supervision.queries.questions import Asked
from elearn.supervision.rules.questions import Target
from tests.conftest import browser, person_id, signed_in
from tests.rooms.quizzes_pages import english

LATE = datetime(2026, 11, 20, 3, tzinfo=UTC)
SPRING = datetime(2027, 3, 1, 3, tzinfo=UTC)
LAST_YEAR, NEW_YEAR, THAT_DAY = date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 1)


def become(
    employment: str, since: date | None = None, now: datetime = SPRING, by: Actor = NOBODY
) -> None:
    with saving():
        siti = people.person(person_id("siti"))
        details = Details("Siti Aminah, S.IP.", employment=employment, employment_from=since)
        change_details(by, siti, details, now)


def become_by_list(employment: str, by: Actor = NOBODY) -> None:
    with saving():
        details = Details("Siti Aminah, S.IP.", employment=employment)
        change_people(by, {person_id("siti"): details}, SPRING)


@pytest.mark.parametrize(
    ("changes", "statuses"),
    [
        ([("pppk", None)], ["pns", "pns", "pppk"]),
        ([("pppk", None), ("other", None)], ["pns", "pns", "other"]),
        ([("pppk", None), ("pns", None)], ["pns", "pns", "pns"]),
        ([("pppk", NEW_YEAR)], ["pns", "pppk", "pppk"]),
        ([("pppk", LAST_YEAR), ("other", NEW_YEAR)], ["pppk", "other", "other"]),
        ([("other", THAT_DAY), ("pppk", date(2020, 1, 1))], ["pppk", "pppk", "pppk"]),
        ([("pns", date(2020, 1, 1))], ["pns", "pns", "pns"]),
    ],
)
def test_each_day_keeps_the_status_that_it_had(sqlite_app, changes, statuses):
    become("pns", date(2019, 1, 1), LATE)
    for employment, since in changes:
        become(employment, since)
    siti, days = person_id("siti"), [LAST_YEAR, NEW_YEAR, THAT_DAY]
    known = people.employment_on_each(siti, days)
    assert [known[day] for day in days] == statuses
    for day in days:
        rows = db.session.execute(select(people.former_employments(day))).all()
        of_many = dict(tuple(row) for row in rows)
        assert of_many.get(siti, people.person(siti).employment) == known[day]


def test_who_oversees_somebody_reads_who_said_that_she_has_another_status(sqlite_app):
    siti = person_id("siti")
    page = f"/supervision/people/{people.person(siti).code}/"
    ratna = signed_in(browser(sqlite_app), "ratna")
    english(ratna)
    assert "Employment status" not in ratna.get(page).text
    become("pppk", by=Actor(siti))
    said = "Employment status PPPK, stated by the person on 1 March 2027."
    assert said in ratna.get(page).text
    become_by_list("pns", by=Actor(person_id("dewi")))
    said = "Employment status PNS, entered by Dewi Lestari on 1 March 2027."
    assert said in ratna.get(page).text
    become("pns", by=Actor(siti))  # her profile is saved, with the same status
    assert said in ratna.get(page).text


def test_a_list_keeps_what_was_before_as_a_form_does(app):
    become("pns", now=LATE)
    for employment in ("pppk", "pppk", "other"):
        become_by_list(employment)
    siti = person_id("siti")
    rows = db.session.execute(
        select(FormerEmployment.until_on, FormerEmployment.employment)
        .where(FormerEmployment.person_id == siti, FormerEmployment.until_on > NEW_YEAR)
    ).all()  # fmt: skip
    assert [tuple(row) for row in rows] == [(THAT_DAY, "pns")]
    assert people.person(siti).employment == "other"


def test_last_year_keeps_its_target_for_the_person_and_for_who_oversees_her(app):
    """PNS until 1 March 2027, then PPPK: 20 JP were expected in 2026 and none are in 2027."""
    become("pns", date(2019, 1, 1), LATE)
    become("pppk")
    siti = person_id("siti")
    holder = people.holder_at(siti, SPRING)
    own = ledger.terms_of(holder, {2026, 2027}, THAT_DAY)
    assert {year: (terms.target, terms.cap) for year, terms in own.items()} == {
        2026: (20, None), 2027: (None, 24),
    }  # fmt: skip
    for year, expected in ((2026, ("pns", 20)), (2027, ("pppk", None))):
        node = people.node_by_code("kabupaten-sukamaju")
        office = policy.on(min(THAT_DAY, date(year, 12, 31)))
        asked = Asked(node.id, THAT_DAY, SPRING, None, None, year, None, office)
        rows = questions.every(questions.jp(asked, Target.ALL), asked)
        assert [(r.employment, r.target) for r in rows if r.person_id == siti] == [expected]


def test_a_day_to_come_is_refused(sqlite_app):
    with pytest.raises(Invalid, match="employment-to-come"):
        become("pns", date(2027, 3, 2))
