"""A mail server on loopback that says what it is told to say, and keeps what it was sent."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class MailServer(socketserver.ThreadingTCPServer):
    """answers: what it says to a command ("RCPT", "DATA", "."): "" hangs up. letters: as received."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.answers: dict[str, str] = {}
        self.letters: list[str] = []
        self.port = self.server_address[1]


class _Dialogue(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode():
            word = line[:4].strip().upper()
            if word == "QUIT":
                return
            answer = self.server.answers.get(word, "354 go on" if word == "DATA" else "250 fine")
            if not answer:
                return
            self._say(answer)
            if answer.startswith("354") and not self._take():
                return

    def _take(self) -> bool:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        answer = self.server.answers.get(".", "250 taken")
        if answer.startswith("2") or not answer:
            self.server.letters.append("".join(lines))
        if answer:
            self._say(answer)
        return bool(answer)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        try:
            yield server
        finally:
            server.shutdown()
