"""Which characters a printed record can show: those of the fonts bundled in `records/fonts`."""

# First and last code point of each covered range; see fonts/README.md.
COVERED = (
    (0x0020, 0x007E), (0x00A0, 0x0377), (0x037A, 0x037F), (0x0384, 0x038A), (0x038C, 0x038C),
    (0x038E, 0x03A1), (0x03A3, 0x03E1), (0x03F0, 0x052F), (0x1E00, 0x1EFF), (0x2000, 0x2064),
    (0x2066, 0x2071), (0x2074, 0x208E), (0x2090, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x215F),
    (0x2184, 0x2184), (0x2189, 0x2189), (0x25CC, 0x25CC),
)  # fmt: skip


def unprintable(text: str) -> str:
    """The characters of a text that the PDF cannot show, each once, in their order."""
    return "".join(dict.fromkeys(c for c in text if not _is_covered(ord(c))))


def _is_covered(point: int) -> bool:
    return any(first <= point <= last for first, last in COVERED)
