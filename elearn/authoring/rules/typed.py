"""A question as it is typed into its editor, and the data of quiz.yml that it stands for.

What was not changed in the editor keeps its data as it was, down to the fields that no editor
shows; so only the lines of what was changed are written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, TypeVar

from elearn.authoring.rules.words import block, line
from elearn.quizzes.rules.typed import parse_number

Data = dict[str, Any]
Words = dict[str, str]  # language -> text as typed

MOST_ROWS = {"options": 8, "items": 8, "pairs": 8, "extra": 8, "accepted": 20}
# Rows that an editor offers, whether they are filled or not.
_OFFERED = {"options": 4, "items": 4, "pairs": 3, "accepted": 2}
ROWS_OF = {
    "single": ("options",),
    "several": ("options",),
    "true-false": (),
    "ordering": ("items",),
    "matching": ("pairs", "extra"),
    "text": ("accepted",),
    "number": (),
}
_ACT = re.compile(r"(add|up|down|remove)-(options|items|pairs|extra|accepted)(?:-(\d{1,2}))?")
_FORMER_WITHOUT: Data = {}


@dataclass(frozen=True, slots=True)
class Option:
    text: Words
    is_right: bool = False
    feedback: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    left: Words
    right: Words


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Typed:
    """A question of any kind; what a kind does not have stays empty. Texts end without lines."""

    kind: str
    pool: str = "quiz"
    lesson: str = ""
    points: str = "1"
    text: Words = field(default_factory=dict)
    feedback: Words = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    items: tuple[Words, ...] = ()
    pairs: tuple[Pair, ...] = ()
    extra: tuple[Words, ...] = ()
    accepted: tuple[str, ...] = ()
    answer: str = ""  # true-false: "true" or "false"; number: as people write numbers
    tolerance: str = ""
    unit: Words = field(default_factory=dict)
    if_true: Words = field(default_factory=dict)
    if_false: Words = field(default_factory=dict)


def typed_of(question: Data, languages: Sequence[str], reader: str) -> Typed:
    """A question as its editor shows it. reader: the language whose numbers are written."""
    rows = _Reading(question, languages)
    kind = line(_scalar(question.get("kind")))
    return Typed(
        kind=kind,
        pool=line(_scalar(question.get("pool", "quiz"))),
        lesson=line(_scalar(question.get("lesson"))),
        points=line(_scalar(question.get("points", 1))),
        text=rows.words(question.get("text"), block),
        feedback=rows.words(question.get("feedback"), block),
        options=rows.rows("options", rows.option),
        items=rows.rows("items", rows.line_words),
        pairs=rows.rows("pairs", rows.pair),
        extra=rows.rows("extra", rows.line_words),
        accepted=rows.rows("accepted", lambda one: line(_scalar(one))),
        answer=_shown_number(question.get("answer"), reader),
        tolerance=_shown_number(question.get("tolerance"), reader),
        unit=rows.words(question.get("unit"), line),
        if_true=rows.words(question.get("if_true"), line),
        if_false=rows.words(question.get("if_false"), line),
    )


def question_of(typed: Typed, former: Data, languages: Sequence[str], reader: str) -> Data:
    """The data of a question that was typed over `former`; rows without a word are left out.

    Raises ValueError with the name of the field whose number cannot be read.
    """
    writing = _Writing(former, languages, typed_of(former, languages, reader))
    shown = writing.shown
    writing.put("kind", typed.kind, shown.kind)
    writing.put("pool", typed.pool, shown.pool)
    writing.put("lesson", typed.lesson, shown.lesson)
    writing.put_points(typed.points)
    writing.put_words("text", typed.text, is_needed=True)
    for name in ROWS_OF.get(typed.kind, ()):
        writing.put_rows(name, getattr(typed, name))
    if typed.kind == "true-false":
        writing.put_answer(typed.answer)
        writing.put_words("if_true", typed.if_true)
        writing.put_words("if_false", typed.if_false)
    if typed.kind == "number":
        writing.put_number("answer", typed.answer, reader)
        writing.put_number("tolerance", typed.tolerance, reader)
        writing.put_words("unit", typed.unit)
    writing.put_words("feedback", typed.feedback)
    return writing.new


def offered(typed: Typed, languages: Sequence[str]) -> Typed:
    """The question with the empty rows that its editor offers."""
    for name in ROWS_OF.get(typed.kind, ()):
        for _missing in range(len(getattr(typed, name)), _OFFERED.get(name, 0)):
            typed = _with_rows(typed, name, (*getattr(typed, name), _blank(name, languages)))
    return typed


def rearranged(typed: Typed, act: str, languages: Sequence[str]) -> tuple[Typed, str]:
    """What a button of a row does, and the row to go on with ("options-2"). Nothing for others."""
    match = _ACT.fullmatch(act)
    if match is None or match[2] not in ROWS_OF.get(typed.kind, ()):
        return typed, ""
    verb, name = match[1], match[2]
    rows = list(getattr(typed, name))
    at = int(match[3]) if match[3] else len(rows)
    if verb == "add":
        if len(rows) < MOST_ROWS[name]:
            rows.append(_blank(name, languages))
        at = len(rows) - 1
    elif at >= len(rows):
        return typed, ""
    elif verb == "remove":
        del rows[at]
        at = min(at, len(rows) - 1)
    else:
        one = rows.pop(at)
        at = max(0, min(at + (1 if verb == "down" else -1), len(rows)))
        rows.insert(at, one)
    return _with_rows(typed, name, tuple(rows)), f"{name}-{at}" if at >= 0 else name


def longest_text(typed: Typed) -> int:
    """Characters of the longest of its texts."""
    return max(len(text) for text in _texts_in([getattr(typed, f.name) for f in fields(typed)]))


def _texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, (Option, Pair)):
        value = [getattr(value, one.name) for one in fields(value)]
    parts = value.values() if isinstance(value, dict) else value
    if not isinstance(value, (dict, list, tuple)):
        return [""]
    return [text for part in parts for text in _texts_in(part)] or [""]


def _blank(name: str, languages: Sequence[str]) -> Any:
    empty = dict.fromkeys(languages, "")
    if name == "options":
        return Option(empty, False, empty)
    if name == "pairs":
        return Pair(empty, empty)
    return "" if name == "accepted" else empty


def _with_rows(typed: Typed, name: str, rows: tuple[Any, ...]) -> Typed:
    changed: dict[str, Any] = {name: rows}
    return replace(typed, **changed)


def _scalar(value: Any) -> Any:
    """A single value; nothing for what is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, (dict, list)) else value


