"""The YAML parser's reader and scanner with short ways for what course files are made of.

The library goes on one character at a time. Words, quoted texts and keys within one line are most
of a course; here each is taken in one step, which saves a third of the time. Whatever else comes,
the library reads itself: events and marks are the same to the character (a test compares them).
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner
from ruamel.yaml.tokens import ScalarToken

# What may end a line, or is no column of one: the library counts there.
_ENDS = "\\0\\r\\x85\\u2028\\u2029\\ufeff"
_NOT_ONE_COLUMN = re.compile(f"[\n{_ENDS}]")
# Quoted on one line, without escapes and without a doubled quote.
_QUOTED = {
    quote: re.compile(rf"{quote}([^{quote}\\\t\n{_ENDS}]*){quote}(?!{quote})") for quote in "'\""
}
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?=: )")
# Spaces, comments and empty lines in front of the next thing.
_GAP = re.compile(rf"(?: *(?:#[^\n{_ENDS}]*)?\n)* *(?=[^ #\t\n{_ENDS}])")


class _Reader(Reader):
    def forward(self, length: int = 1) -> None:
        end = self.pointer + length
        if end >= len(self.buffer) or _NOT_ONE_COLUMN.search(self.buffer, self.pointer, end):
            super().forward(length)
            return
        self.pointer = end
        self.index += length
        self.column += length


class _Scanner(Scanner):
    @cached_property
    def reader(self) -> Any:  # looked up a million times in a course
        return self.loader.reader

    def need_more_tokens(self) -> bool:
        if self.tokens and not self.possible_simple_keys:
            return False
        return bool(super().need_more_tokens())

    def check_token(self, *choices: Any) -> bool:
        while self.need_more_tokens():
            self.fetch_more_tokens()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def scan_to_next_token(self) -> Any:
        reader = self.reader
        found = _GAP.match(reader.buffer, reader.pointer)
        if found is None:
            return super().scan_to_next_token()
        length = found.end() - reader.pointer
        lines = found[0].count("\n")
        if not lines:
            reader.column += length
        else:
            reader.line += lines
            reader.column = length - found[0].rindex("\n") - 1
            if not self.flow_level:
                self.allow_simple_key = True
        reader.pointer += length
        reader.index += length
        return None

    def scan_flow_scalar(self, style: Any) -> Any:
        reader = self.reader
        found = _QUOTED[style].match(reader.buffer, reader.pointer)
        if found is None:
            return super().scan_flow_scalar(style)
        return self._token(found[1], len(found[0]), False, style)

    def scan_plain(self) -> Any:
        reader = self.reader
        found = _KEY.match(reader.buffer, reader.pointer)
        if found is None:
            return super().scan_plain()
        return self._token(found[0], len(found[0]), True, None)

    def _token(self, value: str, length: int, plain: bool, style: str | None) -> ScalarToken:
        start = self.reader.get_mark()
        self.reader.forward(length)
        return ScalarToken(value, plain, start, self.reader.get_mark(), style)


class _Parser(Parser):
    @cached_property
    def scanner(self) -> Any:
        return self.loader.scanner


class _Yaml(YAML):
    def official_plug_ins(self) -> list[str]:
        """None; the library would look for them on the disk at each text, a tenth of the time."""
        return []


def events(text: str) -> Any:
    """What the parser says of a text, one event after the other."""
    yaml = _Yaml(typ="safe", pure=True)
    yaml.Reader, yaml.Scanner, yaml.Parser = _Reader, _Scanner, _Parser
    return yaml.parse(text)
