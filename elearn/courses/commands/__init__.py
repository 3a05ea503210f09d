"""`elearn courses`: check, publish, render, list, export, withdraw."""

import click

from elearn.core.commandline import LaterGroup

_VERSIONS = "elearn.courses.commands.versions"


@click.group(
    "courses",
    cls=LaterGroup,
    later={
        "check": "elearn.courses.commands.check",  # authors run it again and again
        **dict.fromkeys(("publish", "render", "list", "export", "withdraw"), _VERSIONS),
    },
)
def courses_cli() -> None:
    """Check, publish and export course folders."""


COMMANDS: tuple[click.Command, ...] = (courses_cli,)
