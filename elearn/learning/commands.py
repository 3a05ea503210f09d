"""Commands of this room."""

import sys
from collections.abc import Iterator, Mapping, Sequence

import click
from sqlalchemy import text

from elearn.core.db import db, saving
from elearn.learning import queries, service

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
    total, wrong = queries.enrolment_count(), 0
    added_up = _differences if check else _rebuilt
    # The bar is drawn beside the output and not in it: what is found can be printed at once.
    with click.progressbar(length=total, label="Adding up", width=24, file=sys.stderr) as bar:
        for enrolment_ids in _batches():
            for line in _lines(added_up(enrolment_ids)):
                click.echo(line)
                wrong += 1
            bar.update(len(enrolment_ids))
    verb = "differ" if check else "were put right"
    click.echo(f"{total} enrolments, {wrong} sums {verb}.")
    raise SystemExit(1 if check and wrong else 0)


def _batches() -> Iterator[Sequence[int]]:
    last = 0
    while enrolment_ids := queries.enrolment_ids_after(last, BATCH):
        yield enrolment_ids
        last = enrolment_ids[-1]


def _rebuilt(enrolment_ids: Sequence[int]) -> Mapping[int, Sequence[queries.Difference]]:
    with saving():
        mended = service.rebuild(enrolment_ids)
    db.session.expunge_all()
    return mended


def _differences(enrolment_ids: Sequence[int]) -> Mapping[int, Sequence[queries.Difference]]:
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        # Else what a learner does between two statements would look like a difference.
        db.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    found = queries.differences_of(enrolment_ids)
    db.session.rollback()
    db.session.expunge_all()
    return found


def _lines(found: Mapping[int, Sequence[queries.Difference]]) -> Iterator[str]:
    for number, some in found.items():
        for one in some:
            yield f"enrolment {number}: {one.name} is {one.kept}, events say {one.recounted}"


COMMANDS: tuple[click.Command, ...] = (learning_cli,)
