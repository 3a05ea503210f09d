"""People: who oversees, and who learns in which library."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import click

from elearn.accounts import passwords
from elearn.accounts.models import Credential, GrantRow, Login, Membership, Person
from elearn.core.clock import day_in
from elearn.core.db import saving
from elearn.core.text import sort_key
from tests.bench.country.chance import Codes, zipf
from tests.bench.country.sizes import Sizes
from tests.bench.country.span import Span
from tests.bench.country.tree import Place, Tree
from tests.bench.country.writing import Writer
from tests.bench.prepare import PASSWORD

CHUNK = 5_000  # people in one transaction
_MOVED_SHARE = 0.03  # of the people: they work in another library now
_LAST_TO_JOIN = 0.6  # share of the time after which nobody new comes
_FIRST = (
    "Siti", "Sri", "Nur", "Dewi", "Agus", "Budi", "Eko", "Tri", "Maria", "Yohanes", "Ni Wayan",
    "I Made", "Dwi", "Ratna", "Hendra", "Fitri", "Rudi", "Lina", "Petrus", "Yuni", "Ahmad", "Andi",
)  # fmt: skip
_LAST = (
    "Aminah", "Wahyuni", "Hidayah", "Lestari", "Wibowo", "Santoso", "Yulianto", "Astuti", "Seran",
    "Nahak", "Suryani", "Sudarma", "Rahmawati", "Gunawan", "Nuraini", "Hartono", "Lakapu", "", "",
)  # fmt: skip
_TITLES = ("", "", "", ", S.IP.", ", A.Md.", ", S.Pd.", ", S.Sos., M.Si.")
_POSTS = ("Pengelola perpustakaan", "Pustakawan", "Relawan", "Perangkat desa", "Guru")
_EMPLOYMENT = ("pns", "pppk", "other", "other", "other")

_PERSON = (
    "id", "code", "full_name", "sort_key", "post", "nip", "email", "phone", "employment",
    "language", "time_zone", "show_nip", "created_at",
)  # fmt: skip
_LOGIN = ("key", "kind", "person_id")
_CREDENTIAL = ("person_id", "password_hash", "generation", "changed_at", "is_active")
_MEMBERSHIP = ("id", "person_id", "node_id", "from_on", "to_on")
_GRANT = ("id", "person_id", "role", "node_id", "from_on", "to_on", "given_by")


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a person belongs, from a day on until the next stay."""

    place: Place
    from_on: date


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """A person as far as studying and records need one. joined: share of the span."""

    person_id: int
    name: str
    nip: str
    show_nip: bool
    post: str
    language: str
    zone: str
    joined: float
    stays: tuple[Stay, ...]

    def institution_on(self, day: date) -> str:
        return next(stay.place.name for stay in reversed(self.stays) if stay.from_on <= day)


@dataclass(frozen=True, slots=True)
class _Office:
    """A username with a role at a place."""

    username: str
    role: str
    place: Place


def settled(
    sizes: Sizes, tree: Tree, span: Span, writer: Writer, codes: Codes, chance: Random
) -> list[Inhabitant]:
    """Everybody, in the order in which they came; first those who hold an office.

    `pusat` administers, `penulis` writes, `prov-00` and `kab-000` and so on oversee; all of them
    learn, too. The password of each is that of the other benchmarks.
    """
    offices = list(_offices(tree))
    if len(offices) > sizes.people:
        raise ValueError(f"{sizes.people} people are too few for {len(offices)} offices")
    password_hash = passwords.hashed(PASSWORD)
    weights = zipf(len(tree.libraries))
    found: list[Inhabitant] = []
    with click.progressbar(length=sizes.people, label="People", width=24) as bar:
        for start in range(0, sizes.people, CHUNK):
            count = min(CHUNK, sizes.people - start)
            homes = chance.choices(tree.libraries, cum_weights=weights, k=count)
            with saving():
                desk = _Desk(span, writer, codes, chance, password_hash)
                for at, home in enumerate(homes, start):
                    office = offices[at] if at < len(offices) else None
                    joined = _LAST_TO_JOIN * (at / sizes.people) ** 2
                    home = office.place if office else home
                    later = chance.choice(tree.libraries)
                    found.append(desk.added(at, joined, home, later, office))
                desk.write()
            bar.update(count)
    return found


