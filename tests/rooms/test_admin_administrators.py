"""The site is never left without somebody who administers it, whoever acts on whom, and when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from elearn.accounts import queries, service
from elearn.accounts.models import Credential, GrantRow
from elearn.accounts.service import belonging
from elearn.admin import service as admin
from elearn.core.db import db, saving
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor, Grant, Role
from elearn.privacy import service as privacy
from tests.conftest import person_id
from tests.rooms.at_once import at_once

NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
TODAY, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
PAIR = ("budi", "dewi")


@pytest.fixture
def two(app):
    """budi administers the site beside dewi; their numbers."""
    give("budi")
    return [person_id(name) for name in PAIR]


def give(username, until=None, on=date(2026, 1, 1)):
    with saving():
        person = queries.person(person_id(username))
        service.grant(Actor(None), person, Role.ADMINISTRATOR, None, on, NOW, until)


def acting(number):
    return Actor(number, frozenset({Grant(Role.ADMINISTRATOR)}))


def end_role(actor, number):
    person = queries.person(number)
    service.end_grant(actor, person, Role.ADMINISTRATOR, None, TODAY + timedelta(days=1), NOW)


def end_with_the_month(actor, number):
    person = queries.person(number)
    service.grant(actor, person, Role.ADMINISTRATOR, None, TODAY, NOW, JULY)


def close(actor, number):
    belonging.leave(actor, queries.person(number), TODAY, NOW)


def erase(_actor, number):
    privacy.forget(number, Actor(number), NOW)  # as one does oneself


def administrators():
    db.session.rollback()
    rows = (
        select(GrantRow.person_id)
        .join(Credential, Credential.person_id == GrantRow.person_id)
        .where(
            GrantRow.role == "administrator", GrantRow.to_on.is_(None),
            Credential.is_active.is_(True),
        )
    )  # fmt: skip
    return db.session.scalars(rows).all()


@pytest.mark.parametrize(
    "acts",
    [(end_role, end_role), (close, close), (end_with_the_month, end_role), (close, erase)],
    ids=lambda acts: " and ".join(act.__name__ for act in acts),
)
def test_of_two_who_end_each_other_at_once_one_stays_and_the_other_is_told(app, two, acts):
    faults = at_once(app, 2, lambda n: acts[n](acting(two[n]), two[1 - n]))
    assert [str(fault) for fault in faults] == ["administrator-last"]
    assert len(administrators()) == 1


@pytest.mark.parametrize("act", [end_role, end_with_the_month, close])
def test_who_is_there_until_a_day_does_not_end_the_one_who_stays(sqlite_app, act):
    give("budi", until=AUGUST)
    with pytest.raises(Conflict) as refused, saving():
        act(acting(person_id("budi")), person_id("dewi"))
    assert (refused.value.code, refused.value.values["day"]) == ("administrator-last", AUGUST)
    assert administrators() == [person_id("dewi")]


def test_one_after_the_other_without_a_day_between_is_enough(sqlite_app):
    give("budi", on=JULY)
    with saving():
        end_with_the_month(acting(person_id("budi")), person_id("dewi"))
    with pytest.raises(Conflict, match="administrator-last"), saving():
        end_role(acting(person_id("budi")), person_id("dewi"))


def test_an_administrator_is_not_merged_into_an_account_that_is_closed(sqlite_app):
    with saving():
        belonging.leave(acting(person_id("dewi")), queries.person(person_id("siti")), TODAY, NOW)
    give("siti")
    dewi, siti = (queries.person(person_id(name)) for name in ("dewi", "siti"))
    with pytest.raises(Conflict, match="administrator-last"), saving():
        admin.merge(acting(person_id("budi")), dewi, siti, NOW)
    assert administrators() == [person_id("dewi")]
