"""YAML as different people would write it by hand: every way of quoting, comments, empty lines."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from random import Random

from elearn.coursepack.yamledit import quoting, writing
from elearn.coursepack.yamledit.data import Data

TEXTS = (
    "satu", "dua kata", "Apa?", "it's", 'say "x"', "a: b", "x #y", "- z", "5", "true", "", "é😀",
    "long " * 30 + "end", "one\ntwo", "# h\n\n- a\n- b\n", "x\n", "tail\n\n", " lead", "a\tb",
    "\u2028", "https://x.y/z", "---\nx\n", "-",
)  # fmt: skip
NAMES = ("id", "en", "text", "a", "b", "key", "d-e")


class Author:
    """Writes data as somebody might; each comment is there once: `# c1`, `# c2`, ..."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.number = count(1)

    def data(self, depth: int = 3) -> Data:
        kind = self.random.random()
        if depth == 0 or kind < 0.2:
            return self.single()
        if kind < 0.65:
            names = self.random.sample(NAMES, self.random.randint(1, 4))
            return {name: self.data(depth - 1) for name in names}
        if kind < 0.9:
            keys = self.random.sample(range(9), self.random.randint(1, 4))
            return [{"key": f"k{key}", "a": self.data(depth - 1)} for key in keys]
        return [self.data(depth - 1) for _ in range(self.random.randint(1, 4))]

    def single(self) -> Data:
        number: Data = self.random.choice([7, -1, Decimal("1.50"), True, False, None])
        return self.random.choice([*TEXTS, number])

    def grown(self, data: Data) -> Data:
        """The data with something changed, added or moved, and nothing taken out."""
        if isinstance(data, dict) and data:
            if self.random.random() < 0.25:
                return {**data, f"new{next(self.number)}": self.data(1)}
            name = self.random.choice(list(data))
            return {**data, name: self.grown(data[name])}
        if isinstance(data, list) and data:
            at = self.random.randrange(len(data))
            new: list[Data] = list(data)
            what = self.random.choice(["change", "add", "move"])
            if what == "change":
                new[at] = self.grown(new[at])
            elif what == "add":
                new.insert(at, {"key": f"new{next(self.number)}", "a": self.data(1)})
            else:
                new.insert(at, new.pop())
            return new
        return self.single()

    def text(self, data: Data) -> str:
        written = self.block(data) if isinstance(data, dict | list) and data else ""
        written = written or self._flow(data) + "\n"
        if self._sometimes(0.2):
            written += "# c0\n"
        if self._sometimes(0.1):
            written = "---\n" + written
        if self._sometimes(0.1):
            written = written.rstrip("\n")
        return written.replace("\n", "\r\n") if self._sometimes(0.15) else written

    def _sometimes(self, share: float) -> bool:
        return self.random.random() < share

    def _comment(self, share: float, before: str, after: str = "") -> str:
        return f"{before}# c{next(self.number)}{after}" if self._sometimes(share) else ""

    def _gap(self, column: int) -> str:
        empty = ["\n" if self._sometimes(0.2) else "" for _ in range(2)]
        notes = [self._comment(0.25, " " * column, "\n") for _ in range(2)]
        return empty[0] + notes[0] + empty[1] + notes[1]

    def block(self, data: Data, column: int = 0, start: str = "") -> str:
        lines: list[str] = []
        for name in data if isinstance(data, dict) else range(len(data)):
            head = f"{writing.name(name)}:" if isinstance(data, dict) else "-"
            above = "" if start and not lines else self._gap(column) + " " * column
            lines.append(above + head + self._value(data[name], column, head == "-"))
        return start + "".join(lines)

    def _value(self, data: Data, column: int, is_entry: bool) -> str:
        step = self.random.choice([2, 2, 4])
        if isinstance(data, str) and "\n" in data and self._sometimes(0.8):
            block = quoting.folded(data, 30) if self._sometimes(0.4) else quoting.literal(data)
            if block:
                lines = "".join(writing.indented(line, column + step) + "\n" for line in block[1])
                return f" {block[0]}{self._comment(0.3, '  ')}\n{lines}"
        if isinstance(data, dict | list) and data and self._sometimes(0.75):
            if is_entry and self._sometimes(0.85):
                return self.block(data, column + 2, " ")
            step = 0 if isinstance(data, list) and not is_entry and self._sometimes(0.2) else step
            return f"{self._comment(0.25, '  ')}\n{self.block(data, column + step)}"
        return f" {self._flow(data)}{self._comment(0.25, '  ')}\n"

    def _flow(self, data: Data) -> str:
        space = " " if self._sometimes(0.5) else ""
        if isinstance(data, dict):
            fields = ", ".join(f"{writing.name(k)}: {self._flow(v)}" for k, v in data.items())
            return "{" + space + fields + space + "}"
        if isinstance(data, list):
            return "[" + space + ", ".join(map(self._flow, data)) + space + "]"
        if isinstance(data, str):
            ways = [quoting.double(data), quoting.single(data), quoting.bare_in_flow(data)]
            return self.random.choice([way for way in ways if way is not None])
        return writing.atom(data)
