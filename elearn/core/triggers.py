"""What the database itself refuses: changing what is published, issued or has happened.

One table in code; every migration ends by putting all triggers back (recreating a table on
SQLite silently drops them).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.engine import Connection

from elearn.core.text import ERASED

# Written once; neither changed nor deleted.
FIXED = (
    "accounts_consent",
    "authoring_change",
    "core_audit",
    "courses_blob",
    "courses_file",
    "courses_module",
    "courses_module_text",
    "courses_question",
    "courses_unit",
    "courses_unit_text",
    "courses_version",
    "courses_version_text",
    "courses_withdrawal",
    "learning_event",
    "learning_ruling",
    "learning_ruling_end",
    "quizzes_correction",
    "quizzes_regrade",
    "records_activity",
    "records_credit",
    "records_decision",
    "records_event",
    "records_attendance",
    "records_evidence",
    "records_record",
)
# Words about a person in such rows: when she is erased they may become ERASED, and that is all that
# may ever change of the row.
ERASABLE = {
    "learning_ruling": "reason",
    "learning_ruling_end": "reason",
    "records_decision": "reason",
    "records_event": "reason",
}
# May be deleted (the right to be forgotten), never changed.
NEVER_CHANGED = ("records_evidence_file", "records_holder", "records_transcript")


@dataclass(frozen=True, slots=True)
class Closing:
    """Rows that are final from a moment on: changing them is refused while `closed` holds.

    row: NEW or OLD, whose values `closed` speaks of. Deleting stays possible: a person may ask to
    be forgotten.
    """

    table: str
    operation: str
    row: str
    closed: str

    @property
    def name(self) -> str:
        return f"elearn_{self.table}_{self.operation.lower()}_closed"


_HANDED_IN = "(SELECT state FROM quizzes_attempt WHERE id = {row}.attempt_id) = 'submitted'"

# An attempt that is handed in, and its answers, are final; so is a save, but for its writer's name.
CLOSING = (
    Closing("authoring_save", "UPDATE", "NEW", "{row}.person_id IS NOT NULL"),
    Closing("quizzes_attempt", "UPDATE", "OLD", "{row}.state = 'submitted'"),
    Closing("quizzes_answer", "INSERT", "NEW", _HANDED_IN),
    Closing("quizzes_answer", "UPDATE", "NEW", _HANDED_IN),
)

_REFUSAL = "{table} is append-only: {what} is refused"

_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION elearn_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, lower(TG_OP);
END $$
"""


def operations(table: str) -> tuple[str, ...]:
    """The SQL verbs that this table refuses."""
    return ("UPDATE",) if table in NEVER_CHANGED else ("UPDATE", "DELETE")


def install(connection: Connection) -> None:
    """Put every trigger in place, replacing older ones; tables that are not there yet wait."""
    present = set(connection.dialect.get_table_names(connection))
    is_sqlite = connection.dialect.name == "sqlite"
    unless = {
        f"elearn_{table}_update": _erases(connection, table, column, "IS" if is_sqlite else _SAME)
        for table, column in ERASABLE.items()
        if table in present
    }
    for statement in (_sqlite if is_sqlite else _postgresql)(present, unless):
        connection.exec_driver_sql(statement)


_SAME = "IS NOT DISTINCT FROM"  # of SQLite from 3.39 on only


def _erases(connection: Connection, table: str, column: str, same: str) -> str:
    """SQL: whether an update of this table strikes out the words of a row and nothing else."""
    names = (each["name"] for each in connection.dialect.get_columns(connection, table))
    stays = [f'NEW."{name}" {same} OLD."{name}"' for name in names if name != column]
    return " AND ".join([f"NEW.{column} = '{ERASED}'", *stays])


def installed(connection: Connection) -> set[str]:
    """Names of our triggers that are at work now: there, and not switched off (PostgreSQL)."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'elearn_%'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'elearn_%' "
        "AND tgenabled IN ('O', 'A')"
    )
    return set(connection.execute(text(query)).scalars())


def expected(dialect: str) -> set[str]:
    """Names of the triggers that a complete database has."""
    names = {f"elearn_{t}_{op.lower()}" for t in FIXED + NEVER_CHANGED for op in operations(t)}
    names |= {closing.name for closing in CLOSING}
    if dialect == "postgresql":
        names |= {f"elearn_{table}_truncate" for table in FIXED}
    return names


def _sqlite(present: set[str], unless: dict[str, str]) -> Iterator[str]:
    for table in FIXED + NEVER_CHANGED:
        for operation in operations(table):
            name = f"elearn_{table}_{operation.lower()}"
            yield f"DROP TRIGGER IF EXISTS {name}"
            if table in present:
                refusal = _REFUSAL.format(table=table, what=operation.lower())
                yield (
                    f"CREATE TRIGGER {name} BEFORE {operation} ON {table} {_when(name, unless)}"
                    f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
                )
    for closing in CLOSING:
        yield f"DROP TRIGGER IF EXISTS {closing.name}"
        if closing.table in present:
            yield (
                f"CREATE TRIGGER {closing.name} BEFORE {closing.operation} ON {closing.table} "
                f"WHEN {closing.closed.format(row=closing.row)} "
                f"BEGIN SELECT RAISE(ABORT, '{closing.table} is final: it was handed in'); END"
            )


def _when(name: str, unless: dict[str, str]) -> str:
    return f"WHEN (NOT ({unless[name]})) " if name in unless else ""


def _postgresql(present: set[str], unless: dict[str, str]) -> Iterator[str]:
    yield _PG_FUNCTION.replace("%", "%%")
    for table in FIXED + NEVER_CHANGED:
        if table not in present:
            continue
        for operation in operations(table):
            name = f"elearn_{table}_{operation.lower()}"
            yield (
                f"CREATE OR REPLACE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW "
                f"{_when(name, unless)}EXECUTE FUNCTION elearn_refuse()"
            )
        if table in FIXED:
            yield (
                f"CREATE OR REPLACE TRIGGER elearn_{table}_truncate "
                f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION elearn_refuse()"
            )
    for closing in CLOSING:
        if closing.table in present:
            # A condition that looks at another table cannot stand in WHEN there.
            yield (
                f"CREATE OR REPLACE FUNCTION {closing.name}() RETURNS trigger LANGUAGE plpgsql "
                f"AS $$ BEGIN IF {closing.closed.format(row=closing.row)} THEN "
                f"RAISE EXCEPTION '{closing.table} is final: it was handed in'; END IF; "
                "RETURN NEW; END $$"
            )
            yield (
                f"CREATE OR REPLACE TRIGGER {closing.name} BEFORE {closing.operation} "
                f"ON {closing.table} FOR EACH ROW EXECUTE FUNCTION {closing.name}()"
            )
