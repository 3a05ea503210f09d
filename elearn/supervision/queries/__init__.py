"""Reading for those who oversee many: a part of the tree, its people, one person."""

from elearn.supervision.queries.listing import (
    PAGE,
    Line,
    Wanted,
    count,
    every,
    page,
    places,
)
from elearn.supervision.queries.overview import (
    CourseSums,
    Overview,
    Part,
    by_course,
    by_jp,
    by_month,
    overview,
)
from elearn.supervision.queries.persons import person_to_change
from elearn.supervision.queries.standings import in_words, limits, values
from elearn.supervision.queries.stuck import (
    LastContact,
    Stuck,
    Tries,
    last_contacts,
    stuck,
)

__all__ = [
    "PAGE",
    "CourseSums",
    "LastContact",
    "Line",
    "Overview",
    "Part",
    "Stuck",
    "Tries",
    "Wanted",
    "by_course",
    "by_jp",
    "by_month",
    "count",
    "every",
    "in_words",
    "last_contacts",
    "limits",
    "overview",
    "page",
    "person_to_change",
    "places",
    "stuck",
    "values",
]
