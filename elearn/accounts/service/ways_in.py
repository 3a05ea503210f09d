"""Ways in: invitations, self-registration where it is open, and the first administrator."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from elearn.accounts import queries
from elearn.accounts.models import Invitation, Node, NodeKind, Person
from elearn.accounts.queries import directory
from elearn.accounts.queries.first_codes import Expected, Whom, expected_to_change
from elearn.accounts.queries.ways_in import invitation_to_use
from elearn.accounts.rules import code_digest
from elearn.accounts.service.credentials import make_reset
from elearn.accounts.service.openings import hold_open
from elearn.accounts.service.people import Details, add_member, add_person
from elearn.accounts.service.people_bulk import first_codes
from elearn.accounts.service.roles import grant
from elearn.core import audit, clock, ids, policy
from elearn.core.db import db
from elearn.core.errors import Conflict, Forbidden, Invalid, Missing
from elearn.core.permissions import NOBODY, Action, Actor, Role, is_everywhere

SETUP_HOURS = 24
FIRST_CODES_MOST = 500  # papers in one pile, and what a browser prints without pain


def make_invitation(
    actor: Actor,
    library: Node | None,
    course_slug: str | None,
    uses: int,
    expires_at: datetime,
    now: datetime,
) -> str:
    """A code that lets `uses` people in until that moment; it is returned once and kept nowhere."""
    if uses < 1 or expires_at <= now:
        raise Invalid("range-wrong")
    if library is not None:
        hold_open(library)
    code = ids.new_short_code()
    db.session.add(
        Invitation(
            code_digest=code_digest("invitation", code),
            node_id=library.id if library else None,
            course_slug=course_slug,
            role=Role.LEARNER,
            uses_left=uses,
            created_at=now,
            created_by=actor.person_id,
            expires_at=expires_at,
        )
    )
    subject = library.code if library else course_slug or "*"
    audit.note(actor, "accounts:invitation:make", subject, now, f"uses {uses}")
    return code


def end_invitation(actor: Actor, invitation: Invitation, node: Node, now: datetime) -> None:
    """Its code lets nobody in from now on; those who came by it stay."""
    if invitation.uses_left < 1 or invitation.expires_at <= now:
        raise Conflict("invitation-over")
    invitation.expires_at = now
    audit.note(actor, "accounts:invitation:end", node.code, now)


def make_code_for(actor: Actor, person: Person, expires_at: datetime, now: datetime) -> str:
    """A one-time code, to be printed for somebody within the actor's reach; earlier ones end.

    Who oversees a part of the tree makes none for those who hold an office themselves: with it she
    could take their place.
    """
    if person.id == actor.person_id:
        raise Conflict("person-yourself")
    everywhere = is_everywhere(actor, Action.ACCOUNTS_WAYS_IN_MAKE)
    if not everywhere and directory.has_role_but_learner(person.id, now):
        raise Conflict("person-has-office")
    if not queries.logins_of(person.id):
        raise Conflict("person-no-login")
    return make_reset(actor, person.id, expires_at, now)


def make_first_codes(
    actor: Actor, node: Node, whom: Whom, expires_at: datetime, now: datetime
) -> list[tuple[Expected, str]]:
    """Codes for people of this part who have never set a password; each code is returned once.

    At most `FIRST_CODES_MOST`, by library and name; Conflict when nobody is left. Called inside
    `saving()`.
    """
    people = expected_to_change(actor, node, whom, FIRST_CODES_MOST, now)
    if not people:
        raise Conflict("nobody-expected")
    codes = first_codes(actor, {one.person_id: one.code for one in people}, expires_at, now)
    return [(one, codes[one.person_id]) for one in people]


def join_as_new_person(
    code: str, details: Details, username: str, password_hash: str, now: datetime
) -> tuple[Person, str | None]:
    """A new account by invitation; returns the person and the course to go to, if any."""
    if registration(now) == "closed":
        raise Forbidden("registration-closed")
    invitation = invitation_to_use("invitation", code, now)
    library = db.session.get(Node, invitation.node_id) if invitation.node_id else None
    person = add_person(NOBODY, details, username, password_hash, library, now)
    invitation.uses_left -= 1
    audit.note(Actor(person.id), "accounts:invitation:use", person.code, now)
    return person, invitation.course_slug


def join_with_account(actor: Actor, code: str, now: datetime) -> str | None:
    """The invitation's library and course for somebody who has an account; returns the course."""
    invitation = invitation_to_use("invitation", code, now)
    person = queries.own_person_to_change(actor)
    today = clock.day_in(now, person.time_zone)
    library = db.session.get(Node, invitation.node_id) if invitation.node_id else None
    if library is not None and library not in queries.places_of(person.id, today):
        add_member(actor, person, library, today, now)
        invitation.uses_left -= 1
        audit.note(actor, "accounts:invitation:use", person.code, now)
    return invitation.course_slug


def registration(now: datetime) -> str:
    """Who may make an account today: open, invite or closed."""
    return policy.on(clock.day_in(now, clock.DEFAULT_ZONE)).registration


def register(
    details: Details, username: str, password_hash: str, library: Node, now: datetime
) -> Person:
    """A new account by one's own wish, where the office has opened registration."""
    if registration(now) != "open":
        raise Forbidden("registration-closed")
    if library.kind != NodeKind.LIBRARY:
        raise Missing("node-unknown", node=library.code)
    return add_person(NOBODY, details, username, password_hash, library, now)


def make_setup_code(now: datetime) -> str:
    """The one-time code by which the first administrator is made; earlier ones end."""
    if queries.has_administrator(clock.day_in(now, clock.DEFAULT_ZONE)):
        raise Forbidden("setup-done")
    _end_setup_codes()
    code = ids.new_short_code()
    db.session.add(
        Invitation(
            code_digest=code_digest("setup", code),
            role=Role.ADMINISTRATOR,
            uses_left=1,
            created_at=now,
            expires_at=now + timedelta(hours=SETUP_HOURS),
        )
    )
    return code


def set_up(code: str, details: Details, username: str, password_hash: str, now: datetime) -> Person:
    """Make the first administrator. Only with the code, and only while there is none."""
    invitation = invitation_to_use("setup", code, now)
    if queries.has_administrator(clock.day_in(now, clock.DEFAULT_ZONE)):
        raise Forbidden("setup-done")
    person = add_person(NOBODY, details, username, password_hash, None, now)
    own = Actor(person.id)
    grant(own, person, Role.ADMINISTRATOR, None, clock.day_in(now, person.time_zone), now)
    db.session.delete(invitation)
    db.session.flush()
    _end_setup_codes()
    audit.note(own, "accounts:setup:use", person.code, now)
    return person


def _end_setup_codes() -> None:
    db.session.execute(delete(Invitation).where(Invitation.role == Role.ADMINISTRATOR))
