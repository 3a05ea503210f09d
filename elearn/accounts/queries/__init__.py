"""Reading persons, the library tree, organisers and the ways in."""

from elearn.accounts.queries.administrators import has_administrator
from elearn.accounts.queries.employment import (
    employment_on_each,
    former_employments,
    last_employment_change,
)
from elearn.accounts.queries.former import (
    all_entries,
    entries_of,
    merge_of,
    merges_into,
    present_person,
    present_persons,
    with_former,
)
from elearn.accounts.queries.organisers import (
    all_organisers,
    organiser_on,
    organiser_rows,
    organisers_on,
)
from elearn.accounts.queries.people import (
    HolderFacts,
    any_login_of,
    grants_of,
    holder_at,
    holder_facts,
    logins_of,
    own_person_to_change,
    person,
    person_by_login,
    places_of,
    places_of_each,
    session_user,
    sign_in_facts,
)
from elearn.accounts.queries.privacy import (
    personal_data,
)
from elearn.accounts.queries.reach import (
    is_within,
    members,
    own_node,
    own_nodes,
    people_within,
    person_within,
)
from elearn.accounts.queries.tree import (
    find_libraries,
    node_by_code,
    path,
)
from elearn.accounts.queries.ways_in import (
    OpenInvitation,
    open_invitation,
)

__all__ = [
    "HolderFacts",
    "OpenInvitation",
    "all_entries",
    "all_organisers",
    "any_login_of",
    "employment_on_each",
    "entries_of",
    "find_libraries",
    "former_employments",
    "grants_of",
    "has_administrator",
    "holder_at",
    "holder_facts",
    "is_within",
    "last_employment_change",
    "logins_of",
    "members",
    "merge_of",
    "merges_into",
    "node_by_code",
    "open_invitation",
    "organiser_on",
    "organiser_rows",
    "organisers_on",
    "own_node",
    "own_nodes",
    "own_person_to_change",
    "path",
    "people_within",
    "person",
    "person_by_login",
    "person_within",
    "personal_data",
    "places_of",
    "places_of_each",
    "present_person",
    "present_persons",
    "session_user",
    "sign_in_facts",
    "with_former",
]