def _offices(tree: Tree) -> Iterator[_Office]:
    yield _Office("pusat", "administrator", tree.country)
    yield _Office("penulis", "author", tree.country)
    for at, place in enumerate(tree.provinces):
        yield _Office(f"prov-{at:02}", "supervisor", place)
    for at, place in enumerate(tree.districts):
        yield _Office(f"kab-{at:03}", "supervisor", place)


class _Desk:
    """Registers one chunk of people."""

    def __init__(
        self, span: Span, writer: Writer, codes: Codes, chance: Random, password_hash: str
    ) -> None:
        self._span, self._writer, self._codes, self._chance = span, writer, codes, chance
        self._password_hash = password_hash
        self._people: list[tuple[object, ...]] = []
        self._logins: list[tuple[object, ...]] = []
        self._credentials: list[tuple[object, ...]] = []
        self._memberships: list[tuple[object, ...]] = []
        self._grants: list[tuple[object, ...]] = []

    def added(
        self, at: int, joined: float, home: Place, later: Place, office: _Office | None
    ) -> Inhabitant:
        chance, moment = self._chance, self._span.at(joined)
        employment = chance.choice(_EMPLOYMENT)
        nip = "" if employment == "other" else _nip(at, chance)
        first, last = chance.choice(_FIRST), chance.choice(_LAST)
        person = Inhabitant(
            person_id=self._writer.next_id(Person),
            name=f"{first} {last}".strip() + chance.choice(_TITLES),
            nip=nip,
            show_nip=bool(nip) and chance.random() < 0.5,
            post=chance.choice(_POSTS),
            language="en" if chance.random() < 0.02 else "id",
            zone=home.zone,
            joined=joined,
            stays=self._stays(moment, home, later, is_bound=office is not None),
        )
        username = office.username if office else f"{first.replace(' ', '.').lower()}.{at:05}"
        self._register(person, username, employment, moment)
        self._place(person, office)
        return person

    def write(self) -> None:
        add = self._writer.add
        add(Person, _PERSON, self._people)
        add(Login, _LOGIN, self._logins)
        add(Credential, _CREDENTIAL, self._credentials)
        add(Membership, _MEMBERSHIP, self._memberships)
        add(GrantRow, _GRANT, self._grants)

    def _stays(
        self, moment: datetime, home: Place, later: Place, *, is_bound: bool
    ) -> tuple[Stay, ...]:
        stay = Stay(home, day_in(moment, home.zone))
        if is_bound or later is home or self._chance.random() >= _MOVED_SHARE:
            return (stay,)
        days = (self._span.end - moment).days
        return stay, Stay(later, stay.from_on + timedelta(days=self._chance.randint(1, days)))

    def _register(
        self, person: Inhabitant, username: str, employment: str, moment: datetime
    ) -> None:
        self._people.append(
            (person.person_id, self._codes.code(), person.name, sort_key(person.name), person.post,
             person.nip or None, None, "", employment, person.language, person.zone,
             person.show_nip, moment)
        )  # fmt: skip
        self._logins.append((username, "username", person.person_id))
        if person.nip:
            self._logins.append((person.nip, "nip", person.person_id))
        self._credentials.append((person.person_id, self._password_hash, 1, moment, True))

    def _place(self, person: Inhabitant, office: _Office | None) -> None:
        ends = [*(stay.from_on for stay in person.stays[1:]), None]
        for stay, to_on in zip(person.stays, ends, strict=True):
            number = self._writer.next_id(Membership)
            self._memberships.append(
                (number, person.person_id, stay.place.node_id, stay.from_on, to_on)
            )
        self._grant(person, "learner", None)
        if office:
            is_national = office.role != "supervisor"
            self._grant(person, office.role, None if is_national else office.place.node_id)

    def _grant(self, person: Inhabitant, role: str, node_id: int | None) -> None:
        number, on = self._writer.next_id(GrantRow), person.stays[0].from_on
        self._grants.append((number, person.person_id, role, node_id, on, None, None))


def _nip(at: int, chance: Random) -> str:
    """18 digits: birth, appointment, sex, serial number; of each `at` another one."""
    turn, serial = divmod(at, 999)
    born = f"{chance.randint(1965, 1999)}{1 + turn // 28 % 12:02}{1 + turn % 28:02}"
    appointed = f"{chance.randint(2005, 2024)}{chance.randint(1, 12):02}"
    return f"{born}{appointed}{chance.randint(1, 2)}{1 + serial:03}"
