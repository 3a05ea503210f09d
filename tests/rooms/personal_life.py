"""A person with words about her in every column that may hold any: each is its own mark.

`WORDS` is the register of such columns, with what becomes of the words; tests/house/
test_personal_data finds a column of text that is in no register.
"""

import json
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select, update

from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.demo.study import go_through
from elearn.learning.models import Enrolment, Event
from elearn.records.models import Record
from tests.conftest import person_id
from tests.factories import published_example

TOLD = "in her file"  # and struck out or deleted when she is erased
NOT_TOLD = {  # deleted, too; not in her file, for a reason
    "accounts_credential.password_hash": "nobody may read it, she neither",
    "accounts_merge.moved": "numbers of rows, to undo a merging",
    "accounts_person.sort_key": "made from her name",
    "accounts_upload.content": "names others; who brought it has it",
    "core_job.outcome": "rows of a list that somebody brought, for two days",
    "core_mail.body": "deleted when it leaves, since it may hold a code",
    "records_evidence_file.content": "behind the link of its page",
}
STAYS = {  # in her file, and kept when she is erased, for a reason
    "authoring_comment.text": "about a course, and stays with it, without who said it",
    "authoring_save.about": "a part of a course, and stays with it, without who wrote it",
    "records_activity.organiser": "what JP were given for: a line of the ledger",
    "records_activity.title": "what JP were given for: a line of the ledger",
    "records_credit.title": "what JP were given for: a line of the ledger",
}
WORDS = {
    **dict.fromkeys(
        (
            "accounts_login.key",
            "accounts_person.email",
            "accounts_person.full_name",
            "accounts_person.nip",
            "accounts_person.phone",
            "accounts_person.post",
            "accounts_upload.file_name",
            "core_mail.recipient",
            "core_mail.subject",
            "learning_ruling.reason",
            "learning_ruling_end.reason",
            "quizzes_allowance.reason",
            "quizzes_answer.given",
            "records_decision.reason",
            "records_event.reason",
            "records_evidence_file.file_name",
            "records_holder.institution",
            "records_holder.name",
            "records_holder.nip",
            "records_holder.post",
            "records_transcript.payload",
        ),
        TOLD,
    ),
    **NOT_TOLD,
    **STAYS,
}
_DAY = date(2026, 5, 2)


def mark(column: str) -> str:
    """What stands in this column: a NIP is 18 digits, all others say which column they are of."""
    return "198703122010012345" if column == "accounts_person.nip" else f"words of {column}"


def _marks(table: str) -> dict[str, Any]:
    found = {
        column.split(".")[1]: mark(column) for column in WORDS if column.startswith(f"{table}.")
    }
    as_kept = {"content": str.encode, "given": json.dumps}
    return {name: as_kept.get(name, str)(word) for name, word in found.items()}


def live() -> int:
    """siti studies, is corrected, decided about, written to and written down; returns her number.

    Her record was revoked; dewi has brought a list of people that waits to be written.
    """
    published_example()
    now = clock.now()
    go_through(actor_named("siti"), "contoh", "id", 1.0, now - timedelta(days=3), now, Random(1))
    siti, dewi, joko = person_id("siti"), person_id("dewi"), person_id("joko")
    with saving():
        for table, facts in _rows(siti, dewi, joko):
            values = {**_marks(table), **facts}
            db.session.execute(insert(db.metadata.tables[table]).values(values))
        holder = _marks("records_holder")
        record = db.session.scalars(select(Record.id)).one()
        holders = db.metadata.tables["records_holder"]
        kept = db.session.execute(select(holders.c.salt, holders.c.show_nip)).one()
        db.session.execute(holders.delete())
        db.session.execute(insert(holders).values(record_id=record, **kept._mapping, **holder))
        persons = db.metadata.tables["accounts_person"]
        db.session.execute(
            update(persons).where(persons.c.id == siti).values(_marks("accounts_person"))
        )
        hashes = db.metadata.tables["accounts_credential"]
        db.session.execute(
            update(hashes).where(hashes.c.person_id == siti).values(_marks("accounts_credential"))
        )
    return siti


def _rows(siti: int, dewi: int, joko: int) -> list[tuple[str, dict[str, Any]]]:
    now = clock.now()
    enrolment = db.session.scalars(select(Enrolment.id)).one()
    event = db.session.scalars(select(Event.id).order_by(Event.id)).first()
    record, key = db.session.execute(select(Record.id, Record.key_id)).one()
    draft = {"code": "d", "slug": "contoh", "state": "open", "begun_at": now, "saved_at": now}
    claim = {"category": "seminar", "first_on": _DAY, "last_on": _DAY, "jp_claimed": 2, "at": now}
    return [
        ("accounts_login", {"person_id": siti, "kind": "email"}),
        ("accounts_merge", {"code": "m", "former_id": joko, "person_id": siti, "by": dewi, "at": now}),
        ("accounts_upload", {"code": "own", "kind": "libraries", "person_id": siti, "at": now, "job_code": "own"}),
        ("accounts_upload", {"code": "list", "kind": "people", "file_name": "daftar.csv", "person_id": dewi, "at": now, "job_code": "j"}),
        ("core_job", {"code": "j", "kind": "people-judge", "person_id": dewi, "state": "done", "done_count": 1, "total_count": 1, "begun_at": now, "beat_at": now, "ended_at": now}),
        ("core_mail", {"key": "k", "person_id": siti, "created_at": now, "next_at": now, "tries": 0, "fault": ""}),
        ("learning_ruling", {"id": 1, "code": "r", "enrolment_id": enrolment, "event_id": event, "by": dewi, "at": now}),
        ("learning_ruling_end", {"ruling_id": 1, "by": dewi, "at": now}),
        ("quizzes_attempt", {"id": 900, "code": "q", "person_id": siti, "enrolment_id": enrolment, "version_id": 1, "unit_key": "u", "number": 1, "state": "open", "seed": "s", "drawn": json.dumps([{"key": "satu-text", "order": []}]), "language": "id", "started_at": now, "points": ""}),
        ("quizzes_answer", {"attempt_id": 900, "question_key": "satu-text", "counter": 1, "writer": "w", "saved_at": now}),
        ("quizzes_allowance", {"enrolment_id": enrolment, "unit_key": "u", "granted_at": now, "granted_by": dewi}),
        ("records_event", {"record_id": record, "kind": "revoked", "at": now, "by": dewi}),
        ("records_transcript", {"code": "t", "person_id": siti, "signature": "s", "key_id": key, "made_at": now}),
        ("records_evidence", {"id": 1, "code": "e", "person_id": siti, "media_type": "image/png", "digest": "d", "size": 1, "at": now, "by": siti}),
        ("records_evidence_file", {"evidence_id": 1}),
        ("records_activity", {"id": 1, "code": "a", "person_id": siti, "role": "speaker", "evidence_id": 1, "by": siti, **claim}),
        ("records_decision", {"id": 1, "activity_id": 1, "kind": "approved", "jp": 2, "by": dewi, "at": now}),
        ("records_credit", {"person_id": siti, "kind": "activity", "decision_id": 1, "category": "seminar", "credit_year": 2026, "jp": 2, "at": now}),
        ("authoring_draft", {"id": 1, "base_id": 1, "saves": 1, "picture": "{}", **draft}),
        ("authoring_save", {"draft_id": 1, "number": 1, "person_id": siti, "at": now, "what": "w"}),
        ("authoring_comment", {"draft_id": 1, "save_number": 1, "place": "", "person_id": siti, "at": now}),
    ]  # fmt: skip
