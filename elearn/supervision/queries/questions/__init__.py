"""The questions of the office as statements: rows in order, and sums over all of them."""

from elearn.supervision.queries.questions.acts import finished, started
from elearn.supervision.queries.questions.asking import (
    PAGE,
    Answer,
    Asked,
    children,
    every,
    page,
    totals,
)
from elearn.supervision.queries.questions.gain import gain, gain_by_part
from elearn.supervision.queries.questions.jp import jp
from elearn.supervision.queries.questions.recap import recap
from elearn.supervision.queries.questions.silence import contact
from elearn.supervision.queries.questions.untrained import untrained
from elearn.supervision.queries.questions.waiting import late, waiting

__all__ = [
    "PAGE",
    "Answer",
    "Asked",
    "children",
    "contact",
    "every",
    "finished",
    "gain",
    "gain_by_part",
    "jp",
    "late",
    "page",
    "recap",
    "started",
    "totals",
    "untrained",
    "waiting",
]
