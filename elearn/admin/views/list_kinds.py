"""The two lists that come in and go out: what each needs to be read, judged, written and shown."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import LazyString

from elearn.accounts.formats import lists
from elearn.accounts.formats.table import Column
from elearn.accounts.queries.lists import library_rows, people_rows
from elearn.accounts.service import library_import, people_import
from elearn.core.errors import Forbidden, Missing
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.permissions import Action, Actor, may


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of list. rows: everybody or everything that there is, in these columns."""

    key: str
    title: LazyString
    lead: LazyString
    file_name: str
    action: Action
    columns: Sequence[Column]
    plan: Callable[..., Any]
    write: Callable[..., Any]
    weight: Callable[..., int]
    rows: Callable[[datetime], Iterator[list[str]]]


PEOPLE = ListKind(
    "people",
    _l("List of people"),
    _l(
        "A row is the person who signs in with its username, NIP or e-mail. An empty cell leaves "
        "what is known; who is not in the list stays as they are."
    ),
    "orang",
    Action.ACCOUNTS_PEOPLE_MANAGE,
    lists.PEOPLE,
    people_import.plan,
    people_import.write,
    people_import.weight,
    people_rows,
)
LIBRARIES = ListKind(
    "libraries",
    _l("List of libraries and offices"),
    _l(
        "A row is the library or office with its code. A changed parent holds from today on; what "
        "is not in the list stays as it is."
    ),
    "perpustakaan",
    Action.ACCOUNTS_TREE_MANAGE,
    lists.LIBRARIES,
    library_import.plan,
    library_import.write,
    library_import.weight,
    library_rows,
)
KINDS = {kind.key: kind for kind in (PEOPLE, LIBRARIES)}


def kind_for(actor: Actor, key: str) -> ListKind:
    """The kind of list with this name in addresses; Missing, or Forbidden, when it is not hers."""
    kind = KINDS.get(key)
    if kind is None:
        raise Missing("page-missing")
    if not may(actor, kind.action):
        raise Forbidden("page-forbidden")
    return kind
