"""Contrast of two colours as WCAG 2.2 defines it (relative luminance, success criterion 1.4.3)."""

from __future__ import annotations

import re

Colour = tuple[int, int, int]  # red, green, blue, 0 to 255

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)

_SHORT = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
_LONG = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
# The sixteen names of HTML 4; who writes others by name gets no advice.
_NAMES: dict[str, Colour] = {
    "aqua": (0, 255, 255),
    "black": BLACK,
    "blue": (0, 0, 255),
    "fuchsia": (255, 0, 255),
    "gray": (128, 128, 128),
    "green": (0, 128, 0),
    "grey": (128, 128, 128),
    "lime": (0, 255, 0),
    "maroon": (128, 0, 0),
    "navy": (0, 0, 128),
    "olive": (128, 128, 0),
    "purple": (128, 0, 128),
    "red": (255, 0, 0),
    "silver": (192, 192, 192),
    "teal": (0, 128, 128),
    "white": WHITE,
    "yellow": (255, 255, 0),
}


def colour_of(value: str) -> Colour | None:
    """The colour that an SVG attribute names, None for one that cannot be told from it alone."""
    value = value.strip().lower()
    if value in _NAMES:
        return _NAMES[value]
    if short := _SHORT.fullmatch(value):
        red, green, blue = (int(digit * 2, 16) for digit in short.groups())
    elif long := _LONG.fullmatch(value):
        red, green, blue = (int(digits, 16) for digits in long.groups())
    elif rgb := _RGB.fullmatch(value):
        red, green, blue = (min(int(number), 255) for number in rgb.groups())
    else:
        return None
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast of two colours: 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
