"""Who can be meant by an attendance list: those within the reach of who imports it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import exists, select

from elearn.accounts import queries as people
from elearn.accounts.models import Login, Person, PersonAlias
from elearn.accounts.rules import login_key
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.core.text import sort_key
from elearn.records.models import Attendance
from elearn.records.queries.activities import people_with_activity, people_within
from elearn.records.rules.attendance import Attendee, Known, Member


def known_to(
    actor: Actor, attendees: Sequence[Attendee], title: str, last_on: date, now: datetime
) -> Known:
    """Everybody whom these rows can mean, and who has the event already. Eight statements."""
    reach = people_within(actor, now)
    keys = {key for one in attendees for key in (*one.logins, login_key(one.name))} - {""}
    names = {sort_key(one.name) for one in attendees} - {""}
    logins = db.session.execute(
        select(Login.key, Login.person_id).where(Login.key.in_(keys), Login.person_id.in_(reach))
    ).all()
    # Two entries that were merged mostly have the same name: the one of today is meant.
    present = people.present_persons({row.person_id for row in logins})
    by_login = {row.key: present[row.person_id] for row in logins}
    is_former = exists().where(PersonAlias.former_id == Person.id)
    persons = db.session.execute(
        select(Person.id, Person.full_name, Person.sort_key).where(
            Person.id.in_(by_login.values())
            | (Person.sort_key.in_(names) & Person.id.in_(reach) & ~is_former)
        )
    ).all()
    members = _members({row.id: row.full_name for row in persons}, now)
    by_name: dict[str, list[Member]] = {}
    for row in persons:
        by_name.setdefault(row.sort_key, []).append(members[row.id])
    return Known(
        {key: members[person_id] for key, person_id in by_login.items()},
        by_name,
        people_with_activity(members, title, last_on),
    )


def attendance_by_digest(digest: str) -> Attendance | None:
    """The list that was imported with this event and these people."""
    return db.session.scalar(select(Attendance).where(Attendance.digest == digest))


def _members(names: dict[int, str], now: datetime) -> dict[int, Member]:
    places = people.places_of_each(names, now)
    return {
        person_id: Member(
            person_id,
            name,
            next((node.name for node in places.get(person_id, ())), ""),
            frozenset(
                sort_key(word)
                for node in places.get(person_id, ())
                for word in (node.name, node.code)
            ),
        )
        for person_id, name in names.items()
    }
