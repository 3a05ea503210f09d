"""A cheap browser for a crowd: one asyncio connection each. It shares the cores with the server."""

import asyncio
from urllib.parse import urlencode

import brotli

from tests.bench.load import BROWSER, Answer, Request

_HEADERS = "".join(f"{name}: {value}\r\n" for name, value in BROWSER.items()) + "\r\n"
_END = b"\r\n\r\n"


class Browser:
    """One kept-alive connection, opened anew where the server has closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, request: Request) -> Answer:
        """Raises OSError or asyncio.IncompleteReadError when the server does not answer."""
        message = _message(request, self._port)
        if self._streams is not None:
            try:
                return await self._exchanged(message)
            except (OSError, asyncio.IncompleteReadError):
                self.close()  # it was idle for long: a browser asks again, too
        self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        return await self._exchanged(message)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _exchanged(self, message: bytes) -> Answer:
        if self._streams is None:
            raise OSError("not connected")
        reader, writer = self._streams
        writer.write(message)
        head = (await reader.readuntil(_END)).decode("latin-1")
        status, *lines = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (ln.partition(": ") for ln in lines)}
        body = await reader.readexactly(int(headers.get("content-length") or 0))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(status.split(" ")[1]), headers, body)


def text_of(answer: Answer) -> str:
    """The page, whether it came compressed or not."""
    is_packed = answer.headers.get("content-encoding") == "br"
    return (brotli.decompress(answer.body) if is_packed else answer.body).decode()


def _message(request: Request, port: int) -> bytes:
    head = f"{request.method} {request.path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    if request.cookie:
        head += f"Cookie: {request.cookie}\r\n"
    if request.form is None:
        return (head + _HEADERS).encode()
    body = urlencode(request.form)
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return (head + _HEADERS + body).encode()
