"""YAML as nodes that know their line, built from the parser's events.

The parser's loader accepts anchors, aliases, tags, merge keys and repeated keys; a course has none
of them, so they are refused here, on the events, before anything is built from them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from elearn.coursepack.problems import Report
from elearn.coursepack.yamlscan import events


@dataclass
class Allowance:
    """How deep one text may nest; how much YAML all texts of a course may still have."""

    depth: int
    nodes: int
    characters: int


@dataclass(frozen=True)
class Scalar:
    """A single value as written. Offsets count characters of the parsed text, end exclusive."""

    value: str
    style: str  # how it is quoted: ' or ", | or > for a block, "" for not at all
    line: int
    text_line: int  # of the first line of its text: below the mark of a block
    start: int
    end: int

    @property
    def plain(self) -> bool:
        """Without quotes, so it may be a number or true."""
        return not self.style


@dataclass
class Listing:
    line: int
    start: int
    is_flow: bool  # written between brackets
    end: int = 0
    items: list[Node] = field(default_factory=list)


@dataclass
class Table:
    line: int
    start: int
    is_flow: bool  # written between braces
    end: int = 0
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)

    @property
    def lines(self) -> dict[str, int]:
        """The line of each field."""
        return {name: key.line for name, key in self.keys.items()}


Node = Scalar | Listing | Table


class _Stopped(Exception):
    """What follows cannot be read; the reason is reported."""


def parse(
    text: str, path: str, first_line: int, allowance: Allowance, report: Report
) -> Node | None:
    """The one document of a YAML text; None when it cannot be read, with the reason reported.

    first_line: line of the file that the text starts at, from 1.
    """
    allowance.characters -= len(text)
    if allowance.characters < 0:
        report.add(path, first_line, "yaml-bytes")
        return None
    builder = _Builder(text, path, first_line, allowance, report)
    try:
        for event in events(text):
            builder.take(event)
    except _Stopped:
        return None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark is not None else 0)
        report.add(path, line, "yaml-broken", reason=error.problem or error.context or "")
        return None
    except (YAMLError, ValueError, AssertionError, IndexError, OverflowError) as error:
        # The parser's own slips on odd input: a broken escape, a lone surrogate, a wild directive.
        line = first_line + text.count("\n", 0, getattr(error, "position", 0))
        report.add(path, line, "yaml-broken", reason=type(error).__name__)
        return None
    if builder.root is None:
        report.add(path, first_line, "yaml-empty")
    return builder.root


class _Builder:
    def __init__(
        self, text: str, path: str, first_line: int, allowance: Allowance, report: Report
    ) -> None:
        self.text, self.path, self.first_line = text, path, first_line
        self.allowance, self.report = allowance, report
        self.root: Node | None = None
        self.open: list[Listing | Table] = []
        self.keys: list[Scalar | None] = []  # per open table: the key that waits for its value
        self.documents = 0
        self.last_end = 0  # of the value or key that was met last

    def take(self, event: Any) -> None:
        line = self.first_line + event.start_mark.line
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(line, "yaml-documents")
            if event.version or event.tags:
                self._problem(line, "yaml-directive")
        elif isinstance(event, AliasEvent):
            self._problem(line, "yaml-alias")
            start, end = event.start_mark.index, event.end_mark.index
            self._put(Scalar("", "*", line, line, start, end))
        elif isinstance(event, (ScalarEvent, SequenceStartEvent, MappingStartEvent)):
            self._start(event, line)
        elif isinstance(event, (SequenceEndEvent, MappingEndEvent)):
            node = self.open.pop()
            self.keys.pop()
            # The parser ends a block where the next thing starts, below comments that follow it.
            if node.is_flow:
                self.last_end = event.end_mark.index
            node.end = self.last_end

    def _start(self, event: Any, line: int) -> None:
        self.allowance.nodes -= 1
        if self.allowance.nodes < 0:
            self._stop(line, "yaml-large")
        if event.anchor:
            self._problem(line, "yaml-anchor")
        if event.tag is not None:
            self._problem(line, "yaml-tag")
        if isinstance(event, ScalarEvent):
            below = 1 if event.style in ("|", ">") else 0
            start, self.last_end = event.start_mark.index, self._end_of_scalar(event)
            style = event.style or ""
            self._put(Scalar(event.value, style, line, line + below, start, self.last_end))
            return
        form = Listing if isinstance(event, SequenceStartEvent) else Table
        node = form(line, event.start_mark.index, bool(event.flow_style))
        self._put(node)
        if len(self.open) >= self.allowance.depth:
            self._stop(line, "yaml-depth")
        self.open.append(node)
        self.keys.append(None)

    def _end_of_scalar(self, event: Any) -> int:
        start: int = event.start_mark.index
        end: int = event.end_mark.index
        if event.style not in ("|", ">"):
            return end
        # A block ends for the parser where the next line starts: empty lines below it are its own
        # only where its mark keeps them.
        written = self.text[start:end]
        mark = written.split("\n", 1)[0].split("#", 1)[0]
        kept = written.rstrip() if "+" not in mark else written.removesuffix("\n")
        return start + len(kept.removesuffix("\r"))

    def _put(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Listing):
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self._key(parent, node)
            return
        self.keys[-1] = None
        if key.value not in parent.entries:
            parent.entries[key.value] = node
            parent.keys[key.value] = key

    def _key(self, parent: Table, node: Node) -> None:
        if not isinstance(node, Scalar):
            self._stop(node.line, "yaml-key")
        if node.value == "<<" and node.plain:
            self._problem(node.line, "yaml-merge")
        elif node.value in parent.entries:
            self._problem(
                node.line,
                "yaml-key-twice",
                key=node.value,
                first=str(parent.keys[node.value].line),
            )
        self.keys[-1] = node

    def _problem(self, line: int, code: str, **values: str) -> None:
        self.report.add(self.path, line, code, **values)

    def _stop(self, line: int, code: str) -> NoReturn:
        self._problem(line, code)
        raise _Stopped
