"""Office papers as PDF: one table under a letterhead, over a place to sign, on sheets of A4."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from elearn.records.formats import typesetting

_PORTRAIT_MM = 174  # of text on a line; a wider table turns the sheet
_NUMBER_MM = 11


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. The widths are shares: together they fill the line."""

    label: str
    width_mm: int
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, where and when; what is '' is left to be written by hand."""

    place: str
    day: str
    post: str
    name: str
    nip: str


@dataclass(frozen=True, slots=True)
class OfficeLabels:
    """The words that are the same on every paper."""

    number: str  # over the first column, which counts the rows
    none: str  # instead of rows, where there are none
    nip: str
    page: str  # with {page} and {pages}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, every line of it in its language."""

    language: str
    issuer: str  # the site's name, for the file's own description
    letterhead: tuple[str, ...]  # two large lines, then small ones; may be empty
    title: str
    subtitles: tuple[str, ...]  # the unit, the period
    as_of: str  # on every sheet: the moment that the numbers are of
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]  # as long as a row, its name first; empty where nothing is summed
    notes: tuple[str, ...]
    signature: Signature
    labels: OfficeLabels

    @property
    def is_landscape(self) -> bool:
        return _NUMBER_MM + sum(column.width_mm for column in self.columns) > _PORTRAIT_MM


def render(paper: Paper, made_at: datetime) -> bytes:
    """The PDF. Takes about half a second for 500 rows.

    Raises typesetting.Unprintable, and ValueError for a row that does not fit the columns.
    """
    for place, row in enumerate((*paper.rows, *([paper.totals] if paper.totals else [])), 1):
        if len(row) != len(paper.columns):
            raise ValueError(f"row {place} has {len(row)} cells for {len(paper.columns)} columns")
    words = asdict(paper)
    words.update(
        description=" · ".join((paper.title, *paper.subtitles)),
        landscape=paper.is_landscape,
        number_width_mm=_NUMBER_MM,
    )
    return typesetting.typeset("office.typ", words, {}, made_at)
