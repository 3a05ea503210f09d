"""Every column that refers to a person is known: shown to her, and forgotten or kept for a reason.

So is every column that may hold words about her (tests/rooms/personal_life, tests/rooms/test_privacy).
"""

import importlib
import re
from pathlib import Path

from sqlalchemy import LargeBinary, String

from elearn.core.db import db
from elearn.privacy import service as privacy
from elearn.privacy import words
from tests.rooms.personal_life import WORDS

ELEARN = Path(privacy.__file__).parents[1]
# What each room says of a person, and why a column may stay after she is forgotten.
ROOMS = ("authoring", "accounts", "records", "learning", "quizzes", "supervision")

# Her own rows that go when she is forgotten, or lose all that names her.
GOES = {
    "accounts_login.person_id",
    "accounts_credential.person_id",  # the row stays, closed and without a password
    "accounts_reset.person_id",
    "accounts_upload.person_id",
    "authoring_author.person_id",
    "authoring_comment.person_id",
    "authoring_save.person_id",
    "records_reading.person_id",
    "records_transcript.person_id",
    "supervision_contact.person_id",
}
# Her own rows that stay: they hold numbers and no words about her.
STAYS = {
    "accounts_alias.former_id": "old references stay true",
    "accounts_alias.person_id": "old references stay true",
    "accounts_consent.person_id": "that she once agreed may have to be proved",
    "accounts_former_employment.person_id": "which target of JP held for a year stays explained",
    "accounts_grant.person_id": "what was done by a role stays explained; it ends that day",
    "accounts_grant.acting_for_id": "whose office was held; a number without a name",
    "accounts_membership.person_id": "a library's totals stay true",
    "accounts_merge.former_id": "what was kept to undo it goes",
    "accounts_merge.person_id": "what was kept to undo it goes",
    "learning_enrolment.person_id": "totals and records stay true",
    "quizzes_attempt.person_id": "scores stay as numbers; answers go",
    "records_activity.person_id": "the ledger's lines stay explained",
    "records_credit.person_id": "the ledger is never changed",
    "records_evidence.person_id": "its digest stays, the file goes",
    "records_record.person_id": "the signature stays valid; its holder goes",
}
# Who did it: an office has to answer for its acts. Her name is gone from accounts_person.
ACTS = {
    "accounts_grant.given_by",
    "accounts_invitation.created_by",
    "accounts_merge.by",
    "accounts_merge.undone_by",
    "accounts_reset.created_by",
    "authoring_author.added_by",
    "authoring_comment.settled_by",
    "authoring_review.asked_by",
    "courses_version.published_by",
    "courses_withdrawal.by",
    "learning_ruling.by",
    "learning_ruling_end.by",
    "quizzes_allowance.granted_by",
    "quizzes_correction.by",
    "records_activity.by",
    "records_attendance.by",
    "records_decision.by",
    "records_event.by",
    "records_evidence.by",
    "supervision_contact.by",
}
# Text that says nothing about a person: what is published, what an office says of itself.
NOT_OF_PEOPLE = (
    "accounts_node", "accounts_organiser", "authoring_change", "authoring_draft", "authoring_file",
    "core_policy", "courses_", "records_attendance", "records_key",
)  # fmt: skip
# Columns that hold codes, keys and digests, in whichever table they stand.
CODES = {
    "category", "channel", "code", "code_digest", "course_slug", "digest", "drawn", "employment",
    "failed_unit_key", "job_code", "key_id", "kind", "language", "last_unit_key", "media_type",
    "number", "points", "question_key", "role", "salt", "seed", "signature", "slug", "source",
    "state", "time_zone", "token_digest", "unit_key", "units", "uuid", "writer",
}  # fmt: skip
# Those whose name says less than they are.
CODES_HERE = {
    "authoring_comment.place", "authoring_save.what", "core_audit.action", "core_audit.subject",
    "core_mail.key", "core_strike.bucket", "supervision_contact.reason",
    "core_audit.detail",  # counts, days and codes; why somebody was erased, without a name
    "core_mail.fault",  # of the server, about an address
    "quizzes_correction.reason",  # about a question
    "records_record.payload",  # signed; it has a digest of the holder
}  # fmt: skip


def columns_of_persons() -> set[str]:
    return {
        f"{table.name}.{key.parent.name}"
        for table in db.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "accounts_person"
    }


def test_every_column_that_refers_to_a_person_goes_or_stays_for_a_reason():
    assert columns_of_persons() == GOES | STAYS.keys() | ACTS
    assert not GOES & STAYS.keys()
    assert not (GOES | STAYS.keys()) & ACTS


# In no line of the log that a person is told of; and codes that are put together where they are used.
NOBODYS_ACT = {"quizzes:answers:sweep"}
COMPOSED = {
    "accounts:libraries:export",
    *(f"records:activity:{verb}" for verb in ("amend", "approve", "refuse")),
}


def test_every_act_that_the_log_knows_has_words_for_who_did_it():
    sources = (
        path for path in ELEARN.rglob("*.py") if path.name not in ("permissions.py", "words.py")
    )
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    noted = set(re.findall(r'(?<!Limit\()"([a-z]+:[a-z-]+:[a-z-]+)"', code))
    assert (noted - words.ACTS.keys(), words.ACTS.keys() - noted) == (NOBODYS_ACT, COMPOSED)


def test_every_room_with_rows_of_persons_can_show_and_forget_them():
    assert {column.split("_", 1)[0] for column in GOES | STAYS.keys()} == set(ROOMS)
    for room in ROOMS:
        service = importlib.import_module(f"elearn.{room}.service")
        assert callable(getattr(service, "forget", None)), room
        assert room in privacy.COLLECT


def columns_of_words() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in db.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, String | LargeBinary)
        and column.name not in CODES
        and not table.name.startswith(NOT_OF_PEOPLE)
    }


def test_every_column_that_may_hold_words_about_a_person_is_told_to_her_and_tried_when_erasing():
    """A new column of text is one of hers (then `live` fills it) or holds no words of people."""
    assert columns_of_words() == WORDS.keys() | CODES_HERE
    assert not WORDS.keys() & CODES_HERE
