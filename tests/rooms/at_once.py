"""Acts that race each other, as requests do that arrive together."""

import threading
from collections.abc import Callable

from flask import Flask

from elearn.core.db import db, saving


def at_once(app: Flask, count: int, act: Callable[[int], object]) -> list[Exception]:
    """Run act(i) in so many threads that start together; the faults they raised."""
    barrier = threading.Barrier(count)
    faults: list[Exception] = []

    def run(number: int) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with saving():
                    act(number)
            except Exception as fault:
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults
