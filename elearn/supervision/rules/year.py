"""A year in months, and the JP of many people in classes up to the target."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

_CLASSES_BELOW = 4  # between nothing and the target: with 20 JP, steps of five
_SCALE_JP = 20  # where no target holds: the classes of most people, to compare with


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month of a zone as instants, half-open."""

    number: int  # 1 is January
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class JpClass:
    """So many JP in a year: from `low` to `high`, both counted; None is any number above."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class JpCount:
    """How many people have the JP of one class."""

    jp: JpClass
    people: int


def months(year: int, zone: str, now: datetime) -> tuple[Month, ...]:
    """The months of that year that have begun by now: what has not been is not shown as nothing."""
    starts = [datetime(year, number, 1, tzinfo=ZoneInfo(zone)) for number in range(1, 13)]
    starts.append(datetime(year + 1, 1, 1, tzinfo=ZoneInfo(zone)))
    return tuple(
        Month(number, starts[number - 1], starts[number])
        for number in range(1, 13)
        if starts[number - 1] <= now
    )


def jp_classes(target: int | None) -> tuple[JpClass, ...]:
    """Nothing, up to four equal steps below the target, and the target reached.

    target: JP a year, 1 or more; None where none is expected. For 20: 0, 1-5, 6-10, 11-15, 16-19,
    20 and more.
    """
    top = target or _SCALE_JP
    step = ceil(top / _CLASSES_BELOW)
    below = [JpClass(low, min(low + step, top) - 1) for low in range(1, top, step)]
    return (JpClass(0, 0), *below, JpClass(top, None))


def jp_counts(people_by_jp: Mapping[int, int], target: int | None) -> tuple[JpCount, ...]:
    """People in each class. people_by_jp: how many people have exactly so many JP.

    Below 0, where more was corrected away than the year had, counts as nothing.
    """
    classes = jp_classes(target)
    counts = dict.fromkeys(classes, 0)
    for jp, people in people_by_jp.items():
        holds = next(each for each in reversed(classes) if each.low <= max(jp, 0))
        counts[holds] += people
    return tuple(JpCount(jp, people) for jp, people in counts.items())
