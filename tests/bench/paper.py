"""An attempt's page as a learner's script reads it: what to send, and how to answer."""

import re
from dataclasses import dataclass
from itertools import count

from tests.bench.load import Request
from tests.bench.sessions import Session

_WRITER = re.compile(r'name="writer" value="([^"]+)"')
_QUESTION = re.compile(r'<fieldset class="question".*?</fieldset>', re.DOTALL)
_NUMBER = re.compile(r'data-question="(\d+)"')
_CONTROL = re.compile(r'<(?:input|select) [^>]*?name="(q\d+(?:-\d+)?)"[^>]*>')


@dataclass(frozen=True)
class Question:
    """One question. answer: fields that the site takes, right or wrong."""

    number: int
    answer: dict[str, str]

    @property
    def is_one_field(self) -> bool:
        """Whether 1 and 2 are both answers to it: it is ticked once, or typed."""
        return list(self.answer) == [f"q{self.number}"]

    def answered(self, value: int) -> "Question":
        """The same question with another answer."""
        return Question(self.number, {f"q{self.number}": str(value)})


class Paper:
    """The page of an open attempt."""

    def __init__(self, address: str, page: str, session: Session) -> None:
        self.address, self._session = address, session
        self._writer = _WRITER.findall(page)[0]
        self._changes = count(1)
        self._seen: dict[int, str] = {}
        self.questions = [_question(fieldset) for fieldset in _QUESTION.findall(page)]

    def saved(self, question: Question) -> Request:
        """The answer, as the script sends it; each time it counts one further."""
        number, change = question.number, next(self._changes)
        form = {
            "csrf_token": self._session.token,
            "writer": self._writer,
            "counter": str(change),
            f"seen-{number}": self._seen.get(number, ""),
            **question.answer,
        }
        self._seen[number] = f"{self._writer}.{change}"
        path = f"{self.address}/answers/{number}"
        return Request("POST", path, self._session.cookie, form)

    def handed_in(self) -> Request:
        form = {"csrf_token": self._session.token}
        return Request("POST", f"{self.address}/submit", self._session.cookie, form, 303)


def _question(fieldset: str) -> Question:
    """First choices, places in order, and "1" where something is typed."""
    names = dict.fromkeys(_CONTROL.findall(fieldset))
    answer = {name: name.partition("-")[2] or "1" for name in names}
    return Question(int(_NUMBER.findall(fieldset)[0]), answer)
