"""Long work that a page begins and another page watches: one row each, with its progress.

The work runs in a thread of the process that began it. A process that ends takes its work along;
the row then gives no more signs of life, and whoever watches is told that nothing was written: the
last thing that the work writes says in the same transaction that the job is done (`Running.end`).
Why a row and a thread and no queue: docs/decisions/017-jobs.md.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

from flask import Flask, current_app
from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Select,
    Update,
    and_,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core import clock
from elearn.core.db import BUSY_SECONDS, WRITES, Base, Instant, db, rows_met, saving
from elearn.core.errors import Conflict, Missing, Problem
from elearn.core.ids import new_code
from elearn.core.permissions import Actor
from elearn.core.turns import turn

IN_PLACE = "JOBS_IN_PLACE"  # configuration of an application: no threads, work ends before `start`
_BEAT = timedelta(seconds=0.5)  # between two signs of life
_SILENT = timedelta(seconds=60)  # work without one for so long has ended with its process
_KEPT = timedelta(days=2)  # what came of a job may name people, and is of no use later
_log = logging.getLogger(__name__)


class Job(Base):
    """One piece of long work, and how far it is."""

    __tablename__ = "core_job"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'done', 'failed')", name="state_known"),
        CheckConstraint("done_count <= total_count", name="count_right"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    kind: Mapped[str]
    person_id: Mapped[int] = mapped_column(index=True)  # who began it; by number only
    state: Mapped[str] = mapped_column(default="running")
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[Instant]
    beat_at: Mapped[Instant]  # last sign of life
    ended_at: Mapped[Instant | None]
    outcome: Mapped[str] = mapped_column(default="{}")  # JSON: what came of it, or which fault


_JOB = Job.__table__


@dataclass(frozen=True, slots=True)
class Seen:
    """A job as whoever watches sees it. fault: of one that failed, with the values it names."""

    code: str
    kind: str
    state: str
    done_count: int
    total_count: int
    begun_at: datetime
    outcome: Mapping[str, Any]
    fault: str = ""

    @property
    def percent(self) -> int:
        return 100 * self.done_count // self.total_count if self.total_count else 0


class Running:
    """A job under way, for its own work: says how far it is, and that it is done."""

    def __init__(self, code: str, began_at: datetime) -> None:
        self.code = code
        self._beat_at = began_at

    def report(self, done_count: int, total_count: int) -> None:
        """Note how far the work is, at most twice a second and in a transaction of its own.

        Inside `saving()` on SQLite nothing is noted: its one writer is this very work.
        """
        now = clock.now()
        if now - self._beat_at < _BEAT:
            return
        if db.session().info.get(WRITES) and db.engine.dialect.name == "sqlite":
            return
        self._beat_at = now
        how_far = {"done_count": min(done_count, total_count), "total_count": total_count}
        engine = db.engine.execution_options(**{WRITES: True})
        with turn(db.engine, BUSY_SECONDS), engine.begin() as connection:
            connection.execute(
                update(_JOB).where(_is_running(self.code)).values(beat_at=now, **how_far)
            )

    def end(self, outcome: Mapping[str, Any]) -> None:
        """Say what came of it, in the transaction of the last thing written.

        Conflict when somebody was told meanwhile that this job has ended without writing.
        """
        now = clock.now()
        done = {"state": "done", "ended_at": now, "beat_at": now, "outcome": json.dumps(outcome)}
        ended = update(_JOB).where(_is_running(self.code))
        if not rows_met(ended.values(done_count=_JOB.c.total_count, **done)):
            raise Conflict("job-interrupted")


Work = Callable[[Running], None]  # it calls `end` when it has written what it had to


def begin(kind: str, actor: Actor, now: datetime) -> str:
    """A new job, to be started after this transaction; returns its code. Inside `saving()`."""
    forget_old(now)
    job = Job(kind=kind, person_id=actor.person_id, code=new_code(), begun_at=now, beat_at=now)
    db.session.add(job)
    return job.code


def forget_old(now: datetime) -> int:
    """Delete jobs that ended two days ago; how many. Inside `saving()`."""
    return rows_met(delete(Job).where(Job.ended_at < now - _KEPT))


def withdraw(codes: Select[Any], fault: str) -> None:
    """What came of these jobs is told no more, but for this fault. Inside `saving()`."""
    told = and_(_JOB.c.code.in_(codes), _JOB.c.state == "done")
    outcome = {"state": "failed", "outcome": json.dumps({"fault": fault})}
    db.session.execute(update(_JOB).where(told).values(**outcome))


def forget_all_but(codes: Select[Any]) -> None:
    """Delete what came of all other jobs that have ended. Inside `saving()`."""
    ended = and_(_JOB.c.code.not_in(codes), _JOB.c.state != "running")
    db.session.execute(delete(_JOB).where(ended))


def start(code: str, work: Work) -> None:
    """Do the work of a job that was begun, in a thread of this process.

    The thread is no daemon: a server that is told to stop lets the work end as long as it waits
    for requests, too; then both are killed, and the database undoes what was half written.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if app.config.get(IN_PLACE):
        run_now(code, work)
    else:
        Thread(target=_run, args=(app, code, work), name=f"job {code}").start()


def run_now(code: str, work: Work) -> None:
    """Do the work before this returns: for what takes no longer than a page may."""
    _run(current_app._get_current_object(), code, work)  # type: ignore[attr-defined]


def _run(app: Flask, code: str, work: Work) -> None:
    with app.app_context():
        try:
            work(Running(code, clock.now()))
        except Problem as problem:
            _end_badly(code, {"fault": problem.code, "values": _plain(problem.values)})
        except Exception:  # noqa: BLE001  nobody is left in this thread who could answer for it
            _log.exception("A job failed.")
            _end_badly(code, {"fault": "fault"})


def watch(actor: Actor, code: str, now: datetime) -> Seen:
    """The actor's own job; Missing when there is none. Called outside `saving()`.

    One that has given no sign of life for a minute is ended here for good: from then on its work,
    should it only have slept, can write nothing any more.
    """
    row = _own(actor, code)
    if row.state == "running" and row.beat_at < now - _SILENT:
        with saving():
            silent = and_(_is_running(code), _JOB.c.beat_at < now - _SILENT)
            db.session.execute(_failed(silent, {"fault": "job-interrupted"}))
        row = _own(actor, code)
    outcome = json.loads(row.outcome)
    return Seen(
        row.code, row.kind, row.state, row.done_count, row.total_count, row.begun_at, outcome,
        str(outcome.get("fault", "")) if row.state == "failed" else "",
    )  # fmt: skip


def count_running(now: datetime) -> int:
    """How many pieces of long work are at work now, whoever began them."""
    alive = (_JOB.c.state == "running", _JOB.c.beat_at > now - _SILENT)
    return db.session.scalar(select(func.count()).select_from(_JOB).where(*alive)) or 0


def _own(actor: Actor, code: str) -> Any:
    query = select(_JOB).where(_JOB.c.code == code, _JOB.c.person_id == actor.person_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise Missing("job-missing")
    return row


def _end_badly(code: str, outcome: Mapping[str, Any]) -> None:
    with saving():
        db.session.execute(_failed(_is_running(code), outcome))


def _failed(which: ColumnElement[bool], outcome: Mapping[str, Any]) -> Update:
    ended = {"state": "failed", "ended_at": clock.now(), "outcome": json.dumps(outcome)}
    return update(_JOB).where(which).values(**ended)


def _is_running(code: str) -> ColumnElement[bool]:
    return and_(_JOB.c.code == code, _JOB.c.state == "running")


def _plain(values: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}
