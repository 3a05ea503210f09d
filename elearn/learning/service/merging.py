"""Two persons who are one: the runs of both become the runs of one. Events stay as they are."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from sqlalchemy import select, update

from elearn.core.db import db
from elearn.learning.models import Enrolment, Progress
from elearn.learning.service.following import follow

# Enrolment -> whose it was and which run, before a merging; JSON has its keys as text.
Runs = Mapping[str, Sequence[int]]

_ASIDE = 1_000_000  # no run has this number: two that change places meet nowhere on the way


def merge(former_id: int, person_id: int) -> Runs:
    """The former's enrolments become the person's; returns what `unmerge` takes.

    Where both have joined the same course, the run that is further becomes the later one, which is
    the one that she goes on with.
    """
    rows = db.session.execute(
        select(Enrolment, Progress)
        .join(Progress, Progress.enrolment_id == Enrolment.id)
        .where(Enrolment.person_id.in_((former_id, person_id)))
        .order_by(Enrolment.course_id, Enrolment.enrolled_at, Enrolment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    before: dict[str, Sequence[int]] = {}
    after: dict[int, tuple[int, int]] = {}
    for _, of_course in groupby(rows, key=lambda row: row[0].course_id):
        runs = list(of_course)
        if all(enrolment.person_id == person_id for enrolment, _ in runs):
            continue
        for place, enrolment in enumerate(_in_order(runs), 1):
            before[str(enrolment.id)] = (enrolment.person_id, enrolment.run)
            after[enrolment.id] = (person_id, place)
    _write(after)
    follow((former_id, person_id))
    return before


def unmerge(before: Runs) -> None:
    """Every run is whose it was, with its number. What was joined since stays with the person."""
    _write({int(number): (person_id, run) for number, (person_id, run) in before.items()})
    follow({person_id for person_id, _ in before.values()})


def _in_order(runs: Iterable[tuple[Enrolment, Progress]]) -> list[Enrolment]:
    """The runs of one course as those of one person: as they began, the furthest one last."""
    runs = list(runs)
    latest: dict[int, tuple[Enrolment, Progress]] = {}
    for enrolment, progress in runs:
        other = latest.get(enrolment.person_id)
        if other is None or other[0].run < enrolment.run:
            latest[enrolment.person_id] = (enrolment, progress)
    last, _ = max(
        latest.values(),
        key=lambda run: (run[1].completed_at is not None, run[1].percent, run[1].last_event_at),
    )
    return [*(enrolment for enrolment, _ in runs if enrolment is not last), last]


def _write(runs: Mapping[int, tuple[int, int]]) -> None:
    for number, (person_id, run) in runs.items():
        _place(number, person_id, run + _ASIDE)
    for number, (person_id, run) in runs.items():
        _place(number, person_id, run)


def _place(number: int, person_id: int, run: int) -> None:
    db.session.execute(
        update(Enrolment).where(Enrolment.id == number).values(person_id=person_id, run=run)
    )
