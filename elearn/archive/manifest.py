"""What an archive says of itself: `manifest.json`, and the names of everything beside it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

NAME = "manifest.json"
FORMAT = "elearn-archive"
VERSION = 1  # of the format; rises when an older elearn could no longer read it
LONGEST = 4 * 1024 * 1024  # bytes of a manifest

_WORD = re.compile(r"[0-9A-Za-z.+_-]{1,60}")
_TABLE_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_KEY_NAME = re.compile(r"secret-key|record-key-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table. columns: name and kind, in the order of the values in each line.

    bytes and sha256 are those of the member as it is unpacked.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    rows: int
    bytes: int
    sha256: str

    @property
    def member(self) -> str:
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One private file of the data folder."""

    name: str
    sha256: str

    @property
    def member(self) -> str:
        return f"keys/{self.name}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """made_at: UTC, ISO 8601. elearn: the version that wrote it. revision: of the database."""

    made_at: str
    elearn: str
    revision: str
    tables: tuple[TableEntry, ...]
    keys: tuple[KeyEntry, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def members(self) -> tuple[str, ...]:
        """Every name in the archive, once."""
        tables = (table.member for table in self.tables)
        return (NAME, *tables, *(key.member for key in self.keys))

    def as_json(self) -> bytes:
        values = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(values, ensure_ascii=False, indent=1).encode()


class NotOurs(ValueError):
    """JSON, perhaps, but no manifest of an elearn archive."""


class TooNew(ValueError):
    """A manifest of a later format."""


def read(content: bytes) -> Manifest:
    """The manifest in these bytes. Raises NotOurs, TooNew, or another ValueError when damaged."""
    try:
        values = json.loads(content)
    except RecursionError as fault:
        raise ValueError(str(fault)) from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise NotOurs("not the manifest of an elearn archive")
    if _of(values, "version", int) > VERSION:
        raise TooNew(f"format {values['version']}")
    return Manifest(
        made_at=datetime.fromisoformat(_of(values, "made_at", str)).isoformat(),
        elearn=_named(values, "elearn", _WORD),
        revision=_named(values, "revision", _WORD),
        tables=tuple(_table(entry) for entry in _each(values, "tables")),
        keys=tuple(
            KeyEntry(_named(entry, "name", _KEY_NAME), _of(entry, "sha256", str))
            for entry in _each(values, "keys")
        ),
    )


def is_key_name(name: str) -> bool:
    """Whether a file of the data folder is one of the private ones."""
    return bool(_KEY_NAME.fullmatch(name))


def _table(entry: Mapping[str, Any]) -> TableEntry:
    columns = _of(entry, "columns", list)
    key = _of(entry, "key", list)
    for words in (key, *columns):
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ValueError("columns and key are lists of texts")
    return TableEntry(
        name=_named(entry, "name", _TABLE_NAME),
        columns=tuple((name, kind) for name, kind in columns),
        key=tuple(key),
        rows=_of(entry, "rows", int),
        bytes=_of(entry, "bytes", int),
        sha256=_of(entry, "sha256", str),
    )


def _each(values: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    for entry in _of(values, name, list):
        if not isinstance(entry, dict):
            raise ValueError(f"{name} holds something else than objects")
        yield entry


def _of(values: Mapping[str, Any], name: str, kind: type) -> Any:
    if type(values.get(name)) is not kind:
        raise ValueError(f"{name} is missing or is no {kind.__name__}")
    return values[name]


def _named(values: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    """A name that can be nothing but a name: it is printed, or part of a path or a statement."""
    found: str = _of(values, name, str)
    if not pattern.fullmatch(found):
        raise ValueError(f"{found!r} is no name of ours")
    return found
