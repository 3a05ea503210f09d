"""An attendance list as it comes: a sheet with a header, or names one below the other. Pure."""

from dataclasses import dataclass
from itertools import islice

from elearn.accounts.formats.table import BYTES_MAXIMUM, Column, Row, Table, read_any
from elearn.accounts.formats.workbook_read import is_workbook
from elearn.accounts.rules import NAME_MAXIMUM, Fault, login_key
from elearn.core.text import tidy
from elearn.records.rules.attendance import Attendee

MOST_ROWS = 1_000  # of one event
_MOST_READ = 2 * MOST_ROWS  # with lines that were numbered in advance and have stayed empty
_LOGINS = ("username", "nip", "email")
COLUMNS = (
    Column("full_name", ("nama", "nama lengkap", "nama peserta", "name", "full name")),
    Column("username", ("nama pengguna", "username", "user name")),
    Column("nip", ("NIP", "NI PPPK")),
    Column("email", ("surel", "email", "e-mail", "alamat surel")),
    Column("library", ("perpustakaan", "kode perpustakaan", "instansi", "unit kerja", "library")),
)


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """The rows in their order, and what is wrong with the list itself, by line."""

    attendees: tuple[Attendee, ...] = ()
    faults: tuple[tuple[int, Fault], ...] = ()


def read_list(content: bytes) -> AttendanceList:
    """The people of a list; columns that are not ours (a number, a signature) are passed over.

    Without a header that is known, a text of one column is taken for names, or for what people
    sign in with.
    """
    table = read_any(content, COLUMNS, _MOST_READ)
    if not table.keys and (names := _names(content)):
        return _whole(names, ())
    if not table.keys:
        return AttendanceList(faults=table.faults)
    faults = tuple(each for each in table.faults if each[1].code != "column-unknown")
    return _whole([_attendee(row) for row in _filled(table)], faults)


def _names(content: bytes) -> list[Attendee]:
    """Names one below the other, with the commas of their degrees; none where it is a sheet.

    Of those that are too many one more than may be.
    """
    if len(content) > BYTES_MAXIMUM or is_workbook(content):
        return []
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return []
    if any(mark in line for line in lines for mark in "\t;\0"):
        return []
    named = ((at, tidy(line)) for at, line in enumerate(lines, 1) if line.strip())
    found = (Attendee(at, (), name, "") for at, name in named if name)
    return list(islice(found, MOST_ROWS + 1))


def _whole(attendees: list[Attendee], faults: tuple[tuple[int, Fault], ...]) -> AttendanceList:
    if len(attendees) > MOST_ROWS:
        return AttendanceList(faults=((1, Fault("table-too-long", {"maximum": MOST_ROWS})),))
    too_long = Fault("name-long", {"maximum": NAME_MAXIMUM})
    long = tuple((one.line, too_long) for one in attendees if len(one.name) > NAME_MAXIMUM)
    if long:
        return AttendanceList(faults=faults + long)
    return AttendanceList(tuple(attendees), faults)


def _filled(table: Table) -> list[Row]:
    """Sheets number empty lines in advance: rows without a name or login are none."""
    return [row for row in table.rows if any(row[key] for key in (*_LOGINS, "full_name"))]


def _attendee(row: Row) -> Attendee:
    logins = tuple(login_key(row[column]) for column in _LOGINS if row[column])
    return Attendee(row.line, logins, tidy(row["full_name"]), tidy(row["library"]))
