"""Where the parts of a column chart stand: numbers in, numbers out, no drawing and no colour.

`components/chart.html` draws them. Kinds are those of its bars: done, current, stuck, rest, plain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

_FILLED = 0.7  # of a slot; the rest keeps it apart from the next one
_LEAST_HEIGHT = 1.0  # one of thousands is still there to be seen


@dataclass(frozen=True, slots=True)
class Column:
    """One column, with the number that it stands for."""

    kind: str
    value: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Slot:
    """Columns side by side over one name; `middle` is where the name stands."""

    name: str
    middle: float
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A column chart. The same values fill its table, so that the two cannot differ.

    The lengths are units of the drawing, each about a pixel on the narrowest phone.
    """

    width: ClassVar[int] = 320
    height: ClassVar[int] = 128
    left: ClassVar[int] = 44  # numbers of the scale stand left of the columns
    right: ClassVar[int] = 320
    top: ClassVar[int] = 16  # the word at the line stands above the columns
    base: ClassVar[int] = 104  # names stand below them

    slots: tuple[Slot, ...]
    scale: tuple[tuple[int, float], ...]  # numbers with their heights: nothing, half, all
    line_x: float | None  # an upright line between two slots, such as a target


def columns(
    rows: Sequence[tuple[str, Sequence[tuple[str, int]]]],
    *,
    slot_count: int,
    line_before: int | None = None,
) -> Columns:
    """Rows of (name, parts of (kind, value)) as columns that rise from a common base.

    slot_count: places for rows, as many or more; a year that is not over leaves some empty.
    line_before: the place, from 0, that the line stands before.
    """
    step = _step(max((value for _, parts in rows for _, value in parts), default=0))
    slot_width = (Columns.right - Columns.left) / slot_count
    return Columns(
        slots=tuple(
            _slot(name, parts, Columns.left + place * slot_width, slot_width, 2 * step)
            for place, (name, parts) in enumerate(rows)
        ),
        scale=tuple((number, _y(number, 2 * step)) for number in (0, step, 2 * step)),
        line_x=None if line_before is None else round(Columns.left + line_before * slot_width, 2),
    )


def _slot(name: str, parts: Sequence[tuple[str, int]], left: float, width: float, top: int) -> Slot:
    each = width * _FILLED / len(parts)
    first = left + width * (1 - _FILLED) / 2
    return Slot(
        name=name,
        middle=round(left + width / 2, 2),
        columns=tuple(
            _column(kind, value, first + place * each, each, top)
            for place, (kind, value) in enumerate(parts)
        ),
    )


def _column(kind: str, value: int, x: float, width: float, top: int) -> Column:
    y = min(_y(value, top), Columns.base - _LEAST_HEIGHT) if value else Columns.base
    return Column(kind, value, round(x, 2), y, round(width, 2), round(Columns.base - y, 2))


def _y(value: int, top: int) -> float:
    return round(Columns.base - (Columns.base - Columns.top) * value / top, 2)


def _step(highest: int) -> int:
    """Half of the scale: the least of 1, 2, 5, 10, 20, 50 ... that two of hold the highest."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if 2 * step >= highest:
                return step
        power *= 10
