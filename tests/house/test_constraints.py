"""Each constraint of the schema refuses what it is there for: each is broken once."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Table, insert, select
from sqlalchemy.exc import IntegrityError

from elearn.core.db import db
from tests.house.filled import fill

# What breaks each rule about values, in a row that is right otherwise.
BREAKS: dict[str, dict[str, Any]] = {
    "ck_accounts_former_employment_employment_known": {"employment": "kite"},
    "ck_accounts_grant_range_right": {"to_on": date(1900, 1, 1)},
    "ck_accounts_grant_role_known": {"role": "king"},
    "ck_accounts_grant_supervisor_has_node": {"role": "supervisor", "node_id": None},
    "ck_accounts_invitation_uses_left_right": {"uses_left": -1},
    "ck_accounts_membership_range_right": {"to_on": date(1900, 1, 1)},
    "ck_accounts_merge_two_persons": {"former_id": 1, "person_id": 1},
    "ck_accounts_merge_undone_by_somebody": {"undone_by": 1},
    "ck_accounts_node_kind_known": {"kind": "kite"},
    "ck_accounts_organiser_range_right": {"to_on": date(1900, 1, 1)},
    "ck_accounts_person_employment_known": {"employment": "kite"},
    "ck_accounts_person_nip_has_18": {"nip": "1" * 17},
    "ck_accounts_placement_not_under_itself": {"node_id": 1, "parent_id": 1},
    "ck_accounts_placement_range_right": {"to_on": date(1900, 1, 1)},
    "ck_accounts_upload_kind_known": {"kind": "kite"},
    "ck_authoring_draft_ended_has_time": {"ended_at": datetime(2026, 5, 2, tzinfo=UTC)},
    "ck_authoring_draft_published_has_version": {"version_id": 1},
    "ck_authoring_draft_state_known": {
        "state": "kite",
        "ended_at": datetime(2026, 5, 2, tzinfo=UTC),
    },
    "ck_core_job_count_right": {"done_count": 2, "total_count": 1},
    "ck_core_job_state_known": {"state": "kite"},
    "ck_core_policy_name_given": {"name": ""},
    "ck_courses_unit_kind_known": {"kind": "kite"},
    "ck_courses_version_jp_right": {"jp": -1},
    "ck_learning_enrolment_run_right": {"run": 0},
    "ck_learning_event_kind_known": {"kind": "kite", "score_percent": None},
    "ck_learning_event_scored_has_score": {"kind": "scored", "score_percent": None},
    "ck_learning_progress_count_right": {"done_count": 2, "required_count": 1},
    "ck_learning_progress_percent_right": {"percent": 101},
    "ck_learning_ruling_end_reason_given": {"reason": ""},
    "ck_learning_ruling_reason_given": {"reason": ""},
    "ck_quizzes_attempt_state_known": {
        "state": "kite",
        "submitted_at": None,
        "score_percent": None,
    },
    "ck_quizzes_attempt_submitted_has_score": {"score_percent": 1},
    "ck_quizzes_attempt_submitted_has_time": {"submitted_at": datetime(2026, 5, 2, tzinfo=UTC)},
    "ck_quizzes_correction_reason_given": {"reason": ""},
    "ck_quizzes_regrade_score_right": {"score_percent": 101},
    "ck_records_activity_category_known": {"category": "kite"},
    "ck_records_activity_days_right": {"last_on": date(1900, 1, 1)},
    "ck_records_activity_jp_right": {"jp_claimed": 0},
    "ck_records_activity_role_known": {"role": "kite"},
    "ck_records_credit_category_known": {"category": "kite"},
    "ck_records_credit_decision_named": {"kind": "activity", "decision_id": None},
    "ck_records_credit_kind_known": {"kind": "kite"},
    "ck_records_credit_record_named": {"kind": "record", "record_id": None},
    "ck_records_decision_jp_right": {"jp": -1},
    "ck_records_decision_kind_known": {"kind": "kite"},
    "ck_records_decision_reason_given": {"kind": "refused", "reason": ""},
    "ck_records_event_kind_known": {"kind": "kite"},
    "ck_records_event_revoked_has_reason": {"kind": "revoked", "reason": ""},
    "ck_records_evidence_media_type_known": {"media_type": "kite"},
    "ck_records_record_edition_right": {"edition": 0},
    "ck_supervision_contact_channel_known": {"channel": "kite"},
}
# What the row needs beside, so that no other constraint is broken before this one.
LATER = {"from_on": date(2098, 1, 1), "to_on": date(2099, 1, 1)}
REVOKED = {"kind": "revoked", "reason": "a try"}
BESIDE: dict[str, dict[str, Any]] = {
    "fk_accounts_alias_person_id": {"former_id": 3},
    "fk_accounts_merge_undone_by": {"undone_at": datetime(2026, 5, 2, tzinfo=UTC)},
    "fk_authoring_draft_version_id": {
        "state": "published",
        "ended_at": datetime(2026, 5, 2, tzinfo=UTC),
    },
    "fk_accounts_placement_parent_id": {"node_id": 1, **LATER},
    "fk_learning_progress_version_id": {"enrolment_id": 3},
    "fk_quizzes_regrade_correction_id": {"attempt_id": 2},
    "fk_learning_ruling_end_ruling_id": {"ruling_id": 2},
    "fk_learning_ruling_evidence_id": {"event_id": 2},
    "fk_learning_ruling_by": {"event_id": 2},
    "fk_learning_ruling_enrolment_id": {"event_id": 2},
    "fk_records_activity_person_id": {"list_id": None},
    "fk_records_activity_replaces_id": {"list_id": None, "id": 900_000_002},
    "fk_records_credit_decision_id": {"kind": "activity"},
    "uq_records_credit_decision_id": {"kind": "activity"},
    "fk_records_decision_by": {"activity_id": 1, "kind": "amended", "reason": "r"},
    "fk_records_credit_person_id": {"kind": "correction", "decision_id": None, "record_id": None},
    "fk_records_credit_record_id": {"kind": "correction", "decision_id": None},
    "fk_records_event_by": REVOKED,
    "fk_records_event_record_id": REVOKED,
    "pk_records_credit": {"kind": "correction", "decision_id": None},
    "pk_records_event": REVOKED,
    "pk_records_key": {"to_at": datetime(2026, 5, 2, tzinfo=UTC)},
    "uq_accounts_grant_everywhere": {"node_id": None},
    "uq_accounts_placement_node_id_from_on": {"to_on": date(2099, 1, 1)},
    "uq_quizzes_attempt_enrolment_id_unit_key_number": {
        "state": "submitted", "submitted_at": datetime(2026, 5, 2, tzinfo=UTC), "score_percent": 1,
    },
}  # fmt: skip
FRESH = {int: 900_000_001, str: "fresh", date: date(2099, 1, 1)}

Row = dict[str, Any]
Attempt = tuple[Table, str, Row, str]  # table, name, row to insert, what SQLite says of it


def uniques(table: Table) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Name, columns and condition of all that must not be there twice."""
    for constraint in table.constraints:
        if constraint.__visit_name__ in ("unique_constraint", "primary_key_constraint"):
            yield str(constraint.name), tuple(c.name for c in constraint.columns), None
    for index in table.indexes:
        if index.unique:
            columns = tuple(c.name for c in index.columns)
            is_expression = not all(hasattr(e, "table") for e in index.expressions)
            where = index.dialect_options["sqlite"]["where"]
            yield str(index.name), () if is_expression else columns, where


