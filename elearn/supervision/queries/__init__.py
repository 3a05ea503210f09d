"""Reading for those who oversee many: a part of the tree, its people, one person."""

from elearn.supervision.queries.hours import by_jp
from elearn.supervision.queries.listing import (
    PAGE,
    Line,
    Wanted,
    every,
    page,
    places,
)
from elearn.supervision.queries.overview import (
    Overview,
    Part,
    Reader,
    overview,
    waiting_count,
)
from elearn.supervision.queries.persons import (
    Score,
    contacts_of,
    corrections_of,
    person_to_change,
    scores_of,
)
from elearn.supervision.queries.standings import limits, values
from elearn.supervision.queries.stuck import (
    LastContact,
    Stuck,
    Tries,
    facts_of,
    last_contacts,
    stuck,
)

__all__ = [
    "PAGE",
    "LastContact",
    "Line",
    "Overview",
    "Part",
    "Reader",
    "Score",
    "Stuck",
    "Tries",
    "Wanted",
    "by_jp",
    "contacts_of",
    "corrections_of",
    "every",
    "facts_of",
    "last_contacts",
    "limits",
    "overview",
    "page",
    "person_to_change",
    "places",
    "scores_of",
    "stuck",
    "values",
    "waiting_count",
]
