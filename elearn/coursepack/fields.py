"""Read the fields of one YAML mapping: each fault is reported, reading goes on with a stand-in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from elearn.core import markdown
from elearn.coursepack.model import NO_TEXTS, Texts
from elearn.coursepack.problems import Report
from elearn.coursepack.yamlnodes import Listing, Node, Scalar, Table

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_KEY_CHARACTERS = 60
MOST_GUESSES = 50
LANGUAGE = re.compile(r"[a-z]{2,3}")
_WHOLE = re.compile(r"[-+]?[0-9]{1,12}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,12}(?:\.[0-9]{1,9})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Characters that turn the reading direction: a title could show other words than it holds.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class MarkdownText:
    """A Markdown text met while reading, to be checked when all lessons are known."""

    path: str
    line: int
    text: str
    is_lesson: bool = False


@dataclass
class Context:
    """What reading one file needs to know; texts collects the Markdown for the later checks."""

    path: str
    languages: tuple[str, ...]
    report: Report
    texts: list[MarkdownText]

    def problem(self, line: int, code: str, **values: object) -> None:
        self.report.add(self.path, line, code, **{k: str(v) for k, v in values.items()})


class Fields:
    """The fields of one mapping. Asking for a field marks it as known; `finish` tells the rest."""

    def __init__(self, node: Node | None, context: Context, line: int = 1) -> None:
        self.context = context
        self.asked: list[str] = []
        self.line = node.line if node is not None else line
        self.usable = isinstance(node, Table)
        self.entries: Mapping[str, Node] = node.entries if isinstance(node, Table) else {}
        self.lines: Mapping[str, int] = node.lines if isinstance(node, Table) else {}
        if node is not None and not self.usable:
            context.problem(self.line, "value-fields")

    def has(self, name: str) -> bool:
        return name in self.entries

    def line_of(self, name: str) -> int:
        return self.lines.get(name, self.line)

    def problem(self, name: str, code: str, **values: object) -> None:
        """A problem at a field (or, where it is missing, at its mapping)."""
        self.context.problem(self.line_of(name), code, key=name, **values)

    def node(self, name: str) -> Node | None:
        """The value of a required field."""
        found = self.optional(name)
        if found is None and self.usable:
            self.problem(name, "key-missing")
        return found

    def optional(self, name: str) -> Node | None:
        self.asked.append(name)
        return self.entries.get(name)

    def finish(self) -> None:
        unknown = [name for name in self.entries if name not in self.asked]
        for number, name in enumerate(unknown):
            # Looking for the nearest word takes long; who has that many needs no guess.
            guess = number < MOST_GUESSES and len(name) <= MAX_KEY_CHARACTERS
            near = difflib.get_close_matches(name, self.asked, 1) if guess else []
            if near:
                self.problem(name, "key-unknown-near", near=near[0])
            else:
                self.problem(name, "key-unknown", known=", ".join(self.asked))

    # Single values

    def plain(self, name: str, longest: int) -> str:
        """A required plain text of one line."""
        node = self.node(name)
        return "" if node is None else self.plain_of(node, name, longest)

    def plain_of(self, node: Node, name: str, longest: int) -> str:
        text = " ".join(self._string(node, name).split())
        line = node.line
        if isinstance(node, Scalar) and not text:
            self.context.problem(line, "text-empty", key=name)
        if _BIDI.search(text):
            self.context.problem(line, "text-bidi", key=name)
        self._length(text, name, line, longest)
        return text

    def key(self, name: str) -> str:
        """A required key: small letters, digits and hyphens."""
        node = self.node(name)
        value = self._string(node, name) if node is not None else ""
        if isinstance(node, Scalar) and not is_key(value):
            self.problem(name, "key-form", value=value)
        return value

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        """A required word out of a few."""
        node = self.node(name)
        value = self._string(node, name) if node is not None else allowed[0]
        if isinstance(node, Scalar) and value not in allowed:
            self.problem(name, "value-choice", value=value, allowed=", ".join(allowed))
        return value if value in allowed else allowed[0]

    def whole(self, name: str, low: int, high: int) -> int:
        """A required whole number."""
        node = self.node(name)
        return low if node is None else self._whole(node, name, low, high)

    def whole_or(self, name: str, low: int, high: int, default: int) -> int:
        """A whole number that may be left out."""
        node = self.optional(name)
        return default if node is None else self._whole(node, name, low, high)

    def whole_or_none(self, name: str, low: int, high: int) -> int | None:
        node = self.optional(name)
        return None if node is None else self._whole(node, name, low, high)

    def decimal(self, name: str) -> Decimal | None:
        """A whole or decimal number; None, with the reason told, when it is none."""
        node = self.optional(name)
        if node is None:
            return None
        if isinstance(node, Scalar) and node.plain and _DECIMAL.fullmatch(node.value):
            return Decimal(node.value)
        self.problem(name, "value-number")
        return None

    def truth(self, name: str) -> bool:
        """A required true or false."""
        node = self.node(name)
        if isinstance(node, Scalar) and node.plain and node.value in ("true", "false"):
            return node.value == "true"
        if node is not None:
            self.problem(name, "value-truth")
        return False

    # Collections

    def items(self, name: str, low: int, high: int) -> list[Node]:
        """The entries of a required list of low to high entries."""
        node = self.node(name)
        return [] if node is None else self._items(node, name, low, high)

    def items_or_none(self, name: str, low: int, high: int) -> list[Node]:
        node = self.optional(name)
        return [] if node is None else self._items(node, name, low, high)

    def fields(self, name: str) -> Fields:
        """The fields of a required mapping; empty ones when it is missing."""
        return Fields(self.node(name), self.context, self.line_of(name))

    def fields_or_none(self, name: str) -> Fields | None:
        node = self.optional(name)
        return None if node is None else Fields(node, self.context, self.line_of(name))

    # Texts per language

    def texts(self, name: str, longest: int) -> Texts:
        """A required plain text in every language."""
        node = self.node(name)
        return NO_TEXTS if node is None else self.texts_of(node, name, longest)

    def texts_or_none(self, name: str, longest: int) -> Texts | None:
        node = self.optional(name)
        return None if node is None else self.texts_of(node, name, longest)

    def texts_of(self, node: Node, name: str, longest: int) -> Texts:
        return Texts(
            tuple(
                (language, self.plain_of(value, f"{name}.{language}", longest))
                for language, value in self._languages(node, name)
            )
        )

    def inline_of(self, node: Node, name: str, longest: int) -> Texts:
        """Inline Markdown in every language: emphasis and code, no links or images."""
        for _, value in self._in_languages(node):
            found = markdown.scan(value.value[:longest] if isinstance(value, Scalar) else "")
            if found.links or found.images:
                self.context.problem(value.line, "text-inline-only", key=name)
        return self.texts_of(node, name, longest)

    def inline_or_none(self, name: str, longest: int) -> Texts | None:
        node = self.optional(name)
        return None if node is None else self.inline_of(node, name, longest)

    def markdown(self, name: str, longest: int) -> Texts:
        """A required Markdown text in every language."""
        node = self.node(name)
        return NO_TEXTS if node is None else self._markdown(node, name, longest)

    def markdown_or_none(self, name: str, longest: int) -> Texts | None:
        node = self.optional(name)
        return None if node is None else self._markdown(node, name, longest)

    def _markdown(self, node: Node, name: str, longest: int) -> Texts:
        found: list[tuple[str, str]] = []
        for language, value in self._languages(node, name):
            label = f"{name}.{language}"
            text = self._string(value, label).strip("\n")
            if isinstance(value, Scalar):
                if not text.strip():
                    self.context.problem(value.line, "text-empty", key=label)
                self._length(text, label, value.line, longest)
                self.context.texts.append(
                    MarkdownText(self.context.path, value.text_line, value.value)
                )
            found.append((language, text))
        return Texts(tuple(found))

    def _languages(self, node: Node, name: str) -> list[tuple[str, Node]]:
        """The text in each language of the course; languages too few or too many are reported."""
        if not isinstance(node, Table):
            example = self.context.languages[0] if self.context.languages else "id"
            self.context.problem(node.line, "text-languages", key=name, language=example)
            return []
        for language in self.context.languages:
            if language not in node.entries:
                self.context.problem(node.line, "translation-missing", key=name, language=language)
        for language in node.entries:
            if language not in self.context.languages:
                # "{id: Debu, cahaya}" is read as two fields, id and cahaya.
                is_code = LANGUAGE.fullmatch(language)
                code = "language-unlisted" if is_code else "text-comma"
                self.context.problem(node.lines[language], code, key=name, language=language)
        return self._in_languages(node)

    def _in_languages(self, node: Node) -> list[tuple[str, Node]]:
        entries = node.entries if isinstance(node, Table) else {}
        return [(n, entries[n]) for n in self.context.languages if n in entries]

    def _string(self, node: Node, name: str) -> str:
        if not isinstance(node, Scalar):
            self.context.problem(node.line, "value-text", key=name)
            return ""
        if _CONTROL.search(node.value):
            self.context.problem(node.line, "text-control", key=name)
        return "" if node.plain and node.value in ("~", "null") else node.value

    def _length(self, text: str, name: str, line: int, longest: int) -> None:
        if len(text) > longest:
            self.context.problem(line, "text-long", key=name, length=len(text), longest=longest)

    def _whole(self, node: Node, name: str, low: int, high: int) -> int:
        if not isinstance(node, Scalar) or not node.plain or not _WHOLE.fullmatch(node.value):
            self.problem(name, "value-whole", low=low, high=high)
            return low
        value = int(node.value)
        if not low <= value <= high:
            self.problem(name, "value-range", value=value, low=low, high=high)
            return low
        return value

    def _items(self, node: Node, name: str, low: int, high: int) -> list[Node]:
        if not isinstance(node, Listing):
            self.problem(name, "value-list")
            return []
        if not low <= len(node.items) <= high:
            self.problem(name, "list-count", count=len(node.items), low=low, high=high)
        return node.items[:high]


def is_key(value: str) -> bool:
    """Whether a word may be a key."""
    return len(value) <= MAX_KEY_CHARACTERS and bool(KEY.fullmatch(value))