def sample(table: Table, columns: Iterable[str], where: Any = None) -> Row:
    """A row for which the rule holds: the newest, so that an attempt is still open."""
    query = select(table).order_by(*(c.desc() for c in table.primary_key.columns))
    query = query.where(*(table.c[name].is_not(None) for name in columns))
    found = db.session.execute(query if where is None else query.where(where)).first()
    assert found is not None, f"{table.name} has no row to break a rule with"
    return dict(found._mapping)


def differing(table: Table, row: Row, kept: Iterable[str]) -> Row:
    """The row, changed until nothing but `kept` is there already."""
    fixed = {c.name for c in table.columns if c.foreign_keys} | {"kind", "role", "state"}
    for _, columns, _ in uniques(table):
        free = sorted(set(columns) - set(kept), key=lambda name: (name in fixed, name))
        if columns and free and not any(row[n] in FRESH.values() for n in free):
            row = {**row, free[0]: FRESH[table.c[free[0]].type.python_type]}
    return row


def is_counted(column: Column[Any]) -> bool:
    """SQLite gives a lone whole number that is the primary key a value when it gets none."""
    alone = len(column.table.primary_key.columns) == 1
    return column.primary_key and alone and column.type.python_type is int


def attempts() -> Iterator[Attempt]:
    """For every constraint a row that breaks it, and only it before any other is asked."""
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if not column.nullable and not is_counted(column):
                row = {**sample(table, ()), column.name: None}
                said = f"NOT NULL constraint failed: {table.name}.{column.name}"
                yield table, column.name, row, said
        for name, columns, where in uniques(table):
            row = differing(table, sample(table, columns, where), columns)
            said = ", ".join(f"{table.name}.{column}" for column in columns)
            yield table, name, row, "UNIQUE constraint failed: " + (said or f"index '{name}'")
        for constraint in table.constraints:
            name = str(constraint.name)
            if isinstance(constraint, CheckConstraint):
                row = {**sample(table, ()), **BREAKS[name]}
                yield table, name, row, f"CHECK constraint failed: {name}"
            elif isinstance(constraint, ForeignKeyConstraint):
                columns = [c.name for c in constraint.columns]
                nowhere = {c.name: FRESH[c.type.python_type] for c in constraint.columns}
                row = differing(table, {**sample(table, ()), **nowhere}, columns)
                yield table, name, row, "FOREIGN KEY constraint failed"


def test_every_constraint_refuses_what_breaks_it(own_app):
    fill()
    is_sqlite = db.engine.dialect.name == "sqlite"
    wrong, tried = [], 0
    for table, name, row, said in attempts():
        tried += 1
        with pytest.raises(IntegrityError) as caught, db.session.begin_nested():
            db.session.execute(insert(table).values(row | BESIDE.get(name, {})))
            raise IntegrityError("taken", None, Exception("taken"))
        told = said if is_sqlite else name
        if told.replace("'", "") not in str(caught.value.orig).replace("'", ""):
            wrong.append(f"{table.name} {name}: {caught.value.orig}")
    assert wrong == []
    assert tried > 300
