"""Values of a file that may hold anything: as what they should be, or as nothing."""

from __future__ import annotations

from typing import Any


def fields_in(value: Any) -> dict[str, Any]:
    """The fields of a mapping; none of anything else."""
    return value if isinstance(value, dict) else {}


def items_in(value: Any) -> list[Any]:
    """The entries of a list; none of anything else."""
    return value if isinstance(value, list) else []


def whole(value: Any) -> int | None:
    """A whole number; nothing for anything else, true and false too."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def set_or_drop(fields: dict[str, Any], name: str, value: Any) -> None:
    """Set the field; one that is empty goes, and is not written as empty."""
    if value is None or value in ("", []):
        fields.pop(name, None)
    else:
        fields[name] = value
