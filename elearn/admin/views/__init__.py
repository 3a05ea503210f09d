"""Pages of this room."""

from elearn.admin.views import belonging, erasing, home, people, persons, placing, roles, tree
from elearn.admin.views.blueprint import bp

__all__ = ["belonging", "bp", "erasing", "home", "people", "persons", "placing", "roles", "tree"]
