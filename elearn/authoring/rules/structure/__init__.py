"""What a course consists of, rearranged: modules and lessons added, moved, doubled, taken out.

Every verb takes the files of a draft and gives Changes (and the key of what is new). Keys that
were published are never given to something else; links follow what they lead to.
Raises Unreadable when course.yml or another file that must change cannot be read, Unknown for a
key that is not there.
"""

from elearn.authoring.rules.structure.layout import Unknown
from elearn.authoring.rules.structure.lessons import (
    add_lesson,
    delete_lesson,
    duplicate_lesson,
    move_lesson,
    place_lesson,
    rename_lesson,
    shift_lesson,
)
from elearn.authoring.rules.structure.modules import (
    add_module,
    delete_module,
    duplicate_module,
    move_module,
    shift_module,
)
from elearn.authoring.rules.structure.placing import Position, position_changes, position_of
from elearn.authoring.rules.structure.pointing import (
    Pointing,
    pointing_at_lesson,
    pointing_at_module,
)

__all__ = [
    "Pointing",
    "Position",
    "Unknown",
    "add_lesson",
    "add_module",
    "delete_lesson",
    "delete_module",
    "duplicate_lesson",
    "duplicate_module",
    "move_lesson",
    "move_module",
    "place_lesson",
    "pointing_at_lesson",
    "pointing_at_module",
    "position_changes",
    "position_of",
    "rename_lesson",
    "shift_lesson",
    "shift_module",
]
