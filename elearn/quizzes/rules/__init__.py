"""The rules of quizzes: pure, exact, without database or request."""

from elearn.quizzes.rules.answers import (
    decode,
    encode,
    fault_in_answer,
    gap_in_answer,
    print_of,
    read_answer,
)
from elearn.quizzes.rules.correcting import (
    Result,
    fault_in_key,
    marked_anew,
    places_between,
    with_key_of,
)
from elearn.quizzes.rules.drawing import draw
from elearn.quizzes.rules.grading import grade, is_passed, points
from elearn.quizzes.rules.items import Flag, Item, Try, item_of, tries_of
from elearn.quizzes.rules.kinds import KINDS, TYPED_LENGTHS, Gap
from elearn.quizzes.rules.limits import Sitting, Terms, terms
from elearn.quizzes.rules.questions import (
    Drawn,
    Fields,
    Given,
    TypedNumber,
    right_place,
)
from elearn.quizzes.rules.saving import Mark, Verdict, judge, read_mark, read_marks
from elearn.quizzes.rules.typed import parse_number, plain_text

__all__ = [
    "KINDS",
    "TYPED_LENGTHS",
    "Drawn",
    "Fields",
    "Flag",
    "Gap",
    "Given",
    "Item",
    "Mark",
    "Result",
    "Sitting",
    "Terms",
    "Try",
    "TypedNumber",
    "Verdict",
    "decode",
    "draw",
    "encode",
    "fault_in_answer",
    "fault_in_key",
    "gap_in_answer",
    "grade",
    "is_passed",
    "item_of",
    "judge",
    "marked_anew",
    "parse_number",
    "places_between",
    "plain_text",
    "points",
    "print_of",
    "read_answer",
    "read_mark",
    "read_marks",
    "right_place",
    "terms",
    "tries_of",
    "with_key_of",
]
