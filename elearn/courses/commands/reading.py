"""Reading a course folder for a command: its problems are printed as path:line."""

from pathlib import Path

import click

from elearn.coursepack.folder import read_course
from elearn.coursepack.limits import Limits
from elearn.coursepack.model import Course
from elearn.coursepack.problems import Language

LANGUAGE = click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", help="Language of the sentences."
)


def read(source: Path, limits: Limits, lang: Language) -> Course:
    """The course, or exit 1 with every problem printed."""
    course, problems = read_course(source, limits)
    for problem in problems:
        click.echo(problem.format(lang))
    if course is None or any(problem.severity == "error" for problem in problems):
        raise SystemExit(1)
    return course
