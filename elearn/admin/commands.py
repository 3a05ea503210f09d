"""Commands of this room: none yet."""

import click

COMMANDS: tuple[click.Command, ...] = ()
