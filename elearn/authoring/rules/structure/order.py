"""Numbers that say an order: a thing that moves takes as few others with it as can be."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

HIGHEST = 999  # three digits in a file name


def renumbered(numbers: Sequence[int | None]) -> list[int]:
    """Strictly rising numbers for things in this order; as many as possible keep theirs.

    numbers: of the things as they are now, None for one that has no number here yet.
    """
    lowest = 0 if 0 in numbers else 1
    kept = _kept(numbers, lowest)
    found: list[int] = []
    for index, number in enumerate(numbers):
        if number is not None and index in kept:
            found.append(number)
        else:
            found.append(found[-1] + 1 if found else lowest)
    return found


def _kept(numbers: Sequence[int | None], lowest: int) -> set[int]:
    """Most of the indexes whose numbers rise and leave room for those between, before, behind.

    That is the longest part of `number - index` that does not fall (found as in patience sorting).
    """
    ends: list[int] = []  # the least last value of a part of each length
    last: list[int] = []  # the index it stands at
    before: dict[int, int | None] = {}
    for index, number in enumerate(numbers):
        highest = HIGHEST - (len(numbers) - 1 - index)
        if number is None or not lowest + index <= number <= highest:
            continue
        length = bisect_right(ends, number - index)
        before[index] = last[length - 1] if length else None
        ends[length:], last[length:] = (
            [number - index, *ends[length + 1 :]],
            [index, *last[length + 1 :]],
        )
    kept: set[int] = set()
    at = last[-1] if last else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return kept
