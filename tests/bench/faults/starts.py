"""Two servers that start at the same moment on an empty folder: one migrates, both serve."""

import threading
from pathlib import Path

from sqlalchemy import text

from elearn.core import schema
from tests.bench.faults.place import Place
from tests.bench.faults.served import Served


def two_starts(place: Place, log: Path) -> tuple[str, bool]:
    """Both answer a page; there is one secret and one signing key, and the schema is whole."""
    place.data.mkdir(parents=True, exist_ok=True)
    both = [Served(place, log.with_suffix(f".{number}")) for number in range(2)]
    faults: list[Exception] = []

    def start(served: Served) -> None:
        try:
            served.start()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=start, args=(served,)) for served in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        pages = [served.status("/login") for served in both] if not faults else []
        ready = [served.status("/readyz") for served in both] if not faults else []
    finally:
        for served in both:
            served.stop()
    engine = place.engine()
    with engine.connect() as connection:
        revision = (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        )
        keys = connection.execute(text("SELECT count(*) FROM records_key")).scalar()
    files = len(list(place.data.glob("record-key-*")))
    verdict = place.verdict()
    is_good = (
        not faults and pages == ready == [200, 200] and revision == [schema.head()]
        and (keys or 0) <= 1 and "whole" in verdict
    )  # fmt: skip
    said = f"pages {pages}, ready {ready}, revisions {revision}, {keys} keys in {files} files"
    return f"{said}{f', faults {faults}' if faults else ''}; {verdict}", is_good
