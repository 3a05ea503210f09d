"""elearn policy ..., elearn organisers ...: the office's own rules, and who issues records."""

from datetime import datetime

import click

from elearn.accounts import service
from elearn.accounts.commands.actors import DAY, acting, as_option, known_node, today_at
from elearn.core import audit, clock, policy
from elearn.core.db import saving


@click.group("policy")
def rules_of_the_office() -> None:
    """The office's rules, each from a day on: minutes per JP, targets, registration."""


@rules_of_the_office.command("set")
@click.argument("name")
@click.argument("value")
@click.option("--from", "from_on", type=DAY, help="First day; default today.")
@as_option
def set_rule(name: str, value: str, from_on: datetime | None, as_username: str) -> None:
    """Set the rule NAME to VALUE from a day on. What was issued before keeps its values."""
    now = clock.now()
    day = from_on.date() if from_on else today_at(None, now)
    with saving():
        actor = acting(as_username)
        policy.change(name, value, day)
        audit.note(actor, "core:policy:set", name, now, f"{value} {day.isoformat()}")
    click.echo(f"{name} = {value} from {day.isoformat()}")


@rules_of_the_office.command("list")
def list_rules() -> None:
    """Print every rule with today's value, what it is for, and what is planned."""
    today = today_at(None, clock.now())
    present, planned = policy.present_and_planned(today)
    for name, rule in policy.RULES.items():
        click.echo(f"{name} = {present[name]}")
        click.echo(f"    {rule.help}")
        for row in planned.get(name, ()):
            click.echo(f"    {row.value} from {row.from_on.isoformat()}")


@click.group("organisers")
def organisers() -> None:
    """Who issues completion records."""


@organisers.command("add")
@click.argument("code")
@click.option("--name", required=True, help="The office as the record names it.")
@click.option("--place", required=True, help="Where records are issued.")
@click.option("--signatory", required=True, help="Full name with titles.")
@click.option("--signatory-post", required=True)
@click.option("--at", "at_code", default="", metavar="CODE", help="Its place in the tree.")
@click.option("--from", "from_on", type=DAY, help="First day; default today.")
@as_option
def add_organiser(
    code: str, name: str, place: str, signatory: str, signatory_post: str, at_code: str,
    from_on: datetime | None, as_username: str,
) -> None:  # fmt: skip
    """Add the organiser CODE, or what it is from a day on: a new signatory, another name."""
    now = clock.now()
    with saving():
        actor = acting(as_username)
        node = known_node(at_code) if at_code else None
        day = from_on.date() if from_on else today_at(node, now)
        words = service.OrganiserWords(name, place, signatory, signatory_post)
        service.add_organiser(actor, code, words, node, day, now)
    click.echo(f"Organiser {code} from {day.isoformat()}: {name}, {signatory}")
