"""A server process as an operator knows it: it stops politely, replaces what hangs, logs in JSON."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from elearn.core import config
from tests.conftest import SECRET

ROOT = Path(__file__).resolve().parents[2]
# A worker that hangs is given up after three seconds here, so that nobody waits for half a minute.
COMMAND = "import elearn.serve as s; s.HUNG_SECONDS = 3; from elearn.cli import main; main()"
PATIENCE_SECONDS = 120
TOKEN = "a token that only this test has, 39 letters"
FORM = b"login=nobody&password=nothing"


@dataclass
class Running:
    process: "subprocess.Popen[str]"
    port: int
    text: str = ""  # of the last answer
    lines: list[dict[str, object]] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"Connection": "close", **named})
        answer = connection.getresponse()
        self.text = answer.read().decode()
        return answer

    def says(self, message: str) -> str:
        """The next line of the log that says this."""
        for line in self.process.stderr:
            self.lines.append(json.loads(line))
            said = str(self.lines[-1]["message"])
            if message in said:
                return said
        raise AssertionError(f"not in the log: {message}\n{self.lines}")


@contextmanager
def running(folder: Path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "DATA": folder / "data", "SECRET_KEY": SECRET, "WORKERS": 1, "THREADS": 2,
        "LOG_FORMAT": "json", "METRICS_TOKEN": TOKEN,
    }  # fmt: skip
    (folder / "tmp").mkdir()
    environment = {**os.environ, **{config.PREFIX + n: str(v) for n, v in settings.items()}}
    environment["TMPDIR"] = str(folder / "tmp")
    command = [sys.executable, "-c", COMMAND, "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    end = threading.Timer(PATIENCE_SECONDS, process.kill)
    end.start()
    try:
        yield Running(process, port)
    finally:
        end.cancel()
        process.kill()
        process.communicate()


def half_a_form(port: int) -> socket.socket:
    """A request that is under way until the rest of its form is sent."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
    head = (
        "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(FORM)}\r\n\r\n"
    )
    connection.sendall(head.encode() + FORM[:10])
    return connection


def test_a_server_replaces_a_hung_worker_counts_on_and_stops_after_the_request_under_way(tmp_path):
    with running(tmp_path) as site:
        booted = site.says("Booting worker")
        forged = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "evil.example"}
        believed = site.get("/verify/keys.json", **forged)
        assert believed.status == 200
        assert believed.getheader("Strict-Transport-Security") is None
        site.says("GET /verify/keys.json")

        os.kill(int(booted.rpartition(" ")[2]), signal.SIGSTOP)
        site.says("WORKER TIMEOUT")
        site.says("Booting worker")
        assert site.get("/metrics").status == 401
        site.says("GET /metrics 401")  # said when it is counted
        assert site.get("/metrics", Authorization=f"Bearer {TOKEN}").status == 200
        answered = '{method="GET",route="/verify/keys.json",status="2xx"}'
        assert f"elearn_request_seconds_count{answered} 1.0" in site.text  # by the worker before
        assert site.text.count("elearn_process_memory_bytes{pid=") == 2  # the parent, the new one

        with half_a_form(site.port) as under_way:
            site.get("/verify/keys.json")  # the other thread; the form is being read by now
            site.process.send_signal(signal.SIGTERM)
            site.says("Handling signal: term")
            refused_soon(site.port)
            under_way.sendall(FORM[10:])
            assert under_way.recv(1000).startswith(b"HTTP/1.1 400")  # read whole; it has no token
        site.says("Shutting down: Master")
        assert site.process.wait(PATIENCE_SECONDS) == 0

        routes = [line["route"] for line in site.lines if "route" in line]
        assert routes == ["/verify/keys.json", "/metrics", "/verify/keys.json", "/login"]
        assert list((tmp_path / "tmp").glob("elearn-metrics-*")) == []
        said = [str(line) for line in site.lines if "Listening at" not in str(line)]
        assert "127.0.0.1" not in "".join(said)


def refused_soon(port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            return
        except ConnectionResetError:
            continue  # it was in the queue when the door closed
    raise AssertionError("a server that is told to stop still takes new connections")


def test_an_unreadable_request_is_logged_without_who_sent_it(tmp_path):
    from gunicorn.config import Config

    from elearn.workers import ServerLog

    said: list[str] = []
    log = ServerLog(Config())
    log.error_log.propagate = False
    log.error_log.addFilter(lambda record: said.append(record.getMessage()))
    log.warning("Invalid request from ip=10.1.2.3: Invalid HTTP header: 'Cookie elearn=rahasia'")
    with pytest.raises(ZeroDivisionError):
        try:
            1 / 0  # noqa: B018
        except ZeroDivisionError:
            log.exception("Error handling request %s %s", "GET", "/verify/rahasia")
            raise
    log.critical("WORKER TIMEOUT (pid:%s)", 7)
    log.error_log.filters.clear()
    assert said == [
        "A request that cannot be read was refused.",
        "A request failed in the server.",
        "WORKER TIMEOUT (pid:7)",
    ]
