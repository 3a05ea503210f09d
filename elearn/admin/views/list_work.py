"""What a list's jobs do: judge it, and write it when it still means what was shown."""

from collections.abc import Callable
from typing import Any

from elearn.accounts.formats.table import Table, read_any
from elearn.accounts.queries.uploads import own_upload_to_change
from elearn.accounts.service import uploads
from elearn.accounts.service.imports import Kind, summary
from elearn.admin.views.list_kinds import ListKind
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.jobs import Running, Work
from elearn.core.permissions import Actor


def judging(kind: ListKind, content: bytes) -> Work:
    """A verdict for each row; nothing is written but what came of it.

    The outcome also says how long writing will hold up others, about: by how long judging took
    here, since nobody knows the machine.
    """

    def work(running: Running) -> None:
        table = read_any(content, kind.columns)
        began_at = clock.now()
        made = kind.plan(table, began_at, _reporter(running, table))
        seconds = (clock.now() - began_at).total_seconds()
        share = kind.weight(made.work) / max(len(table.rows), 1)
        with saving():
            held_up = round(seconds * (1 + share))
            running.end({**summary(made.verdicts), "held_up_seconds": held_up})

    return work


def writing(kind: ListKind, actor: Actor, code: str, content: bytes, digest: str) -> Work:
    """Everything or nothing: judged again inside the transaction, and left when it differs.

    code: of the upload. digest: of the verdicts that were shown.
    """

    def work(running: Running) -> None:
        table = read_any(content, kind.columns)
        with saving():
            now = clock.now()
            upload = own_upload_to_change(actor, code)
            made = kind.plan(table, now)
            found = summary(made.verdicts)
            if found["digest"] != digest or found["counts"][Kind.PROBLEM]:
                running.end({**found, "differs": True})
                return
            kind.write(actor, made.work, now, _reporter(running, table))
            counts = found["counts"]
            detail = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
            uploads.end(actor, upload, detail, now)
            running.end({"written": True, "counts": counts})

    return work


def reasons(kind: ListKind, content: bytes, sentence: Callable[..., str]) -> tuple[Table, Any]:
    """The list again, and why each refused row was refused, by line, in the reader's language."""
    table = read_any(content, kind.columns)
    made = kind.plan(table, clock.now())
    said = {
        verdict.line: " ".join(sentence(fault.code, fault.values) for fault in verdict.faults)
        for verdict in made.verdicts
        if verdict.faults
    }
    return table, said


def _reporter(running: Running, table: Table) -> Callable[[int], None]:
    return lambda count: running.report(count, len(table.rows))
