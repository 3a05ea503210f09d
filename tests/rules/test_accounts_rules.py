"""What a login, a NIP, a name and a password may look like; tables from a spreadsheet."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.accounts import rules
from elearn.accounts.formats import lists
from elearn.accounts.formats.table import read_table, template
from elearn.core.text import ERASED, tidy

NIP = "198705122010012001"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("siti", "siti"),
        ("  Siti ", "siti"),
        ("ＳＩＴＩ", "siti"),
        ("Siti@Contoh.ID", "siti@contoh.id"),
        (NIP, NIP),
        ("19870512 201001 2 001", NIP),
        ("19870512.201001.2.001", NIP),
        ("１９８７０５１２２０１００１２００１", NIP),
        ("1987-05", "1987-05"),
        ("", ""),
    ],
)
def test_a_login_has_one_canonical_form(typed, key):
    assert rules.login_key(typed) == key


@given(st.text(max_size=60))
def test_the_canonical_form_of_a_canonical_form_is_itself(typed):
    key = rules.login_key(typed)
    assert rules.login_key(key) == key


@pytest.mark.parametrize("username", ["siti", "siti.aminah", "a-1", "perpus_wonosari", "x" * 40])
def test_usernames_of_small_letters_digits_and_marks_are_fine(username):
    assert rules.fault_in_username(username) is None


@pytest.mark.parametrize(
    ("username", "code"),
    [
        ("ab", "username-wrong"),
        ("x" * 41, "username-wrong"),
        ("siti aminah", "username-wrong"),
        ("siti@contoh.id", "username-wrong"),
        ("sıti", "username-wrong"),  # a dotless i
        ("ѕiti", "username-wrong"),  # a Cyrillic s
        (".siti", "username-wrong"),
        (NIP, "username-digits"),
        ("123.456", "username-digits"),
    ],
)
def test_a_username_that_looks_like_something_else_is_refused(username, code):
    assert rules.fault_in_username(username).code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (NIP, None),
        ("19870512 201001 2 001", None),
        ("1,98705E+17", "nip-mangled"),
        ("1.98705122010012E+17", "nip-mangled"),
        ("1,98705e17", "nip-mangled"),
        ("198705122010012001.0", "nip-mangled"),
        ("198705122010012001,0", "nip-mangled"),
        ("198705122010012000", "nip-zeros"),
        ("19870512201001200", "nip-length"),
        ("1987051220100120011", "nip-length"),
        ("NIP 1987", "nip-not-digits"),
        ("١٩٨٧٠٥١٢٢٠١٠٠١٢٠٠١", "nip-not-digits"),
    ],
)
def test_what_a_spreadsheet_does_to_a_nip_is_said(typed, code):
    fault = rules.fault_in_nip(typed)
    assert (fault.code if fault else None) == code


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("hujan turun di teras", None),
        ("kopi-pagi-7", None),
        ("2739164058", None),  # digits, but none of hers
        ("፩፪፫፬፭፮፯፰፱፩", None),  # Python calls them digits and reads no number of them
        ("x1y2z3w4v5" * 20, None),
        ("pendek", "password-short"),
        ("x1y2z3w4v5" * 20 + "u", "password-long"),
        ("1234567890", "password-common"),
        ("0987654321", "password-common"),
        ("aaaaaaaaaaaa", "password-common"),
        ("abababababab", "password-common"),
        ("password123", "password-common"),
        ("Perpustakaan2026", "password-common"),
        ("Per pus ta kaan!", "password-common"),
        ("abcdefghijkl", "password-common"),
        ("siti.aminah", "password-own"),
        ("SitiAminah99", "password-own"),
        ("19870512 2010012001", "password-own"),
    ],
)
def test_a_password_is_long_and_not_what_is_guessed_first(password, code):
    fault = rules.fault_in_password(password, "siti.aminah", "Siti Aminah", NIP)
    assert (fault.code if fault else None) == code


@pytest.mark.parametrize(
    "name", ["Suparmi", "Dr. H. Ahmad Fauzi, S.Sos., M.Si.", "Ni'mah", "ꦱꦶꦠꦶ", "D'Artagnan-Sólis"]
)
def test_names_are_taken_whole_and_of_any_script(name):
    assert rules.fault_in_name(name) is None


@pytest.mark.parametrize("between", [" ", "\n", "\r\n", "\t", " \u200b ", "\u2028", "\x0b"])
def test_what_was_copied_out_of_two_lines_or_cells_stays_two_words(between):
    assert tidy(f"Siti{between}Aminah\u202e") == "Siti Aminah"


@pytest.mark.parametrize("name", ["", "...", "123", "x" * 121, ERASED])
def test_what_names_nobody_is_not_a_name(name):
    assert rules.fault_in_name(name) is not None


@pytest.mark.parametrize("address", ["siti@contoh.id", "a.b+c@sub.contoh.go.id"])
def test_email_addresses(address):
    assert rules.fault_in_email(address) is None


@pytest.mark.parametrize(
    "address", ["siti", "siti@", "@contoh.id", "siti@contoh", "a b@contoh.id", "a@b@contoh.id",
                "siti@contoh.id\nBcc: x@y.id", "a@" + "b" * 200 + ".id"],
)  # fmt: skip
def test_what_is_no_email_address(address):
    assert rules.fault_in_email(address) is not None


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        (None, "unknown"),
        ("", "unknown"),
    ],
)
def test_an_ipv6_household_is_one_place(address, group):
    assert rules.address_group(address) == group


def test_a_code_is_the_same_however_it_is_typed_and_only_for_its_purpose():
    digest = rules.code_digest("reset", "7KQ4M-2XDRT")
    assert digest == rules.code_digest("reset", " 7kq4m 2xdrt")
    assert digest != rules.code_digest("invitation", "7KQ4M-2XDRT")
    assert rules.shown_code("7kq4m2xdrt") == "7KQ4M-2XDRT"


# Tables from a spreadsheet

HEADER = "nama pengguna{s}nama lengkap{s}NIP{s}kode perpustakaan"
ROW = 'siti{s}"Siti, S.IP."{s}' + NIP + "{s}lib-1"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("stated", [True, False])
def test_a_list_is_read_however_the_spreadsheet_saved_it(separator, ending, encoding, stated):
    lines = [HEADER.format(s=separator), ROW.format(s=separator), ""]
    if stated:
        lines.insert(0, f"sep={separator}")
    table = read_table(ending.join(lines).encode(encoding), lists.PEOPLE)
    assert table.faults == ()
    (row,) = table.rows
    assert row.line == (3 if stated else 2)
    assert (row["username"], row["full_name"], row["nip"]) == ("siti", "Siti, S.IP.", NIP)


def test_a_row_knows_its_line_also_after_a_cell_of_two_lines():
    content = b'username;name;library\na;"Ani\nMaria";lib-1\n\nb;Budi;lib-1\n'
    assert [row.line for row in read_table(content, lists.PEOPLE).rows] == [2, 5]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "table-empty", 1),
        (b"\n\n", "table-empty", 1),
        (b"\xff\xfe\x00", "table-not-text", 1),
        (b"PK\x03\x04\x00\x00", "table-not-text", 1),
        (b"name;library\n\xff;x\n", "table-not-text", 1),
        (b"name;library;shoe\n", "column-unknown", 1),
        (b"name;library;nama\n", "column-twice", 1),
        (b"username;name\n", "column-missing", 1),
        (b"name;library\nAni;x;y\n", "row-long", 2),
        (b'name;library\n"Ani;x\n', "table-quotes", 2),
        (b"name;library\n" + b"x" * 2001 + b";y\n", "cell-long", 2),
    ],
)
def test_a_broken_list_is_told_with_its_line(content, code, line):
    faults = read_table(content, lists.PEOPLE).faults
    assert (line, code) in [(at, fault.code) for at, fault in faults]


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reader(content):
    read_table(content, lists.PEOPLE)


@pytest.mark.parametrize("columns", [lists.PEOPLE, lists.LIBRARIES])
def test_the_template_is_a_list_that_can_be_read(columns):
    table = read_table(template(columns), columns)
    assert table.faults == ()
    assert len(table.rows) == 1


@pytest.mark.parametrize(
    ("column", "cell", "word"),
    [("employment", "PNS", "pns"), ("employment", "Lain-lain", "other"), ("role", "Penyelia",
     "supervisor"), ("kind", "Kabupaten/Kota", "district"), ("time_zone", "wit", "Asia/Jayapura"),
     ("role", "", "")],
)  # fmt: skip
def test_choices_are_understood_in_both_languages(column, cell, word):
    assert lists.word_of(column, cell) == word


MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("ranges", "day"),
    [
        ([], JUNE),
        ([(MAY, None)], None),
        ([(JULY, None)], JUNE),
        ([(MAY, JUNE)], JUNE),
        ([(MAY, JULY)], JULY),
        ([(JULY, None), (MAY, JULY)], None),
        ([(JULY, None), (MAY, date(2026, 6, 30))], date(2026, 6, 30)),
        ([(MAY, JULY), (MAY, JUNE)], JULY),
    ],
)
def test_the_first_day_that_is_in_no_range_is_found(ranges, day):
    assert rules.first_day_without(ranges, JUNE) == day


@pytest.mark.parametrize("code", ["", "a", "-a", "Lib-1", "lib 1", "lib_1", "x" * 64])
def test_what_no_place_can_be_called_by(code):
    assert rules.fault_in_node_code(code).code == "node-code-wrong"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Perpustakaan Desa Wonosari", "perpustakaan-desa-wonosari"),
        ("TBM “Pelangi”, RT 03/RW 1", "tbm-pelangi-rt-03-rw-1"),
        ("  Rumah Baca Café Ñusantara ", "rumah-baca-cafe-nusantara"),
        ("Perpustakaan " + "x" * 80, "perpustakaan-" + "x" * 50),
        ("図書館", ""),
    ],
)
def test_a_code_is_made_of_a_name(name, code):
    assert rules.node_code_from(name) == code
    assert not code or rules.fault_in_node_code(code) is None


@pytest.mark.parametrize(
    ("full_name", "bare"),
    [
        ("Dr. H. Ahmad Fauzi, S.Sos., M.Si.", "Ahmad Fauzi"),
        ("Siti Aminah", "Siti Aminah"),
        ("Darmin", "Darmin"),
        ("Dra.", "Dra."),
    ],
)
def test_a_double_is_looked_for_by_the_name_without_titles(full_name, bare):
    assert rules.bare_name(full_name) == bare
