"""What a list changes beside a person's own row: logins and libraries, many at once.

The same as `service.people` and `service.belonging` do for one. Called inside `saving()`, with at
most `bulk.BATCH` persons.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import delete, select, update

from elearn.accounts.models import Login, LoginKind, Membership, Node
from elearn.accounts.service import mailed_reset
from elearn.accounts.service.bulk import insert_all, note_all
from elearn.accounts.service.people_bulk import codes_of
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Actor

_NOTED = {LoginKind.NIP, LoginKind.EMAIL}


def change_logins(
    actor: Actor, wanted: Mapping[int, Mapping[LoginKind, str]], now: datetime
) -> None:
    """These persons sign in with these keys instead of those of the same kind.

    Conflict (list-changed) when somebody else has one of them by now.
    """
    by_kind: defaultdict[LoginKind, dict[int, str]] = defaultdict(dict)
    for number, keys in wanted.items():
        for kind, key in keys.items():
            by_kind[kind][number] = key
    for kind, keys_of in by_kind.items():
        db.session.execute(delete(Login).where(Login.kind == kind, Login.person_id.in_(keys_of)))
    for kind, keys_of in by_kind.items():  # after all of them are gone
        insert_all(
            Login,
            [{"key": key, "kind": kind, "person_id": number} for number, key in keys_of.items()],
        )
    noted = [number for number, keys in wanted.items() if _NOTED & {*keys}]
    mailed_reset.end_links(noted)
    codes = codes_of(noted)
    note_all(actor, "accounts:login:change", [(codes[number], "") for number in noted], now)


def move_people(actor: Actor, libraries: Mapping[int, int], now: datetime) -> None:
    """Each belongs to her library from today on and to no other. libraries: person -> node."""
    places = _places(libraries.values(), now)
    today = {number: places[node_id][1] for number, node_id in libraries.items()}
    codes = codes_of(libraries)
    found = db.session.execute(
        select(Membership.__table__).where(Membership.person_id.in_(libraries)).with_for_update()
    )
    rows = [row for row in found if row.to_on is None or row.to_on > today[row.person_id]]
    there = {
        row.person_id
        for row in rows
        if row.node_id == libraries[row.person_id] and row.from_on <= today[row.person_id]
    }
    left = [row for row in rows if row.node_id != libraries[row.person_id]]
    never = [row.id for row in left if row.from_on >= today[row.person_id]]
    db.session.execute(delete(Membership).where(Membership.id.in_(never)))
    for day in {*today.values()}:
        ended = [row.id for row in left if row.from_on < day == today[row.person_id]]
        db.session.execute(update(Membership).where(Membership.id.in_(ended)).values(to_on=day))
    note_all(actor, "accounts:membership:end", [(codes[row.person_id], "") for row in left], now)
    begun = [number for number in libraries if number not in there]
    insert_all(
        Membership,
        [
            {"person_id": number, "node_id": libraries[number], "from_on": today[number]}
            for number in begun
        ],
    )
    notes = [(codes[number], places[libraries[number]][0]) for number in begun]
    note_all(actor, "accounts:membership:add", notes, now)


def _places(node_ids: Iterable[int], now: datetime) -> dict[int, tuple[str, date]]:
    """Code and today's day of each library."""
    rows = db.session.execute(
        select(Node.id, Node.code, Node.time_zone).where(Node.id.in_({*node_ids}))
    )
    return {row.id: (row.code, clock.day_in(now, row.time_zone)) for row in rows}
