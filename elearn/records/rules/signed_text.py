"""The one spelling of what is signed, so that equal values are equal bytes."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from elearn.core.text import normalized


def canonical(values: Mapping[str, Any]) -> str:
    """One text for equal values: JSON, keys sorted, no spaces, characters as themselves, NFC.

    Instants are written as 2026-03-04T02:15:00Z, days as 2026-03-04.
    """
    text = json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_time
    )
    return normalized("NFC", text)


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return to_second(value).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in what is signed")


def to_second(value: datetime) -> datetime:
    """The instant in UTC, without what is smaller than a second. Raises ValueError without zone."""
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return value.astimezone(UTC).replace(microsecond=0)
