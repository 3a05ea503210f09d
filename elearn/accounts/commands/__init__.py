"""Commands of this room."""

import click

from elearn.accounts.commands.imports import libraries
from elearn.accounts.commands.office import organisers, rules_of_the_office
from elearn.accounts.commands.people import people

COMMANDS: tuple[click.Command, ...] = (people, libraries, rules_of_the_office, organisers)
