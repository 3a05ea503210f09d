"""Every answer is given a number and told to whoever watches: the log, and the metrics if any.

What is told names nobody: the rule of an address and not the address, which may hold a code.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from werkzeug.wsgi import ClosingIterator

from elearn.core import ids
from elearn.web.assets import PREFIX as STATIC

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID = "elearn.request_id"
HEADER = "X-Request-Id"
NO_ROUTE = "(none)"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer. route: the rule as the rooms wrote it; endpoint: "" when no rule fits."""

    request_id: str
    method: str
    route: str
    endpoint: str
    status: int
    seconds: float


Watcher = Callable[[Answered], None]


def register_watching(app: Flask, watchers: Sequence[Watcher]) -> None:
    """Tell each watcher of each answer. Call it last: what stands in front is not seen."""
    app.wsgi_app = _watched(app.wsgi_app, watchers)  # type: ignore[method-assign,assignment]


def request_id() -> str:
    """The number of this request: in its header, in its lines of the log, on its error page.

    Always our own. One that a client sends could repeat another's, or carry anything into the log.
    """
    number: str = request.environ.setdefault(REQUEST_ID, ids.new_short_code())
    return number


def _watched(inner: "WSGIApplication", watchers: Sequence[Watcher]) -> "WSGIApplication":
    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        began = perf_counter()
        number = environ[REQUEST_ID] = ids.new_short_code()
        status, named = 500, _named(environ)

        def start(line: str, headers: list[tuple[str, str]], *fault: Any) -> Any:
            nonlocal status, named
            # Asked here, since Flask forgets its request before the last byte is sent.
            status, named = int(line[:3]), _named(environ)
            return start_response(line, [*headers, (HEADER, number)], *fault)

        def tell() -> None:
            seen = Answered(number, *named, status, perf_counter() - began)
            for watcher in watchers:
                watcher(seen)

        try:
            body = inner(environ, start)
        except BaseException:
            tell()
            raise
        return ClosingIterator(body, tell)

    return answer


def _named(environ: "WSGIEnvironment") -> tuple[str, str, str]:
    """Method, route and endpoint in words that we chose: a reader can send any."""
    sent = environ["REQUEST_METHOD"]
    method = sent if sent in METHODS else "OTHER"
    if environ.get("PATH_INFO", "").startswith(STATIC):
        return method, f"{STATIC}<path>", "static"
    rule = getattr(environ.get("werkzeug.request"), "url_rule", None)  # None before Flask looked
    return (method, rule.rule, rule.endpoint) if rule is not None else (method, NO_ROUTE, "")
