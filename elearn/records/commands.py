"""`elearn records`: keys, corrections, and the proof that all is as it was issued."""

import click

from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.commandline import AS_SOMEBODY
from elearn.core.db import saving
from elearn.core.errors import Forbidden, Missing
from elearn.core.permissions import Action, Actor, may
from elearn.records import keys, queries, service
from elearn.records.models import Record


@click.group("records")
def records() -> None:
    """Completion records: signing keys, corrections, and a check of them all."""


@records.command("keys")
def show_keys() -> None:
    """List the keys that sign records, oldest first. Keep the public ones outside this machine."""
    for key in keys.all_keys():
        until = f"until {key.to_at:%Y-%m-%d}" if key.to_at else "in use"
        here = "" if keys.has_private_half(key) or key.to_at else "  (its file is not here!)"
        click.echo(f"{key.id}  {key.public_key}  from {key.from_at:%Y-%m-%d} {until}{here}")


@records.command("rotate-key")
def rotate_key() -> None:
    """Make a new signing key and close the one in use. Issued records stay valid."""
    with saving():
        key = keys.rotate(clock.now())
    click.echo(f"Records are signed with the key {key.id} from now on. Put its file "
               f"record-key-{key.id} into your backup.")  # fmt: skip


@records.command("check")
def check() -> None:
    """Compare every record with its signature and its holder. Exit 1 when one does not agree."""
    count = bad = 0
    for kept in queries.all_records():
        count += 1
        faults = queries.faults_of(kept)
        bad += bool(faults)
        for fault in faults:
            click.echo(f"{kept.record.number}: {fault}")
    click.echo(f"{count} records checked, {bad} with faults.")
    raise SystemExit(1 if bad else 0)


@records.command("revoke")
@click.argument("number")
@click.option("--reason", required=True, help="Shown to everybody who checks the record.")
@AS_SOMEBODY
def revoke(number: str, reason: str, username: str) -> None:
    """Revoke the record NUMBER; its JP are taken back."""
    actor = _manager(username)
    with saving():
        service.revoke(_record(number), reason, actor, clock.now())
    click.echo(f"The record {number} is revoked. The public check says so, with the reason.")


@records.command("reissue")
@click.argument("number")
@AS_SOMEBODY
def reissue(number: str, username: str) -> None:
    """Issue the record NUMBER once more, with the holder's name and post as they are today."""
    actor = _manager(username)
    with saving():
        newer = service.reissue(_record(number), actor, clock.now())
    click.echo(f"The record {number} is replaced by {newer.number}.")


def _manager(username: str) -> Actor:
    actor = actor_named(username)
    if not may(actor, Action.RECORDS_RECORD_REVOKE):
        raise Forbidden("page-forbidden")
    return actor


def _record(number: str) -> Record:
    kept = queries.record_by_number(number.strip().upper())
    if kept is None:
        raise Missing("record-missing")
    return kept.record


COMMANDS: tuple[click.Command, ...] = (records,)
