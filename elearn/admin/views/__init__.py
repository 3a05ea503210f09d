"""Pages of this room."""

from elearn.admin.views import (
    belonging,
    erasing,
    home,
    lists,
    merging,
    organisers,
    people,
    persons,
    placing,
    policy,
    records,
    roles,
    tree,
)
from elearn.admin.views.blueprint import bp

__all__ = [
    "belonging",
    "bp",
    "erasing",
    "home",
    "lists",
    "merging",
    "organisers",
    "people",
    "persons",
    "placing",
    "policy",
    "records",
    "roles",
    "tree",
]
