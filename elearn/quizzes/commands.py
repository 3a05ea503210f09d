"""Commands of this room."""

import click

from elearn.accounts import queries as accounts
from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Forbidden, Missing
from elearn.core.permissions import Action, may
from elearn.quizzes import service


@click.group("quizzes")
def quizzes_cli() -> None:
    """Attempts at quizzes and tests."""


@quizzes_cli.command("grant-attempt")
@click.argument("username")
@click.argument("slug")
@click.argument("unit")
@click.option("--reason", required=True, help="Why; it is kept and logged.")
@click.option("--as", "acting", required=True, metavar="ADMIN", help="Who grants it.")
def grant_attempt(username: str, slug: str, unit: str, reason: str, acting: str) -> None:
    """Let USERNAME try UNIT of the course SLUG once more than it allows. Exit 1 when refused."""
    actor = actor_named(acting)
    if not may(actor, Action.QUIZZES_ATTEMPT_GRANT):
        raise Forbidden("page-forbidden")
    person = accounts.person_by_login(username)
    if person is None:
        raise Missing("person-missing", username=username)
    person_id, name = person.id, person.full_name
    with saving():
        service.grant_attempt(actor, person_id, slug, unit, reason, clock.now())
    click.echo(f"{name} may try {unit} of {slug} once more.")


COMMANDS: tuple[click.Command, ...] = (quizzes_cli,)
