"""elearn people import, elearn libraries import: a dry run first, then all or nothing."""

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click

from elearn.accounts.commands.actors import acting, as_option, language_option
from elearn.accounts.commands.people import people
from elearn.accounts.formats import lists
from elearn.accounts.formats.table import Column, Table, read_table, template, write_table
from elearn.accounts.rules import Fault
from elearn.accounts.service import library_import, people_bulk, people_import
from elearn.accounts.service.bulk import batches
from elearn.accounts.service.imports import Kind, Verdict, has_problems
from elearn.core import clock, config
from elearn.core.db import saving
from elearn.core.errors import Problem
from elearn.core.i18n import force_locale
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Actor
from elearn.web.messages import sentence

FILE = click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
COMMIT = click.option("--commit", "is_commit", is_flag=True, help="Write; without it, a dry run.")
TEMPLATE = click.option(
    "--template", "is_template", is_flag=True, help="Print a header with one example row."
)


@people.command("import")
@FILE
@COMMIT
@TEMPLATE
@click.option("--with-roles", is_flag=True, help="Allow the columns that give roles.")
@click.option(
    "--codes", type=click.Path(dir_okay=False, path_type=Path),
    help="Write one-time codes for first passwords to this new file (mode 600).",
)  # fmt: skip
@click.option("--code-days", type=click.IntRange(1, 60), default=7, show_default=True)
@as_option
@language_option
def import_people(
    file: Path | None, is_commit: bool, is_template: bool, with_roles: bool, codes: Path | None,
    code_days: int, as_username: str, language: str,
) -> None:  # fmt: skip
    """Add and change people by the list FILE.csv. Each row gets a verdict with its line.

    Exit 1 when a row has a problem; then nothing is written at all.
    """
    columns = lists.PEOPLE + (lists.ROLE_COLUMNS if with_roles else ())
    if is_template:
        return _print_template(columns)
    path = _needed(file)
    table = read_table(path.read_bytes(), lists.PEOPLE + lists.ROLE_COLUMNS)
    if not with_roles and table.keys & {column.key for column in lists.ROLE_COLUMNS}:
        table = Table(faults=((1, Fault("roles-refused")),))
    now = clock.now()
    if not is_commit:
        return _report(path, people_import.plan(table, now).verdicts, language, is_written=False)
    with saving():
        actor = acting(as_username)
        made = people_import.plan(table, now)
        if not has_problems(made.verdicts):
            with click.progressbar(length=len(made.work), label=str(path), file=sys.stderr) as bar:
                new = people_import.write(
                    actor, made.work, now, lambda count: bar.update(count - bar.pos)
                )
            if codes is not None:
                _keep_codes(codes, actor, new, now + timedelta(days=code_days), now)
    return _report(path, made.verdicts, language, is_written=True)


@click.group("libraries")
def libraries() -> None:
    """The library tree."""


@libraries.command("import")
@FILE
@COMMIT
@TEMPLATE
@as_option
@language_option
def import_libraries(
    file: Path | None, is_commit: bool, is_template: bool, as_username: str, language: str
) -> None:
    """Add, change and move libraries and offices by the list FILE.csv.

    Each row gets a verdict with its line. A changed parent holds from today on. Exit 1 when a row
    has a problem; then nothing is written at all.
    """
    if is_template:
        return _print_template(lists.LIBRARIES)
    path = _needed(file)
    table = read_table(path.read_bytes(), lists.LIBRARIES)
    now = clock.now()
    if not is_commit:
        made = library_import.plan(table, now)
        return _report(path, made.verdicts, language, is_written=False)
    with saving():
        actor: Actor = acting(as_username)
        made = library_import.plan(table, now)
        if not has_problems(made.verdicts):
            with click.progressbar(length=len(made.work), label=str(path), file=sys.stderr) as bar:
                library_import.write(
                    actor, made.work, now, lambda count: bar.update(count - bar.pos)
                )
    return _report(path, made.verdicts, language, is_written=True)


def _needed(file: Path | None) -> Path:
    if file is None:
        raise click.UsageError("Name the file: FILE.csv, or --template for an empty one.")
    return file


def _print_template(columns: Sequence[Column]) -> None:
    click.echo(template(columns), nl=False)


def _keep_codes(
    path: Path,
    actor: Actor,
    new: Sequence[tuple[int, people_import.Work]],
    expires_at: datetime,
    now: datetime,
) -> None:
    rows = []
    for batch in batches(new):
        persons = people_bulk.codes_of(number for number, _ in batch)
        codes = people_bulk.first_codes(actor, persons, expires_at, now)
        rows += [
            (item.username or item.details.nip or item.details.email, item.details.full_name,
             codes[number])
            for number, item in batch
        ]  # fmt: skip
    if not config.write_once(path, write_table(("login", "nama", "kode"), rows)):
        raise Problem("file-exists", path=str(path))


def _report(path: Path, verdicts: list[Verdict], language: str, is_written: bool) -> None:
    """Every verdict with its line, then the sum; exit 1 when there is a problem."""
    with force_locale(language):
        words = {
            Kind.NEW: _("new"),
            Kind.SAME: _("same"),
            Kind.CHANGED: _("changed"),
            Kind.PROBLEM: _("problem"),
        }
        for verdict in verdicts:
            head = f"{path}:{verdict.line}: {words[verdict.kind]} {verdict.subject}".rstrip()
            if verdict.changes:
                head += f" ({', '.join(verdict.changes)})"
            click.echo(head)
            for fault in verdict.faults:
                click.echo(f"    {sentence(fault.code, fault.values)} [{fault.code}]")
        sums = [
            f"{words[kind]}: {sum(verdict.kind is kind for verdict in verdicts)}" for kind in Kind
        ]
        click.echo(", ".join(sums))
        if has_problems(verdicts):
            click.echo(_("Nothing was written. Put the problems right and try again."))
        elif is_written:
            click.echo(_("Everything is written."))
        else:
            click.echo(_("Nothing was written: this was a dry run. Add --commit to write."))
    if has_problems(verdicts):
        raise SystemExit(1)
