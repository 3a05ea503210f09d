"""People of a part of the tree in states that are made by hand: how somebody stands is what counts."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from elearn.accounts.models import Membership, Node, Person, Placement
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.text import sort_key
from elearn.courses import queries as courses
from elearn.learning.models import Enrolment, Progress
from elearn.learning.service.following import follow
from elearn.supervision.rules.standing import Facts
from tests.factories import published_example
from tests.people import SINCE


def add_library(code: str, parent: str, from_on: date = SINCE) -> Node:
    node = Node(code=code, kind="library", name=f"Perpustakaan {code}", sort_key=code, place=code)
    db.session.add(node)
    db.session.flush()
    above = db.session.scalars(db.select(Node).where(Node.code == parent)).one()
    db.session.add(Placement(node_id=node.id, parent_id=above.id, from_on=from_on))
    return node


def add_person(name: str, library: str, now: datetime, from_on: date = SINCE, **facts) -> Person:
    node = db.session.scalars(db.select(Node).where(Node.code == library)).one()
    person = Person(full_name=name, sort_key=sort_key(name), created_at=now, **facts)
    db.session.add(person)
    db.session.flush()
    db.session.add(Membership(person_id=person.id, node_id=node.id, from_on=from_on))
    return person


def add_run(person: Person, version_id: int, facts: Facts, run: int = 1) -> Enrolment:
    """An enrolment that stands as the facts say."""
    enrolment = Enrolment(
        person_id=person.id, course_id=courses.outline(version_id).course_id, run=run,
        version_id=version_id, enrolled_at=facts.enrolled_at,
    )  # fmt: skip
    db.session.add(enrolment)
    db.session.flush()
    db.session.add(
        Progress(
            enrolment_id=enrolment.id, version_id=version_id, done_count=facts.done_count,
            required_count=facts.required_count,
            percent=100 * facts.done_count // facts.required_count, units="{}",
            last_event_at=facts.last_event_at, completed_at=facts.completed_at,
            started_at=facts.started_at, failed_unit_key=facts.failed_unit_key,
            failed_count=facts.failed_count, person_id=person.id,
            course_id=enrolment.course_id, enrolled_at=facts.enrolled_at, is_latest=True,
        )
    )  # fmt: skip
    if run > 1:
        follow((person.id,))
    return enrolment


def ran(joined: float, active: float | None = None, **others) -> Facts:
    """Days before now: when she joined, and when she last did something, if she has begun at all."""
    now = clock.now()
    last = now - timedelta(days=joined if active is None else active)
    facts = {
        "enrolled_at": now - timedelta(days=joined),
        "started_at": None if active is None else last,
        "last_event_at": last, "completed_at": None, "done_count": 0, "required_count": 7,
        "failed_unit_key": "", "failed_count": 0,
    }  # fmt: skip
    return Facts(**facts | others)


def code_of(name: str) -> str:
    return db.session.scalars(select(Person.code).where(Person.full_name == name)).one()


def live_in_sukamaju(version_id: int) -> None:
    """Four people of ratna's district who are stuck for four reasons, and one who is not.

    Slamet, who is stuck as well, is joko's.
    """
    now = clock.now()
    standings = {
        "Agus": ran(40, 20),
        "Butet": ran(30, 3, failed_unit_key="satu-quiz", failed_count=2),
        "Citra": ran(30, 8, done_count=6),
        "Dorkas": ran(9),
        "=Eko": ran(9, 1),
    }
    with saving():
        for name, facts in standings.items():
            person = add_person(
                name, "perpustakaan-wonosari", now, phone="0812 3456 7890", language="en"
            )
            add_run(person, version_id, facts)
        add_run(add_person("Slamet", "perpustakaan-karanganyar", now), version_id, ran(40, 20))


@pytest.fixture
def sukamaju(sqlite_app):
    """The site with everybody who lives in Sukamaju, each in a state of her own."""
    live_in_sukamaju(published_example())
    return sqlite_app
