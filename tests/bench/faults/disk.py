"""A disk that is full: saving is refused in words, reading goes on, and space makes it well again.

The disk is a small file system in memory, which only root may mount.
"""

import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.faults import holdups
from tests.bench.faults.place import Place, built, slug
from tests.bench.faults.students import Student, written

_SIZE = "16m"
_FULL_SECONDS = 6
_CHUNK = bytes(4096)
_LESSON = f"/courses/{slug(0)}/mulai"
_NEW_LESSONS = [f"/courses/{slug(0)}/{unit}" for unit in ("satu-activity", "dua-activity")]


def full_disk(folder: Path, log: Path, learners: int, courses: int) -> tuple[str, bool]:
    with _small_disk(folder):
        place = built(Place(folder / "site", learners=learners, courses=courses))
        return holdups.held_up(place, log, lambda _, students: _fill(folder, students))


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def _fill(folder: Path, students: Sequence[Student]) -> Iterator[str]:
    """Twice: the second time with a database that has been full before."""
    reader = students[0].browser.twin()
    reader.send("GET", _LESSON)
    for new_lesson in _NEW_LESSONS:
        _use_up(folder / "filler")
        time.sleep(1)
        before, began, shown = written(students), time.monotonic(), Counter[int]()
        first_look, _ = reader.send("GET", new_lesson)
        while time.monotonic() - began < _FULL_SECONDS:
            _use_up(folder / "filler")
            shown[reader.send("GET", _LESSON)[0]] += 1
            time.sleep(0.3)
        during = written(students) - before
        (folder / "filler").unlink()
        time.sleep(2)
        yield (
            f"disk full for {_FULL_SECONDS} s: {during} writes, a lesson shown {dict(shown)}, a "
            f"lesson never opened before {first_look}"
        )


def _use_up(filler: Path) -> None:
    """Write until nothing more fits."""
    try:
        with filler.open("ab", buffering=0) as file:
            while True:
                file.write(_CHUNK)
    except OSError:
        return
