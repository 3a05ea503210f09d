"""`elearn courses check`: needs a folder and the operator's limits, no site."""

from pathlib import Path

import click

from elearn.core import config
from elearn.core.commandline import WithoutSite
from elearn.coursepack.problems import Language
from elearn.courses.commands.reading import LANGUAGE, read
from elearn.courses.limits import limits_of


@click.command("check", cls=WithoutSite)
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@LANGUAGE
def check(source: Path, lang: Language) -> None:
    """Check a course folder or zip and print each problem as path:line. Exit 1 when there is one.

    Warnings are printed, too; alone they do not make the exit code 1.
    """
    read(source, limits_of(config.load()), lang)


COMMANDS: tuple[click.Command, ...] = (check,)
