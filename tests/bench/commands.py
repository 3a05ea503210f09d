"""What an operator's commands cost: checking and publishing a course, importing people."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from elearn.accounts.formats import lists
from elearn.accounts.formats.table import write_table
from tests.bench.course import FILES, SLUG, write_course
from tests.bench.prepare import Site
from tests.bench.server import ELEARN, ROOT, environment

PEOPLE = 2000


@dataclass(frozen=True)
class Ran:
    """One command from start to end. count: files or rows that it went through."""

    name: str
    count: int
    cpu_seconds: float
    wall_seconds: float

    @property
    def rate(self) -> float:
        """Files or rows a second."""
        return self.count / self.wall_seconds


def commands(folder: Path, site: Site, **settings: str) -> list[Ran]:
    """Run them on the site in this folder; what they add stays there."""
    with tempfile.TemporaryDirectory(prefix="elearn-commands-") as name:
        course, table = Path(name) / SLUG, Path(name) / "orang.csv"
        write_course(course)
        table.write_bytes(people_table(site, PEOPLE))
        by = ("--as", site.administrator)
        todo = {
            ("no work at all", 0): ("settings",),
            ("check a course", FILES): ("courses", "check", str(course)),
            ("publish it", FILES): ("courses", "publish", str(course), *by),
            ("people import, dry run", PEOPLE): ("people", "import", str(table)),
            ("people import --commit", PEOPLE): ("people", "import", str(table), "--commit", *by),
        }
        return [_ran(what, count, words, folder, settings) for (what, count), words in todo.items()]


def people_table(site: Site, count: int) -> bytes:
    """Rows as an office would send them; nobody has been heard of before."""
    header = [column.names[0] for column in lists.PEOPLE]
    run = site.administrator.replace(".", "-")
    rows = [
        (f"{run}-{n:05}", f"Pengelola {n:05}", "", f"{run}-{n}@contoh.id", "", "Pengelola", "PNS",
         site.library)
        for n in range(count)
    ]  # fmt: skip
    return write_table(header, rows)


def _ran(
    what: str, count: int, words: Iterable[str], folder: Path, settings: dict[str, str]
) -> Ran:
    """Processor time as the kernel states it for the finished process, start of Python included."""
    given = environment(folder, **settings)
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            [*ELEARN, *words], cwd=ROOT, env=given, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise RuntimeError(f"{what}: {output.read().decode()[-2000:]}")
    return Ran(what, count, usage.ru_utime + usage.ru_stime, seconds)
