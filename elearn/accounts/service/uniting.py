"""Dated ranges of two persons who are one: libraries and roles, united and parted again.

A range that the person has nothing beside moves over as it is. Where she has the same at the same
time, hers is stretched over both and the former's goes; it is kept as it was.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict

from sqlalchemy import select

from elearn.accounts.models import GrantRow, Membership
from elearn.core.db import db

Range = Membership | GrantRow


class United(TypedDict):
    """What was done, as JSON knows it: rows by number, days as 2026-07-01 or None."""

    moved: list[int]
    gone: list[dict[str, Any]]
    stretched: list[list[Any]]  # number, from and to before, from and to after


def unite_memberships(former_id: int, person_id: int) -> United:
    """Where the former belonged, the person belongs."""
    return _unite(Membership, ("node_id",), former_id, person_id)


def unite_grants(former_id: int, person_id: int) -> United:
    """What the former might do, the person may do."""
    return _unite(GrantRow, ("role", "node_id"), former_id, person_id)


def part_memberships(united: United, former_id: int) -> None:
    """The former's memberships are hers again."""
    _part(Membership, united, former_id)


def part_grants(united: United, former_id: int) -> None:
    """The former's roles are hers again."""
    _part(GrantRow, united, former_id)


def _unite(table: type[Range], same: Sequence[str], former_id: int, person_id: int) -> United:
    present = _rows(table, person_id)
    done: United = {"moved": [], "gone": [], "stretched": []}
    for row in _rows(table, former_id):
        beside = next((one for one in present if _meets(one, row, same)), None)
        if beside is None:
            row.person_id = person_id
            done["moved"].append(row.id)
            present.append(row)
            continue
        done["gone"].append(_values(row))
        db.session.delete(row)
        db.session.flush()  # before the stretched one takes its place
        before = (beside.from_on, beside.to_on)
        beside.from_on = min(beside.from_on, row.from_on)
        beside.to_on = _later(beside.to_on, row.to_on)
        if (beside.from_on, beside.to_on) != before:
            after = (beside.from_on, beside.to_on)
            done["stretched"].append([beside.id, *map(_text, (*before, *after))])
    db.session.flush()
    return done


def _part(table: type[Any], united: United, former_id: int) -> None:
    for number, *days in reversed(united["stretched"]):
        row = db.session.get(table, number)
        before, after = days[:2], days[2:]
        if row is not None and [_text(row.from_on), _text(row.to_on)] == after:
            row.from_on, row.to_on = date.fromisoformat(before[0]), _day(before[1])
    for number in united["moved"]:
        row = db.session.get(table, number)
        if row is not None:
            row.person_id = former_id
    db.session.flush()  # hers first: what comes back stands beside them
    for values in united["gone"]:
        days = {"from_on": date.fromisoformat(values["from_on"]), "to_on": _day(values["to_on"])}
        db.session.add(table(**{**values, **days}))
    db.session.flush()


def _rows(table: type[Range], person_id: int) -> list[Any]:
    return list(
        db.session.scalars(
            select(table)
            .where(table.person_id == person_id)
            .order_by(table.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _meets(one: Any, other: Any, same: Sequence[str]) -> bool:
    """Whether both are of the same kind and share a day, or follow each other without a gap."""
    if any(getattr(one, name) != getattr(other, name) for name in same):
        return False
    return (one.to_on is None or other.from_on <= one.to_on) and (
        other.to_on is None or one.from_on <= other.to_on
    )


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else None


def _values(row: Any) -> dict[str, Any]:
    columns = (column.name for column in row.__table__.columns)
    values = {name: getattr(row, name) for name in columns}
    days = {name: _text(values[name]) for name in ("from_on", "to_on")}
    return values | days


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
