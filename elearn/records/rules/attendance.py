"""Who is meant by a row of an attendance list: by login, or by name where only one can be meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from elearn.accounts.rules import Fault, login_key
from elearn.core.text import sort_key


@dataclass(frozen=True, slots=True)
class Attendee:
    """A row as typed. logins: in canonical form, those that were given."""

    line: int
    logins: tuple[str, ...]
    name: str
    library: str

    @property
    def shown(self) -> str:
        return self.name or next(iter(self.logins), "")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody within the reach of who imports.

    library: its name, "" without one. places: sort keys of the names and codes of her libraries.
    """

    person_id: int
    name: str
    library: str
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on one row: whom it means, or why it is refused."""

    attendee: Attendee
    member: Member | None
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Known:
    """Who can be meant. has_it: those for whom the event counts or waits already."""

    by_login: Mapping[str, Member]
    by_name: Mapping[str, Sequence[Member]]
    has_it: frozenset[int]


def matched(
    attendees: Sequence[Attendee], known: Known, importer_id: int | None
) -> tuple[Match, ...]:
    """A verdict for each row, in their order; nobody is meant twice, nor who imports the list."""
    matches = []
    lines: dict[int, int] = {}
    for attendee in attendees:
        member, fault = _meant(attendee, known)
        if member is not None:
            fault = _fault_in(member, known, importer_id, lines)
            lines.setdefault(member.person_id, attendee.line)
        matches.append(Match(attendee, member, fault))
    return tuple(matches)


def _meant(attendee: Attendee, known: Known) -> tuple[Member | None, Fault | None]:
    if attendee.logins:
        return _the_one([m for key in attendee.logins if (m := known.by_login.get(key))])
    possible = list(known.by_name.get(sort_key(attendee.name), ()))
    if attendee.library:
        possible = [one for one in possible if sort_key(attendee.library) in one.places]
    if len(possible) > 1:
        return None, Fault("attendee-several", {"count": len(possible)})
    # A list of one column may hold what people sign in with.
    return _the_one(possible or [m for m in [known.by_login.get(login_key(attendee.name))] if m])


def _the_one(found: Sequence[Member]) -> tuple[Member | None, Fault | None]:
    if len({member.person_id for member in found}) > 1:
        return None, Fault("row-two-people")
    return (found[0], None) if found else (None, Fault("attendee-unknown"))


def _fault_in(
    member: Member, known: Known, importer_id: int | None, lines: Mapping[int, int]
) -> Fault | None:
    if member.person_id == importer_id:
        return Fault("attendee-self")
    if member.person_id in lines:
        return Fault("row-repeated", {"line": lines[member.person_id]})
    return Fault("attendee-has-it") if member.person_id in known.has_it else None
