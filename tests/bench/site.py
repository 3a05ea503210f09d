"""The site as `elearn serve` runs it, with the bare application beside it and a way to count.

    python -m tests.bench.site FOLDER PORT SCRATCH [KIND]

SCRATCH is a folder for the bare application. KIND is a class of gunicorn's workers; without it the
product's own. Settings come from ELEARN_* as always. A request with the header X-Bench-Count is answered with the
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
from tests.bench.kinds import serve_by
from tests.queries import counted

BARE = "/bare"


def command(folder: Path, port: int, scratch: Path, *kind: str) -> tuple[str, ...]:
    """How this is started."""
    module = (sys.executable, "-m", "tests.bench.site")
    return (*module, str(folder), str(port), str(scratch), *kind)


def bench_app(folder: Path, scratch: Path) -> Flask:
    """The product with the bare application at /bare."""
    settings = config.load(DATA=str(folder))
    app = create_app(settings)
    bare = bare_app(scratch, settings.database_url)
    both = DispatcherMiddleware(app.wsgi_app, {BARE: bare.wsgi_app})
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


def main(folder: str, port: str, scratch: str, kind: str = "") -> None:
    app = bench_app(Path(folder), Path(scratch))
    settings = app.config["SETTINGS"]
    if kind:
        serve_by(kind, app, settings, int(port))
    else:
        serve(app, settings, "127.0.0.1", int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
