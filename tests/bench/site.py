"""The site as `elearn serve` runs it, with the bare application beside it and a way to count.

    python -m tests.bench.site FOLDER PORT

Settings come from ELEARN_* as always. A request with the header X-Bench-Count is answered with the
number of statements and commits that it sent; others are not touched.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from elearn.core import config
from elearn.factory import create_app
from elearn.serve import serve
from tests.bench.bare import bare_app
from tests.queries import counted

BARE = "/bare"


def command(folder: Path, port: int) -> tuple[str, ...]:
    """How this is started."""
    return (sys.executable, "-m", "tests.bench.site", str(folder), str(port))


def bench_app(folder: Path) -> Flask:
    """The product with the bare application at /bare."""
    app = create_app(config.load(DATA=str(folder)))
    both = DispatcherMiddleware(app.wsgi_app, {BARE: bare_app(folder).wsgi_app})
    app.wsgi_app = _counting(both)  # type: ignore[method-assign]
    return app


@contextmanager
def commits_counted() -> Iterator[list[object]]:
    made: list[object] = []
    note = made.append
    event.listen(Engine, "commit", note)
    try:
        yield made
    finally:
        event.remove(Engine, "commit", note)


def _counting(inner: Any) -> Callable[..., Iterable[bytes]]:
    """Meant for one request at a time: every statement of the process is counted."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if "HTTP_X_BENCH_COUNT" not in environ:
            return inner(environ, start_response)
        head: list[Any] = []

        def keep(status: str, headers: list[Any], *_: Any) -> None:
            head[:] = [status, headers]

        with counted() as sent, commits_counted() as commits:
            body = b"".join(inner(environ, keep))
        status, headers = head
        counts = [("X-Bench-Statements", str(len(sent))), ("X-Bench-Commits", str(len(commits)))]
        start_response(status, [*headers, *counts])
        return [body]

    return answer


if __name__ == "__main__":
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    app = bench_app(folder)
    serve(app, app.config["SETTINGS"], "127.0.0.1", port)
