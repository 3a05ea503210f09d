"""Progress rows follow their enrolments when those change their number or their person."""

from collections.abc import Collection

from sqlalchemy import select, update

from elearn.core.db import db
from elearn.learning import queries
from elearn.learning.models import Enrolment, Progress


def follow(person_ids: Collection[int]) -> None:
    """Whose run it is, and whether it is the last one of its course, for all runs of these people.

    One statement, after the enrolments were written.
    """
    db.session.flush()
    of_run = Enrolment.id == Progress.enrolment_id
    db.session.execute(
        update(Progress)
        .where(
            Progress.enrolment_id.in_(
                select(Enrolment.id).where(Enrolment.person_id.in_(person_ids))
            )
        )
        .values(
            person_id=select(Enrolment.person_id).where(of_run).scalar_subquery(),
            is_latest=select(queries.is_latest()).where(of_run).scalar_subquery(),
        )
        .execution_options(synchronize_session=False)
    )
