"""Reads a QR code from its modules, as a phone does once it has the picture straight.

Only what records need: versions 2 to 6, bytes, no damage (ISO/IEC 18004).
"""

from collections.abc import Callable, Iterator

from playwright.sync_api import Locator

Rows = list[list[bool]]

# Blocks and data codewords of each, by version and level; L, M, Q, H are 1, 0, 3, 2 in the format.
BLOCKS = {
    2: {1: (1, 34), 0: (1, 28), 3: (1, 22), 2: (1, 16)},
    3: {1: (1, 55), 0: (1, 44), 3: (2, 17), 2: (2, 13)},
    4: {1: (1, 80), 0: (2, 32), 3: (2, 24), 2: (4, 9)},
    6: {1: (2, 68), 0: (4, 27), 3: (4, 19), 2: (4, 15)},
}
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, _: y % 2 == 0,
    lambda _, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
FORMAT_MASK = 0b101010000010010
BYTES = 0b0100

# Asks the browser which modules are painted: the middle of each, in the drawing's own measures.
DARK = """svg => {
  const path = svg.querySelector("path"), side = svg.viewBox.baseVal.width - 8;
  const point = svg.createSVGPoint();
  return [...Array(side).keys()].map(y => [...Array(side).keys()].map(x => {
    point.x = x + 0.5; point.y = y + 0.5;
    return path.isPointInFill(point);
  }));
}"""


def scan(picture: Locator) -> str:
    """The text of a QR code that is drawn as SVG with four modules of margin."""
    return read(picture.evaluate(DARK))


def read(rows: Rows) -> str:
    size = len(rows)
    level, mask = _format(rows)
    bits = "".join(
        str(int(rows[y][x] != MASKS[mask](y, x)))
        for y, x in _way(size)
        if not _is_function(size, y, x)
    )
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]
    blocks, length = BLOCKS[(size - 17) // 4][level]
    data = [words[at * blocks + block] for block in range(blocks) for at in range(length)]
    stream = "".join(f"{word:08b}" for word in data)
    assert int(stream[:4], 2) == BYTES
    count = int(stream[4:12], 2)
    text = bytes(int(stream[12 + 8 * at : 20 + 8 * at], 2) for at in range(count))
    return text.decode("ascii")


def _format(rows: Rows) -> tuple[int, int]:
    places = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    bits = int("".join(str(int(rows[y][x])) for y, x in places), 2) ^ FORMAT_MASK
    return bits >> 13, bits >> 10 & 7


def _way(size: int) -> Iterator[tuple[int, int]]:
    """From the lower right corner upwards and down again, two columns at a time."""
    columns = [*range(size - 1, 6, -2), 5, 3, 1]
    for turn, right in enumerate(columns):
        for step in range(size):
            y = step if turn % 2 else size - 1 - step
            yield y, right
            yield y, right - 1


def _is_function(size: int, y: int, x: int) -> bool:
    """Finders with the format beside them, timing lines, the one alignment mark."""
    if (x < 9 and y < 9) or (x >= size - 8 and y < 9) or (x < 9 and y >= size - 8):
        return True
    return x == 6 or y == 6 or (abs(x - size + 7) <= 2 and abs(y - size + 7) <= 2)
