"""The columns of the papers that an office files, with widths that were tried on real sheets.

Rows have their cells in the same order. The words come in the paper's language.
"""

from collections.abc import Sequence

from elearn.records.formats.office_pdf import Align, Column


def unit_recap(
    *, unit: str, people: str, started: str, finished: str, jp: str
) -> tuple[Column, ...]:
    """One row a library: how many people it has, how many of them began, and what came of it."""
    return (
        Column(unit, 75),
        *(Column(w, 22, Align.RIGHT) for w in (people, started, finished, jp)),
    )


def completions(
    *, name: str, library: str, course: str, number: str, day: str, jp: str
) -> tuple[Column, ...]:
    """One row a completion record."""
    return (
        Column(name, 52),
        Column(library, 56),
        Column(course, 56),
        Column(number, 32),
        Column(day, 32),
        Column(jp, 12, Align.RIGHT),
    )


def year_recap(
    *,
    name: str,
    nip: str,
    status: str,
    categories: Sequence[str],
    total: str,
    counted: str,
    target: str,
    missing: str,
) -> tuple[Column, ...]:
    """One row a person: JP of a year by category, and what they come to."""
    return (
        Column(name, 52),
        Column(nip, 36),
        Column(status, 18),
        *(Column(category, 22, Align.RIGHT) for category in categories),
        *(Column(word, 18, Align.RIGHT) for word in (total, counted, target, missing)),
    )
