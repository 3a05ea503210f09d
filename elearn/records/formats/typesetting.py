"""Values and a template into a PDF: tagged (PDF/UA-1), fonts embedded.

Equal values give equal bytes. They go to the template as JSON: text there is text, never markup.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from elearn.core.printable import unprintable

_FOLDER = Path(__file__).resolve().parent
_FONTS = _FOLDER.parent / "fonts"

_KEPT_BY_TYPST = 10  # turns for which it keeps a layout, to be quicker at one that is alike


class Unprintable(ValueError):
    """Characters that no bundled font has; the HTML page can still be printed."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters


def unprintable_in(words: Mapping[str, Any]) -> str:
    """The characters of these words that no bundled font has."""
    different = dict.fromkeys("".join(_texts(words)))
    return unprintable("".join(different))


def typeset(
    template: str, words: Mapping[str, Any], pictures: Mapping[str, str], made_at: datetime
) -> bytes:
    """The PDF. Raises Unprintable before anything is drawn.

    template: name of a file in this folder; it finds words and pictures in `sys.inputs.data`.
    pictures: SVG, by name.
    made_at: the date of creation in the file, aware.
    """
    missing = unprintable_in(words)
    if missing:
        raise Unprintable(missing)
    import typst  # 34 MB of it: only for those who print

    content = typst.compile(
        _FOLDER / template,
        root=_FOLDER,
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps({**words, **pictures}, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    _forget_layouts()
    return content


def _forget_layouts() -> None:
    """Make typst let go of the layout at once: it would keep 30 MB for a table of 500 rows.

    It has no call for that, but whatever was not asked for in ten turns goes: so it gets empty
    turns, 5 ms in all. A process that prints long tables stays at 100 MB instead of 440.
    """
    import typst

    empty = typst.Compiler(_FOLDER / "paper.typ", root=_FOLDER, ignore_system_fonts=True)
    for _ in range(_KEPT_BY_TYPST + 1):
        empty.compile(format="svg")


def _texts(value: object) -> Iterator[str]:
    """Every text in a nested value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _texts(part)
