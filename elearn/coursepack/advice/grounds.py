"""What lies under a point of an SVG drawing: the shapes drawn so far, each over those before it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from elearn.coursepack.advice.colours import Colour

_COMMAND = re.compile(r"([a-zA-Z])([^a-zA-Z]*)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")
_STEPS = {"M": 2, "L": 2, "T": 2, "H": 1, "V": 1, "Q": 4, "S": 4, "C": 6, "A": 7}


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def wider(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


EVERYWHERE = Box(-math.inf, -math.inf, math.inf, math.inf)


@dataclass(frozen=True)
class Ground:
    """A shape; colour None: it may or may not lie under a point of its box."""

    box: Box
    colour: Colour | None
    is_round: bool = False

    def holds(self, x: float, y: float) -> bool:
        box = self.box
        if not box.holds(x, y) or not self.is_round:
            return box.holds(x, y)
        across, down = (box.right - box.left) / 2, (box.bottom - box.top) / 2
        from_middle = ((x - box.left) / across - 1) ** 2 + ((y - box.top) / down - 1) ** 2
        return from_middle <= 1


def plain_number(text: str) -> float:
    """A number alone or in px. Raises ValueError for any other, such as 2em or 10 20."""
    return float(text.strip().removesuffix("px"))


def box_of(name: str, attributes: Mapping[str, str]) -> Box:
    """Where a shape lies, before it is moved. Raises ValueError when that cannot be told."""

    def at(name: str) -> float:
        return plain_number(attributes.get(name, "0"))

    if name == "rect":
        return Box(at("x"), at("y"), at("x") + at("width"), at("y") + at("height"))
    if name in ("circle", "ellipse"):
        across, down = (at("r"), at("r")) if name == "circle" else (at("rx"), at("ry"))
        if across <= 0 or down <= 0:
            raise ValueError("no size")
        return Box(at("cx") - across, at("cy") - down, at("cx") + across, at("cy") + down)
    if name == "path":
        return _box_around(list(_points(attributes.get("d", ""))))
    if name in ("polygon", "polyline"):
        found = [float(part) for part in _NUMBER.findall(attributes.get("points", ""))]
        return _box_around(list(zip(found[::2], found[1::2], strict=False)))
    return _box_around([(at("x1"), at("y1")), (at("x2"), at("y2"))])  # a line


def _box_around(points: list[tuple[float, float]]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def _points(path: str) -> Iterator[tuple[float, float]]:
    """The points of a path, those that bend its curves among them: all of it lies between them.

    Raises ValueError for a way of writing paths that is not read here.
    """
    x = y = start_x = start_y = 0.0
    for match in _COMMAND.finditer(path):
        command = match[1].upper()
        numbers = [float(part) for part in _NUMBER.findall(match[2])]
        if command == "Z":
            x, y = start_x, start_y
            continue
        step = _STEPS.get(command, 0)
        if not step or not numbers or len(numbers) % step:
            raise ValueError(f"path command {match[1]}")
        for at in range(0, len(numbers), step):
            from_x, from_y = (x, y) if match[1].islower() else (0.0, 0.0)
            part = numbers[at : at + step]
            if command == "H":
                x = from_x + part[0]
            elif command == "V":
                y = from_y + part[0]
            elif command == "A":
                # An arc leaves the line between its ends by two radii at most.
                reach = 2 * max(part[0], part[1])
                yield x - reach, y - reach
                yield x + reach, y + reach
                x, y = from_x + part[5], from_y + part[6]
            else:
                bends = [
                    (from_x + one, from_y + two)
                    for one, two in zip(part[::2], part[1::2], strict=True)
                ]
                yield from bends
                x, y = bends[-1]
            yield x, y
        if command == "M":
            start_x, start_y = x, y
