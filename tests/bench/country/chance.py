"""Chosen by a seed: the same seed gives the same shares, codes and names."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random

from elearn.core.ids import ALPHABET, check_character

_LOWER = ALPHABET.lower()
_PAIRS = [first + second for first in _LOWER for second in _LOWER]
_NUMBER_BITS = 40  # eight characters of five bits


def zipf(count: int) -> list[float]:
    """Cumulative weights of many places, few of them large: for `Random.choices`."""
    return list(accumulate((rank + 8) ** -0.9 for rank in range(count)))


def dealt(items: int, places: int, chance: Random) -> list[int]:
    """For each item its place: every place gets one, the others go by Zipf."""
    more = chance.choices(range(places), cum_weights=zipf(places), k=max(0, items - places))
    return [*range(min(items, places)), *more]


def levelled(
    wanted: Sequence[int], bounds: Sequence[tuple[int, int]], total: int, chance: Random
) -> list[int]:
    """The wanted numbers, each moved within its bounds until their sum is the total.

    Raises ValueError when the bounds do not allow that sum.
    """
    numbers = [
        min(max(number, low), high) for number, (low, high) in zip(wanted, bounds, strict=True)
    ]
    missing = total - sum(numbers)
    step = 1 if missing > 0 else -1
    movable = list(range(len(numbers)))
    chance.shuffle(movable)
    while missing:
        movable = [at for at in movable if bounds[at][0] <= numbers[at] + step <= bounds[at][1]]
        if not movable:
            raise ValueError(f"{total} in all cannot be reached, only {sum(numbers)}")
        for at in movable[: abs(missing)]:
            numbers[at] += step
            missing -= step
    return numbers


class Codes:
    """Codes as `core.ids` makes them, but from a seed."""

    def __init__(self, chance: Random, events: int, records: int) -> None:
        self._chance = chance
        self._events, self._records = events, records  # how many there will be
        self._event = self._record = 0

    def code(self) -> str:
        """26 characters, as in addresses."""
        bits = self._chance.getrandbits(130)
        return "".join([_PAIRS[bits >> shift & 1023] for shift in range(0, 130, 10)])

    def salt(self) -> str:
        return f"{self._chance.getrandbits(128):032x}"

    def uuid(self) -> str:
        """Of an event, rising: five million in no order would take minutes to index.

        Looked up they are as far apart as others; only the index is packed closer.
        """
        front = self._rising(self._event, self._events, 32)
        self._event += 1
        bits = self._chance.getrandbits(88)
        return (
            f"{front:08x}-{bits & 0xFFFF:04x}-4{bits >> 16 & 0xFFF:03x}"
            f"-a{bits >> 28 & 0xFFF:03x}-{bits >> 40:012x}"
        )

    def record_number(self, year: int) -> str:
        """Year, eight characters, check character; none comes twice."""
        bits = self._rising(self._record, self._records, _NUMBER_BITS)
        self._record += 1
        body = "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))
        return f"{year}-{body}-{check_character(f'{year}{body}')}"

    def _rising(self, at: int, count: int, bits: int) -> int:
        """A number of so many bits, larger than the one before."""
        return int((at + self._chance.random()) * 2**bits / count)
