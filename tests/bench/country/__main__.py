"""python -m tests.bench.country: fills an empty site with a country, for measuring on."""

import argparse
import resource
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import select, text

from elearn.accounts.models import Person
from elearn.core import clock, config, schema
from elearn.core.db import db
from elearn.factory import create_app
from tests.bench.country.building import build
from tests.bench.country.published import editions
from tests.bench.country.sizes import Sizes


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.country", description=__doc__)
    parser.add_argument("--factor", type=float, default=1.0, help="1 is a country as Indonesia")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder of keys and of the SQLite file"
    )
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database instead")
    options = parser.parse_args()
    folder = options.data.resolve()
    config.keep_secret(folder)
    app = create_app(config.load({}, DATA=str(folder), DATABASE_URL=options.database_url))
    with app.app_context():
        schema.upgrade(db.engine)
        if db.session.scalar(select(Person.id).limit(1)) is not None:
            parser.error("there are people in this database; take an empty one")
        began = time.monotonic()
        counts = build(Sizes().scaled(options.factor), list(editions()), options.seed, clock.now())
        print(report(counts, time.monotonic() - began, _database_bytes(folder)))


def report(counts: Counter[str], seconds: float, database_bytes: int) -> str:
    """A Markdown table of what was written, and what it cost."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    rows = counts.total()
    lines = ["| table | rows |", "|---|---:|"]
    lines += [f"| {name} | {count:,} |" for name, count in sorted(counts.items())]
    cost = (
        f"{seconds:.0f} s ({rows / seconds:,.0f} rows a second)",
        f"{usage.ru_utime + usage.ru_stime:.0f} s of processor time",
        f"{database_bytes / 1e6:,.0f} MB of database",
        f"{usage.ru_maxrss / 1024:,.0f} MB of memory at the most",
    )
    lines += [f"| all | {rows:,} |", "", ", ".join(cost)]
    return "\n".join(lines)


def _database_bytes(folder: Path) -> int:
    """Size on disk; SQLite's log is brought into its file first."""
    db.session.rollback()
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "postgresql":
            return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return sum(path.stat().st_size for path in folder.glob("elearn.sqlite*"))


if __name__ == "__main__":
    main()