def _shown_number(value: Any, reader: str) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return line(_scalar(value))
    text = str(value) if isinstance(value, int) else format(value, "f")
    return text.replace(".", ",") if reader == "id" else text


class _Reading:
    """Reads the texts of a question leniently."""

    def __init__(self, question: Data, languages: Sequence[str]) -> None:
        self.question, self.languages = question, languages

    def rows(self, name: str, read: Callable[[Any], Row]) -> tuple[Row, ...]:
        value = self.question.get(name)
        return tuple(read(one) for one in value) if isinstance(value, list) else ()

    def words(self, value: Any, tidy: Callable[[object], str]) -> Words:
        """One text in every language of the course; a text in none counts for the first."""
        there = value if isinstance(value, dict) else {self.languages[0]: value}
        return {language: tidy(_scalar(there.get(language))) for language in self.languages}

    def line_words(self, value: Any) -> Words:
        return self.words(value, line)

    def option(self, value: Any) -> Option:
        there = value if isinstance(value, dict) else {}
        text = there.get("right", there.get("wrong"))
        return Option(
            self.words(text, line), "right" in there, self.words(there.get("feedback"), line)
        )

    def pair(self, value: Any) -> Pair:
        there = value if isinstance(value, dict) else {}
        return Pair(self.words(there.get("left"), line), self.words(there.get("right"), line))


