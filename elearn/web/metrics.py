"""/metrics in Prometheus' text format, for who sends the token. Made only when there is a token.

The worker processes count into small files of one folder, which the answering process adds up.
What is counted, and where records come from: docs/decisions/010-metrics.md.
"""

import os
import shutil
import struct
from collections.abc import Callable, Iterator, Mapping
from hmac import compare_digest
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from elearn.web.guard import public
from elearn.web.watching import Answered, Watcher

if TYPE_CHECKING:
    from prometheus_client.core import CounterMetricFamily

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # read by prometheus-client when it is first imported
BUCKETS_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_OWN_MEMORY = Path("/proc/self/statm")  # pages: the whole, then what is in memory (Linux)

Acts = Mapping[tuple[str, int], str]  # (endpoint, status) of an answer -> what it means
Totals = Mapping[str, Callable[[], int]]  # name -> a number that the database knows


def register_metrics(app: Flask, token: str, acts: Acts, totals: Totals) -> Watcher:
    """Put up the page; returns who counts the answers."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = mkdtemp(prefix="elearn-metrics-")
    meter = _Meter(acts, totals)
    bp = Blueprint("metrics", __name__)

    @bp.get("/metrics")
    @public
    def metrics() -> ResponseReturnValue:
        expected = f"Bearer {token}".encode()
        if not compare_digest(request.headers.get("Authorization", "").encode(), expected):
            refusal = {"WWW-Authenticate": "Bearer", "Content-Type": "text/plain"}
            return "This page asks for the token of ELEARN_METRICS_TOKEN.\n", 401, refusal
        return meter.page(), 200, {"Content-Type": meter.content_type}

    app.register_blueprint(bp)
    return meter.count


def forget_worker(pid: int) -> None:
    """A worker has ended: what it counted stays, what it was (its memory) goes."""
    if FOLDER in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(pid)  # type: ignore[no-untyped-call]


def clear() -> None:
    """The site has ended: counters begin anew with the next start."""
    if FOLDER in os.environ:
        shutil.rmtree(os.environ[FOLDER], ignore_errors=True)


class _Meter:
    def __init__(self, acts: Acts, totals: Totals) -> None:
        from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram

        self.content_type = CONTENT_TYPE_LATEST
        self._meaning, self._totals = acts, totals
        self._seconds = Histogram(
            "elearn_request_seconds", "Answers by route, and how long they took.",
            ("method", "route", "status"), registry=None, buckets=BUCKETS_SECONDS,
        )  # fmt: skip
        self._acts = Counter("elearn_acts", "What people did.", ("act",), registry=None)
        self._memory = Gauge(
            "elearn_process_memory_bytes", "Resident memory of each server process.",
            registry=None, multiprocess_mode="liveall",
        )  # fmt: skip
        self._note_memory()  # of the parent, which answers nobody

    def count(self, seen: Answered) -> None:
        status_class = f"{seen.status // 100}xx"
        self._seconds.labels(seen.method, seen.route, status_class).observe(seen.seconds)
        act = self._meaning.get((seen.endpoint, seen.status))
        if act:
            self._acts.labels(act).inc()
        self._note_memory()

    def _note_memory(self) -> None:
        if _OWN_MEMORY.exists():
            pages = int(_OWN_MEMORY.read_text().split()[1])
            self._memory.set(pages * os.sysconf("SC_PAGE_SIZE"))

    def page(self) -> bytes:
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = CollectorRegistry()
        MultiProcessCollector(registry, os.environ[FOLDER])  # type: ignore[no-untyped-call]
        registry.register(self)
        try:
            return bytes(generate_latest(registry))
        except struct.error:  # a worker has made its file this moment and not begun it
            return bytes(generate_latest(registry))

    def collect(self) -> "Iterator[CounterMetricFamily]":
        """The totals; none while the database does not answer: the rest is worth having then."""
        from prometheus_client.core import CounterMetricFamily

        for name, total in self._totals.items():
            try:
                yield CounterMetricFamily(name, "Counted in the database.", total())
            except SQLAlchemyError:
                continue
