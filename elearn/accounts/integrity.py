"""What can be wrong with the rows of this room, for `elearn db check`."""

from collections.abc import Iterator

from sqlalchemy import select

from elearn.accounts.models import FormerEmployment, Person
from elearn.core import clock
from elearn.core.db import db
from elearn.core.integrity import Finding, Findings, Part, count, snapshot


def _former_employments() -> Iterator[Findings]:
    """What ends in the future is no former status: the person's target would follow from it."""
    snapshot()
    now = clock.now()
    rows = db.session.execute(
        select(FormerEmployment, Person.code, Person.time_zone)
        .join(Person, Person.id == FormerEmployment.person_id)
        .order_by(FormerEmployment.person_id, FormerEmployment.until_on)
    )
    for former, code, zone in rows:
        what = f"person {code}: the former status ends on {former.until_on}, which is still to come"
        advice = "set the machine's clock right, then enter her status anew with its day"
        is_over = former.until_on <= clock.day_in(now, zone)
        yield [] if is_over else [Finding(what, advice)]


PARTS = (
    Part("former employments", lambda: count(FormerEmployment.person_id), _former_employments),
)
