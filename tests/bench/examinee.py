"""A simulated learner of a class: reads, takes quizzes, and thinks in between."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable

from tests.bench.acts import TOKEN, cookie_of, sign_in_form
from tests.bench.client import Browser, text_of
from tests.bench.load import Answer, Request, Times
from tests.bench.paper import Paper
from tests.bench.prepare import Learner
from tests.bench.sessions import Session

Journal = defaultdict[str, Times]  # what each kind of request took
Pause = Callable[[], Awaitable[None]]
REFUSED = Answer(0, {}, b"")


class Examinee:
    """A learner with a browser of her own."""

    def __init__(self, learner: Learner, port: int, journal: Journal) -> None:
        self._learner, self._journal = learner, journal
        self._session = learner.session
        self._browser = Browser(port)

    async def connect(self) -> None:
        """As a browser is that has just shown another page."""
        await self._browser.send(Request("GET", "/healthz"))

    async def ask(self, what: str, request: Request) -> Answer:
        """The answer, noted with its time; no answer at all is an error and not an end."""
        began = time.perf_counter()
        try:
            answer = await self._browser.send(request)
            fault = "" if answer.status == request.expected else str(answer.status)
        except (OSError, asyncio.IncompleteReadError) as lost:
            answer, fault = REFUSED, repr(lost)
            self._browser.close()
        self._journal[what].seconds.append(time.perf_counter() - began)
        if fault:
            self._journal[what].errors.append(f"{request.method} {request.path}: {fault}")
        return answer

    async def show(self, what: str, path: str) -> Answer:
        return await self.ask(what, Request("GET", path, self._session.cookie))

    async def sign_in(self) -> None:
        """Leave the session that was prepared, and begin one as people do."""
        page = await self.ask("sign-in page", Request("GET", "/login"))
        door, token = cookie_of(page.headers), TOKEN.findall(text_of(page))[0]
        form = sign_in_form(self._learner, token)
        entered = await self.ask("sign-in", Request("POST", "/login", door, form, 303))
        self._session = Session(cookie_of(entered.headers), "")

    async def read_token(self, path: str) -> None:
        """Open a page and keep the token of its forms, and the cookie that goes with it."""
        page = await self.show("quiz start", path)
        cookie = cookie_of(page.headers) or self._session.cookie
        self._session = Session(cookie, TOKEN.findall(text_of(page))[0])

    async def begin(self, quiz: str) -> Paper:
        """Press "start", and follow to the first question."""
        form = {"csrf_token": self._session.token}
        request = Request("POST", quiz, self._session.cookie, form, 303)
        begun = await self.ask("begin", request)
        address = begun.headers["location"]
        page = await self.show("quiz page", address)
        return Paper(address, text_of(page), self._session)

    async def study(self, lesson: str, quiz: str, pause: Pause) -> None:
        """One lesson and one quiz, answered, looked over and handed in."""
        await self.show("lesson", lesson)
        await pause()
        await self.show("quiz start", quiz)
        await pause()
        paper = await self.begin(quiz)
        for question in paper.questions:
            await pause()
            await self.ask("answer", paper.saved(question))
        await pause()
        await self.show("confirm", f"{paper.address}/confirm")
        await pause()
        await self.ask("submit", paper.handed_in())
        await self.show("review", f"{paper.address}/review")

    async def answer_often(self, paper: Paper, times: int) -> None:
        """So many answers to one question, each another than before, and without thinking.

        An answer that is saved already would only be looked at.
        """
        question = next(one for one in paper.questions if one.is_one_field)
        for turn in range(times):
            await self.ask("save", paper.saved(question.answered(1 + turn % 2)))
