"""Drafts for the tests of the authoring room, and a second author."""

from collections.abc import Mapping

from sqlalchemy import select

from elearn.accounts.models import Credential, GrantRow, Login, Person
from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.authoring.models import Draft
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.text import sort_key
from tests.coursepack.example import SLUG, example_files
from tests.people import SINCE


def draft_of(
    files: Mapping[str, bytes] | None = None, who: str = "budi", slug: str = SLUG
) -> Draft:
    """A draft of the example course (or of these files), begun by an author."""
    with saving():
        return service.begin(slug, files or example_files(), "begun", actor_named(who), clock.now())


def files_now(draft: Draft) -> Mapping[str, bytes]:
    """The files of a draft as they are in the database now."""
    db.session.rollback()  # what other requests have saved since is not seen before
    db.session.expire_all()
    return queries.files_of(draft)


def second_author(username: str = "sari") -> None:
    """An author beside budi, with the cast's password."""
    with saving():
        person = Person(
            full_name="Sari Wulandari",
            sort_key=sort_key("Sari Wulandari"),
            post="Pelatih utama",
            employment="pns",
            created_at=clock.now(),
        )
        db.session.add(person)
        db.session.flush()
        hashed = db.session.scalars(select(Credential.password_hash).limit(1)).one()
        db.session.add_all(
            [
                Login(key=username, kind="username", person_id=person.id),
                Credential(
                    person_id=person.id,
                    password_hash=hashed,
                    changed_at=clock.now(),
                    generation=1,
                    is_active=True,
                ),
                GrantRow(person_id=person.id, role="author", from_on=SINCE),
            ]
        )
