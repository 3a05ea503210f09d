"""gunicorn as we need it: its words in our log, and workers that hear and refuse when they stop."""

import os
import signal
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

_STOP = (signal.SIGTERM,)


def keep_stops_for_new_workers() -> None:
    """Hold SIGTERM back while a worker is made, until it can hear it (`Worker.init_signals`).

    One that came in between was lost, and the server then waited for that worker all its grace.
    """
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, _STOP),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP),
    )


class ServerLog(Logger):
    """gunicorn's log through the handler of `web/logs`, without what it would say of a reader."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        if str(msg).startswith("Invalid request from"):  # goes on with the address and a header
            super().warning("A request that cannot be read was refused.")
        else:
            super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        if str(msg).startswith("Error handling request"):  # goes on with the address asked for
            super().exception("A request failed in the server.", **kwargs)
        else:
            super().exception(msg, *args, **kwargs)


class Worker(ThreadWorker):
    """Closes its door at once when it is told to stop.

    A listener that is left open until the last answer is sent takes connections that nobody will
    ever answer; a proxy that is refused tries elsewhere.
    """

    def init_signals(self) -> None:
        super().init_signals()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                listener.close()
