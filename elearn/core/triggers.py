"""What the database itself refuses: changing what is published, issued or has happened.

One table in code; every migration ends by putting all triggers back (recreating a table on
SQLite silently drops them).
"""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.engine import Connection

# Written once; neither changed nor deleted.
FIXED = (
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
    "records_credit",
    "records_event",
    "records_record",
)
# May be deleted (the holder's right to be forgotten), never changed.
NEVER_CHANGED = ("records_holder",)

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
    statements = _sqlite(present) if connection.dialect.name == "sqlite" else _postgresql(present)
    for statement in statements:
        connection.exec_driver_sql(statement)


def installed(connection: Connection) -> set[str]:
    """Names of our triggers that the database has now."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'elearn_%'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'elearn_%'"
    )
    return set(connection.execute(text(query)).scalars())


def expected(dialect: str) -> set[str]:
    """Names of the triggers that a complete database has."""
    names = {f"elearn_{t}_{op.lower()}" for t in FIXED + NEVER_CHANGED for op in operations(t)}
    if dialect == "postgresql":
        names |= {f"elearn_{table}_truncate" for table in FIXED}
    return names


def _sqlite(present: set[str]) -> Iterator[str]:
    for table in FIXED + NEVER_CHANGED:
        for operation in operations(table):
            name = f"elearn_{table}_{operation.lower()}"
            yield f"DROP TRIGGER IF EXISTS {name}"
            if table in present:
                refusal = _REFUSAL.format(table=table, what=operation.lower())
                yield (
                    f"CREATE TRIGGER {name} BEFORE {operation} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
                )


def _postgresql(present: set[str]) -> Iterator[str]:
    yield _PG_FUNCTION.replace("%", "%%")
    for table in FIXED + NEVER_CHANGED:
        if table not in present:
            continue
        for operation in operations(table):
            yield (
                f"CREATE OR REPLACE TRIGGER elearn_{table}_{operation.lower()} "
                f"BEFORE {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION elearn_refuse()"
            )
        if table in FIXED:
            yield (
                f"CREATE OR REPLACE TRIGGER elearn_{table}_truncate "
                f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION elearn_refuse()"
            )
