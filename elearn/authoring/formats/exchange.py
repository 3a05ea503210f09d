"""What the question formats share: a verdict for every question read, an account of every one written.

A question is plain data as in quiz.yml (docs/course-format.md). Whether it can be one of ours is
asked of `coursepack`, which alone knows; its codes have their sentences there, the rest in
`web/messages`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from elearn.accounts.rules import Fault
from elearn.coursepack.fields import MAX_KEY_CHARACTERS, Context, is_key
from elearn.coursepack.model import Question
from elearn.coursepack.problems import Problem, Report
from elearn.coursepack.quizfile import read_quiz
from elearn.coursepack.yamlnodes import Listing, Node, Scalar, Table

QUESTIONS_MOST = 2_000  # of one file
CHARACTERS_MOST = 2_000_000  # of one text file
NAME_CHARACTERS = 80
_PROBLEMS_MOST = 20  # of one question
# Ours to fill in after the import; no other format knows of lessons.
_OPEN_FIELDS = ("lesson", "feedback")

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
    """A file as read: verdicts in its order; faults are those of the file as a whole."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()


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

    name: str = ""
    data: Data = field(default_factory=dict)
    notes: list[Fault] = field(default_factory=list)

    def note(self, code: str, **values: object) -> None:
        fault = Fault(code, values)
        if fault not in self.notes:
            self.notes.append(fault)


class Verdicts:
    """Collects the rows of one file, in its order; keys are made and kept apart here."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._keys: set[str] = set()
        self.rows: list[Row] = []

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= QUESTIONS_MOST

    def take(self, number: int, draft: Draft) -> None:
        """A question that could be read: it is ours when `coursepack` has nothing against it."""
        text = str(draft.data.get("text", {}).get(self._language, ""))
        key = draft.name if is_key(draft.name) and draft.name not in self._keys else ""
        key = key or proposed_key(draft.name or text, self._keys)
        data = {"key": key, "edition": 1, **draft.data}
        data.setdefault("pool", "quiz")
        faults = tuple(_fault(problem) for problem in checked(data, self._language)[1])
        if not faults and _needs_feedback(data):
            draft.note("feedback-open")
        if not faults:
            self._keys.add(key)
        name = _shown(draft.name or text)
        self.rows.append(Row(number, name, None if faults else data, faults, tuple(draft.notes)))

    def refuse(self, number: int, name: str, fault: Fault) -> None:
        self.rows.append(Row(number, _shown(name), None, (fault,)))

    def reading(self, faults: Iterable[Fault] = ()) -> Reading:
        return Reading(tuple(self.rows), tuple(faults))


def decoded(content: bytes) -> str | None:
    """The text of a file: UTF-8, or UTF-16 with its mark; None for anything else."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def proposed_key(text: str, taken: Collection[str]) -> str:
    """A key out of the first words of a text, not among those taken."""
    plain = unicodedata.normalize("NFKD", text[:400]).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain)
    stem = ""
    for word in words:
        longer = f"{stem}-{word}" if stem else word
        if len(longer) > MAX_KEY_CHARACTERS - 20 and stem:
            break
        stem = longer
    stem = stem[: MAX_KEY_CHARACTERS - 20] or "question"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def checked(data: Data, language: str) -> tuple[Question | None, tuple[Problem, ...]]:
    """The question in one language and what stands against it there.

    Left to the author, and so no fault: the lesson, the feedback, the other languages.
    """
    texts = data.get("text")
    others = [str(name) for name in texts] if isinstance(texts, Mapping) else []
    languages = tuple(dict.fromkeys([language, *others]))
    report = Report(_PROBLEMS_MOST)
    quiz = Table(1, {"draw": Scalar("1", True, 1, 1), "questions": Listing(1, [_node(data)])})
    read, _, _ = read_quiz(quiz, Context("", languages, report, []))
    found = tuple(p for p in report.sorted() if not _is_left_open(p, language))
    return (None if found else read.questions[0]), found


def losses(data: Data, question: Question, language: str) -> list[Fault]:
    """What none of the other formats carries."""
    lost = []
    if others := [name for name in data["text"] if name != language]:
        lost.append(Fault("lost-languages", {"languages": ", ".join(others)}))
    if question.edition != 1:
        lost.append(Fault("lost-edition", {"edition": question.edition}))
    return lost


def in_file(lines: Sequence[Written], key: str) -> bool:
    """Whether a key was written already: a file names each question once."""
    return any(line.key == key and line.is_there for line in lines)


def number_text(number: Decimal) -> str:
    """A number in digits, never as a power of ten, without zeros at its end."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


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
        return Table(1, entries, dict.fromkeys(entries, 1))
    if isinstance(value, (list, tuple)):
        return Listing(1, [_node(item) for item in value])
    if isinstance(value, bool):
        return Scalar("true" if value else "false", True, 1, 1)
    if isinstance(value, Decimal):
        return Scalar(number_text(value), True, 1, 1)
    if value is None:
        return Scalar("~", True, 1, 1)
    return Scalar(str(value), not isinstance(value, str), 1, 1)


def _shown(name: str) -> str:
    """A name fit for a list: one line, short, nothing invisible."""
    line = "".join(c for c in one_line(name[:400]) if c.isprintable())
    return line if len(line) <= NAME_CHARACTERS else line[: NAME_CHARACTERS - 1] + "…"
