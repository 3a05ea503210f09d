"""The first start of a site makes what every later backup must hold."""

from sqlalchemy import func, select

from elearn.core.db import db
from elearn.records import keys
from elearn.records.models import SigningKey
from tests.rooms.at_once import at_once
from tests.rooms.records_evidence import NOW


def test_the_first_key_is_made_once_however_many_ask(app, tmp_path):
    assert at_once(app, 6, lambda _number: keys.make_first(NOW)) == []
    assert db.session.scalar(select(func.count()).select_from(SigningKey)) == 1
    assert len(list(tmp_path.glob("record-key-*"))) == 1
