"""What the question formats share: a verdict on each question read, an account of each one written.

A question is plain data as in quiz.yml (docs/course-format.md). Whether it can be one of ours is
asked of `coursepack`, which alone knows; its codes have their sentences there, the rest in
`web/messages`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from elearn.accounts.rules import Fault
from elearn.core.text import normalized
from elearn.coursepack.fields import MAX_KEY_CHARACTERS, Context, is_key
from elearn.coursepack.model import Question, Texts
from elearn.coursepack.problems import Problem, Report
from elearn.coursepack.quizfile import read_quiz
from elearn.coursepack.yamlnodes import Listing, Node, Scalar, Table

QUESTIONS_MOST = 2_000  # of one file
CHARACTERS_MOST = 2_000_000  # of one text file
ANSWERS_MOST = 100  # of one question, as others write it
NAME_CHARACTERS = 80
_PROBLEMS_MOST = 20  # of one question
_PLACES = 9  # decimals that a course keeps
_DIGITS_MOST = 15  # before the decimal mark
# Ours to fill in after the import; no other format knows of lessons.
_OPEN_FIELDS = ("lesson", "feedback")
# What a field means that is left out: nothing is lost with it.
_UNSAID = {"edition": 1, "pool": "quiz", "lesson": "", "points": 1, "unit": None}

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """The verdict on one question of a file.

    number: from 1, or the row of a sheet. data: None exactly when there are faults. notes: what
    the question lost or still needs.
    """

    number: int
    name: str
    data: Data | None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: verdicts in its order; faults and notes are those of the file as a whole."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """One question given to a writer; lost: what the format could not carry.

    When it could carry nothing, is_there is False and lost says why.
    """

    key: str
    is_there: bool
    lost: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    content: bytes
    questions: tuple[Written, ...]


class Refused(Exception):
    """A question that cannot be one of ours."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.fault = Fault(code, values)


@dataclass
class Draft:
    """A question while it is read: its fields but the key, and what there is to say of it."""

    language: str
    name: str = ""
    data: Data = field(default_factory=dict)
    notes: list[Fault] = field(default_factory=list)

    def texts(self, text: str) -> Data:
        """A text as the data of a question hold it."""
        return {self.language: text}

    def note(self, code: str, **values: object) -> None:
        fault = Fault(code, values)
        if fault not in self.notes:
            self.notes.append(fault)


@dataclass
class Outgoing:
    """A question without faults on its way into another format, in one language."""

    question: Question
    language: str
    lost: list[Fault] = field(default_factory=list)

    def text(self, texts: Texts | None) -> str:
        return "" if texts is None else texts.get(self.language, "")

    @property
    def number(self) -> str:
        """The digits of the answer of a question of the kind number."""
        answer = self.question.answer
        return number_text(answer) if isinstance(answer, Decimal) else ""

    @property
    def right_count(self) -> int:
        return sum(option.right for option in self.question.options)


