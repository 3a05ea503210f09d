"""Commands of this room."""

import click

from elearn.accounts.commands.people import people

COMMANDS: tuple[click.Command, ...] = (people,)
