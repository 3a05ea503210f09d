"""Sums made anew from the events that they sum up."""

from collections.abc import Sequence

from elearn.core.db import db
from elearn.learning import queries
from elearn.learning.models import Progress


def rebuild(enrolment_ids: Sequence[int]) -> dict[int, tuple[queries.Difference, ...]]:
    """Make progress rows anew from the events; what was different in them, by enrolment.

    The rows are locked before the events are read: what a learner does meanwhile comes after.
    Three queries, however many enrolments, and one for all that is written.
    """
    rows = queries.many_progress_to_change(enrolment_ids)
    mended = {}
    for number, recounted in queries.recounts(enrolment_ids).items():
        row = rows.get(number)
        found = queries.differences(row, recounted)
        if found:
            row = row or Progress(enrolment_id=number)
            for name, value in recounted.values().items():
                setattr(row, name, value)
            db.session.add(row)
            mended[number] = found
    return mended
