"""Evidence as learning hands it down, for the tests of this room."""

from dataclasses import replace
from datetime import UTC, datetime

from elearn.core.db import saving
from elearn.records import service
from elearn.records.models import Record
from elearn.records.rules import Evidence, MetRule, ModuleEvidence
from tests.conftest import person_id

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)

EVIDENCE = Evidence(
    enrolment_id=7,
    person_id=0,
    course_slug="basic-ict",
    version_number=3,
    languages=("id", "en"),
    course_titles={"id": "TIK Dasar untuk Perpustakaan", "en": "Basic ICT for Libraries"},
    modules=(
        ModuleEvidence({"id": "Perangkat dan berkas", "en": "Devices and files"}, 2, 86),
        ModuleEvidence({"id": "Internet dan pencarian", "en": "Internet and search"}, 3, None),
    ),
    organiser_code="perpusnas-contoh",
    minutes_per_jp=45,
    enrolled_at=datetime(2026, 1, 12, 3, 0, tzinfo=UTC),
    completed_at=datetime(2026, 3, 4, 8, 15, tzinfo=UTC),
    pre_test_percent=54,
    post_test_percent=86,
    rule=MetRule(lessons=8, quizzes=2, pass_percent=70, post_test=True, task=False),
)


def evidence(username: str = "siti", **changes: object) -> Evidence:
    """The evidence of one of the cast."""
    return replace(EVIDENCE, person_id=person_id(username), **changes)  # type: ignore[arg-type]


def issued(username: str = "siti", **changes: object) -> Record:
    """A record of one of the cast, issued and committed."""
    given = evidence(username, **changes)
    with saving():
        return service.issue(given, NOW)
