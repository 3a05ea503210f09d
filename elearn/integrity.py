"""Whether all that is kept is whole and agrees with itself, over all rooms: `elearn db check`."""

import sys
from collections.abc import Iterator

import click
from sqlalchemy.exc import DatabaseError

from elearn.accounts.integrity import PARTS as ACCOUNTS
from elearn.authoring.integrity import PARTS as AUTHORING
from elearn.core import integrity
from elearn.core.db import db
from elearn.core.integrity import Finding, Part
from elearn.courses.integrity import PARTS as COURSES
from elearn.learning.integrity import PARTS as LEARNING
from elearn.quizzes.integrity import PARTS as QUIZZES
from elearn.records.integrity import PARTS as RECORDS

# From the ground floor up: what stands on something broken is looked at after it.
PARTS: tuple[Part, ...] = (
    *integrity.PARTS, *ACCOUNTS, *COURSES, *RECORDS, *LEARNING, *QUIZZES, *AUTHORING,
)  # fmt: skip
_LABEL_LENGTH = max(len(part.things) for part in PARTS)


def check() -> int:
    """Look at everything and print each finding on a line; how many there were.

    Findings go to standard output as they are found, the progress of the work to standard error.
    """
    try:
        revision = integrity.revision_finding()
        if revision:
            click.echo(revision)
            return 1
        looked_at = {part.things: _shown(part) for part in PARTS}
    finally:
        db.session.rollback()  # nobody has to wait for what was only looked at
    found = sum(findings for _, findings in looked_at.values())
    counts = ", ".join(f"{count} {things}" for things, (count, _) in looked_at.items())
    click.echo(f"{f'{found} findings' if found else 'All is whole'}. Looked at: {counts}.")
    return found


def _shown(part: Part) -> tuple[int, int]:
    """Look at one part and print what is found: how many things there were, how many findings."""
    integrity.snapshot()
    count = found = 0
    label = part.things.capitalize().ljust(_LABEL_LENGTH)
    with click.progressbar(length=part.count(), label=label, width=24, file=sys.stderr) as bar:
        for findings in _looked(part):
            count += 1
            for finding in findings:
                found += 1
                if sys.stderr.isatty():
                    click.echo(err=True)  # the bar's line ends here, and is drawn anew below
                click.echo(finding)
            bar.update(1)
    return count, found


def _looked(part: Part) -> Iterator[integrity.Findings]:
    """What the part finds; where something is so broken that it cannot go on, that."""
    try:
        yield from part.look()
    except (LookupError, ValueError, TypeError, DatabaseError) as fault:
        what = f"the {part.things} cannot be read to the end ({type(fault).__name__}: {fault})"
        yield [Finding(" ".join(what.split()), "mend what is said above and check again")]
