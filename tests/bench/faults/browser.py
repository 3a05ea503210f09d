"""One signed-in person on one kept-alive connection, who sees it when a connection breaks."""

import http.client
import re
from collections import Counter
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlencode

from tests import people

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_PATIENCE_SECONDS = 90


@dataclass
class Browser:
    """refused: how often each status that is not a success, 0 for no whole answer."""

    who: str
    port: int
    cookie: str = ""
    token: str = ""
    body: bytes = b""  # of the last answer
    refused: Counter[int] = field(default_factory=Counter)
    busy_page: bytes = b""  # the last one that came with status 503
    slowest_seconds: float = 0.0
    _http: http.client.HTTPConnection | None = None

    def send(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and location. Nothing is sent twice: what became of it is for the caller."""
        if form is None:
            return self.send_body(method, path)
        body = urlencode({"csrf_token": self.token, **form}).encode()
        return self.send_body(method, path, body, "application/x-www-form-urlencoded")

    def send_body(
        self, method: str, path: str, body: bytes | None = None, kind: str = ""
    ) -> tuple[int, str]:
        """The same with a body of that kind, which has the token in it."""
        headers = {"Cookie": self.cookie, "Accept": "text/html", "Accept-Language": "en"}
        if kind:
            headers["Content-Type"] = kind
        began = monotonic()
        status, location = self._exchange(method, path, body, headers)
        self.slowest_seconds = max(self.slowest_seconds, monotonic() - began)
        if status not in (200, 303):
            self.refused[status] += 1
        if status == 503:
            self.busy_page = self.body
        return status, location

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, str]:
        if self._http is None:
            self._http = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=_PATIENCE_SECONDS
            )
        try:
            self._http.request(method, path, body, headers)
            answer = self._http.getresponse()
            self.body = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return 0, ""
        given = answer.getheader("Set-Cookie") or ""
        if given.startswith("elearn="):
            self.cookie = given.partition(";")[0]
        return answer.status, answer.getheader("Location") or ""

    def sign_in(self, password: str = people.PASSWORD) -> int:
        """Status of the sign-in: 303 when it has worked."""
        self.send("GET", "/login")
        self._take_token()
        status, _ = self.send(
            "POST", "/login", {"login": self.who, "password": password, "next": "/"}
        )
        if status == 303:
            self.send("GET", "/")
            self._take_token()
        return status

    def twin(self) -> "Browser":
        """The same session on another connection."""
        return Browser(self.who, self.port, self.cookie, self.token)

    def close(self) -> None:
        if self._http is not None:
            self._http.close()
            self._http = None

    def _take_token(self) -> None:
        self.token = _TOKEN.findall(self.body.decode())[0]


def signed_in(who: str, port: int) -> Browser:
    browser = Browser(who, port)
    status = browser.sign_in()
    if status != 303:
        raise RuntimeError(f"{who} could not sign in: {status}")
    return browser
