"""Commands of this room: none; folders are published by `elearn courses publish`."""

import click

COMMANDS: tuple[click.Command, ...] = ()
