"""What a published version consists of, as frozen values: safe to keep in the process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property


@dataclass(frozen=True)
class VersionWords:
    """What a version says of itself in one language."""

    title: str
    summary: str
    outcomes: tuple[str, ...]
    change_note: str


@dataclass(frozen=True)
class ModuleWords:
    title: str
    summary: str


@dataclass(frozen=True)
class OutlineUnit:
    """One thing to do. Bytes are those of its HTML and of the images that load with it."""

    key: str
    kind: str  # pre-test, lesson, activity, quiz, task, post-test
    module_key: str | None
    position: int
    edition: int
    is_required: bool
    minutes: int
    draw: int | None
    pass_percent: int | None
    attempt_limit: int | None  # 0 = unlimited
    wait_minutes: int | None
    titles: Mapping[str, str]  # "" = the product words it
    sources: Mapping[str, tuple[str, ...]]
    outdated: frozenset[str]  # languages whose translation lags behind its source
    text_bytes: Mapping[str, int]
    media_bytes: Mapping[str, int]


@dataclass(frozen=True)
class OutlineModule:
    key: str
    position: int  # 1-based
    jp: int
    words: Mapping[str, ModuleWords]
    units: tuple[OutlineUnit, ...]


@dataclass(frozen=True)
class Outline:
    """A version without its texts: what every page needs to know of the course."""

    version_id: int
    course_id: int
    slug: str
    number: int
    digest: str
    languages: tuple[str, ...]
    call_code: str
    weave: str
    organiser: str
    jp: int
    pass_percent: int
    is_sequential: bool
    is_task_required: bool
    published_at: datetime
    words: Mapping[str, VersionWords]
    modules: tuple[OutlineModule, ...]
    units: tuple[OutlineUnit, ...]

    @property
    def default_language(self) -> str:
        return self.languages[0]

    @cached_property
    def required(self) -> tuple[OutlineUnit, ...]:
        """Units that complete the course, in order."""
        return tuple(unit for unit in self.units if unit.is_required)

    @cached_property
    def _unit_by_key(self) -> dict[str, OutlineUnit]:
        return {unit.key: unit for unit in self.units}

    def unit(self, key: str) -> OutlineUnit | None:
        return self._unit_by_key.get(key)

    def module(self, key: str | None) -> OutlineModule | None:
        return next((module for module in self.modules if module.key == key), None)

    def language_for(self, wanted: str) -> str:
        """The wanted language when the course has it, else its default language."""
        return wanted if wanted in self.languages else self.default_language

    def title_in(self, language: str) -> str:
        """The course's title in the wanted language, else in its default language."""
        return self.words[self.language_for(language)].title

    def bytes_in(self, language: str) -> int:
        """Bytes of all texts and of the images that load with them, in one language."""
        chosen = self.language_for(language)
        return sum(
            unit.text_bytes.get(chosen, 0) + unit.media_bytes.get(chosen, 0) for unit in self.units
        )
