"""A small load: so many requests over so many connections, on loopback only."""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

BROWSER = {"Accept-Encoding": "br, gzip", "Accept": "text/html", "Accept-Language": "id"}


@dataclass(frozen=True)
class Request:
    """One request; `expected` is the status that means it has worked."""

    method: str
    path: str
    cookie: str = ""
    form: dict[str, str] | None = None
    expected: int = 200


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """One kept-alive connection, as a browser holds it."""

    def __init__(self, port: int) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def send(self, request: Request, **more: str) -> Answer:
        headers = {**BROWSER, **more}
        if request.cookie:
            headers["Cookie"] = request.cookie
        body = None
        if request.form is not None:
            body = urlencode(request.form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._http.request(request.method, request.path, body, headers)
            answer = self._http.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._http.close()  # an idle connection was closed: a browser asks again, too
            self._http.request(request.method, request.path, body, headers)
            answer = self._http.getresponse()
        return Answer(answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read())

    def close(self) -> None:
        self._http.close()


@dataclass
class Times:
    """How long each request took, and how long all of them."""

    seconds: list[float] = field(default_factory=list)
    wall_seconds: float = 0.0
    errors: list[str] = field(default_factory=list)

    def at(self, percent: int) -> float:
        """The time within which so many percent were answered, in milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.wall_seconds

    def add(self, other: "Times") -> None:
        self.seconds += other.seconds
        self.errors += other.errors
        self.wall_seconds += other.wall_seconds


def run(port: int, ask: Callable[[int], Request], count: int, connections: int) -> Times:
    """Send `count` requests in all; ask(connection) makes the next one of a connection."""
    times = Times()
    gate = threading.Barrier(connections + 1)

    def work(number: int) -> None:
        connection = Connection(port)
        taken, errors = [], []
        gate.wait()
        for _ in range(count // connections):
            request = ask(number)
            began = time.perf_counter()
            answer = connection.send(request)
            taken.append(time.perf_counter() - began)
            if answer.status != request.expected:
                errors.append(f"{request.method} {request.path}: {answer.status}")
        connection.close()
        times.seconds += taken
        times.errors += errors

    threads = [threading.Thread(target=work, args=(n,)) for n in range(connections)]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    times.wall_seconds = time.perf_counter() - began
    return times
