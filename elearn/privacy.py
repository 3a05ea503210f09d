"""A person's rights over all rooms (UU 27/2022): everything that is kept of her, and erasing it."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import click

from elearn.accounts import queries as accounts
from elearn.accounts import service as accounts_service
from elearn.accounts.queries.actors import actor_named
from elearn.authoring import service as authoring
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Forbidden, Missing
from elearn.core.permissions import Action, Actor, may
from elearn.learning import service as learning
from elearn.quizzes import service as quizzes
from elearn.records import service as records
from elearn.records.queries import personal_data as record_data

Collect = Callable[[int], Mapping[str, Any]]

# Room by room, from the top floor down: what was made of a person's rows goes before the person.
COLLECT: dict[str, Collect] = {
    "authoring": authoring.personal_data,
    "quizzes": quizzes.personal_data,
    "learning": learning.personal_data,
    "records": record_data,
    "accounts": accounts.personal_data,
}


def collect(person_id: int) -> dict[str, Any]:
    """Everything that any room keeps of the person, by room."""
    return {room: data(person_id) for room, data in COLLECT.items()}


def forget(person_id: int, actor: Actor, now: datetime) -> None:
    """Erase what names the person, in every room. Called inside `saving()`."""
    authoring.forget(person_id, now)
    quizzes.forget(person_id, now)
    learning.forget(person_id, now)
    records.forget(person_id, now)
    accounts_service.forget(person_id, now, actor)


@click.group("privacy")
def privacy_cli() -> None:
    """Show or erase everything that is kept of a person."""


_AS = click.option("--as", "username", required=True, help="Who does this: an administrator.")


@privacy_cli.command("show")
@click.argument("login")
@_AS
def show(login: str, username: str) -> None:
    """Print everything that is kept of a person, as JSON."""
    _administrator(username)
    values = collect(_person_id(login))
    click.echo(json.dumps(values, ensure_ascii=False, indent=2, default=_as_text))


@privacy_cli.command("forget")
@click.argument("login")
@_AS
@click.option("--yes", is_flag=True, help="Do it; without this, only say what would happen.")
def forget_command(login: str, username: str, yes: bool) -> None:
    """Erase what names a person. Records stay valid, without the name. Cannot be undone."""
    actor = _administrator(username)
    person_id = _person_id(login)
    name = accounts.person(person_id).full_name
    if not yes:
        click.echo(f"{name} would be erased, with all logins and answers. Add --yes to do it.")
        return
    with saving():
        forget(person_id, actor, clock.now())
    click.echo(f"{name} is erased. Records that were issued stay valid, without the name.")


def _administrator(username: str) -> Actor:
    actor = actor_named(username)
    if not may(actor, Action.ACCOUNTS_PEOPLE_MANAGE):
        raise Forbidden("page-forbidden")
    return actor


def _person_id(login: str) -> int:
    person = accounts.person_by_login(login)
    if person is None:
        raise Missing("person-missing", username=login)
    return person.id


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
