"""Running the site: gunicorn where there is fork(), waitress elsewhere."""

import gc
import os
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import configure_mappers

from elearn.core.config import Settings
from elearn.core.db import db
from elearn.core.i18n import LANGUAGES
from elearn.web import logs, metrics

GRACE_SECONDS = 30  # a request under way is finished before a worker stops
HUNG_SECONDS = 30  # a worker that gives no sign for so long is replaced
IDLE_SECONDS = 75  # longer than a proxy keeps a connection: else it sends a form into a closed one
_MEMORY = Path("/dev/shm")  # noqa: S108  (signs of life must not wait for a slow disk)


def serve(app: Flask, settings: Settings, host: str, port: int) -> None:
    """Answer requests until stopped."""
    logs.configure(settings)
    if sys.platform == "win32":
        _waitress(app, settings, host, port)
    else:
        _gunicorn(app, settings, host, port)


def _waitress(app: Flask, settings: Settings, host: str, port: int) -> None:
    import waitress

    waitress.serve(app, host=host, port=port, threads=settings.threads, ident=None)


def _gunicorn(app: Flask, settings: Settings, host: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication

    from elearn.workers import ServerLog, Worker, keep_stops_for_new_workers

    class Server(BaseApplication):
        def load_config(self) -> None:
            options = {
                "bind": f"{host}:{port}",
                "workers": settings.workers,
                "threads": settings.threads,
                "worker_class": Worker,
                "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
                "preload_app": True,
                "timeout": HUNG_SECONDS,
                "graceful_timeout": GRACE_SECONDS,
                "keepalive": IDLE_SECONDS,
                "logger_class": ServerLog,
                "forwarded_allow_ips": "",  # ELEARN_PROXY_HOPS says who is believed, nothing else
                "control_socket_disable": True,  # nobody here speaks to it
                "post_fork": _after_fork,
                "child_exit": _after_worker,
                "on_exit": _at_the_end,
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            for name in app.jinja_env.list_templates(filter_func=_is_of_every_page):
                app.jinja_env.get_template(name)  # once for all workers, in memory they share
            configure_mappers()
            _show_a_page(app, settings)
            with app.app_context():
                db.engine.dispose()  # connections must not cross a fork
            return app

    keep_stops_for_new_workers()
    os.register_at_fork(before=_share_memory)
    Server().run()


def _is_of_every_page(template: str) -> bool:
    return template == "base.html" or template.startswith("components/")


def _show_a_page(app: Flask, settings: Settings) -> None:
    """What the first page makes (sentences, statements, its template) is made for all workers.

    It went into the gaps of what they share, and so each worker copied that: 11 MB.
    """
    for language in LANGUAGES:
        headers = {"Accept-Language": language}
        with app.test_request_context("/", base_url=settings.site_url, headers=headers):
            app.full_dispatch_request()


def _share_memory() -> None:
    """What is there before the fork stays shared.

    Else the first whole garbage collection of each worker writes into every object, and so copies
    them all.
    """
    gc.collect()
    gc.freeze()


def _after_fork(_server: Any, worker: Any) -> None:
    app: Flask = worker.app.callable or worker.app.load()
    with app.app_context():
        db.engine.dispose(close=False)


def _after_worker(_server: Any, worker: Any) -> None:
    metrics.forget_worker(worker.pid)


def _at_the_end(_server: Any) -> None:
    metrics.clear()