class _Writing:
    """Writes what was typed over the former data of a question."""

    def __init__(self, former: Data, languages: Sequence[str], shown: Typed) -> None:
        self.former, self.languages, self.shown = former, languages, shown
        self.new = dict(former)
        self.reading = _Reading(former, languages)

    def put(self, name: str, typed: str, shown: str) -> None:
        if typed != shown or name not in self.former:
            self.new[name] = typed
        if not typed:
            self.new.pop(name, None)

    def put_points(self, typed: str) -> None:
        if typed != self.shown.points:
            self.new["points"] = int(typed)

    def put_answer(self, typed: str) -> None:
        if typed == self.shown.answer:
            return
        self.new.pop("answer", None)
        if typed:
            self.new["answer"] = typed == "true"

    def put_number(self, name: str, typed: str, reader: str) -> None:
        if typed == getattr(self.shown, name):
            return
        self.new.pop(name, None)
        if not typed:
            return
        number = parse_number(typed, reader)
        if number is None:
            raise ValueError(name)
        self.new[name] = int(number) if number == number.to_integral_value() else number.normalize()

    def put_words(self, name: str, typed: Words, *, is_needed: bool = False) -> None:
        """is_needed: a text without a word in any language is kept as an empty one."""
        if typed == getattr(self.shown, name) and (name in self.former or not is_needed):
            return
        tidy = block if name in ("text", "feedback") else line
        words = self._words(typed, self.former.get(name), tidy)
        if words or is_needed:
            self.new[name] = words or {self.languages[0]: ""}
        else:
            self.new.pop(name, None)

    def put_rows(self, name: str, typed: Sequence[Any]) -> None:
        filled = tuple(row for row in typed if any(_texts_in(row)))
        if filled == getattr(self.shown, name) and name in self.former:
            return
        write: dict[str, Callable[[Any, Any], Any]] = {
            "options": self._option, "pairs": self._pair, "accepted": _as_typed,
        }  # fmt: skip
        make: Callable[[Any, Any], Any] = write.get(name, self._line)
        kept = [
            former if is_same else make(row, former)
            for row, former, is_same in self._matched(name, filled)
        ]
        if kept or name != "extra":
            self.new[name] = kept
        else:
            self.new.pop(name, None)

    def _matched(self, name: str, typed: Sequence[Any]) -> list[tuple[Any, Any, bool]]:
        """Each row as typed, the data that it was, and whether it is still the same.

        Rows that were only moved are found by what they say; the others in their order.
        """
        there = self.former.get(name)
        data = there if isinstance(there, list) else []
        left = list(zip(getattr(self.shown, name), data, strict=True))
        same: dict[int, Any] = {}
        for number, row in enumerate(typed):
            at = next((at for at, (shown, _data) in enumerate(left) if shown == row), None)
            if at is not None:
                same[number] = left.pop(at)[1]
        return [
            (row, same[number], True)
            if number in same
            else (row, left.pop(0)[1] if left else None, False)
            for number, row in enumerate(typed)
        ]

    def _option(self, typed: Option, former: Any) -> Data:
        there = former if isinstance(former, dict) else _FORMER_WITHOUT
        text = self._words(typed.text, there.get("right", there.get("wrong")), line)
        mark = "right" if typed.is_right else "wrong"
        new: Data = {mark: text or {self.languages[0]: ""}}
        new |= {name: value for name, value in there.items() if name not in ("right", "wrong")}
        feedback = self._words(typed.feedback, there.get("feedback"), line)
        if feedback:
            new["feedback"] = feedback
        else:
            new.pop("feedback", None)
        return new

    def _pair(self, typed: Pair, former: Any) -> Data:
        there = former if isinstance(former, dict) else _FORMER_WITHOUT
        new = dict(there)
        for name in ("left", "right"):
            words = self._words(getattr(typed, name), there.get(name), line)
            new[name] = words or {self.languages[0]: ""}
        return new

    def _line(self, typed: Words, former: Any) -> Data:
        return self._words(typed, former, line) or {self.languages[0]: ""}

    def _words(self, typed: Words, former: Any, tidy: Callable[[object], str]) -> Data:
        """The languages that have words; those that the course does not have stay."""
        there = former if isinstance(former, dict) else {}
        shown = self.reading.words(former, tidy)
        new: Data = {}
        for language in dict.fromkeys([*there, *self.languages]):
            if language not in self.languages:
                new[language] = there[language]
            elif typed.get(language):
                is_same = language in there and typed[language] == shown[language]
                new[language] = there[language] if is_same else typed[language]
        return new


def _as_typed(typed: str, _former: Any) -> str:
    return typed
