"""A database in which every table has rows: what the real services write, and the rare rest."""

from datetime import UTC, date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.courses.models import Blob
from elearn.learning import queries as learning
from elearn.learning.models import Event
from elearn.quizzes import service as quiz
from elearn.records.models import SigningKey
from tests.rooms.archives import studied

_NOW, _DAY = datetime(2026, 5, 2, 3, tzinfo=UTC), date(2026, 5, 2)

# Tables that a plain course of study leaves empty.
RARE: tuple[tuple[str, dict[str, object]], ...] = (
    ("authoring_author", {"slug": "contoh", "person_id": 2, "added_at": _NOW}),
    ("authoring_draft", {"id": 1, "code": "d", "slug": "contoh", "state": "open", "base_id": 1, "begun_at": _NOW, "saves": 1, "saved_at": _NOW, "picture": "{}"}),
    ("authoring_save", {"id": 1, "draft_id": 1, "number": 1, "person_id": 2, "at": _NOW, "what": "w", "about": ""}),
    ("authoring_review", {"draft_id": 1, "save_number": 1, "token_digest": "d", "asked_by": 2, "asked_at": _NOW, "expires_at": _NOW}),
    ("authoring_comment", {"draft_id": 1, "save_number": 1, "place": "", "person_id": 2, "text": "t", "at": _NOW}),
    ("accounts_consent", {"person_id": 1, "version": _DAY, "at": _NOW}),
    ("accounts_merge", {"former_id": 2, "person_id": 1, "at": _NOW, "by": 5, "moved": "{}", "code": "m"}),
    ("accounts_upload", {"kind": "people", "file_name": "f", "person_id": 5, "at": _NOW, "code": "u", "job_code": ""}),
    ("core_job", {"kind": "import", "person_id": 5, "begun_at": _NOW, "beat_at": _NOW, "code": "j", "state": "done", "done_count": 1, "total_count": 1, "outcome": "{}"}),
    ("core_mail", {"key": "k", "person_id": 1, "recipient": "r", "subject": "s", "body": "b", "created_at": _NOW, "next_at": _NOW, "tries": 0, "fault": ""}),
    ("records_evidence", {"id": 1, "code": "e", "person_id": 1, "media_type": "image/png", "digest": "d", "size": 1, "at": _NOW, "by": 1}),
    ("records_evidence_file", {"evidence_id": 1, "file_name": "f", "content": b"c"}),
    ("records_attendance", {"id": 1, "code": "l", "digest": "d", "title": "t", "at": _NOW, "by": 3}),
    ("records_activity", {"id": 1, "code": "a", "person_id": 1, "category": "seminar", "role": "speaker", "title": "t", "organiser": "o", "first_on": _DAY, "last_on": _DAY, "jp_claimed": 2, "evidence_id": 1, "list_id": 1, "at": _NOW, "by": 1}),
    ("records_decision", {"id": 1, "activity_id": 1, "kind": "approved", "jp": 2, "reason": "", "by": 3, "at": _NOW}),
    ("records_reading", {"person_id": 1, "decision_id": 1}),
    ("records_credit", {"person_id": 1, "kind": "activity", "decision_id": 1, "category": "seminar", "credit_year": 2026, "jp": 2, "title": "t", "at": _NOW}),
    ("supervision_contact", {"person_id": 1, "by": 3, "at": _NOW, "channel": "whatsapp", "reason": "idle"}),
    ("core_policy", {"name": "target_jp_pns", "from_on": _DAY, "value": "24"}),
    ("core_strike", {"bucket": "digest", "at": _NOW}),
    ("accounts_alias", {"former_id": 2, "person_id": 1, "merged_at": _NOW}),
    ("accounts_former_employment", {"person_id": 1, "until_on": _DAY, "employment": "other"}),
    ("accounts_invitation", {"code_digest": "d", "node_id": 1, "role": "learner", "uses_left": 1, "created_at": _NOW, "expires_at": _NOW}),
    ("accounts_node_code", {"node_id": 1, "scheme": "npp", "value": "1"}),
    ("accounts_reset", {"person_id": 1, "code_digest": "d", "created_at": _NOW, "expires_at": _NOW}),
    ("courses_withdrawal", {"version_id": 1, "at": _NOW, "reason": "try"}),
    ("learning_enrolment", {"code": "c", "person_id": 5, "course_id": 1, "run": 1, "version_id": 1, "enrolled_at": _NOW}),
    ("quizzes_allowance", {"enrolment_id": 1, "unit_key": "satu-quiz", "reason": "ill", "granted_at": _NOW, "granted_by": 1}),
    ("quizzes_correction", {"id": 1, "version_id": 1, "question_key": "satu-single", "from_version_id": 1, "reason": "wrong", "at": _NOW, "by": 1}),
    ("quizzes_regrade", {"attempt_id": 1, "correction_id": 1, "score_percent": 100, "is_passed": True, "points": "{}", "at": _NOW}),
)  # fmt: skip


def fill() -> None:
    studied()
    with saving():
        enrolment = learning.own_enrolment_to_change(actor_named("joko"), "contoh")
        attempt = quiz.begin(enrolment, "dua-quiz", "id", clock.now())
        db.session.flush()
        answer = {"question_key": "q", "given": "0", "counter": 1, "writer": "w", "saved_at": _NOW}
        event = db.session.scalar(select(func.min(Event.id)))
        key = db.session.scalar(select(SigningKey.id).limit(1))
        digest = db.session.scalar(select(Blob.digest).limit(1))
        rows = (
            *RARE,
            ("authoring_file", {"draft_id": 1, "path": "course.yml", "digest": digest}),
            ("authoring_change", {"save_id": 1, "path": "course.yml", "digest": digest}),
            ("quizzes_answer", {"attempt_id": attempt.id, **answer}),
            (
                "learning_ruling",
                {
                    "id": 1,
                    "code": "r",
                    "enrolment_id": 1,
                    "event_id": event,
                    "reason": "r",
                    "by": 3,
                    "at": _NOW,
                },
            ),
            ("learning_ruling_end", {"ruling_id": 1, "reason": "r", "by": 3, "at": _NOW}),
            (
                "records_transcript",
                {
                    "code": "t",
                    "person_id": 1,
                    "payload": "{}",
                    "signature": "s",
                    "key_id": key,
                    "made_at": _NOW,
                },
            ),
        )
        for table, row in rows:
            db.session.execute(insert(db.metadata.tables[table]).values(row))
    db.session.remove()


def counts(connection: Connection) -> dict[str, int]:
    """Rows of each of our tables that is there now."""
    there = set(connection.dialect.get_table_names(connection))
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
        if table.name in there
    }
