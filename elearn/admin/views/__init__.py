"""Pages of this room."""

from elearn.admin.views import belonging, home, people, persons, placing, roles, tree
from elearn.admin.views.blueprint import bp

__all__ = ["belonging", "bp", "home", "people", "persons", "placing", "roles", "tree"]
