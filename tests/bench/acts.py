"""The named pages and acts, each as the requests that it consists of."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, product
from threading import Lock

from tests.bench.load import Connection, Request
from tests.bench.prepare import PASSWORD, Learner, Site
from tests.bench.site import BARE

READERS = 8
WRITER = "ukurukurukur"
PAGE, WRITE = "bare page", "bare write"
PLAIN = {"Accept-Encoding": "identity"}
# By attempt: the site remembers how far each writer has counted, whoever asks next.
_CHANGES: "defaultdict[str, count[int]]" = defaultdict(lambda: count(1))
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Act:
    """One line of the table. ask(connection) makes the next request of a connection.

    single and parallel: how many requests a round sends over one connection and over eight.
    beside: the references that are measured just before it, in each round.
    """

    name: str
    ask: Callable[[int], Request]
    single: int = 40
    parallel: int = 120
    beside: tuple[str, ...] = (PAGE,)


def learners_for(rounds: int) -> int:
    """How many are needed for so many rounds: what can be done once only uses them up."""
    return READERS + 8 * rounds + 3


def references(port: int) -> dict[str, Act]:
    """What other acts are compared with."""
    connection = Connection(port)
    cookie = cookie_of(connection.send(Request("GET", f"{BARE}/enter")).headers)
    connection.close()
    return {
        PAGE: Act(PAGE, lambda _: Request("GET", f"{BARE}/page", cookie), beside=()),
        WRITE: Act(WRITE, lambda _: Request("POST", f"{BARE}/note", cookie, {})),
    }


def acts(port: int, site: Site, readers: int = READERS) -> list[Act]:
    """Everything of the product that is measured, for so many connections."""
    reading, takers = site.learners[:readers], site.learners[readers:]
    connection = Connection(port)
    login = connection.send(Request("GET", "/login"), **PLAIN)
    connection.close()
    door, token = cookie_of(login.headers), TOKEN.findall(login.body.decode())[0]

    def page(path: str) -> Callable[[int], Request]:
        return lambda at: Request("GET", path, reading[at].session.cookie)

    def attempt(at: int) -> Request:
        return Request("GET", reading[at].attempts[0], reading[at].session.cookie)

    def sign_in(at: int) -> Request:
        return Request("POST", "/login", door, sign_in_form(site.learners[at], token), 303)

    def held(path: str) -> Callable[[int], Request]:
        return lambda _: Request("GET", path, site.holder.session.cookie)

    handed_in = ((learner, f"{at}/submit") for learner in takers for at in learner.attempts)
    return [
        Act("home", page("/")),
        Act("catalogue", page("/courses/")),
        Act("course page", page(site.course)),
        Act("lesson", page(site.lesson), 100, 240),
        Act("done", _Once(product(takers, site.unread)), 8, 16),
        Act("quiz start", page(site.quiz)),
        Act("quiz page", attempt),
        Act("quiz answer", _Answers(reading), 100, 240, (PAGE, WRITE)),
        Act("submit", _Once(handed_in), 8, 16),
        Act("sign-in", sign_in, 16, 40),
        Act("verification", lambda _: Request("GET", site.verification)),
        Act("record page", held(site.record)),
        Act("record PDF", held(site.pdf), 4, 8),
    ]


class _Answers:
    """Answers to one question, as the script sends them, a new choice each time."""

    def __init__(self, learners: Sequence[Learner]) -> None:
        self._learners = learners

    def __call__(self, at: int) -> Request:
        learner = self._learners[at]
        number, attempt = learner.question, learner.attempts[0]
        change = next(_CHANGES[attempt])
        form = {
            "csrf_token": learner.session.token,
            "writer": WRITER,
            "counter": str(change),
            f"seen-{number}": f"{WRITER}.{change - 1}",
            f"q{number}": str(1 + change % 2),
        }
        return Request("POST", f"{attempt}/answers/{number}", learner.session.cookie, form)


class _Once:
    """A form without fields, sent once to each address."""

    def __init__(self, todo: Iterable[tuple[Learner, str]]) -> None:
        self._left: Iterator[tuple[Learner, str]] = iter(todo)
        self._lock = Lock()

    def __call__(self, _: int) -> Request:
        with self._lock:
            learner, address = next(self._left)
        form = {"csrf_token": learner.session.token}
        return Request("POST", address, learner.session.cookie, form, 303)


def sign_in_form(learner: Learner, token: str) -> dict[str, str]:
    return {"csrf_token": token, "login": learner.username, "password": PASSWORD, "next": "/"}


def cookie_of(headers: dict[str, str]) -> str:
    return headers.get("set-cookie", "").partition(";")[0]
