"""Letters in SVG drawings: large enough on a phone, and dark enough on what they stand on.

Drawings are shown as wide as their viewBox, on a phone of 360 pixels no wider than that. What
cannot be told from the attributes alone (gradients, see-through colours, turned or scaled parts,
letters over a curve) gets no advice. Neither does what is marked `aria-hidden="true"`: letters that
are part of a picture of something, such as a poster with faults (WCAG 1.4.3, incidental text).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers import expat

from elearn.coursepack.advice.colours import WHITE, Colour, colour_of, contrast
from elearn.coursepack.advice.grounds import EVERYWHERE, Ground, box_of, plain_number
from elearn.coursepack.problems import Report

PHONE_WIDTH = 360
SMALLEST_LETTERS = 12.0  # CSS pixels on such a phone
LEAST_CONTRAST, LEAST_CONTRAST_LARGE = 4.5, 3.0  # WCAG 2.2, 1.4.3
LARGE, LARGE_BOLD = 24.0, 18.66  # CSS pixels: 18 and 14 points
# So that drawings made to be slow are not: elements of a course, with their points; ours have 300.
MOST_WORK = 20_000
MOST_GROUNDS = 400
MOST_LETTERS = 200
WIDE_STROKE = 6.0  # as wide as letters could stand on

_TRANSLATE = re.compile(r"\s*translate\(\s*([-+.\d]+)(?:[\s,]+([-+.\d]+))?\s*\)\s*")
_NOT_DRAWN = frozenset({"clipPath", "defs", "marker", "mask", "pattern", "symbol"})
_SHAPES = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "use"})
_LETTER_WIDTH = 0.5  # of the size, about, in the fonts of a phone
_MIDDLE_OF_LETTERS = 0.35  # of the size, above the line they stand on


def check(drawings: Mapping[str, bytes], report: Report) -> None:
    """Warn about drawings (path -> bytes, each found sound by `images.measure`)."""
    left = MOST_WORK
    for path in sorted(drawings):
        drawing = _Drawing(path, report, left)
        try:
            drawing.read(drawings[path])
        except _TooMuch:
            return
        left = drawing.left


class _TooMuch(Exception):
    """The work of this check is used up: the drawings that are left get no advice."""


class _State(NamedTuple):
    """What an element has of its own or from those around it."""

    fill: str = "black"
    stroke: str = "none"
    stroke_width: str = "1"
    paint_order: str = "normal"
    size: str = "16"
    weight: str = "normal"
    anchor: str = "start"
    x: str = "0"
    y: str = "0"
    length: str = ""
    moved: tuple[float, float] | None = (0.0, 0.0)  # None: turned or scaled
    is_drawn: bool = True
    is_opaque: bool = True
    is_hidden: bool = False

    def inside(self, name: str, attributes: Mapping[str, str]) -> _State:
        """The state of an element that stands in this one."""
        see_through = {"opacity", "fill-opacity", "mask", "clip-path"} & attributes.keys()
        shown = attributes.get("display") != "none" and attributes.get("visibility") != "hidden"
        return _State(
            fill=attributes.get("fill", self.fill),
            stroke=attributes.get("stroke", self.stroke),
            stroke_width=attributes.get("stroke-width", self.stroke_width),
            paint_order=attributes.get("paint-order", self.paint_order),
            size=attributes.get("font-size", self.size),
            weight=attributes.get("font-weight", self.weight),
            anchor=attributes.get("text-anchor", self.anchor),
            x=attributes.get("x", self.x),
            y=attributes.get("y", self.y),
            length=attributes.get("textLength", ""),
            moved=self._move(name, attributes.get("transform")),
            is_drawn=self.is_drawn and shown and name not in _NOT_DRAWN,
            is_opaque=self.is_opaque and not see_through,
            is_hidden=self.is_hidden or attributes.get("aria-hidden") == "true",
        )

    def _move(self, name: str, transform: str | None) -> tuple[float, float] | None:
        if self.moved is None or name == "svg":
            return None
        if transform is None:
            return self.moved
        match = _TRANSLATE.fullmatch(transform)
        try:
            return match and (
                self.moved[0] + float(match[1]),
                self.moved[1] + float(match[2] or 0),
            )
        except ValueError:  # two signs or two dots
            return None

    @property
    def is_bold(self) -> bool:
        return self.weight in ("bold", "bolder", "700", "800", "900")


class _Drawing:
    """Reads one drawing from its first element to its last, as it is painted."""

    def __init__(self, path: str, report: Report, left: int) -> None:
        self.path, self.report, self.left = path, report, left
        self.states: list[_State] = []
        self.lines: list[int] = []
        self.words: list[str] = []  # per open element: its own letters
        self.grounds: list[Ground] = []
        self.scale = 1.0
        self.smallest: tuple[float, int, str] | None = None
        self.told: set[tuple[Colour, Colour]] = set()
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._letters

    def read(self, content: bytes) -> None:
        self.parser.Parse(content.decode("utf-8-sig").encode(), True)
        if self.smallest is not None:
            size, line, words = self.smallest
            self.report.add(
                self.path,
                line,
                "svg-letters",
                text=words,
                size=f"{size:.1f}",
                least=f"{SMALLEST_LETTERS:.0f}",
                width=str(PHONE_WIDTH),
            )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        points = len(attributes.get("d", "")) + len(attributes.get("points", ""))
        self.left -= 1 + points // 10
        if self.left < 0:
            raise _TooMuch
        if not self.states:
            width = float(attributes["viewBox"].replace(",", " ").split()[2])
            self.scale = min(1.0, PHONE_WIDTH / width)
            state = _State().inside("g", attributes)._replace(x="0", y="0")
        else:
            state = self.states[-1].inside(name, attributes)
        self.states.append(state)
        self.lines.append(self.parser.CurrentLineNumber)
        self.words.append("")
        if name in _SHAPES and state.is_drawn and len(self.grounds) < MOST_GROUNDS:
            self._paint(name, attributes, state)

    def _paint(self, name: str, attributes: dict[str, str], state: _State) -> None:
        try:
            stroke = 0.0 if state.stroke == "none" else plain_number(state.stroke_width)
            is_filled = state.fill not in ("none", "transparent") and name != "line"
            if not is_filled and stroke < WIDE_STROKE:
                return
            box = box_of(name, attributes)
        except ValueError:
            self.grounds.append(Ground(EVERYWHERE, None))
            return
        if state.moved is None:
            self.grounds.append(Ground(EVERYWHERE, None))
            return
        box = box.moved(*state.moved)
        is_plain = name in ("rect", "circle", "ellipse") and is_filled and state.is_opaque
        if stroke >= WIDE_STROKE:
            self.grounds.append(Ground(box.wider(stroke / 2), None))
        elif is_plain:
            self.grounds.append(Ground(box, colour_of(state.fill), name != "rect"))
        else:
            self.grounds.append(Ground(box, None))

    def _letters(self, data: str) -> None:
        if self.words and len(self.words[-1]) < MOST_LETTERS:
            self.words[-1] += data[:MOST_LETTERS]

    def _end(self, name: str) -> None:
        state, line, words = self.states.pop(), self.lines.pop(), self.words.pop()
        words = " ".join(words.split())
        if name not in ("text", "tspan") or not words or not state.is_drawn:
            return
        if state.moved is None or len(self.grounds) >= MOST_GROUNDS:
            return
        try:
            size = plain_number(state.size)
            place = _middle(state, size, words)
        except ValueError:
            return
        shown = size * self.scale
        if shown < SMALLEST_LETTERS and (self.smallest is None or shown < self.smallest[0]):
            self.smallest = shown, line, words
        if state.is_opaque and not state.is_hidden:
            self._judge_contrast(state, place, shown, line, words)

    def _judge_contrast(
        self, state: _State, place: tuple[float, float], shown: float, line: int, words: str
    ) -> None:
        fill, ground = colour_of(state.fill), self._ground(state, place)
        if fill is None or ground is None or (fill, ground) in self.told:
            return
        is_large = shown >= (LARGE_BOLD if state.is_bold else LARGE)
        least = LEAST_CONTRAST_LARGE if is_large else LEAST_CONTRAST
        ratio = contrast(fill, ground)
        if ratio < least:
            self.told.add((fill, ground))
            self.report.add(
                self.path, line, "svg-contrast", text=words, ratio=f"{ratio:.1f}", least=f"{least}"
            )

    def _ground(self, state: _State, place: tuple[float, float]) -> Colour | None:
        """The colour under a place; None when it cannot be told."""
        if state.stroke != "none" and state.paint_order.startswith("stroke"):
            return colour_of(state.stroke)  # a line around the letters, drawn before them
        for ground in reversed(self.grounds):
            if ground.holds(*place):
                return ground.colour
        return WHITE  # the page lays white under every drawing


def _middle(state: _State, size: float, words: str) -> tuple[float, float]:
    """The middle of some letters, about. Raises ValueError when it cannot be told."""
    dx, dy = state.moved or (0.0, 0.0)
    length = plain_number(state.length) if state.length else (_LETTER_WIDTH * size * len(words))
    share = {"start": 0.5, "middle": 0.0, "end": -0.5}.get(state.anchor, 0.0)
    x = plain_number(state.x) + dx + share * length
    return x, plain_number(state.y) + dy - _MIDDLE_OF_LETTERS * size