class Verdicts:
    """Collects the rows of one file, in its order; keys are made and kept apart here."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._keys: set[str] = set()
        self.rows: list[Row] = []

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= QUESTIONS_MOST

    def read(self, number: int, read: Callable[[Draft], None]) -> None:
        """One question: `read` fills a draft, or refuses."""
        draft = Draft(self._language)
        try:
            read(draft)
        except Refused as refused:
            self.rows.append(Row(number, _shown(draft.name), None, (refused.fault,)))
        else:
            self._judge(number, draft)

    def _judge(self, number: int, draft: Draft) -> None:
        """The question is ours when `coursepack` has nothing against it."""
        text = str(draft.data.get("text", {}).get(self._language, ""))
        key = draft.name if is_key(draft.name) and draft.name not in self._keys else ""
        key = key or proposed_key(draft.name or text, self._keys)
        begin = {"key": key, "edition": 1, "kind": draft.data.get("kind"), "pool": "quiz"}
        data = {**begin, **draft.data}
        _, problems = checked(data, self._language)
        faults = tuple(_fault(problem) for problem in problems)
        if not faults and _needs_feedback(data):
            draft.note("feedback-open")
        if not faults:
            self._keys.add(key)
        name = _shown(draft.name or text)
        self.rows.append(Row(number, name, None if faults else data, faults, tuple(draft.notes)))

    def reading(self, faults: Iterable[Fault] = (), notes: Iterable[Fault] = ()) -> Reading:
        return Reading(tuple(self.rows), tuple(faults), tuple(notes))


def proposed_key(text: str, taken: Collection[str]) -> str:
    """A key out of the first words of a text, not among those taken."""
    plain = normalized("NFKD", text[:400]).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain)
    stem = ""
    for word in words:
        longer = f"{stem}-{word}" if stem else word
        if len(longer) > MAX_KEY_CHARACTERS - 20 and stem:
            break
        stem = longer
    stem = stem[: MAX_KEY_CHARACTERS - 20] or "question"
    if stem not in taken:
        return stem
    # A file may hold the same question a thousand times: by halves, not one after the other.
    last, free = 1, 2
    while f"{stem}-{free}" in taken:
        last, free = free, free * 2
    while free - last > 1:
        middle = (last + free) // 2
        if f"{stem}-{middle}" in taken:
            last = middle
        else:
            free = middle
    return f"{stem}-{free}"


def checked(data: Data, language: str) -> tuple[Question | None, tuple[Problem, ...]]:
    """The question in one language and what stands against it there.

    Left to the author, and so no fault: the lesson, the feedback, the other languages.
    """
    texts = data.get("text")
    others = [str(name) for name in texts] if isinstance(texts, Mapping) else []
    languages = tuple(dict.fromkeys([language, *others]))
    report = Report(_PROBLEMS_MOST)
    quiz = _node({"draw": 1, "questions": [data]})
    read, _, _ = read_quiz(quiz, Context("", languages, report, []))
    found = tuple(p for p in report.sorted() if not _is_left_open(p, language))
    return (None if found else read.questions[0]), found


def write_each(
    questions: Iterable[Data],
    language: str,
    write: Callable[[Outgoing], None],
    not_carried: Collection[str],
) -> tuple[Written, ...]:
    """Write each question that can be written, and say what is lost of it.

    write: adds one question to the file and what it loses to its `lost`, beside `not_carried`, the
    fields that the format has no place for; raises Refused when it has none for the question.
    """
    return tuple(_written(data, language, write, not_carried) for data in questions)


def _written(
    data: Data,
    language: str,
    write: Callable[[Outgoing], None],
    not_carried: Collection[str],
) -> Written:
    key = str(data.get("key", ""))
    question, problems = checked(data, language)
    if question is None:
        return Written(key, False, tuple(_fault(problem) for problem in problems))
    outgoing = Outgoing(question, language)
    try:
        write(outgoing)
    except Refused as refused:
        return Written(key, False, (refused.fault,))
    others = [name for name in data["text"] if name != language]
    lost = [Fault("lost-languages", {"languages": ", ".join(others)})] if others else []
    for name in not_carried:
        value = getattr(question, name)
        if value not in (_UNSAID[name], None):
            said = value[language] if isinstance(value, Texts) else value
            lost.append(Fault(f"lost-{name}", {"value": said}))
    return Written(key, True, (*lost, *outgoing.lost))


def number_text(number: Decimal) -> str:
    """A number in digits, never as a power of ten, without zeros at its end."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def kept_number(number: Decimal) -> Decimal | int:
    """A number as a file holds it: whole where it is, else with the decimals that it needs."""
    if number.adjusted() > _DIGITS_MOST:
        return number  # cannot be rounded exactly; `coursepack` refuses it
    rounded = round(number, _PLACES)
    return int(rounded) if rounded == int(rounded) else rounded.normalize()


def one_line(text: str) -> str:
    return " ".join(text.split())


def _is_left_open(problem: Problem, language: str) -> bool:
    values = dict(problem.values)
    if problem.code == "key-missing":
        return values.get("key") in _OPEN_FIELDS
    if problem.code in ("translation-missing", "language-unlisted"):
        return values.get("language") != language
    return problem.code == "key-form" and values.get("key") == "lesson"


def _needs_feedback(data: Data) -> bool:
    return data["kind"] in ("ordering", "matching", "text", "number") and "feedback" not in data


def _fault(problem: Problem) -> Fault:
    return Fault(problem.code, dict(problem.values))


def _node(value: object) -> Node:
    """Plain data as `coursepack` reads it from YAML."""
    if isinstance(value, Mapping):
        entries = {str(name): _node(item) for name, item in value.items()}
        keys = {name: _scalar(name, "") for name in entries}
        return Table(line=1, start=0, is_flow=False, entries=entries, keys=keys)
    if isinstance(value, (list, tuple)):
        items = [_node(item) for item in value]
        return Listing(line=1, start=0, is_flow=False, items=items)
    if isinstance(value, bool):
        return _scalar("true" if value else "false", "")
    if isinstance(value, Decimal):
        return _scalar(number_text(value), "")
    return _scalar("~", "") if value is None else _scalar(str(value), _style(value))


def _scalar(value: str, style: str) -> Scalar:
    return Scalar(value, style, line=1, text_line=1, start=0, end=0)


def _style(value: object) -> str:
    return '"' if isinstance(value, str) else ""


def _shown(name: str) -> str:
    """A name fit for a list: one line, short, nothing invisible."""
    line = "".join(c for c in one_line(name[:400]) if c.isprintable())
    return line if len(line) <= NAME_CHARACTERS else line[: NAME_CHARACTERS - 1] + "…"
