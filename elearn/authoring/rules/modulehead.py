"""What a module says of itself: read out of module.yml, and written back where it was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.loose import set_or_drop, whole
from elearn.authoring.rules.yamlfiles import data_in, saying
from elearn.core.text import with_newlines

Words = Mapping[str, str]  # language -> text, "" where there is none


@dataclass(frozen=True, slots=True)
class Activity:
    """Something to do away from the screen. texts: Markdown, lines end with \\n."""

    titles: Words
    minutes: int | None
    edition: int
    texts: Words

    @property
    def is_empty(self) -> bool:
        words = (*self.titles.values(), *self.texts.values())
        return self.minutes is None and not any(map(str.strip, words))


@dataclass(frozen=True, slots=True)
class ModuleHead:
    """None: nobody has said. An empty activity is none."""

    titles: Words
    summaries: Words
    jp: int | None
    quiz_minutes: int | None
    activity: Activity


def data_of(files: Files, folder: str) -> dict[str, Any]:
    """What module.yml says, as plain data; nothing when it is not there. Raises Unreadable."""
    return data_in(files, f"{folder}/module.yml")


def head_of(data: Mapping[str, Any], languages: Sequence[str]) -> ModuleHead:
    """As a form shows it, in these languages."""
    activity = data.get("activity")
    one = activity if isinstance(activity, dict) else {}
    return ModuleHead(
        titles=_words(data.get("title"), languages),
        summaries=_words(data.get("summary"), languages),
        jp=whole(data.get("jp")),
        quiz_minutes=whole(data.get("quiz_minutes")),
        activity=Activity(
            titles=_words(one.get("title"), languages),
            minutes=whole(one.get("minutes")),
            edition=whole(one.get("edition")) or 1,
            texts=_words(one.get("text"), languages),
        ),
    )


def data_with(data: Mapping[str, Any], wanted: ModuleHead) -> dict[str, Any]:
    """The same data saying what is wanted; what no form shows stays as it is."""
    new = {**data}
    _write(new, "title", wanted.titles)
    _write(new, "summary", wanted.summaries)
    set_or_drop(new, "jp", wanted.jp)
    set_or_drop(new, "quiz_minutes", wanted.quiz_minutes)
    if wanted.activity.is_empty:
        new.pop("activity", None)
        return new
    former = data.get("activity")
    activity = {**former} if isinstance(former, dict) else {}
    _write(activity, "title", wanted.activity.titles)
    set_or_drop(activity, "minutes", wanted.activity.minutes)
    activity["edition"] = wanted.activity.edition
    _write(activity, "text", _blocks(wanted.activity.texts))
    new["activity"] = activity
    return new


def changes_to(files: Files, folder: str, data: dict[str, Any]) -> Changes:
    """What makes module.yml say these data. Raises Unreadable."""
    return saying(files, f"{folder}/module.yml", data)


def _words(value: Any, languages: Sequence[str]) -> Words:
    texts = value if isinstance(value, dict) else {}
    return {
        language: "" if texts.get(language) is None else str(texts[language])
        for language in languages
    }


def _write(fields: dict[str, Any], name: str, wanted: Words) -> None:
    """Texts by language; one that reads the same keeps the line ends that its block has."""
    former = fields.get(name)
    texts: dict[str, Any] = {**former} if isinstance(former, dict) else {}
    for language, words in wanted.items():
        there = texts.get(language)
        if words.strip() != ("" if there is None else str(there)).strip():
            texts[language] = words
    if texts:
        fields[name] = texts


def _blocks(texts: Words) -> Words:
    """Texts of several lines as files hold them: \\n, one at the end."""
    return {
        language: with_newlines(text).strip("\n") + "\n" if text.strip() else ""
        for language, text in texts.items()
    }
