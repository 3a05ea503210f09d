"""Advice to an author: what is hard to read, to hear or to see. Always warnings, never errors.

Each rule keeps quiet where it cannot tell: advice that is wrong half of the time is not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from elearn.core.markdown import Found
from elearn.coursepack.advice import drawing, prose, reading_level, wording
from elearn.coursepack.fields import MarkdownText
from elearn.coursepack.problems import Report


def advise(
    found: Sequence[tuple[MarkdownText, Found]], drawings: Mapping[str, bytes], report: Report
) -> None:
    """Add the warnings about texts (with what `scan` found in them) and sound SVG drawings."""
    for text, one in found:
        read = prose.read(one.prose)
        wording.check(text, one, read, report)
        if text.is_lesson:
            reading_level.check(text, read, report)
    drawing.check(drawings, report)
