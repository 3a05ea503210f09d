"""Make a YAML text mean something else, touching only what changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from elearn.coursepack.limits import DEFAULT_LIMITS
from elearn.coursepack.yamledit import writing
from elearn.coursepack.yamledit.aligning import aligned
from elearn.coursepack.yamledit.data import (
    Data,
    Unreadable,
    Unwritable,
    check,
    meaning,
    plain,
    read,
    same,
)
from elearn.coursepack.yamledit.edits import Edit, applied, column_of
from elearn.coursepack.yamledit.layout import Part, above_blanks, parts_of_list, parts_of_table
from elearn.coursepack.yamledit.relisting import relisted
from elearn.coursepack.yamledit.restyling import with_last_line_ended
from elearn.coursepack.yamledit.slots import InFlow, Root, Slot, UnderHyphen, UnderName
from elearn.coursepack.yamlnodes import Listing, Node, Scalar, Table

BYTE_ORDER_MARK = "\ufeff"
TOO_MUCH = ("yaml-bytes", "yaml-large")


class NotAsMeant(AssertionError):
    """A changed text does not say what it should: a fault of this package, nothing was changed."""


def update(text: str, data: Data) -> str:
    """The smallest change of a text that makes it mean data.

    What did not change keeps its bytes, and comments stay with what they stand above or beside.
    Raises Unreadable for a text, Unwritable for data that the course format does not hold.
    """
    check(data)
    if text.startswith(BYTE_ORDER_MARK):  # it would count as a column
        return BYTE_ORDER_MARK + update(text[1:], data)
    lines = text.replace("\r\n", "\n")
    node = read(lines)
    if same(meaning(node), data):
        return text
    tried: set[str] = set()
    for changed in _attempts(text, lines, node, data):
        if changed not in tried and _says(changed, data):
            return changed
        tried.add(changed)
    raise NotAsMeant("a changed text does not say what it should")


def _attempts(text: str, lines: str, node: Node, data: Data) -> Iterator[str]:
    """The text changed in the finest way, then with larger and larger parts written anew."""
    yield _changed(text, lines, node, data, DEFAULT_LIMITS.yaml_depth)
    if not lines.endswith("\n"):
        # What a block at the very end says hangs on there being no line end: say it by its mark.
        lines = with_last_line_ended(lines, node)
        text = lines.replace("\n", "\r\n") if "\r\n" in text else lines
        node = read(lines)
    for finest in range(DEFAULT_LIMITS.yaml_depth, -1, -1):
        yield _changed(text, lines, node, data, finest)
    yield writing.emit(data)


def _changed(text: str, lines: str, node: Node, data: Data, finest: int) -> str:
    return _with_line_ends(text, lines, _Change(lines, finest).edits(node, data, Root(), 0))


def _says(text: str, data: Data) -> bool:
    try:
        return same(plain(text), data)
    except Unreadable as refusal:
        if refusal.reason in TOO_MUCH:
            raise Unwritable("more than a course may have") from refusal
        return False


def _with_line_ends(text: str, lines: str, edits: list[Edit]) -> str:
    """The edits made in the text as it was, whose lines may end in CR LF."""
    if text == lines:
        return applied(text, edits, 0, len(text))
    returns: list[int] = []  # offsets, in lines, of each line end that has a CR before it
    at = text.find("\r\n")
    while at >= 0:
        returns.append(at - len(returns))
        at = text.find("\r\n", at + 2)
    moved = [
        Edit(
            edit.start + bisect_left(returns, edit.start),
            edit.end + bisect_left(returns, edit.end),
            edit.text.replace("\n", "\r\n"),
        )
        for edit in edits
    ]
    return applied(text, moved, 0, len(text))


@dataclass(frozen=True)
class _Change:
    """Finds the edits of a text; nodes `finest` levels down or deeper are written anew whole."""

    text: str
    finest: int

    def edits(self, node: Node, new: Data, slot: Slot, depth: int) -> list[Edit]:
        """The edits that make a node mean new data."""
        if same(meaning(node), new):
            return []
        found = self._inside(node, new, slot, depth) if depth < self.finest else None
        return slot.replaced(self.text, node, new) if found is None else found

    def _inside(self, node: Node, new: Data, slot: Slot, depth: int) -> list[Edit] | None:
        """The edits within a node, or None where it must be written anew."""
        if isinstance(node, Scalar):
            written = slot.restyled(self.text, node, new)
            return None if written is None else [Edit(node.start, node.end, written)]
        if isinstance(node, Table) and isinstance(new, dict) and node.entries and new:
            change = self._flow_table if node.is_flow else self._block_table
            return change(node, new, slot, depth + 1)
        if isinstance(node, Listing) and isinstance(new, list) and node.items and new:
            change_list = self._flow_list if node.is_flow else self._block_list
            return change_list(node, new, slot, depth + 1)
        return None

    # Mappings

    def _block_table(
        self, node: Table, new: dict[str, Data], _: Slot, depth: int
    ) -> list[Edit] | None:
        parts = parts_of_table(self.text, node)
        column = column_of(self.text, node.start)
        names = _new_names(node, new)
        if not names:
            return None
        added = _added(new, set(names.values()), last=list(names.values())[-1])
        edits = self._removals(node, parts, [name in names for name in node.entries])
        for (name, value), part in zip(node.entries.items(), parts, strict=True):
            if name not in names:
                continue
            key, now = node.keys[name], names[name]
            if now != name:
                edits.append(Edit(key.start, key.end, writing.name(now)))
            edits += self.edits(value, new[now], UnderName(part.value, column), depth)
            for other in added.get(now, []):
                edits.append(self._insertion(part.end, writing.field(other, new[other], column)))
        return edits

    def _insertion(self, at: int, lines: list[str]) -> Edit:
        written = "\n".join(lines)
        is_unended = at == len(self.text) and not self.text.endswith("\n")
        return Edit(at, at, ("\n" if is_unended else "") + written + "\n")

    def _removals(self, node: Table, parts: list[Part], kept: list[bool]) -> list[Edit]:
        edits: list[Edit] = []
        first = kept.index(True)
        if first and parts[0].start == parts[0].mark and column_of(self.text, node.start):
            edits.append(self._removal_behind_hyphen(parts[first - 1], parts[first], parts[0]))
        else:
            first = 0
        for index, part in enumerate(parts):
            if index >= first and not kept[index]:
                start = part.own if not index else above_blanks(self.text, part.gap, part.own)
                edits.append(Edit(start, part.end, ""))
        return edits

    def _removal_behind_hyphen(self, last: Part, following: Part, first: Part) -> Edit:
        """Fields from the first, which stands behind a hyphen: the next one moves up."""
        if self.text[following.gap : following.start].strip():
            bare = len(self.text[: first.mark].rstrip(" "))
            return Edit(bare, last.end - 1, "")
        return Edit(first.mark, following.mark, "")

    def _flow_table(
        self, node: Table, new: dict[str, Data], slot: Slot, depth: int
    ) -> list[Edit] | None:
        values = node.entries
        if values.keys() == new.keys() and not any(map(_is_unwritten, values.values())):
            return [e for k in new for e in self.edits(values[k], new[k], InFlow(), depth)]
        if not isinstance(slot, InFlow) and _has_lines(new):
            return None
        kept = [name for name in values if name in new]
        added = _added(new, set(kept), last=kept[-1] if kept else "")
        if not kept:
            return None
        pieces: list[str] = []
        for name in kept:
            key = node.keys[name]
            written = self._in_flow(values[name], new[name], depth)
            pieces.append(f"{self.text[key.start : key.end]}: {written}")
            pieces += [writing.flow({other: new[other]})[1:-1] for other in added.get(name, [])]
        return [Edit(node.start, node.end, "{" + ", ".join(pieces) + "}")]

    # Lists

    def _block_list(self, node: Listing, new: list[Data], _: Slot, depth: int) -> list[Edit] | None:
        parts = parts_of_list(self.text, node)
        column = column_of(self.text, node.start)
        matches = aligned([meaning(item) for item in node.items], new)
        if all(match is None for match in matches):
            return None
        found: list[list[Edit]] = []
        for match, item in zip(matches, new, strict=True):
            if match is None:
                found.append([])
                continue
            slot = UnderHyphen(parts[match].value, column)
            found.append(self.edits(node.items[match], item, slot, depth))
        if matches == list(range(len(node.items))):
            return [edit for edits in found for edit in edits]
        bodies: list[str] = []
        for match, item, edits in zip(matches, new, found, strict=True):
            if match is None:
                head, below = writing.under_hyphen(item, column)
                bodies.append("\n".join([f"- {head}", *below]))
            else:
                bodies.append(applied(self.text, edits, parts[match].mark, parts[match].end))
        return [relisted(self.text, parts, matches, bodies)]

    def _flow_list(
        self, node: Listing, new: list[Data], slot: Slot, depth: int
    ) -> list[Edit] | None:
        matches = aligned([meaning(item) for item in node.items], new)
        if matches == list(range(len(node.items))):
            pairs = zip(node.items, new, strict=True)
            return [e for item, now in pairs for e in self.edits(item, now, InFlow(), depth)]
        if not isinstance(slot, InFlow) and _has_lines(new):
            return None
        pieces = [
            writing.flow(item) if match is None else self._in_flow(node.items[match], item, depth)
            for match, item in zip(matches, new, strict=True)
        ]
        return [Edit(node.start, node.end, "[" + ", ".join(pieces) + "]")]

    def _in_flow(self, node: Node, new: Data, depth: int) -> str:
        if _is_unwritten(node):
            return writing.flow(new)
        edits = self.edits(node, new, InFlow(), depth)
        return applied(self.text, edits, node.start, node.end)


def _new_names(node: Table, new: dict[str, Data]) -> dict[str, str]:
    """For each field that stays its name from now on.

    A field whose value is there under a new name in the same place was renamed.
    """
    names = {name: name for name in node.entries if name in new}
    before: str | None = None
    successors: dict[str | None, str] = {}
    for name in new:
        if name not in node.entries:
            successors.setdefault(before, name)
        before = name
    before = None
    for name, value in node.entries.items():
        other = successors.get(before)
        if name not in new and other is not None and same(meaning(value), new[other]):
            names[name] = other
            del successors[before]
        before = names.get(name, name)
    return {name: names[name] for name in node.entries if name in names}


def _added(new: dict[str, Data], there: set[str], last: str) -> dict[str, list[str]]:
    """The fields that are added, by the one that each comes after; last: the one for the others."""
    added: dict[str, list[str]] = {}
    before = last
    for name in new:
        if name in there:
            before = name
        else:
            added.setdefault(before, []).append(name)
    return added


def _is_unwritten(node: Node) -> bool:
    return isinstance(node, Scalar) and node.start == node.end


def _has_lines(data: Data) -> bool:
    """Whether a text of several lines is in data: better written as a block."""
    if isinstance(data, dict):
        return any(map(_has_lines, data.values()))
    if isinstance(data, list):
        return any(map(_has_lines, data))
    return isinstance(data, str) and "\n" in data
