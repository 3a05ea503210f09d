"""The practical task of a course: what task.yml says, and what of it was changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from elearn.authoring.rules import Changes, Files, facts
from elearn.authoring.rules.loose import set_or_drop, whole
from elearn.authoring.rules.starting import proposed_key
from elearn.authoring.rules.words import Words, blocks_in, lines_in, with_blocks, with_lines
from elearn.authoring.rules.yamlfiles import data_in, saying

TASK = "task.yml"
LEVELS = 5  # from absent to ready to use


@dataclass(frozen=True, slots=True)
class Criterion:
    """key: "" while it has none. weight: percent of the whole; None: nobody has said."""

    key: str
    weight: int | None
    title: Words
    levels: tuple[Words, ...]

    @property
    def is_empty(self) -> bool:
        texts = (self.title, *self.levels)
        return self.weight is None and not any(any(words.values()) for words in texts)


@dataclass(frozen=True, slots=True)
class Task:
    """text: Markdown."""

    title: Words
    minutes: int | None
    edition: int
    text: Words
    rubric: tuple[Criterion, ...]

    @property
    def weight(self) -> int:
        """Of all criteria; 100 when they are right."""
        return sum(criterion.weight or 0 for criterion in self.rubric)


def data_of(files: Files) -> dict[str, Any]:
    """What task.yml says, as plain data; nothing when it is not there. Raises Unreadable."""
    return data_in(files, TASK)


def task_of(data: dict[str, Any], languages: tuple[str, ...]) -> Task:
    """The task as a form shows it, in these languages."""
    rubric = data.get("rubric")
    return Task(
        title=lines_in(data.get("title"), languages),
        minutes=whole(data.get("minutes")),
        edition=whole(data.get("edition")) or 1,
        text=blocks_in(data.get("text"), languages),
        rubric=tuple(
            _criterion(one, languages) for one in (rubric if isinstance(rubric, list) else [])
        ),
    )


def data_with(data: dict[str, Any], wanted: Task) -> dict[str, Any]:
    """The data saying what is wanted; what was not changed stays as it is. Empty criteria go."""
    languages = tuple(wanted.title)
    shown = task_of(data, languages)
    new = {**data}
    new["title"] = with_lines(data.get("title"), wanted.title)
    if wanted.minutes != shown.minutes or "minutes" not in data:
        set_or_drop(new, "minutes", wanted.minutes)
    if wanted.edition != shown.edition or "edition" not in data:
        new["edition"] = wanted.edition
    new["text"] = with_blocks(data.get("text"), wanted.text)
    rubric = tuple(criterion for criterion in wanted.rubric if not criterion.is_empty)
    if rubric != shown.rubric or "rubric" not in data:
        former = data.get("rubric")
        by_key = {_key_of(one): one for one in (former if isinstance(former, list) else [])}
        new["rubric"] = [_criterion_with(by_key.get(one.key), one) for one in _with_keys(rubric)]
    return new


def changes_to(files: Files, data: dict[str, Any]) -> Changes:
    """What makes task.yml say these data; a new task is offered. Raises Unreadable."""
    changes = saying(files, TASK, data)
    if files.get(TASK, b"").strip():
        return changes
    course = facts.data_of(files)
    completion = course.get("completion")
    if isinstance(completion, dict) and "task" not in completion:
        offered = {**course, "completion": {**completion, "task": "shown"}}
        changes |= facts.changes_to(files, offered)
    return changes


def removed(files: Files) -> Changes:
    """What takes the task out of the course, and out of its completion. Raises Unreadable."""
    course = facts.data_of(files)
    completion = course.get("completion")
    changes: Changes = {TASK: None} if TASK in files else {}
    if isinstance(completion, dict):
        new = {name: value for name, value in completion.items() if name != "task"}
        if isinstance(new.get("required"), list):
            new["required"] = [key for key in new["required"] if key != "task"]
        if new != completion:
            changes |= facts.changes_to(files, {**course, "completion": new})
    return changes


def _criterion(value: Any, languages: tuple[str, ...]) -> Criterion:
    fields = value if isinstance(value, dict) else {}
    levels = fields.get("levels")
    rows = list(levels) if isinstance(levels, list) else []
    return Criterion(
        key=_key_of(value),
        weight=whole(fields.get("weight")),
        title=lines_in(fields.get("title"), languages),
        levels=tuple(
            lines_in(rows[level] if level < len(rows) else None, languages)
            for level in range(LEVELS)
        ),
    )


def _criterion_with(value: Any, wanted: Criterion) -> dict[str, Any]:
    languages = tuple(wanted.title)
    shown = _criterion(value, languages)
    new = {**value} if isinstance(value, dict) else {}
    if wanted.key != shown.key:
        new["key"] = wanted.key
    if wanted.weight != shown.weight:
        set_or_drop(new, "weight", wanted.weight)
    new["title"] = with_lines(new.get("title"), wanted.title)
    if wanted.levels != shown.levels or "levels" not in new:
        rows = new.get("levels")
        former = list(rows) if isinstance(rows, list) else []
        new["levels"] = [
            with_lines(former[at] if at < len(former) else None, words)
            for at, words in enumerate(wanted.levels)
        ]
    return new


def _with_keys(rubric: tuple[Criterion, ...]) -> list[Criterion]:
    """Each criterion with a key of its own; a new one is called after its title."""
    taken = {criterion.key for criterion in rubric}
    found = []
    for criterion in rubric:
        key = criterion.key
        if not key:
            stem = proposed_key(next(filter(None, criterion.title.values()), ""), "criterion")
            numbers = (f"{stem[:56].rstrip('-')}-{number}" for number in range(2, 100))
            key = next(name for name in (stem, *numbers) if name not in taken)
            taken.add(key)
        found.append(replace(criterion, key=key))
    return found


def _key_of(value: Any) -> str:
    key = value.get("key") if isinstance(value, dict) else None
    return "" if key is None or isinstance(key, (dict, list)) else str(key)
