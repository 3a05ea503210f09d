"""elearn privacy: show or erase what is kept of a person, at the word of an administrator."""

from datetime import datetime

import click

from elearn.accounts import queries as accounts
from elearn.accounts.queries.actors import actor_named
from elearn.core import audit, clock
from elearn.core.db import saving
from elearn.core.errors import Forbidden, Missing
from elearn.core.permissions import Action, Actor, may
from elearn.privacy import service
from elearn.privacy.formats.own_data import own_data


@click.group("privacy")
def privacy_cli() -> None:
    """Show or erase everything that is kept of a person."""


_AS = click.option(
    "--as", "username", required=True, metavar="ADMIN", help="Who does this; the log keeps it."
)


@privacy_cli.command("show")
@click.argument("login")
@_AS
def show(login: str, username: str) -> None:
    """Print everything that is kept of a person, as JSON."""
    actor = _administrator(username)
    person_id = _person_id(login)
    now = clock.now()
    content = own_data(service.collect(person_id), now)
    with saving():
        audit.note(actor, "privacy:data:look", accounts.person(person_id).code, now)
    click.echo(content.decode())


@privacy_cli.command("forget")
@click.argument("login")
@_AS
@click.option("--reason", required=True, help="Who asked for it, without a name; kept in the log.")
@click.option("--yes", is_flag=True, help="Do it; without this, only say what would happen.")
def forget_command(login: str, username: str, reason: str, yes: bool) -> None:
    """Erase what names a person. Records stay valid, without the name. Cannot be undone."""
    actor = _administrator(username)
    person_id = _person_id(login)
    name = accounts.person(person_id).full_name
    if not yes:
        click.echo(f"{name} would be erased, with all logins and answers. Add --yes to do it.")
        return
    with saving():
        service.forget(person_id, actor, clock.now(), reason)
    click.echo(f"{name} is erased. Records that were issued stay valid, without the name.")


@privacy_cli.command("sweep")
def sweep() -> None:
    """Delete what is not kept any longer; made to be run every night.

    Answers to quizzes of courses completed, and files of evidence decided about, more months ago
    than the office's rules say (`keep_answers_months`, `keep_evidence_months`), while scores and
    decisions stay; lists of people older than a day, and what came of them; letters of 30 days ago;
    files of forms that nobody finished.
    """
    now = clock.now()
    with saving():
        swept = service.sweep(now)
    click.echo(
        f"Deleted: {swept.uploads} lists of people, {swept.jobs} jobs, {swept.letters} letters, "
        f"{swept.files} files of forms that nobody finished."
    )
    for term in service.TERMS:
        _sweep_term(term, now)


def _sweep_term(term: service.Term, now: datetime) -> None:
    before = service.kept_until(term.rule, now)
    if before is None:
        click.echo(f"Kept: {term.what.format('all')} (elearn policy set {term.rule} 24).")
        return
    if term.begin is not None:
        with saving():
            term.begin(before, now)
    count = 0
    while some := _swept(term, before):
        count += some
    click.echo(f"Deleted: {term.what.format(count)}, of before {before:%Y-%m-%d}.")


def _swept(term: service.Term, before: datetime) -> int:
    with saving():
        return term.sweep(before)


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


COMMANDS = (privacy_cli,)
