"""An office with everybody who could ask for something there, and everything to be asked for.

Beside the cast: prita oversees the province; made acts for ratna these days; rudi oversaw ratna's
district until yesterday and nia will from tomorrow; sari administers that district, not the site.
Of those who learn, lama came to joko's district today, the library of pindah was moved there
today, and that of besok will be tomorrow.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from elearn.accounts.models import Credential, GrantRow, Login, Membership, Node, Person, Placement
from elearn.accounts.queries import node_by_code, person_by_login
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.permissions import NOBODY, Role
from elearn.records.models import Evidence
from elearn.records.service import make_transcript
from tests.conftest import person_id
from tests.people import SINCE
from tests.rooms.records_activities import TODAY, logged
from tests.rooms.records_evidence import issued
from tests.rooms.supervision_people import add_library, add_person

TOMORROW = TODAY + timedelta(days=1)
SUKAMAJU, MEKARSARI = "kabupaten-sukamaju", "kabupaten-mekarsari"
WONOSARI, KARANGANYAR = "perpustakaan-wonosari", "perpustakaan-karanganyar"

# Who reaches what today. Everybody else finds nothing there.
SITE = frozenset({"dewi"})
PROVINCE = SITE | {"prita"}
IN_SUKAMAJU = PROVINCE | {"ratna", "made"}
IN_MEKARSARI = PROVINCE | {"joko"}
REACH_OF_NODE = {
    "perpusnas-contoh": SITE,  # above every supervisor
    "provinsi-contoh": PROVINCE,
    SUKAMAJU: IN_SUKAMAJU,
    MEKARSARI: IN_MEKARSARI,
    WONOSARI: IN_SUKAMAJU,
    KARANGANYAR: IN_MEKARSARI,
    "perpustakaan-pindah": IN_MEKARSARI,  # since today
    "perpustakaan-besok": IN_SUKAMAJU,  # until tomorrow
}
REACH_OF_PERSON = {
    "siti": IN_SUKAMAJU,
    "besok": IN_SUKAMAJU,
    "ratna": IN_SUKAMAJU,
    "lama": IN_MEKARSARI,
    "pindah": IN_MEKARSARI,
    "slamet": IN_MEKARSARI,
}
OFFICERS = ("ratna", "joko", "prita", "made", "dewi")  # whose role holds today
OTHERS = ("siti", "budi", "sari", "rudi", "nia")  # signed in, without an office


@dataclass(frozen=True, slots=True)
class Things:
    """Codes of what belongs to one person."""

    person: str
    activity: str
    evidence: str
    record: str  # its number
    transcript: str


def open_the_office() -> dict[str, Things]:
    """Seat everybody; the codes of what each of REACH_OF_PERSON has."""
    with saving():
        add_library("perpustakaan-pindah", SUKAMAJU)
        add_library("perpustakaan-besok", SUKAMAJU)
        _move("perpustakaan-pindah", TODAY)
        _move("perpustakaan-besok", TOMORROW)
        for name, library in (
            ("besok", "perpustakaan-besok"),
            ("pindah", "perpustakaan-pindah"),
            ("slamet", KARANGANYAR),
            ("lama", WONOSARI),
        ):
            _let_in(add_person(_whole(name), library, clock.now()), name)
        _move_person("lama", KARANGANYAR)
        _seat("prita", Role.SUPERVISOR, "provinsi-contoh")
        _seat("sari", Role.ADMINISTRATOR, SUKAMAJU)
        _seat("made", Role.SUPERVISOR, SUKAMAJU, to_on=TOMORROW, acting_for="ratna")
        _seat("rudi", Role.SUPERVISOR, SUKAMAJU, to_on=TODAY)
        _seat("nia", Role.SUPERVISOR, SUKAMAJU, from_on=TOMORROW)
    return {name: _things(name) for name in REACH_OF_PERSON}


def title_of(name: str) -> str:
    """What the activity of this person is called, and nobody else's."""
    return f"Lokakarya milik {name}"


def name_of(name: str) -> str:
    """The whole name of one of REACH_OF_PERSON."""
    return person_by_login(name).full_name


def _things(name: str) -> Things:
    activity = logged(name, title=title_of(name))
    evidence = db.session.get_one(Evidence, activity.evidence_id)
    record = issued(name, enrolment_id=person_id(name))
    with saving():
        stated = make_transcript(NOBODY, person_id(name), None, "Dinas", clock.now())
        transcript = stated.code
    person = person_by_login(name)
    return Things(person.code, activity.code, evidence.code, record.number, transcript)


def _whole(name: str) -> str:
    return f"{name.capitalize()} Widyaningsih"


def _seat(
    name: str,
    role: Role,
    where: str,
    from_on: date = SINCE,
    to_on: date | None = None,
    acting_for: str = "",
) -> None:
    """An officer who belongs to no library herself."""
    person = Person(full_name=_whole(name), sort_key=name, created_at=clock.now())
    db.session.add(person)
    db.session.flush()
    _let_in(person, name)
    db.session.add(
        GrantRow(
            person_id=person.id, role=role, node_id=_node(where).id, from_on=from_on, to_on=to_on,
            acting_for_id=person_by_login(acting_for).id if acting_for else None,
        )
    )  # fmt: skip


def _let_in(person: Person, username: str) -> None:
    db.session.add_all(
        [
            Login(key=username, kind="username", person_id=person.id),
            Credential(
                person_id=person.id, password_hash=None, changed_at=clock.now(), generation=1,
                is_active=True,
            ),
            GrantRow(person_id=person.id, role=Role.LEARNER, node_id=None, from_on=SINCE),
        ]
    )  # fmt: skip
    db.session.flush()


def _move(code: str, on: date) -> None:
    node = _node(code)
    there = db.session.scalars(db.select(Placement).where(Placement.node_id == node.id)).one()
    there.to_on = on
    db.session.add(Placement(node_id=node.id, parent_id=_node(MEKARSARI).id, from_on=on))


def _move_person(name: str, library: str) -> None:
    person = person_by_login(name)
    here = db.session.scalars(db.select(Membership).where(Membership.person_id == person.id)).one()
    here.to_on = TODAY
    db.session.add(Membership(person_id=person.id, node_id=_node(library).id, from_on=TODAY))


def _node(code: str) -> Node:
    return node_by_code(code)
