"""elearn mail ...: sending what waits in the outbox, and looking at what does not leave."""

import click
from flask import current_app

from elearn.core import clock, config, outbox
from elearn.core.db import saving
from elearn.core.outbox import Letter
from elearn.core.post import Post, Refused, RefusedForGood, Unsure, message, post_for


@click.group("mail")
def mail() -> None:
    """Letters to people: codes for a new password, and what else the site has to say."""


@mail.command("send")
def send() -> None:
    """Send every letter that is due, each once. For cron; exit 1 when one could not be sent."""
    settings: config.Settings = current_app.config["SETTINGS"]
    post = post_for(settings)
    sent = failed = 0
    while True:
        with saving():
            letter = outbox.claim(clock.now())
        if letter is None:
            break
        fault = _send(letter, post, settings)
        if fault:
            failed += 1
            click.echo(f"letter {letter.id}: {fault}")
        else:
            sent += 1
    if sent or failed:
        click.echo(f"sent: {sent}, not sent: {failed}")
    raise SystemExit(1 if failed else 0)


def _send(letter: Letter, post: Post, settings: config.Settings) -> str:
    """Send one claimed letter and note what came of it; returns why it did not leave, or ""."""
    try:
        post(letter, message(letter, settings, clock.now()))
    except Refused as fault:
        with saving():
            outbox.put_back(letter, str(fault), clock.now())
        return f"{fault}; it is tried again later"
    except RefusedForGood as fault:
        with saving():
            outbox.give_up(letter, str(fault))
        return f"{fault}; given up"
    except Unsure as fault:
        return f"{fault}; it may have left, and is not tried again (elearn mail again {letter.id})"
    with saving():
        outbox.note_sent(letter, clock.now())
    return ""


@mail.command("list")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
def show(limit: int) -> None:
    """Print the letters that have not left: number, what it is about, state, tries, last fault."""
    now = clock.now()
    for row in outbox.unsent(limit):
        state = outbox.state(row, now)
        fault = "" if row.fault == outbox.IN_HAND else row.fault
        what = f"{row.id}  {row.created_at:%Y-%m-%d %H:%M} UTC  {row.key}"
        click.echo(f"{what}  {state}, {row.tries} tries  {fault}".rstrip())


@mail.command("again")
@click.argument("number", type=int)
def again(number: int) -> None:
    """Let letter NUMBER be sent after all: one given up, or whose sender was killed."""
    with saving():
        outbox.again(number, clock.now())
    click.echo(f"letter {number} waits to be sent")


COMMANDS: tuple[click.Command, ...] = (mail,)
