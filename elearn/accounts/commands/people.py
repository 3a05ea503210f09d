"""elearn people ...: accounts, roles and the codes that an office prints."""

from datetime import datetime, timedelta

import click

from elearn.accounts import passwords, rules, service
from elearn.accounts.commands.actors import (
    DAY,
    acting,
    as_option,
    known_node,
    known_person,
    language_option,
    site,
    today_at,
)
from elearn.accounts.models import Employment, Person
from elearn.accounts.service.credentials import RESET_MINUTES
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Invalid
from elearn.core.i18n import force_locale, moment
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Role

FIRST_CODE_MINUTES = 24 * 60


@click.group("people")
def people() -> None:
    """Add people, give them roles, and print the codes that let them in."""


@people.command("add")
@click.argument("username")
@click.option("--name", required=True, help="Full name with titles, as in the diploma.")
@click.option("--library", default="", metavar="CODE", help="Code of the library of the person.")
@click.option("--nip", default="")
@click.option("--email", default="")
@click.option("--phone", default="")
@click.option("--post", default="")
@click.option(
    "--employment", type=click.Choice([e.value for e in Employment]), default=Employment.OTHER.value
)
@click.option("--role", type=click.Choice([r.value for r in Role]), default=Role.LEARNER.value)
@click.option("--at", "at_code", default="", metavar="CODE", help="Where the role holds.")
@click.option("--ask-password", is_flag=True, help="Ask for a password instead of printing a code.")
@as_option
@language_option
def add(
    username: str, name: str, library: str, nip: str, email: str, phone: str, post: str,
    employment: str, role: str, at_code: str, ask_password: bool, as_username: str,
    language: str,
) -> None:  # fmt: skip
    """Add a person who signs in as USERNAME; prints a one-time code for the first password."""
    now = clock.now()
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True) if (
        ask_password
    ) else ""  # fmt: skip
    if ask_password and (fault := rules.fault_in_password(password, username, name)):
        raise Invalid(fault.code, **fault.values)
    password_hash = passwords.hashed(password) if password else None
    details = service.Details(
        full_name=name, nip=nip, email=email, phone=phone, post=post, employment=employment
    )
    code = ""
    expires_at = now + timedelta(minutes=FIRST_CODE_MINUTES)
    with saving():
        actor = acting(as_username)
        node = known_node(library) if library else None
        where = known_node(at_code) if at_code else None
        person = service.add_person(actor, details, username, password_hash, node, now)
        if role != Role.LEARNER:
            service.grant(actor, person, Role(role), where, today_at(where, now), now)
        if not password_hash:
            code = service.make_reset(actor, person.id, expires_at, now)
    click.echo(f"{username}: {person.full_name}")
    if code:
        _print_code(person, username, code, expires_at, language)


@people.command("invite")
@click.option("--library", default="", metavar="CODE", help="The library that they join.")
@click.option("--course", default="", metavar="SLUG", help="The course that they are led to.")
@click.option("--uses", type=click.IntRange(1, 10_000), default=1, show_default=True)
@click.option("--days", type=click.IntRange(1, 366), default=14, show_default=True)
@as_option
@language_option
def invite(
    library: str, course: str, uses: int, days: int, as_username: str, language: str
) -> None:
    """Print an invitation: a link, a short code, and a text to print or send. No e-mail needed."""
    if not library and not course:
        raise click.UsageError("Name a library or a course: --library CODE, --course SLUG.")
    now = clock.now()
    expires_at = now + timedelta(days=days)
    with saving():
        actor = acting(as_username)
        node = known_node(library) if library else None
        code = service.make_invitation(actor, node, course or None, uses, expires_at, now)
    with force_locale(language):
        link = site(f"/invitation/{code}")
        click.echo(f"{link}\n{code}\n")
        click.echo(_("Invitation"))
        if node is not None:
            click.echo(_("to learn with %(library)s", library=node.name))
        click.echo(_("1. Open %(address)s", address=site("/invitation")))
        click.echo(_("2. Type the code %(code)s", code=code))
        click.echo(_("3. Write your name, choose a username and a password. E-mail is not needed."))
        zone = node.time_zone if node else None
        click.echo(_("Valid until %(moment)s.", moment=moment(expires_at, zone)))


@people.command("reset")
@click.argument("login")
@click.option(
    "--minutes", type=click.IntRange(1, 1440), default=RESET_MINUTES, show_default=True,
    help="How long the code is good; longer only where it travels on paper.",
)  # fmt: skip
@as_option
@language_option
def reset(login: str, minutes: int, as_username: str, language: str) -> None:
    """Print a one-time code by which the person LOGIN sets a new password."""
    now = clock.now()
    expires_at = now + timedelta(minutes=minutes)
    with saving():
        actor = acting(as_username)
        person = known_person(login)
        code = service.make_reset(actor, person.id, expires_at, now)
    _print_code(person, login, code, expires_at, language)


def _print_code(person: Person, login: str, code: str, expires_at: datetime, language: str) -> None:
    """What the office prints, or reads out on the phone."""
    with force_locale(language):
        click.echo(_("Name: %(name)s", name=person.full_name))
        click.echo(_("1. Open %(address)s", address=site("/reset")))
        click.echo(_("2. Type %(login)s and the code %(code)s", login=login, code=code))
        click.echo(_("3. Type a new password. The code works once."))
        until = moment(expires_at, person.time_zone)
        click.echo(_("Valid until %(moment)s.", moment=until))


@people.command("grant")
@click.argument("login")
@click.argument("role", type=click.Choice([r.value for r in Role]))
@click.option("--at", "at_code", default="", metavar="CODE", help="Where the role holds.")
@click.option("--from", "from_on", type=DAY, help="First day; default today.")
@click.option("--until", type=DAY, help="First day without it; default none.")
@click.option("--end", "is_end", is_flag=True, help="End the role on the first day (--from).")
@as_option
def grant(
    login: str, role: str, at_code: str, from_on: datetime | None, until: datetime | None,
    is_end: bool, as_username: str,
) -> None:  # fmt: skip
    """Give ROLE to the person LOGIN, everywhere or at one office; or end it."""
    now = clock.now()
    with saving():
        actor = acting(as_username)
        person = known_person(login)
        node = known_node(at_code) if at_code else None
        on = from_on.date() if from_on else today_at(node, now)
        if is_end:
            service.end_grant(actor, person, Role(role), node, on, now)
        else:
            last = until.date() if until else None
            service.grant(actor, person, Role(role), node, on, now, last)
    click.echo(f"{login}: {role} {'ends' if is_end else 'from'} {on.isoformat()}")


@people.command("setup-code")
def setup_code() -> None:
    """Print the one-time code for the first administrator. Only while there is none."""
    with saving():
        code = service.make_setup_code(clock.now())
    click.echo(f"Setup code: {code}")
    click.echo(f"Type it at {site('/setup')}; it is good for 24 hours and works once.")
