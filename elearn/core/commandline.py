"""Commands that are loaded when they are asked for, each with what it needs and no more.

Loading the whole product takes five times as long as loading what checks a course folder.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, wraps
from importlib import import_module
from typing import Any

import click

AS_SOMEBODY = click.option(
    "--as", "username", required=True, metavar="USERNAME", help="Who does this; the log keeps it."
)


class WithoutSite(click.Command):
    """A command for which the settings are enough. Every other one runs inside the application."""


class LaterGroup(click.Group):
    """A group that knows where its commands are, and loads those that are asked for.

    later: name of a command -> module whose COMMANDS has it. The object of the context makes the
    application (`load_app`) for the commands that need one.
    """

    def __init__(self, *args: Any, later: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.later = later

    def list_commands(self, _context: click.Context) -> list[str]:
        return sorted({*self.commands, *self.later})

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name in self.commands:
            return self.commands[name]
        return commands_in(self.later[name])[name] if name in self.later else None


@cache
def commands_in(module: str) -> Mapping[str, click.Command]:
    """The commands of a module by name."""
    with loading():
        commands = import_module(module).COMMANDS
    for command in commands:
        _on_the_site(command)
    return {command.name: command for command in commands}


@contextmanager
def loading() -> Iterator[None]:
    """Load modules without looking for waste among them, now or later: they stay to the end.

    Looking took a quarter of the time that a command needs to begin.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _on_the_site(command: click.Command) -> None:
    """Make the application when the command runs, not when its help is asked for."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _on_the_site(inner)
    elif command.callback and not isinstance(command, WithoutSite):
        command.callback = _inside_the_site(command.callback)


def _inside_the_site(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def inside(*values: Any, **named: Any) -> Any:
        from flask import current_app  # loaded with the first command that needs a site

        from elearn.core.db import db

        if current_app:
            return callback(*values, **named)
        with click.get_current_context().obj.load_app().app_context():
            try:
                return callback(*values, **named)
            finally:
                db.engine.dispose()  # SQLite puts its file in order when it is left

    return inside
