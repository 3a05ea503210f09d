"""Who acts when a command is run: the person named by --as, or the operator of the machine."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click
from flask import current_app

from elearn.accounts import queries
from elearn.accounts.models import Node, Person
from elearn.accounts.queries.actors import actor_named
from elearn.accounts.queries.tree import node_by_code
from elearn.core import clock
from elearn.core.errors import Forbidden, Missing
from elearn.core.i18n import LANGUAGES
from elearn.core.permissions import OPERATOR, Action, Actor, may

DAY = click.DateTime(formats=["%Y-%m-%d"])

as_option = click.option(
    "--as", "as_username", metavar="USERNAME", default="",
    help="Who does this; the log keeps it. Default: the operator of the machine.",
)  # fmt: skip


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--lang", "language", type=click.Choice(sorted(LANGUAGES)), default="id",
        show_default=True, help="Language of the sentences.",
    )(command)  # fmt: skip


def acting(username: str) -> Actor:
    """The actor named by --as; Forbidden when that person may not manage people."""
    if not username:
        return OPERATOR
    known_person(username)
    found = actor_named(username)
    if not may(found, Action.ACCOUNTS_PEOPLE_MANAGE):
        raise Forbidden("actor-not-allowed", username=username)
    return found


def known_person(login: str) -> Person:
    person = queries.person_by_login(login)
    if person is None:
        raise Missing("login-unknown", login=login)
    return person


def known_node(code: str) -> Node:
    node = node_by_code(code)
    if node is None:
        raise Missing("node-unknown", node=code)
    return node


def today_at(node: Node | None, now: datetime) -> date:
    return clock.day_in(now, node.time_zone if node else clock.DEFAULT_ZONE)


def site(path: str) -> str:
    """An address for paper and messages: from the configured site, never from a request."""
    return f"{current_app.config['SETTINGS'].site_url}{path}"
