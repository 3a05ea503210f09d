"""Commands of this room."""

import click
from sqlalchemy import select

from elearn.core.db import db, saving
from elearn.learning import queries, service
from elearn.learning.models import Enrolment, Progress

BATCH = 200  # enrolments in one transaction: a rebuild must not keep learners waiting


@click.group("learning")
def learning_cli() -> None:
    """Progress of enrolments."""


@learning_cli.command("rebuild")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a sum is wrong.")
def rebuild(check: bool) -> None:
    """Add up every enrolment's events anew and put right the sums that differ.

    Prints each difference. With --check nothing is written, and the exit code is 1 when there
    is a difference, else 0.
    """
    numbers = list(db.session.scalars(select(Enrolment.id).order_by(Enrolment.id)))
    lines: list[str] = []
    with click.progressbar(length=len(numbers), label="Adding up", width=24) as bar:
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            lines += _differences(batch) if check else _rebuilt(batch)
            bar.update(len(batch))
    for line in lines:
        click.echo(line)
    verb = "differ" if check else "were put right"
    click.echo(f"{len(numbers)} enrolments, {len(lines)} sums {verb}.")
    raise SystemExit(1 if check and lines else 0)


def _rebuilt(numbers: list[int]) -> list[str]:
    lines = []
    with saving():
        for enrolment in _enrolments(numbers):
            lines += [_line(enrolment, found) for found in service.rebuild(enrolment)]
    return lines


def _differences(numbers: list[int]) -> list[str]:
    lines = []
    for enrolment in _enrolments(numbers):
        row = db.session.get(Progress, enrolment.id)
        for found in queries.differences(row, queries.recount(enrolment)):
            lines.append(_line(enrolment, found))
    db.session.rollback()
    db.session.expunge_all()
    return lines


def _enrolments(numbers: list[int]) -> list[Enrolment]:
    return list(
        db.session.scalars(
            select(Enrolment).where(Enrolment.id.in_(numbers)).order_by(Enrolment.id)
        )
    )


def _line(enrolment: Enrolment, found: queries.Difference) -> str:
    return f"enrolment {enrolment.id}: {found.name} is {found.kept}, events say {found.recounted}"


COMMANDS: tuple[click.Command, ...] = (learning_cli,)
