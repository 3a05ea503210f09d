"""The kinds of columns, and how their values stand in an archive.

Each value has exactly one spelling in JSON, whichever database it came from: equal rows make equal
lines, and equal lines make equal digests.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from elearn.core.db import InstantType


@dataclass(frozen=True, slots=True)
class Kind:
    """sql_type: how SQLAlchemy reads and writes the value; json_type: what it is in an archive."""

    name: str
    sql_type: sa.types.TypeEngine[Any]
    json_type: type
    encode: Callable[[Any], Any] | None = None  # none: it stands as it is
    decode: Callable[[Any], Any] | None = None

    def value(self, given: Any) -> Any:
        """The value of a JSON value. Raises ValueError for one of another kind."""
        if given is None:
            return None
        if type(given) is not self.json_type:
            raise ValueError(f"{given!r} is not of the kind {self.name}")
        return self.decode(given) if self.decode else given


def _instant_as_text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def _bytes_as_text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text", sa.String(), str),
        Kind("integer", sa.BigInteger(), int),
        Kind("boolean", sa.Boolean(), bool),
        Kind("date", sa.Date(), str, date.isoformat, date.fromisoformat),
        Kind("instant", InstantType(), str, _instant_as_text, datetime.fromisoformat),
        Kind("bytes", sa.LargeBinary(), str, _bytes_as_text, _bytes),
    )
}

_BY_TYPE: tuple[tuple[type[sa.types.TypeEngine[Any]], str], ...] = (
    (sa.String, "text"),
    (sa.Boolean, "boolean"),
    (sa.Integer, "integer"),
    (sa.DateTime, "instant"),
    (InstantType, "instant"),
    (sa.Date, "date"),
    (sa.LargeBinary, "bytes"),
)


def kind_of(column_type: sa.types.TypeEngine[Any]) -> Kind:
    """The kind of a column, by the type that the models or the database give it.

    Raises TypeError for a type that no archive can hold yet: give it a kind here.
    """
    for known, name in _BY_TYPE:
        if isinstance(column_type, known):
            return KINDS[name]
    raise TypeError(f"no archive holds columns of the type {column_type!r}")
