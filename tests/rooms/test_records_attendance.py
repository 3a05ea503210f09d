"""An attendance list of an event becomes one approved entry for each of its people, once."""

import pytest
from sqlalchemy import func, select

from elearn.accounts.models import Membership, Node, Person, PersonAlias
from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Invalid
from elearn.core.text import sort_key
from elearn.records import queries, service
from elearn.records.formats.attendance import read_list
from elearn.records.models import Activity, Credit, Decision
from tests.queries import counted
from tests.rooms.at_once import at_once
from tests.rooms.records_activities import TODAY, claim, logged
from tests.rooms.records_activities import at_noon as at_noon

COUNT = 150


@pytest.fixture
def names(app):
    """So many people of ratna's district, and one of joko's with the same name as another."""
    listed = [f"Peserta {number:03}" for number in range(COUNT)]
    with saving():
        nodes = dict(db.session.execute(select(Node.code, Node.id)).all())
        persons = [
            Person(full_name=name, sort_key=sort_key(name), created_at=clock.now())
            for name in [*listed, "Peserta 007", "Orang Seberang"]
        ]
        db.session.add_all(persons)
        db.session.flush()
        for number, person in enumerate(persons):
            here = "perpustakaan-wonosari" if number < COUNT else "perpustakaan-karanganyar"
            db.session.add(Membership(person_id=person.id, node_id=nodes[here], from_on=TODAY))
    return listed


def meant(username: str, rows: list[str], **changes: object) -> frozenset[int]:
    attendees = read_list("\n".join(rows).encode()).attendees
    matches = service.judge(actor_named(username), claim(**changes), attendees, clock.now())
    return frozenset(one.member.person_id for one in matches if one.member and not one.fault)


def write(username: str, people: frozenset[int], **changes: object) -> None:
    actor = actor_named(username)
    with saving():
        service.import_list(actor, claim(**changes), people, TODAY, clock.now())


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def test_150_names_become_150_entries_with_few_statements(app, names):
    people = meant("ratna", [*names, "Orang Seberang"])
    assert len(people) == COUNT
    with counted() as sent:
        write("ratna", people)
    assert (count(Activity), count(Decision), count(Credit)) == (COUNT, COUNT, COUNT)
    assert db.session.scalar(select(func.sum(Credit.jp))) == COUNT * 8
    assert len(sent) < 30
    assert meant("ratna", names) == frozenset()
    with pytest.raises(Conflict, match="attendance-there"):
        write("ratna", people)


def test_a_name_is_looked_for_in_the_own_part_of_the_tree_only(app, names):
    assert len(meant("ratna", ["Peserta 007"])) == 1
    assert len(meant("joko", ["Peserta 007", "Peserta 008"])) == 1
    assert meant("ratna", ["Peserta 007"]) != meant("joko", ["Peserta 007"])
    assert meant("dewi", ["Peserta 007"]) == frozenset()  # two people of this name are hers
    assert len(meant("dewi", ["nama;perpustakaan", "Peserta 007;perpustakaan-wonosari"])) == 1


def test_the_same_list_twice_at_once_is_written_once(app, names):
    people, actor = meant("ratna", names[:5]), actor_named("ratna")

    def act(_number: int) -> None:
        service.import_list(actor, claim(), people, TODAY, clock.now())

    (fault,) = at_once(app, 2, act)
    assert (type(fault), str(fault)) == (Conflict, "attendance-there")
    db.session.rollback()
    assert count(Credit) == 5


def test_of_two_merged_entries_the_one_of_today_is_meant_once(sqlite_app, names):
    """Peserta 000 was entered twice; under the former entry she has the first event already."""
    numbers = dict(
        db.session.execute(
            select(Person.full_name, Person.id).where(Person.full_name.in_(names))
        ).all()
    )
    former, present = numbers["Peserta 001"], numbers["Peserta 000"]
    write("ratna", frozenset({former}), title="The first event")
    with saving():
        db.session.get_one(Person, former).sort_key = sort_key("Peserta 000")
        db.session.add(PersonAlias(former_id=former, person_id=present, merged_at=clock.now()))
    assert meant("ratna", ["Peserta 000"]) == {present}
    assert meant("ratna", ["Peserta 000"], title="The first event") == frozenset()
    with pytest.raises(Conflict, match="attendance-changed"):
        write("ratna", frozenset({present}), title="The first event")


def test_a_button_that_is_pressed_twice_logs_once(app):
    code, actor = logged(title="Its file").code, actor_named("siti")
    proof = queries.own_activity(actor, code).proof

    def act(_number: int) -> None:
        evidence = queries.own_evidence(actor, proof.code)
        service.log_activity(actor, claim(), evidence, "", clock.now())

    faults = at_once(app, 5, act)
    assert {str(fault) for fault in faults} == {"activity-there"}
    db.session.rollback()
    assert count(Activity) == 2


@pytest.mark.parametrize(
    ("changes", "fault"), [({"category": "course"}, "category-unknown"), ({}, "attendance-empty")]
)
def test_a_list_without_people_or_of_a_wrong_event_is_refused(sqlite_app, changes, fault):
    people = frozenset() if not changes else frozenset({1})
    with pytest.raises(Invalid, match=fault):
        write("ratna", people, **changes)
    assert count(Activity) == 0
