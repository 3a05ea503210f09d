"""The log on stderr: a line for each answer and each fault, as text or as JSON.

No line names a person. Of an exception it has the kind, the code and the place, and not the text:
that may hold what somebody typed (docs/decisions/009-what-the-log-says.md).
"""

import errno
import json
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import has_request_context

from elearn.core.config import Settings
from elearn.web.watching import Answered, request_id

PROBES = frozenset({"health.healthz", "health.readyz", "metrics.metrics"})
_requests = logging.getLogger("elearn.requests")


def configure(settings: Settings) -> None:
    """Send the lines of this process, the libraries' too, to stderr in the chosen format."""
    formatter = {"json": AsJson, "text": AsText}[settings.log_format]
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(settings.development))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("elearn").setLevel(logging.INFO)


def log_answer(seen: Answered) -> None:
    """One line. A probe that is content has none: it asks every few seconds."""
    if seen.endpoint in PROBES and seen.status < 400:
        return
    milliseconds = round(seen.seconds * 1000, 1)
    fields = {
        "request": seen.request_id,
        "method": seen.method,
        "route": seen.route,
        "status": seen.status,
        "ms": milliseconds,
    }
    _requests.info(
        "%s %s %s, %s ms", seen.method, seen.route, seen.status, milliseconds,
        extra={"fields": fields},
    )  # fmt: skip


class _Formatter(logging.Formatter):
    """shows_texts: whether the texts of exceptions are written, on a developer's machine."""

    def __init__(self, shows_texts: bool) -> None:
        super().__init__()
        self._shows_texts = shows_texts

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        """What is known beside the message: the request, and what a line of a request says."""
        if hasattr(record, "fields"):
            return dict(record.fields)
        return {"request": request_id()} if has_request_context() else {}

    def trace(self, record: logging.LogRecord) -> str:
        fault = record.exc_info[1] if record.exc_info else None
        return "\n".join(_trace(fault, self._shows_texts)) if fault else ""


class AsText(_Formatter):
    def format(self, record: logging.LogRecord) -> str:
        number = self.fields(record).get("request", "")
        line = f"{_moment(record, 'seconds')} {record.levelname:<7} {record.getMessage()}"
        line += f" [{number}]" if number else ""
        trace = self.trace(record)
        return f"{line}\n{trace}" if trace else line


class AsJson(_Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": _moment(record, "milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **self.fields(record),
        }
        trace = self.trace(record)
        return json.dumps(line | {"traceback": trace} if trace else line, ensure_ascii=False)


def _moment(record: logging.LogRecord, precision: str) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec=precision).replace("+00:00", "Z")


def _trace(fault: BaseException, shows_texts: bool) -> Iterator[str]:
    """Each exception of the chain, the first cause first: where it passed, then what it is."""
    chain: list[BaseException] = []
    cause: BaseException | None = fault
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    for link in reversed(chain):
        for place in traceback.format_list(traceback.extract_tb(link.__traceback__)):
            yield place.rstrip()
        yield f"{_kind(link)}: {link}" if shows_texts else _kind(link)


def _kind(fault: BaseException) -> str:
    """psycopg.errors.UniqueViolation (23505): its class, and the code that tells what it means."""
    code = (
        getattr(fault, "sqlstate", None)
        or getattr(fault, "sqlite_errorname", None)
        or errno.errorcode.get(getattr(fault, "errno", None) or 0)
    )
    name = f"{type(fault).__module__}.{type(fault).__qualname__}".removeprefix("builtins.")
    return f"{name} ({code})" if code else name
