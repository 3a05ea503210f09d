"""Commands of this room."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import click

from elearn.core import clock
from elearn.core.db import saving
from elearn.core.i18n import force_locale
from elearn.core.integrity import batches, count
from elearn.learning import queries, service
from elearn.learning.models import Enrolment
from elearn.web.messages import sentence_for

ISSUED_AT_ONCE = 20  # records in one transaction: learners wait no longer than that
BATCH = 200  # enrolments in one transaction: a rebuild must not keep learners waiting


@click.group("learning")
def learning_cli() -> None:
    """Progress of enrolments, and records that could not be issued when a course was completed."""


@learning_cli.command("rebuild")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a sum is wrong.")
def rebuild(check: bool) -> None:
    """Add up every enrolment's events anew and put right the sums that differ.

    Prints each difference. With --check nothing is written, and the exit code is 1 when there
    is a difference, else 0.
    """
    total, wrong = count(Enrolment.id), 0
    added_up = queries.differences_of if check else _rebuilt
    # The bar is drawn beside the output and not in it: what is found can be printed at once.
    with click.progressbar(length=total, label="Adding up", width=24, file=sys.stderr) as bar:
        for enrolment_ids in batches(Enrolment.id, BATCH):
            for line in _lines(added_up(enrolment_ids)):
                if sys.stderr.isatty():
                    click.echo(err=True)  # the bar's line ends here, and is drawn anew below
                click.echo(line)
                wrong += 1
            bar.update(len(enrolment_ids))
    verb = "differ" if check else "were put right"
    click.echo(f"{total} enrolments, {wrong} sums {verb}.")
    raise SystemExit(1 if check and wrong else 0)


@learning_cli.command("issue")
def issue() -> None:
    """Issue the records of completed courses that have none, and say why where it is not possible.

    Prints each refusal once with how many wait for it. Exit 1 when there is one.
    """
    total, issued, after = queries.count_recordless(), 0, 0
    refusals: Counter[str] = Counter()
    with click.progressbar(length=total, label="Issuing", width=24, file=sys.stderr) as bar:
        while listed := queries.recordless(ISSUED_AT_ONCE, after):
            after = listed[-1].enrolment_id
            with saving():
                done = service.issue_missing([one.enrolment_id for one in listed], clock.now())
            issued += done.count
            with force_locale("en"):
                refusals.update(sentence_for(problem) for problem in done.refusals.values())
            bar.update(len(listed))
    for sentence, number in refusals.items():
        click.echo(f"{number} not issued: {sentence}")
    click.echo(f"{issued} records issued.")
    raise SystemExit(1 if refusals else 0)


def _rebuilt(enrolment_ids: Sequence[int]) -> Mapping[int, Sequence[queries.Difference]]:
    with saving():
        return service.rebuild(enrolment_ids)


def _lines(found: Mapping[int, Sequence[queries.Difference]]) -> Iterator[str]:
    for number, some in found.items():
        for one in some:
            yield f"enrolment {number}: {one.name} is {one.kept}, events say {one.recounted}"


COMMANDS: tuple[click.Command, ...] = (learning_cli,)
