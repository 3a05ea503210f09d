"""The named pages and acts, each as the requests that it consists of."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from threading import Lock

from tests.bench.load import Connection, Request
from tests.bench.prepare import PASSWORD, Learner, Site
from tests.bench.site import BARE

WRITER = "ukurukurukur"
_PLAIN = {"Accept-Encoding": "identity"}
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Session:
    """What a signed-in browser sends: its cookie, and the token of its forms."""

    learner: Learner
    cookie: str
    token: str


@dataclass(frozen=True)
class Act:
    """One line of the table. ask(connection) makes the next request of a connection.

    single and parallel: how many requests a round sends over one connection and over eight.
    """

    name: str
    ask: Callable[[int], Request]
    single: int = 60
    parallel: int = 160


PAGE, WRITE = "bare page", "bare write"


def signed_in(port: int, learner: Learner) -> Session:
    """Sign in as a browser does."""
    connection = Connection(port)
    page = connection.send(Request("GET", "/login"), **_PLAIN)
    cookie, token = _cookie(page.headers), _TOKEN.findall(page.body.decode())[0]
    form = _sign_in_form(learner, token)
    entered = connection.send(Request("POST", "/login", cookie, form, 303))
    if entered.status != 303:
        raise RuntimeError(f"{learner.username} could not sign in: {entered.status}")
    cookie = _cookie(entered.headers)
    home = connection.send(Request("GET", "/", cookie), **_PLAIN)
    connection.close()
    return Session(learner, _cookie(home.headers) or cookie, _TOKEN.findall(home.body.decode())[0])


def acts(port: int, site: Site) -> list[Act]:
    """Everything that is measured; each reference just before what is held to it."""
    readers = [signed_in(port, learner) for learner in site.learners[:8]]
    takers = _Takers([signed_in(port, learner) for learner in site.learners[8:]])
    holder = signed_in(port, Learner(site.holder))
    connection = Connection(port)
    bare = _cookie(connection.send(Request("GET", f"{BARE}/enter")).headers)
    login = connection.send(Request("GET", "/login"), **_PLAIN)
    connection.close()
    door = Session(site.learners[0], _cookie(login.headers), _TOKEN.findall(login.body.decode())[0])

    def page(path: str) -> Callable[[int], Request]:
        return lambda at: Request("GET", path, readers[at].cookie)

    def attempt(at: int) -> Request:
        return Request("GET", readers[at].learner.attempts[0], readers[at].cookie)

    def sign_in(at: int) -> Request:
        form = _sign_in_form(site.learners[at], door.token)
        return Request("POST", "/login", door.cookie, form, 303)

    return [
        Act("home", page("/")),
        Act("catalogue", page("/courses/")),
        Act("course page", page(site.course)),
        Act(PAGE, lambda _: Request("GET", f"{BARE}/page", bare), 100, 240),
        Act("lesson", page(site.lesson), 100, 240),
        Act("quiz start", page(site.quiz)),
        Act("quiz page", attempt),
        Act(WRITE, lambda _: Request("POST", f"{BARE}/note", bare, {}), 100, 240),
        Act("quiz answer", _Answers(readers), 100, 240),
        Act("submit", takers, 8, 16),
        Act("sign-in", sign_in, 16, 40),
        Act("verification", lambda _: Request("GET", site.verification)),
        Act("record page", lambda _: Request("GET", site.record, holder.cookie)),
        Act("record PDF", lambda _: Request("GET", site.pdf, holder.cookie), 4, 8),
    ]


class _Answers:
    """Answers to one question, as the script sends them, a new choice each time."""

    def __init__(self, sessions: list[Session]) -> None:
        self._sessions = sessions
        self._counters = [count(1) for _ in sessions]

    def __call__(self, at: int) -> Request:
        session, change = self._sessions[at], next(self._counters[at])
        number = session.learner.question
        form = {
            "csrf_token": session.token,
            "writer": WRITER,
            "counter": str(change),
            f"seen-{number}": f"{WRITER}.{change - 1}",
            f"q{number}": str(1 + change % 2),
        }
        path = f"{session.learner.attempts[0]}/answers/{number}"
        return Request("POST", path, session.cookie, form)


class _Takers:
    """Hands each attempt in once."""

    def __init__(self, sessions: list[Session]) -> None:
        self._left: Iterator[tuple[Session, str]] = (
            (session, address) for session in sessions for address in session.learner.attempts
        )
        self._lock = Lock()

    def __call__(self, _: int) -> Request:
        with self._lock:
            session, address = next(self._left)
        form = {"csrf_token": session.token}
        return Request("POST", f"{address}/submit", session.cookie, form, 303)


def _sign_in_form(learner: Learner, token: str) -> dict[str, str]:
    return {"csrf_token": token, "login": learner.username, "password": PASSWORD, "next": "/"}


def _cookie(headers: dict[str, str]) -> str:
    return headers.get("set-cookie", "").partition(";")[0]
