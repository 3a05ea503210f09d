"""The `elearn` command: knows where the commands of all rooms are.

A module is loaded, and an application made, only when a command needs it; a setting that cannot be
used ends any command with one sentence and exit code 2.
"""

import sys
from typing import TYPE_CHECKING

import click

from elearn import __version__
from elearn.archive.refusals import Refused
from elearn.core import config
from elearn.core.commandline import LaterGroup, loading
from elearn.core.errors import Problem

if TYPE_CHECKING:
    from flask import Flask

_BAD_SETTING = 2

# Each command, or group of commands, and the module that has it in its COMMANDS.
PLACES = {
    "backup": "elearn.archive.commands",
    "courses": "elearn.courses.commands",
    "db": "elearn.cli.database",
    "demo": "elearn.cli.serving",
    "learning": "elearn.learning.commands",
    "libraries": "elearn.accounts.commands",
    "mail": "elearn.cli.mail",
    "organisers": "elearn.accounts.commands",
    "people": "elearn.accounts.commands",
    "policy": "elearn.accounts.commands",
    "privacy": "elearn.privacy.commands",
    "quizzes": "elearn.quizzes.commands",
    "records": "elearn.records.commands",
    "restore": "elearn.archive.commands",
    "serve": "elearn.cli.serving",
    "settings": "elearn.cli.settings",
}


class Site:
    """Makes the application of this machine's settings, for a command that needs one."""

    def load_app(self) -> "Flask":
        settings = config.load()
        with loading():
            from elearn.factory import create_app  # with every page: most of what there is to load
        return create_app(settings)


class ElearnGroup(LaterGroup):
    """Refusals come as one sentence and never as a traceback; --help works without a site."""

    def main(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        kwargs.setdefault("obj", Site())
        try:
            return super().main(*args, **kwargs)  # type: ignore[call-overload]
        except config.SettingError as fault:
            click.echo(str(fault), err=True)
            sys.exit(_BAD_SETTING)
        except Problem as problem:
            click.echo(_sentence(problem), err=True)
            sys.exit(1)
        except Refused as refusal:
            click.echo(str(refusal), err=True)
            sys.exit(1)
        except Exception as fault:
            from sqlalchemy.exc import OperationalError  # most commands that get here have it

            if not isinstance(fault, OperationalError):
                raise
            click.echo(f"The database does not answer: {fault.orig}", err=True)
            sys.exit(1)


def _sentence(problem: Problem) -> str:
    """The sentence of a refusal in English, the language of the command line."""
    from flask import Flask

    from elearn.core.i18n import force_locale, register_i18n
    from elearn.web.messages import sentence_for

    words = Flask(__name__)  # not the site: a refusal must be sayable whatever state that is in
    register_i18n(words)
    with words.app_context(), force_locale("en"):
        return sentence_for(problem)


@click.group(cls=ElearnGroup, later=PLACES)
@click.version_option(__version__, message="elearn %(version)s")
def main() -> None:
    """Courses, quizzes and completion records for the people who run libraries."""
