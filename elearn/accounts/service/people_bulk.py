"""Many persons at once: what `service.people` does for one, in a hundredth of the time.

One statement for each table and thousand rows instead of a dozen for each person. The rules are the
same functions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from elearn.accounts import rules
from elearn.accounts.models import (
    Credential,
    GrantRow,
    Login,
    LoginKind,
    Membership,
    Node,
    Person,
    Reset,
)
from elearn.accounts.service.bulk import insert_all, note_all
from elearn.accounts.service.employment import keep_former_employments
from elearn.accounts.service.people import Details, person_columns
from elearn.core import clock, ids
from elearn.core.db import db
from elearn.core.permissions import Actor, Role


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person whom nobody has heard of before, and the library that she belongs to from today."""

    details: Details
    username: str
    library_id: int


def add_people(actor: Actor, newcomers: Sequence[Newcomer], now: datetime) -> list[int]:
    """New persons with logins, library and the learner's grant; their numbers, in order.

    None has a password yet. Conflict (list-changed) when somebody else has taken one of the logins
    since they were judged. Called inside `saving()`, with at most `BATCH` of them.
    """
    zones = _zones(newcomers)
    people = [
        {
            **person_columns(one.details), "code": ids.new_code(), "created_at": now,
            "time_zone": zones[one.library_id],
        }
        for one in newcomers
    ]  # fmt: skip
    made = db.session.execute(insert(Person).returning(Person.code, Person.id), people)
    number_of = dict(made.all())
    numbers = [number_of[person["code"]] for person in people]
    today = {zone: clock.day_in(now, zone) for zone in {*zones.values()}}
    logins: list[dict[str, Any]] = []
    credentials: list[dict[str, Any]] = []
    memberships: list[dict[str, Any]] = []
    grants: list[dict[str, Any]] = []
    for number, one, person in zip(numbers, newcomers, people, strict=True):
        from_on = today[person["time_zone"]]
        logins += _logins(number, one.username, person)
        credentials.append(
            {
                "person_id": number, "password_hash": None, "generation": 1, "changed_at": now,
                "is_active": True,
            }
        )  # fmt: skip
        memberships.append({"person_id": number, "node_id": one.library_id, "from_on": from_on})
        grants.append(
            {"person_id": number, "role": Role.LEARNER, "node_id": None, "from_on": from_on}
        )
    insert_all(Login, logins)
    insert_all(Credential, credentials)
    insert_all(Membership, memberships)
    insert_all(GrantRow, grants)
    note_all(actor, "accounts:person:add", [(person["code"], "") for person in people], now)
    return numbers


def change_people(actor: Actor, details: Mapping[int, Details], now: datetime) -> None:
    """Correct what is known of these persons. What they sign in with is `people_moving`'s.

    Called inside `saving()`, with at most `BATCH`.
    """
    codes = codes_of(details)
    employments = {number: given.employment for number, given in details.items()}
    keep_former_employments(actor, employments, now)
    rows = [{**person_columns(given), "id": number} for number, given in details.items()]
    db.session.execute(update(Person), rows, execution_options={"synchronize_session": None})
    note_all(actor, "accounts:person:change", [(codes[number], "") for number in details], now)


def first_codes(
    actor: Actor, persons: Mapping[int, str], expires_at: datetime, now: datetime
) -> dict[int, str]:
    """A one-time code for the first password of each of them; earlier ones end.

    persons: their own codes by number, at most `BATCH`.
    """
    made = {number: ids.new_short_code() for number in persons}
    db.session.execute(
        delete(Reset).where(Reset.person_id.in_(list(persons)), Reset.used_at.is_(None))
    )
    insert_all(
        Reset,
        [
            {
                "person_id": number, "code_digest": rules.code_digest("reset", code),
                "created_at": now, "created_by": actor.person_id, "expires_at": expires_at,
            }
            for number, code in made.items()
        ],
    )  # fmt: skip
    note_all(actor, "accounts:password:reset-code", [(code, "") for code in persons.values()], now)
    return made


def codes_of(numbers: Iterable[int]) -> dict[int, str]:
    """The codes of these persons, at most `BATCH`, as the log names them."""
    query = select(Person.id, Person.code).where(Person.id.in_(list(numbers)))
    return dict(db.session.execute(query).all())


def _zones(newcomers: Sequence[Newcomer]) -> dict[int, str]:
    wanted = {one.library_id for one in newcomers}
    query = select(Node.id, Node.time_zone).where(Node.id.in_(wanted))
    return dict(db.session.execute(query).all())


def _logins(number: int, username: str, person: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    keys = {
        LoginKind.USERNAME: rules.login_key(username),
        LoginKind.NIP: person["nip"],
        LoginKind.EMAIL: person["email"],
    }
    for kind, key in keys.items():
        if key:
            yield {"key": key, "kind": kind, "person_id": number}
