"""Questions in a spreadsheet, one a row, read from CSV or XLSX and written as XLSX.

The cells are Markdown, as everywhere in a course; the legend of the template explains the columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from elearn.accounts.formats.table import header_keys
from elearn.accounts.rules import Fault
from elearn.authoring.formats.cells import read_cells, typed_number
from elearn.authoring.formats.exchange import (
    QUESTIONS_MOST,
    Data,
    Draft,
    Outgoing,
    Reading,
    Refused,
    Verdicts,
    Writing,
    kept_number,
    number_text,
    one_line,
    write_each,
)
from elearn.authoring.formats.sheetwords import (
    COLUMNS,
    KIND_OF,
    KINDS,
    LETTERS,
    POOL_OF,
    POOLS,
    TRUTH_OF,
    TRUTHS,
    columns,
)
from elearn.authoring.formats.workbook import workbook
from elearn.core.text import word_key
from elearn.quizzes.rules.typed import parse_number

_ARROW = "->"
_POINTS = re.compile(r"[1-9]|10")


def read(content: bytes, language: str) -> Reading:
    """The questions of a CSV or XLSX file, their texts taken to be in `language`."""
    try:
        rows = read_cells(content, language)
    except Refused as refused:
        return Reading(faults=(refused.fault,))
    if not rows:
        return Reading(faults=(Fault("table-empty"),))
    keys, faults = header_keys(rows[0][1], columns(language))
    if any(fault.code != "column-unknown" for fault in faults):
        return Reading(faults=tuple(faults))
    verdicts = Verdicts(language)
    for number, cells in rows[1:]:
        if verdicts.is_full:
            faults.append(Fault("questions-too-many", {"maximum": QUESTIONS_MOST}))
            break
        row = _Row(number, keys, cells, language)
        verdicts.read(number, partial(_read, row=row))
    if not verdicts.rows:
        faults.append(Fault("questions-none"))
    return verdicts.reading(
        [fault for fault in faults if fault.code != "column-unknown"],
        [fault for fault in faults if fault.code == "column-unknown"],
    )


def write(questions: Iterable[Data], language: str) -> Writing:
    """The questions as XLSX, in one of their languages."""
    rows: list[list[str]] = []

    def add(outgoing: Outgoing) -> None:
        cells = _cells(outgoing)
        rows.append([cells.get(key, "") for key in COLUMNS])

    written = write_each(questions, language, add, ("edition",))
    return Writing(workbook(rows, language), written)


# Reading


@dataclass(frozen=True)
class _Row:
    number: int
    keys: Sequence[str | None]
    cells: Sequence[str]
    language: str

    def __getitem__(self, key: str) -> str:
        for name, cell in zip(self.keys, self.cells, strict=False):
            if name == key:
                return cell.strip()
        return ""

    def refused(self, key: str, code: str, **values: object) -> Refused:
        """A refusal that names the cell."""
        at = self.keys.index(key) if key in self.keys else len(self.keys)
        cell = f"{_letters(at)}{self.number}"
        return Refused(code, cell=cell, given=one_line(self[key])[:80], **values)

    def lettered(self, name: str) -> dict[str, str]:
        """The cells of option A to H that are filled, by letter."""
        found = {letter: self[f"{name}-{letter}"] for letter in LETTERS}
        return {letter: text for letter, text in found.items() if text}


def _read(draft: Draft, row: _Row) -> None:
    draft.name = row["key"] or one_line(row["question"])
    kind = KIND_OF.get(word_key(row["kind"]))
    if kind is None:
        known = ", ".join(words.word(row.language) for words in KINDS.values())
        raise row.refused("kind", "cell-kind", known=known)
    if not row["question"]:
        raise row.refused("question", "cell-needed")
    draft.data["kind"] = kind
    _read_facts(draft, row)
    draft.data["text"] = draft.texts(row["question"])
    if row["feedback"]:
        draft.data["feedback"] = draft.texts(row["feedback"])
    _READERS[kind](draft, row)


def _read_facts(draft: Draft, row: _Row) -> None:
    if row["pool"]:
        pool = POOL_OF.get(word_key(row["pool"]))
        if pool is None:
            known = ", ".join(words.word(row.language) for words in POOLS.values())
            raise row.refused("pool", "cell-word", known=known)
        draft.data["pool"] = pool
    if row["lesson"]:
        draft.data["lesson"] = row["lesson"]
    if row["points"]:
        if not _POINTS.fullmatch(row["points"]):
            raise row.refused("points", "cell-points")
        if row["points"] != "1":
            draft.data["points"] = int(row["points"])


def _read_options(draft: Draft, row: _Row) -> None:
    options, comments = row.lettered("option"), row.lettered("feedback")
    right = _right_letters(row, options)
    if surplus := next((letter for letter in comments if letter not in options), None):
        raise row.refused(f"feedback-{surplus}", "cell-feedback-alone", letter=surplus)
    draft.data["options"] = []
    for letter, text in options.items():
        option: Data = {"right" if letter in right else "wrong": draft.texts(one_line(text))}
        if letter in comments:
            option["feedback"] = draft.texts(one_line(comments[letter]))
        draft.data["options"].append(option)


def _right_letters(row: _Row, options: dict[str, str]) -> set[str]:
    """The letters in the cell of the right answers, which may hold the words of an option, too."""
    given = row["right"]
    if not given:
        raise row.refused("right", "cell-needed")
    words = {one_line(text).casefold(): letter for letter, text in options.items()}
    whole = words.get(one_line(given).casefold())
    if whole is not None and given.upper() not in options:
        return {whole}
    found = set()
    separator = r"[\s,;]+" if re.fullmatch(r"[A-Ha-h](?:[\s,;]+[A-Ha-h])*", given) else r"[\n;]"
    for part in re.split(separator, given):
        letter = part.strip().upper()
        letter = letter if letter in options else words.get(one_line(part).casefold(), "")
        if not letter:
            raise row.refused("right", "cell-right", known=", ".join(options))
        found.add(letter)
    return found


def _read_truth(draft: Draft, row: _Row) -> None:
    answer = TRUTH_OF.get(word_key(row["right"]))
    if answer is None:
        known = ", ".join(words.word(row.language) for words in TRUTHS.values())
        raise row.refused("right", "cell-word", known=known)
    draft.data["answer"] = answer
    for letter, field in (("A", "if_true"), ("B", "if_false")):
        if text := row[f"feedback-{letter}"]:
            draft.data[field] = draft.texts(one_line(text))


def _read_order(draft: Draft, row: _Row) -> None:
    draft.data["items"] = [draft.texts(one_line(t)) for t in row.lettered("option").values()]
    _refuse_right(row)


def _read_pairs(draft: Draft, row: _Row) -> None:
    draft.data["pairs"] = []
    extra = []
    for letter, text in row.lettered("option").items():
        left, arrow, right = (one_line(part) for part in text.partition(_ARROW))
        if not arrow or not right:
            raise row.refused(f"option-{letter}", "cell-pair")
        if left:
            pair = {"left": draft.texts(left), "right": draft.texts(right)}
            draft.data["pairs"].append(pair)
        else:
            extra.append(draft.texts(right))
    if extra:
        draft.data["extra"] = extra
    _refuse_right(row)


def _read_words(draft: Draft, row: _Row) -> None:
    parts = [one_line(part) for part in re.split(r"[\n;]", row["right"])]
    accepted = list(dict.fromkeys(part for part in parts if part))
    if not accepted:
        raise row.refused("right", "cell-needed")
    draft.data["accepted"] = accepted


def _read_number(draft: Draft, row: _Row) -> None:
    for key, field in (("right", "answer"), ("tolerance", "tolerance")):
        value = parse_number(row[key] or ("0" if key == "tolerance" else ""), row.language)
        if value is None:
            raise row.refused(key, "cell-number")
        draft.data[field] = kept_number(value)
    if row["unit"]:
        draft.data["unit"] = draft.texts(one_line(row["unit"]))


def _refuse_right(row: _Row) -> None:
    """What is right is said by the options of these kinds; other words here are a mistake."""
    if row["right"]:
        raise row.refused("right", "cell-right-empty")


_READERS = {
    "single": _read_options,
    "several": _read_options,
    "true-false": _read_truth,
    "ordering": _read_order,
    "matching": _read_pairs,
    "text": _read_words,
    "number": _read_number,
}


def _letters(at: int) -> str:
    """The letters of a column, from 0."""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


# Writing


def _cells(outgoing: Outgoing) -> dict[str, str]:
    question = outgoing.question
    cells = {
        "kind": KINDS[question.kind].word(outgoing.language),
        "question": outgoing.text(question.text),
        "right": _right(outgoing),
        "feedback": outgoing.text(question.feedback),
        "pool": POOLS[question.pool].word(outgoing.language),
        "lesson": question.lesson,
        "points": str(question.points),
        "unit": outgoing.text(question.unit),
        "key": question.key,
    }
    if question.kind == "number":
        tolerance = number_text(question.tolerance)
        cells["tolerance"] = typed_number(tolerance, outgoing.language)
    options = _options(outgoing)
    if len(options) > len(LETTERS):
        raise Refused("lost-options", count=len(options), maximum=len(LETTERS))
    comments = [outgoing.text(option.feedback) for option in question.options]
    if question.kind == "true-false":
        comments = [outgoing.text(texts) for texts in (question.if_true, question.if_false)]
    for name, texts in (("option", options), ("feedback", comments)):
        for letter, text in zip(LETTERS, texts, strict=False):
            cells[f"{name}-{letter}"] = text
    return cells


def _options(outgoing: Outgoing) -> list[str]:
    question = outgoing.question
    texts = [outgoing.text(option.text) for option in question.options]
    texts += [outgoing.text(item) for item in question.items]
    for pair in question.pairs:
        left = outgoing.text(pair.left)
        if _ARROW in left:
            raise Refused("lost-arrow", text=left)
        texts.append(f"{left} {_ARROW} {outgoing.text(pair.right)}")
    return texts + [f"{_ARROW} {outgoing.text(text)}" for text in question.extra]


def _right(outgoing: Outgoing) -> str:
    question = outgoing.question
    if question.kind == "true-false":
        return TRUTHS[question.answer is True].word(outgoing.language)
    if question.kind == "text" and any(";" in word for word in question.accepted):
        raise Refused("lost-semicolon")
    if question.kind == "text":
        return "\n".join(question.accepted)
    if question.kind == "number":
        return typed_number(outgoing.number, outgoing.language)
    marked = zip(LETTERS, question.options, strict=False)
    return ", ".join(letter for letter, option in marked if option.right)
