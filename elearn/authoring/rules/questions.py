"""The question bank of a module: its questions one by one, and how a try is drawn from it.

Every verb touches only the lines of its question; the others keep their bytes and comments.
Raises Unreadable for a bank that cannot be read, Unknown for what is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.loose import set_or_drop, whole
from elearn.authoring.rules.sketch import sketch
from elearn.authoring.rules.starting import proposed_key
from elearn.authoring.rules.structure.layout import Unknown, free_key, placed
from elearn.authoring.rules.yamlfiles import saying
from elearn.coursepack.problems import Problem
from elearn.coursepack.yamledit import Unreadable, decoded, plain

Data = dict[str, Any]

BANK_FILE = "quiz.yml"
DRAWN, WAIT_MINUTES = 5, 5  # of a bank that begins; its author changes them
_HEAD = ("title", "draw", "pass_percent", "attempts")  # what stands above the questions
_ORDER = (
    "key",
    "edition",
    "kind",
    "pool",
    "lesson",
    "points",
    "text",
)  # what a question begins with
_LONGEST_PROPOSED = 40  # characters: a key stands in addresses


@dataclass(frozen=True, slots=True)
class Found:
    """A question in its bank. at: its place among the entries of the bank, from 0."""

    folder: str
    at: int
    data: Data

    @property
    def path(self) -> str:
        return f"{self.folder}/{BANK_FILE}"


@dataclass(frozen=True, slots=True)
class Terms:
    """How a try is drawn and taken. pass_percent: None as the course says; limit: 0 for none."""

    draw: int | None
    pass_percent: int | None
    limit: int
    wait_minutes: int


def find(files: Files, key: str) -> Found:
    """The question of this key, in whichever module; passes over banks that cannot be read."""
    faults: list[Unreadable] = []
    for path in sorted(files):
        folder, _, name = path.rpartition("/")
        if name != BANK_FILE or not folder:
            continue
        try:
            entries = entries_of(_bank(files, path))
        except Unreadable as fault:
            faults.append(fault)
            continue
        for at, one in enumerate(entries):
            if isinstance(one, dict) and one.get("key") == key:
                return Found(folder, at, one)
    raise faults[0] if faults else Unknown(key)


def questions_in(files: Files, folder: str) -> list[Data]:
    """What can be taken for a question in the bank of a module folder."""
    entries = entries_of(_bank(files, f"{folder}/{BANK_FILE}"))
    return [one for one in entries if isinstance(one, dict)]


def put(files: Files, key: str, question: Data) -> Changes:
    """The bank with this question in the place of the one that has the key."""
    found = find(files, key)
    entries = list(entries_of(_bank(files, found.path)))
    entries[found.at] = question
    return _changed(files, found.path, entries)


def put_all(files: Files, folder: str, questions: Mapping[str, Data]) -> Changes:
    """The bank of a module with these questions in the places of those that have their keys."""
    path = f"{folder}/{BANK_FILE}"
    entries = entries_of(_bank(files, path))
    return _changed(
        files,
        path,
        [
            questions.get(str(one.get("key")), one) if isinstance(one, dict) else one
            for one in entries
        ],
    )


def insert(files: Files, folder: str, questions: Iterable[Data]) -> Changes:
    """The bank with new questions at its end; a bank when the module has none yet."""
    path = f"{folder}/{BANK_FILE}"
    bank = _bank(files, path)
    entries = [*entries_of(bank), *questions]
    if path in files:
        return _changed(files, path, entries)
    attempts = {"limit": 0, "wait_minutes": WAIT_MINUTES}
    made: Data = {"draw": DRAWN, "attempts": attempts, "questions": entries}
    return saying(files, path, made)


def remove(files: Files, key: str) -> Changes:
    found = find(files, key)
    entries = list(entries_of(_bank(files, found.path)))
    del entries[found.at]
    return _changed(files, found.path, entries)


def move(files: Files, key: str, place: int) -> Changes:
    """Put a question at a place (from 0) of its bank."""
    found = find(files, key)
    entries = list(entries_of(_bank(files, found.path)))
    one = entries.pop(found.at)
    entries.insert(placed(place, len(entries)), one)
    return _changed(files, found.path, entries)


def shift(files: Files, key: str, by: int) -> Changes:
    """Move a question up (by -1) or down (by 1)."""
    return move(files, key, find(files, key).at + by)


def duplicate(files: Files, key: str, published: Collection[str]) -> tuple[Changes, str]:
    """A copy behind the question, with a key of its own; and that key."""
    found = find(files, key)
    new_key = free_key(key, sketch(files).question_keys | {*published})
    entries = list(entries_of(_bank(files, found.path)))
    entries.insert(found.at + 1, {**found.data, "key": new_key, "edition": 1})
    return _changed(files, found.path, entries), new_key


def adopted(
    questions: Iterable[Data], pool: str, lesson: str, taken: Collection[str]
) -> list[Data]:
    """Questions from elsewhere as they go into a bank: keys that are free, one pool, one lesson.

    pool: "" for what each says itself. lesson: "" for none yet.
    """
    used, found = {*taken}, []
    for one in questions:
        new: Data = {**one, "key": free_key(str(one["key"]), used)}
        used.add(new["key"])
        if pool:
            new["pool"] = pool
        if lesson:
            new["lesson"] = lesson
        found.append({**{name: new[name] for name in _ORDER if name in new}, **new})
    return found


def are_there(files: Files, folder: str, questions: Sequence[Data]) -> bool:
    """Whether the bank ends with just these questions, whatever their keys: they came twice."""
    last = questions_in(files, folder)[-len(questions) :]
    return [{**one, "key": ""} for one in last] == [{**one, "key": ""} for one in questions]


def edition_in(question: Data) -> int:
    """What a question says of its edition; the first when it says nothing that could be one."""
    return whole(question.get("edition")) or 1


def new_key(question: Data, language: str, taken: Collection[str]) -> str:
    """A key out of the words of a question, in this language or any, that nothing else has."""
    texts = question.get("text")
    words = texts if isinstance(texts, dict) else {}
    text = str(words.get(language) or next((one for one in words.values() if one), ""))
    return free_key(_short(proposed_key(text, "question")), taken)


def terms_of(files: Files, folder: str) -> Terms:
    """What a bank says of its tries; what it does not say, or says wrongly, as when left out."""
    bank = _bank(files, f"{folder}/{BANK_FILE}")
    attempts = _attempts(bank)
    return Terms(
        draw=whole(bank.get("draw")),
        pass_percent=whole(bank.get("pass_percent")),
        limit=whole(attempts.get("limit")) or 0,
        wait_minutes=whole(attempts.get("wait_minutes")) or 0,
    )


def with_terms(files: Files, folder: str, wanted: Terms) -> Changes:
    """The bank with other terms; only what differs is written."""
    path = f"{folder}/{BANK_FILE}"
    bank, there = _bank(files, path), terms_of(files, folder)
    new = dict(bank)
    if wanted.draw != there.draw:
        set_or_drop(new, "draw", wanted.draw)
    if wanted.pass_percent != there.pass_percent:
        set_or_drop(new, "pass_percent", wanted.pass_percent)
    if (wanted.limit, wanted.wait_minutes) != (there.limit, there.wait_minutes):
        limits = {"limit": wanted.limit, "wait_minutes": wanted.wait_minutes}
        new["attempts"] = {**_attempts(bank), **limits}
    if path not in files:
        new["questions"] = []
    return saying(files, path, {**{n: new[n] for n in _HEAD if n in new}, **new})


def entries_of(bank: Data) -> Sequence[Any]:
    """All entries of a bank, those that are no questions, too."""
    entries = bank.get("questions")
    return entries if isinstance(entries, list) else []


def _bank(files: Files, path: str) -> Data:
    """The fields of a bank; none when there is no file yet."""
    if path not in files:
        return {}
    data = plain(decoded(files[path], path))
    if not isinstance(data, dict):
        raise Unreadable(Problem(path, 1, "value-fields", (), "error"))
    return data


def _changed(files: Files, path: str, entries: Sequence[Any]) -> Changes:
    return saying(files, path, {**_bank(files, path), "questions": list(entries)})


def _attempts(bank: Data) -> Data:
    attempts = bank.get("attempts")
    return attempts if isinstance(attempts, dict) else {}


def _short(key: str) -> str:
    """The first words of a long key."""
    if len(key) <= _LONGEST_PROPOSED:
        return key
    return key[: _LONGEST_PROPOSED + 1].rpartition("-")[0] or key[:_LONGEST_PROPOSED]
