"""Change the YAML of a course, touching only what was changed.

`plain` says what a text means, `update` makes it mean something else with the smallest edit,
`emit` writes new YAML, `place_at` and `line_of` lead from lines to places and back. All are pure.
"""

from elearn.coursepack.yamledit.changing import update
from elearn.coursepack.yamledit.data import Data, Unreadable, Unwritable, decoded, plain
from elearn.coursepack.yamledit.front import split_front, update_front
from elearn.coursepack.yamledit.places import Place, line_of, place_at
from elearn.coursepack.yamledit.writing import emit

__all__ = [
    "Data",
    "Place",
    "Unreadable",
    "Unwritable",
    "decoded",
    "emit",
    "line_of",
    "place_at",
    "plain",
    "split_front",
    "update",
    "update_front",
]
