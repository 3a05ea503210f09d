"""Commands of this room."""

import click

from elearn.accounts import queries as accounts
from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Forbidden, Missing
from elearn.core.permissions import Action, may
from elearn.courses import queries as courses
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


@quizzes_cli.command("correct")
@click.argument("slug")
@click.argument("question")
@click.option("--of", "number", type=int, required=True, help="Version whose key is wrong.")
@click.option("--from", "newer", type=int, required=True, help="Newer version with the right key.")
@click.option("--reason", default="", help="Why; learners read it, and it is logged.")
@click.option("--as", "acting", required=True, metavar="AUTHOR", help="Who corrects it.")
@click.option("--yes", is_flag=True, help="Do it; without this, only say what would happen.")
def correct(
    slug: str, question: str, number: int, newer: int, reason: str, acting: str, yes: bool
) -> None:
    """Mark QUESTION of the course SLUG by its key in a newer version. No result falls.

    Prints the attempts that change. The same command again goes on where it was stopped. Exit 1
    when refused.
    """
    actor = actor_named(acting)
    version_id, from_id = _version_id(slug, number), _version_id(slug, newer)
    effect = service.dry_run(actor, version_id, question, from_id)
    for change in effect.raised:
        scores = f"{change.before.score_percent} to {change.after.score_percent}"
        passes = " and passes" if change.after.is_passed and not change.before.is_passed else ""
        click.echo(f"{change.attempt_code} {change.person_name}: rises from {scores}{passes}")
    for change in effect.kept:
        click.echo(
            f"{change.attempt_code} {change.person_name}: keeps {change.before.score_percent}, "
            f"the right key would give {change.after.score_percent}"
        )
    counts = f"{len(effect.raised)} rise, {len(effect.kept)} keep, {effect.others} stay"
    if not yes:
        click.echo(f"Of the attempts handed in {counts}. Add --reason and --yes to do it.")
        return
    now = clock.now()
    with saving():
        number_of = service.correct(actor, version_id, question, from_id, reason, now).id
    after_id: int | None = 0
    while after_id is not None:
        with saving():
            after_id = service.regrade(number_of, after_id, now)
    click.echo(f"The key is corrected. Of the attempts handed in {counts}.")


def _version_id(slug: str, number: int) -> int:
    for version, _ in courses.versions_of(slug):
        if version.number == number:
            return version.id
    raise Missing("version-missing", slug=slug)


COMMANDS: tuple[click.Command, ...] = (quizzes_cli,)
