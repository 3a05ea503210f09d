"""Numbers and NIPs cannot be tried out, not even by asking many times at once."""

import pytest
from sqlalchemy import func, select

from elearn.accounts.models import Person
from elearn.core import throttle
from elearn.core.db import db, saving
from elearn.core.errors import TooMany
from elearn.records import queries, service
from elearn.records.models import Record
from tests.conftest import person_id
from tests.rooms.at_once import at_once
from tests.rooms.records_evidence import NOW, issued

ADDRESS = "192.0.2.7"
NIP = "198501012010012001"
WRONG_NIP = "198501012010012002"
TOGETHER, LEFT = 12, 3


def _nobody(_number):
    service.find_by_number("2026-00000000-0", ADDRESS, NOW)


def _wrong_nip(_number):
    kept = queries.record_by_number(db.session.scalars(select(Record.number)).one())
    service.match_nip(kept, WRONG_NIP, ADDRESS, NOW)


@pytest.mark.parametrize(
    ("limit", "subject", "act"),
    [
        (service.WRONG_CODES, lambda _record: ADDRESS, _nobody),
        (service.WRONG_NIPS, lambda record: record.code, _wrong_nip),
        (service.WRONG_NIPS_OF_ADDRESS, lambda _record: ADDRESS, _wrong_nip),
    ],
    ids=["numbers", "NIPs of a record", "NIPs from an address"],
)
def test_of_many_wrong_tries_at_once_no_more_than_the_limit_pass(app, limit, subject, act):
    record = issued()
    with saving():
        throttle.claim(NOW, *[(limit, subject(record))] * (limit.count - LEFT))
    faults = at_once(app, TOGETHER, act)
    assert {type(fault) for fault in faults} == {TooMany}
    assert len(faults) == TOGETHER - LEFT


def test_right_ones_use_up_no_tries(app):
    with saving():
        db.session.get_one(Person, person_id("siti")).nip = NIP
    number = issued().number
    with saving():
        kept = service.find_by_number(number, ADDRESS, NOW)
        assert service.match_nip(kept, NIP, ADDRESS, NOW)
    assert db.session.scalar(select(func.count()).select_from(throttle.Strike)) == 0
