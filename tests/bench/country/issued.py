"""Completion records: facts, digests and signatures by the room's own functions."""

from dataclasses import dataclass
from datetime import datetime

from elearn.core import clock
from elearn.records import keys, rules
from elearn.records.models import Category, Credit, Holder, Record, RecordEvent
from elearn.records.service import issuer_on
from tests.bench.country.chance import Codes
from tests.bench.country.people import Inhabitant
from tests.bench.country.span import Span
from tests.bench.country.tree import ORGANISER
from tests.bench.country.writing import Writer

_RECORD = (
    "id", "enrolment_id", "edition", "person_id", "number", "code", "payload", "signature",
    "key_id", "issued_at",
)  # fmt: skip
_HOLDER = ("record_id", "salt", "name", "nip", "show_nip", "post", "institution")
_EVENT = ("id", "record_id", "kind", "at", "reason", "by")
_CREDIT = (
    "id", "person_id", "kind", "record_id", "category", "credit_year", "jp", "title", "at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """A record to be issued to somebody who has completed a course."""

    evidence: rules.Evidence
    learner: Inhabitant


class Office:
    """Issues the records of one chunk, inside `saving()`; they are signed at the completion."""

    def __init__(self, span: Span, writer: Writer, codes: Codes) -> None:
        self._writer, self._codes = writer, codes
        self._signer = keys.signer(span.start)
        self._issuer = issuer_on(ORGANISER, span.end, clock.DEFAULT_ZONE)

    def issue(self, dues: list[Due]) -> None:
        """All of them, in the order in which the courses were completed."""
        dues.sort(key=lambda due: due.evidence.completed_at)
        records, holders, events, credit = [], [], [], []
        for due in dues:
            number = self._writer.next_id(Record)
            learner, at = due.learner, due.evidence.completed_at
            printed = _printed(learner, at)
            salt = self._codes.salt()
            stated = self._facts(due.evidence, printed, salt, learner.zone)
            signed = rules.payload(stated)
            records.append(
                (number, stated.enrolment, stated.edition, printed.person_id, stated.number,
                 stated.code, signed, self._signer.sign(signed), self._signer.key_id, at)
            )  # fmt: skip
            values = rules.holder_values(printed)
            holders.append(
                (number, salt, values["name"], values["nip"], printed.show_nip, values["post"],
                 values["institution"])
            )  # fmt: skip
            events.append((self._writer.next_id(RecordEvent), number, "issued", at, "", None))
            credit.append(
                (self._writer.next_id(Credit), printed.person_id, "record", number,
                 Category.COURSE, stated.credit_year, stated.jp, stated.course_titles[learner.language], at)
            )  # fmt: skip
        self._writer.add(Record, _RECORD, records)
        self._writer.add(Holder, _HOLDER, holders)
        self._writer.add(RecordEvent, _EVENT, events)
        self._writer.add(Credit, _CREDIT, credit)

    def _facts(
        self, evidence: rules.Evidence, printed: rules.HolderWords, salt: str, zone: str
    ) -> rules.Facts:
        year = clock.day_in(evidence.completed_at, zone).year
        return rules.facts(
            evidence,
            number=self._codes.record_number(year),
            code=self._codes.code(),
            issuer=self._issuer,
            holder_digest=rules.holder_digest(salt, printed),
            zone=zone,
            issued_at=evidence.completed_at,
        )


def _printed(learner: Inhabitant, at: datetime) -> rules.HolderWords:
    return rules.HolderWords(
        person_id=learner.person_id,
        name=learner.name,
        nip=learner.nip,
        show_nip=learner.show_nip,
        post=learner.post,
        institution=learner.institution_on(clock.day_in(at, learner.zone)),
    )
