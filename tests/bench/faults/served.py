"""`elearn serve` as a process that can be killed, stopped and started again on the same port."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bench.faults.place import Place
from tests.bench.server import ELEARN, ROOT, Server, environment, free_port

_PATIENCE_SECONDS = 60
_LOOK_SECONDS = 0.01


class Served:
    """A site that is served by a process group of its own. more: variables beside ELEARN_*."""

    def __init__(self, place: Place, log: Path, **settings: str) -> None:
        self.place, self.log, self.port = place, log, free_port()
        self.settings = {
            "SITE_URL": f"http://127.0.0.1:{self.port}", **place.settings, **settings,
        }  # fmt: skip
        self.more: Mapping[str, str] = {}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds from the start of the process to the first page."""
        began = time.monotonic()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*ELEARN, "serve", "--port", str(self.port)], cwd=ROOT, stdout=output,
                stderr=output, start_new_session=True,
                env={**environment(self.place.data, **self.settings), **self.more},
            )  # fmt: skip
        return self.wait_for_page(began)

    def wait_for_page(self, began: float) -> float:
        """Seconds from a moment until a page is answered."""
        while time.monotonic() - began < _PATIENCE_SECONDS:
            if self.process is None or self.process.poll() is not None:
                raise RuntimeError(self.log.read_text(errors="replace")[-2000:])
            if self.status("/login") == 200:
                return time.monotonic() - began
            time.sleep(_LOOK_SECONDS)
        raise RuntimeError("the server did not answer")

    def status(self, path: str) -> int:
        """Status of a page; 0 when nothing answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    @property
    def pid(self) -> int:
        if self.process is None:
            raise RuntimeError("not started")
        return self.process.pid

    def workers(self) -> list[int]:
        """Processes that answer requests: the children of the first."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [int(child) for child in children if _is_alive(int(child))]

    def kill(self) -> None:
        """kill -9 of the whole group: as when the power goes, for the processes."""
        os.killpg(self.pid, signal.SIGKILL)
        if self.process:
            self.process.wait()

    def kill_worker(self, pid: int) -> Callable[[], float]:
        """kill -9 of one worker. Call the result to wait until another one is in its place.

        It tells how many seconds have passed since the kill.
        """
        count, began = len(self.workers()), time.monotonic()
        os.kill(pid, signal.SIGKILL)

        def back() -> float:
            while pid in (now := self.workers()) or len(now) < count:
                if time.monotonic() - began > _PATIENCE_SECONDS:
                    raise RuntimeError("no worker came in its place")
                time.sleep(_LOOK_SECONDS)
            return self.wait_for_page(began)

        return back

    def cpu_seconds(self) -> float:
        """Processor time of all its processes so far."""
        return Server(self.pid, self.port, 0).cpu_seconds()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def serving(place: Place, log: Path, **settings: str) -> Iterator[Served]:
    """The site, served; stopped at the end."""
    served = Served(place, log, **settings)
    try:
        served.start()
        yield served
    finally:
        served.stop()


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
