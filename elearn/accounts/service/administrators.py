"""The site is never left without somebody who administers it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from elearn.accounts.queries.administrators import days_administered_to_change
from elearn.accounts.rules import first_day_without
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import Conflict


@contextmanager
def one_stays(now: datetime) -> Iterator[None]:
    """What ends a role or an account is done inside; Conflict when it leaves a day to nobody.

    Where such a day was to come anyway, it must not come sooner. Called inside `saving()`, before
    any grant is locked.
    """
    today = clock.day_in(now, clock.DEFAULT_ZONE)
    before = first_day_without(days_administered_to_change(), today)
    yield
    db.session.flush()
    after = first_day_without(days_administered_to_change(), today)
    if after is not None and (before is None or after < before):
        raise Conflict("administrator-last", day=after)
