"""Attendance lists: how they are read, and who is meant by a row."""

import pytest

from elearn.accounts.formats.table import BYTES_MAXIMUM
from elearn.records.formats.attendance import MOST_ROWS, read_list
from elearn.records.rules.attendance import Attendee, Known, Member, matched


def rows(text: str) -> list[tuple[int, tuple[str, ...], str, str]]:
    found = read_list(text.encode())
    assert found.faults == ()
    return [(one.line, one.logins, one.name, one.library) for one in found.attendees]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nama;Instansi\nSiti Aminah, S.IP.;Wonosari\n", [(2, (), "Siti Aminah, S.IP.", "Wonosari")]),
        ("No;Nama;NIP;Tanda tangan\n1;Siti;19870512 201001 2 001;\n2;;;\n", [(2, ("198705122010012001",), "Siti", "")]),
        ("Email\nSITI@Contoh.id\n", [(2, ("siti@contoh.id",), "", "")]),
        ("Siti Aminah, S.IP.\n\n  Joko   Prasetyo\n", [(1, (), "Siti Aminah, S.IP.", ""), (3, (), "Joko Prasetyo", "")]),
    ],
)  # fmt: skip
def test_a_list_is_read_with_or_without_a_header(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "table-empty"),
        (b"a;b\n1;2\n", "column-unknown"),
        (b"\xff\xfe\x00", "table-not-text"),
        (b"x\n" * (MOST_ROWS + 1), "table-too-long"),
        (b"Nama\n" + b"x\n" * (MOST_ROWS + 1), "table-too-long"),
        (b"No;Nama\n" + b"1;\n" * (2 * MOST_ROWS + 1), "table-too-long"),
        (b"x" * 121, "name-long"),
        (b"x\n" * (BYTES_MAXIMUM // 2 + 1), "table-large"),
        (b"PK\x03\x04x", "sheet-broken"),
        (b"Nama;NIP\n", "table-no-rows"),
    ],
)
def test_what_is_no_list_is_refused_in_words(content, fault):
    found = read_list(content)
    assert found.attendees == ()
    assert fault in [each.code for _, each in found.faults]


def member(number: int, name: str, *places: str) -> Member:
    return Member(number, name, places[0] if places else "", frozenset(places))


SITI, OTHER_SITI = member(1, "Siti", "wonosari"), member(2, "Siti", "karangjati")
BUDI, RATNA = member(3, "Budi"), member(4, "Ratna")
KNOWN = Known(
    by_login={"siti.a": SITI, "budi": BUDI, "siti@contoh.id": SITI},
    by_name={"siti": [SITI, OTHER_SITI], "budi": [BUDI], "ratna": [RATNA]},
    has_it=frozenset({BUDI.person_id}),
)


@pytest.mark.parametrize(
    ("logins", "name", "library", "whom", "fault"),
    [
        (("siti.a",), "", "", SITI, None),
        (("siti.a", "siti@contoh.id"), "Siti", "", SITI, None),
        (("siti.a", "budi"), "", "", None, "row-two-people"),
        (("joko",), "Siti", "wonosari", None, "attendee-unknown"),
        ((), "SITI ", "Wonosari", SITI, None),
        ((), "Siti", "", None, "attendee-several"),
        ((), "Siti", "Sukaraja", None, "attendee-unknown"),
        ((), "siti.a", "", SITI, None),
        ((), "Joko", "", None, "attendee-unknown"),
        ((), "Budi", "", BUDI, "attendee-has-it"),
        ((), "Ratna", "", RATNA, "attendee-self"),
    ],
)
def test_a_row_means_one_person_or_says_why_not(logins, name, library, whom, fault):
    (match,) = matched([Attendee(2, logins, name, library)], KNOWN, RATNA.person_id)
    assert match.member == whom
    assert (match.fault.code if match.fault else None) == fault


def test_nobody_is_meant_twice():
    twice = matched([Attendee(2, ("siti.a",), "", ""), Attendee(5, (), "Siti", "wonosari")], KNOWN, None)  # fmt: skip
    assert twice[0].fault is None
    assert (twice[1].fault.code, twice[1].fault.values) == ("row-repeated", {"line": 2})
