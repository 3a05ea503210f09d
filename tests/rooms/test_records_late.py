"""A course is completed although nobody can issue its record: the record follows."""

import pytest
from sqlalchemy import func, select

from elearn.accounts.models import Organiser
from elearn.core.db import db, saving
from elearn.learning.models import Progress
from elearn.records.models import Credit, Record
from tests.factories import published_example
from tests.rooms.learning_acts import SLUG, complete, join


def records() -> int:
    return db.session.scalar(select(func.count()).select_from(Record)) or 0


@pytest.mark.parametrize("is_asked_twice", [False, True])
def test_a_record_without_an_issuer_follows_at_the_next_visit(app, client, sign_in, is_asked_twice):
    published_example()
    join()
    with saving():
        organiser = db.session.scalars(select(Organiser)).first()
        from_on, organiser.from_on = organiser.from_on, organiser.from_on.replace(year=2999)
    complete()
    assert db.session.scalars(select(Progress.completed_at)).one() is not None
    assert records() == 0
    sign_in("siti")
    assert client.get(f"/courses/{SLUG}/").status_code == 200
    assert records() == 0
    with saving():
        db.session.scalars(select(Organiser)).first().from_on = from_on
    for _ in range(1 + is_asked_twice):
        assert client.get(f"/courses/{SLUG}/").status_code == 200
    assert records() == 1
    assert db.session.scalar(select(func.count()).select_from(Credit)) == 1
