"""`elearn settings`: what holds on this machine."""

import click

from elearn.core import config
from elearn.core.commandline import WithoutSite


@click.command("settings", cls=WithoutSite)
def show_settings() -> None:
    """Print every setting with its value, where it came from, and what it is for."""
    for name, source in config.load().sources.items():
        shown = "(hidden)" if source.setting.secret and source.value else source.text or "(empty)"
        click.echo(f"{config.PREFIX}{name} = {shown}  [{source.origin}]")
        click.echo(f"    {source.setting.help}")


COMMANDS: tuple[click.Command, ...] = (show_settings,)
