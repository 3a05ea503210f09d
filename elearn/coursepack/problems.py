"""Problems of a course: where, what, and what to do about it. The sentences are in `sentences`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from elearn.coursepack.sentences import SENTENCES, WARNINGS

Language = Literal["id", "en"]
LONGEST_VALUE = 120


@dataclass(frozen=True, order=True)
class Problem:
    """One problem; line 0 means the file as a whole, path "" the course as a whole."""

    path: str
    line: int
    code: str
    values: tuple[tuple[str, str], ...]
    severity: Literal["error", "warning"]

    def sentence(self, language: Language) -> str:
        """What is wrong and what to do, for a person."""
        return SENTENCES[self.code][language].format_map(dict(self.values))

    def format(self, language: Language) -> str:
        """One line for a terminal: `path:line: sentence [code]`."""
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return f"{place}{self.sentence(language)} [{self.code}]"


class Report:
    """Collects problems up to a number; the rest is counted, not kept."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.has_errors = False
        self._found: set[Problem] = set()
        self._more = 0

    def add(self, path: str, line: int, code: str, **values: str) -> None:
        severity: Literal["error", "warning"] = "warning" if code in WARNINGS else "error"
        self.has_errors = self.has_errors or severity == "error"
        if len(self._found) >= self.most:
            self._more += 1
            return
        shown = tuple(sorted((name, _shown(value)) for name, value in values.items()))
        self._found.add(Problem(_shown(path, 300), line, code, shown, severity))

    def sorted(self) -> tuple[Problem, ...]:
        """All kept problems by path and line; at the end how many more there are."""
        found = sorted(self._found)
        if self._more:
            values = (("count", str(self._more)),)
            found.append(Problem("", 0, "and-more", values, "error"))
        return tuple(found)


def _shown(value: str, longest: int = LONGEST_VALUE) -> str:
    """A value from a file, fit to be printed: short, one line, nothing that moves a cursor."""
    cut = value if len(value) <= longest else value[: longest - 1] + "…"
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in cut)
