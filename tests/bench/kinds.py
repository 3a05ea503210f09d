"""gunicorn with any kind of worker, for comparing them; the product has chosen one."""

from flask import Flask
from gunicorn.app.base import BaseApplication

from elearn.core.config import Settings
from elearn.core.db import db

SYNC = "sync"


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, app: Flask, options: dict[str, object]) -> None:
        self._app, self._options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        with self._app.app_context():
            db.engine.dispose()  # connections must not cross a fork
        return self._app


def serve_by(kind: str, app: Flask, settings: Settings, port: int) -> None:
    """Answer requests on loopback until stopped; processes and threads are the settings'."""
    options = {
        "bind": f"127.0.0.1:{port}",
        "workers": settings.workers,
        "threads": 1 if kind == SYNC else settings.threads,  # with more, sync becomes gthread
        "worker_class": kind,
        "preload_app": True,
        "loglevel": "warning",
    }
    _Server(app, options).run()
