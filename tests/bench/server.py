"""Starting a server on loopback, and reading what its processes use from /proc."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 30
ELEARN = (sys.executable, "-m", "elearn")


@dataclass(frozen=True)
class Server:
    """A running site. start_seconds: from the start of the process to its first answer."""

    pid: int
    port: int
    start_seconds: float

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """Processor time of the whole process tree so far."""
        return sum(_cpu_seconds(pid) for pid in _tree(self.pid))

    def pss_bytes(self) -> int:
        """Memory of the process tree, shared pages divided among those who share them."""
        return sum(_pss_bytes(pid) for pid in _tree(self.pid))


@contextmanager
def running(
    command: tuple[str, ...], folder: Path, port: int, log: Path, **settings: str
) -> Iterator[Server]:
    """Run a command that serves the folder on this port; stopped at the end."""
    given = environment(folder, SITE_URL=f"http://127.0.0.1:{port}", **settings)
    with log.open("ab") as output:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=output, stderr=output)
        try:
            _wait_for_answer(process, port, log)
            yield Server(process.pid, port, time.monotonic() - began)
        finally:
            process.terminate()
            try:
                process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """For a process that works on this folder: ours, but for its ELEARN_ variables.

    And as an installed program runs: compiled once. Doing so at each start, as who develops may
    like to, costs each command a fifth more.
    """
    ours = {name: v for name, v in os.environ.items() if not name.startswith("ELEARN_")}
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    theirs = {"DATA": str(folder), **settings}
    return {**ours, **{f"ELEARN_{name}": value for name, value in theirs.items()}}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_answer(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Until a page of the site, and not only the process, answers."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/login")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.01)
        finally:
            connection.close()
    raise RuntimeError("the server did not answer")


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += _tree(int(child))
    return found


def _cpu_seconds(pid: int) -> float:
    """By the clock of another process (CPUCLOCK_SCHED, clock_getcpuclockid(3)), in nanoseconds.

    /proc/<pid>/stat counts in hundredths of a second: too coarse for some dozens of requests.
    """
    return time.clock_gettime((~pid << 3) | 2)


def _pss_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
