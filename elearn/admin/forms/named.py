"""Fields that name somebody or some place, as people say it: by code, by name, by login."""

from collections.abc import Iterator
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import StopValidation

from elearn.accounts import queries
from elearn.accounts.models import Node, Person
from elearn.accounts.queries import places
from elearn.core.i18n import gettext as _
from elearn.core.text import sort_key
from elearn.web.messages import sentence

_SHOWN = 5


class FirstFields(FlaskForm):
    """A long form whose needed fields come first. first: their names, in order."""

    first: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Field]:
        fields = {field.short_name: field for field in super().__iter__()}
        ahead = [fields.pop(name) for name in self.first if name in fields]
        return iter([*ahead, *fields.values()])


class NodeField(StringField):
    """A place of the tree by its code, or by words of its name when only one has them all.

    `node` is the place, None where the field may stay empty and is.
    """

    node: Any = None

    def pre_validate(self, form: FlaskForm) -> None:  # noqa: ARG002 - WTForms calls it so
        typed = (self.data or "").strip()
        if not typed:
            return
        self.node = queries.node_by_code(typed) or self._by_name(typed)

    def _by_name(self, typed: str) -> Node:
        found = places.find_nodes(typed, _SHOWN + 1)
        exact = [node for node in found if node.sort_key == sort_key(typed)]
        found = exact if len(exact) == 1 else list(found)
        if not found:
            raise StopValidation(_("Nothing has this code, or these words in its name."))
        if len(found) > 1:
            some = "; ".join(f"{node.name} ({node.code})" for node in found[:_SHOWN])
            raise StopValidation(_("Several have this name. Write the code: %(some)s", some=some))
        return found[0]


class PersonField(StringField):
    """A person by username, NIP or e-mail. `person` is she, None where the field stays empty."""

    person: Person | None = None

    def pre_validate(self, form: FlaskForm) -> None:  # noqa: ARG002 - WTForms calls it so
        typed = (self.data or "").strip()
        if not typed:
            return
        self.person = queries.person_by_login(typed)
        if self.person is None:
            raise StopValidation(sentence("login-unknown", {"login": typed}))
