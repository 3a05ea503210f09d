"""elearn people ...: accounts, roles and the codes that an office prints."""

from datetime import timedelta

import click

from elearn.accounts import passwords, rules, service
from elearn.accounts.commands.actors import (
    acting,
    as_option,
    known_node,
    today_at,
)
from elearn.accounts.models import Employment
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Invalid
from elearn.core.i18n import moment
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
    "--employment", type=click.Choice([e.value for e in Employment]), default=Employment.OTHER
)
@click.option("--role", type=click.Choice([r.value for r in Role]), default=Role.LEARNER)
@click.option("--at", "at_code", default="", metavar="CODE", help="Where the role holds.")
@click.option("--ask-password", is_flag=True, help="Ask for a password instead of printing a code.")
@as_option
def add(
    username: str, name: str, library: str, nip: str, email: str, phone: str, post: str,
    employment: str, role: str, at_code: str, ask_password: bool, as_username: str,
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
        actor = acting(as_username, now)
        node = known_node(library) if library else None
        where = known_node(at_code) if at_code else None
        person = service.add_person(actor, details, username, password_hash, node, now)
        if role != Role.LEARNER:
            service.grant(actor, person, Role(role), where, today_at(where, now), now)
        if not password_hash:
            code = service.make_reset(actor, person.id, expires_at, now)
    click.echo(f"Added {username}.")
    if code:
        click.echo(f"One-time code for the first password: {code}")
        click.echo(f"Good until {moment(expires_at)}, at {_site('/reset')}")


def _site(path: str) -> str:
    from flask import current_app

    return f"{current_app.config['SETTINGS'].site_url}{path}"
