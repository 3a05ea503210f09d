"""What can be wrong with enrolments and their progress, for `elearn db check`."""

from collections.abc import Iterator

from sqlalchemy import exists, or_, select

from elearn.accounts.models import Merge, PersonAlias
from elearn.core.db import db
from elearn.core.integrity import Finding, Findings, Part, batches, count
from elearn.learning import queries
from elearn.learning.models import Enrolment
from elearn.records.models import Record


def _enrolments() -> Iterator[Findings]:
    for enrolment_ids in batches(Enrolment.id):
        found = queries.differences_of(enrolment_ids)
        for number in enrolment_ids:
            yield [
                Finding(
                    f"enrolment {number}: {one.name} is {one.kept}, events say {one.recounted}",
                    "run `elearn learning rebuild`",
                )
                for one in found.get(number, ())
            ]


# Of whom the record names and who has the enrolment, one was merged into the other, or had been.
_ARE_ONE = or_(
    exists().where(
        PersonAlias.former_id == Record.person_id, PersonAlias.person_id == Enrolment.person_id
    ),
    exists().where(Merge.former_id == Enrolment.person_id, Merge.person_id == Record.person_id),
)


def _records_of_enrolments() -> Iterator[Findings]:
    """Records name their enrolment by number, upward, where no foreign key reaches."""
    for record_ids in batches(Record.id):
        rows = db.session.execute(
            select(Record.number, or_(Enrolment.person_id == Record.person_id, _ARE_ONE))
            .outerjoin(Enrolment, Enrolment.id == Record.enrolment_id)
            .where(Record.id.in_(record_ids))
        )
        for number, is_of_its_holder in rows:
            yield (
                []
                if is_of_its_holder
                else [
                    Finding(
                        f"record {number}: the enrolment that it is for is not there",
                        "restore it from a backup; the record itself stays valid",
                    )
                ]
            )


PARTS = (
    Part("enrolments", lambda: count(Enrolment.id), _enrolments),
    Part("enrolments of records", lambda: count(Record.id), _records_of_enrolments),
)
