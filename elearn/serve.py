"""Running the site: gunicorn where there is fork(), waitress elsewhere."""

import sys
from typing import Any

from flask import Flask

from elearn.core.config import Settings
from elearn.core.db import db

_GRACE_SECONDS = 30  # a request under way is finished before a worker stops


def serve(app: Flask, settings: Settings, host: str, port: int) -> None:
    """Answer requests until stopped."""
    if sys.platform == "win32":
        _waitress(app, settings, host, port)
    else:
        _gunicorn(app, settings, host, port)


def _waitress(app: Flask, settings: Settings, host: str, port: int) -> None:
    import waitress

    waitress.serve(app, host=host, port=port, threads=settings.threads, ident=None)


def _gunicorn(app: Flask, settings: Settings, host: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            options = {
                "bind": f"{host}:{port}",
                "workers": settings.workers,
                "threads": settings.threads,
                "worker_class": "gthread",
                "preload_app": True,
                "graceful_timeout": _GRACE_SECONDS,
                "loglevel": "warning",
                "post_fork": _after_fork,
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            with app.app_context():
                db.engine.dispose()  # connections must not cross a fork
            return app

    Server().run()


def _after_fork(_server: Any, worker: Any) -> None:
    app: Flask = worker.app.callable or worker.app.load()
    with app.app_context():
        db.engine.dispose(close=False)
