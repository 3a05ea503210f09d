"""What a record says and what is signed: pure rules."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import segno
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import x25519

from elearn.core import ids
from elearn.core.printable import unprintable
from elearn.records import rules
from elearn.records.formats import signature
from elearn.records.formats.qr import qr_code
from elearn.records.rules import Happening, HolderWords, Issuer, ModuleEvidence, State
from tests.rooms.records_evidence import EVIDENCE

WIB, WITA, WIT = (ZoneInfo(f"Asia/{place}") for place in ("Jakarta", "Makassar", "Jayapura"))
SALT = "00112233445566778899aabbccddeeff"
SITI = HolderWords(
    7, "Siti Aminah, S.IP.", "198501012010012001", True, "Pengelola", "Desa Wonosari"
)
FACTS = rules.facts(
    EVIDENCE,
    number="2026-7KQ4M2XD-R",
    code="7kq4m2xdr7kq4m2xdr7kq4m2xd",
    issuer=Issuer("dinas", "Dinas", "Sukamaju", "Drs. Bambang", "Kepala"),
    holder_digest=rules.holder_digest(SALT, SITI),
    zone="Asia/Jakarta",
    issued_at=datetime(2026, 3, 5, 2, 0, 0, 999, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("moment", "years"),
    [
        ("2026-12-31T14:59:59", (2026, 2026, 2026)),
        ("2026-12-31T15:00:00", (2026, 2026, 2027)),  # midnight in WIT
        ("2026-12-31T15:59:59", (2026, 2026, 2027)),
        ("2026-12-31T16:00:00", (2026, 2027, 2027)),  # midnight in WITA
        ("2026-12-31T16:59:59", (2026, 2027, 2027)),
        ("2026-12-31T17:00:00", (2027, 2027, 2027)),  # midnight in WIB
    ],
)
def test_credit_years_turn_at_midnight_of_each_zone(moment, years):
    instant = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert tuple(rules.credit_year(instant, zone) for zone in (WIB, WITA, WIT)) == years


def test_the_zone_in_which_an_instant_is_written_changes_nothing():
    instant = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    elsewhere = instant.astimezone(timezone(timedelta(hours=-8)))
    assert rules.credit_year(elsewhere, WIB) == 2027


def test_a_time_without_zone_is_refused():
    naive = datetime(2026, 3, 4, 8)  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="no time zone"):
        rules.credit_year(naive, WIB)
    with pytest.raises(ValueError, match="no time zone"):
        rules.canonical({"at": naive})


def test_jp_are_whole_hours():
    assert rules.jp_whole(EVIDENCE.modules) == 5
    for wrong in (2.5, -1, True, "2"):
        with pytest.raises(ValueError, match="whole"):
            rules.jp_whole([ModuleEvidence({}, wrong, None)])


def test_what_is_signed_is_read_back_whole():
    assert rules.read(rules.payload(FACTS)) == FACTS


def test_equal_facts_give_equal_bytes():
    turned = replace(FACTS, course_titles=dict(reversed(FACTS.course_titles.items())))
    assert rules.payload(turned).encode() == rules.payload(FACTS).encode()


def test_canonical_text_is_sorted_tight_and_composed():
    decomposed = "Re\u0301nald"
    assert rules.canonical({"b": 1, "a": decomposed}) == '{"a":"R\u00e9nald","b":1}'
    with pytest.raises(TypeError):
        rules.canonical({"a": object()})


def test_the_signed_text_holds_everything_but_the_holder():
    text = rules.payload(FACTS)
    for part in ("2026-7KQ4M2XD-R", "TIK Dasar", "Drs. Bambang", '"minutes_per_jp":45', '"jp":5'):
        assert part in text
    assert "Siti" not in text
    assert SITI.nip not in text


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Siti Aminah"}, {"nip": "198501012010012002"}, {"show_nip": False},
        {"post": ""}, {"institution": "Desa Karanganyar"}, {"person_id": 8},
    ],
)  # fmt: skip
def test_the_digest_changes_with_each_field_of_the_holder(change):
    assert rules.holder_digest(SALT, replace(SITI, **change)) != FACTS.holder_digest
    assert rules.holder_digest("ff" + SALT[2:], SITI) != FACTS.holder_digest


def test_what_is_published_of_the_holder_does_not_open_the_nip():
    shown = rules.published_holder(SALT, SITI)
    assert shown["name"]["value"] == SITI.name
    assert set(shown["nip"]) == set(shown["person"]) == {"digest"}
    assert SALT not in str(shown)
    assert rules.field_salt(SALT, "nip") not in str(shown)
    assert SITI.nip not in str(shown)


@pytest.mark.parametrize(
    ("typed", "kept", "same"),
    [
        ("198501012010012001", "198501012010012001", True),
        (" 19850101 201001 2 001 ", "198501012010012001", True),
        ("198501012010012002", "198501012010012001", False),
        ("", "", False),
        ("１９８５", "1985", False),
    ],
)
def test_a_nip_is_compared_without_its_spaces(typed, kept, same):
    assert rules.is_same_nip(typed, kept) is same


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        (["issued"], State.VALID),
        (["issued", "replaced"], State.REPLACED),
        (["issued", "revoked"], State.REVOKED),
        (["revoked", "replaced", "issued"], State.REVOKED),
    ],
)
def test_the_state_is_read_from_what_happened(kinds, state):
    at = datetime(2026, 3, 5, tzinfo=UTC)
    assert rules.standing(Happening(kind, at, "") for kind in kinds).state == state


@pytest.mark.parametrize(
    ("course", "holder", "name"),
    [
        ("TIK Dasar", "Siti Aminah, S.IP.", "Catatan-TIK-Dasar-Siti-Aminah-2026-7KQ4M2XD-R"),
        ("TIK Dasar", "Sutrisno", "Catatan-TIK-Dasar-Sutrisno-2026-7KQ4M2XD-R"),
        ("TIK Dasar", "", "Catatan-TIK-Dasar-2026-7KQ4M2XD-R"),
        ("../etc/passwd", "Nur'aini \u202eXYZ", "Catatan-etc-passwd-Nur-aini-XYZ-2026-7KQ4M2XD-R"),
        ("Réka \"A\"\r\n", "Ñame", "Catatan-Reka-A-Name-2026-7KQ4M2XD-R"),
    ],
)  # fmt: skip
def test_file_names_are_plain(course, holder, name):
    assert rules.file_name("Catatan", course, holder, "2026-7KQ4M2XD-R") == name


def test_file_names_stay_short_and_end_at_a_word():
    name = rules.file_name("Catatan", "perpustakaan " * 20, "Siti", "2026-7KQ4M2XD-R")
    assert len(name) < 120
    assert "-perpustakaan-Siti-" in name


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2026-7KQ4M2XD-R", "2026-7KQ4M2XD-R"),
        ("2o26 7kq4m2xd r", "2026-7KQ4M2XD-R"),
        ("2026-7KQ4M2XD", None),
        ("7kq4m2xdr7kq4m2xdr7kq4m2xd", None),
        ("", None),
    ],
)
def test_numbers_are_read_as_people_type_them(typed, number):
    assert rules.number_as_printed(ids.typed(typed)) == number


def test_any_one_wrong_character_of_a_number_shows():
    body = "20267KQ4M2XD"
    right = ids.check_character(body)
    for place in range(len(body)):
        for other in ids.ALPHABET:
            if other != body[place]:
                changed = body[:place] + other + body[place + 1 :]
                assert ids.check_character(changed) != right


@pytest.mark.parametrize(
    ("earned", "target", "cap", "counted", "missing"),
    [
        (14, 20, None, 14, 6), (26, 20, None, 26, 0), (30, None, 24, 24, 0),
        (0, None, None, 0, 0), (30, 28, 24, 24, 4),
    ],
)  # fmt: skip
def test_the_cap_limits_what_counts_and_not_what_was_earned(earned, target, cap, counted, missing):
    year = rules.counted(2026, {"course": earned}, {}, target, cap)
    assert (year.earned, year.counted, year.missing) == (earned, counted, missing)


def test_a_signature_holds_for_these_bytes_and_this_key_only():
    private = signature.new_private_key()
    public = signature.public_half(private)
    text = rules.payload(FACTS)
    signed = signature.sign(private, text)
    assert signature.is_signed(public, signed, text)
    assert not signature.is_signed(public, signed, text + " ")
    other = signature.public_half(signature.new_private_key())
    assert not signature.is_signed(other, signed, text)


def test_a_key_of_another_kind_is_refused():
    other = x25519.X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with pytest.raises(TypeError):
        signature.sign(other, "x")


def test_no_character_of_a_signature_or_key_changes_unseen():
    private = signature.new_private_key()
    public, signed = signature.public_half(private), signature.sign(private, "x")
    for given in (signed, public):
        for place in range(len(given)):
            for other in "AB\n=\u00e9":
                changed = given[:place] + other + given[place + 1 :]
                if changed != given:
                    pair = (public, changed) if given == signed else (changed, signed)
                    assert not signature.is_signed(*pair, "x")


def test_a_qr_code_is_drawn_whole():
    """Filling the outline by its winding gives every module of the code back."""
    code = qr_code("https://elearn.example/verify/7kq4m2xdr7kq4m2xdr7kq4m2xd")
    rows = [
        list(map(bool, row))
        for row in segno.make_qr(
            "https://elearn.example/verify/7kq4m2xdr7kq4m2xdr7kq4m2xd", error="m"
        ).matrix
    ]
    assert _filled(code.path, code.modules) == rows


def _filled(path: str, size: int) -> list[list[bool]]:
    """Which unit squares lie inside a path of M, h, v and z: count the borders to their left."""
    borders = set()
    x = y = 0
    for loop in path.split("z")[:-1]:
        for step, first, second in re.findall(r"([Mhv])(-?\d+)(?: (-?\d+))?", loop):
            if step == "M":
                x, y = start = int(first), int(second)
            elif step == "h":
                x += int(first)
            else:
                low, high = sorted((y, y + int(first)))
                borders |= {(x, row) for row in range(low, high)}
                y += int(first)
        low, high = sorted((y, start[1]))
        borders |= {(start[0], row) for row in range(low, high)}
    return [
        [sum((edge, row) in borders for edge in range(column + 1)) % 2 == 1
         for column in range(size)]
        for row in range(size)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Siti Aminah, S.IP.", ""), ("Nguyễn Văn Ā ʻOkina Ḥasan Žižek Ωμέγα Юрий “–…”", ""),
        ("ꦱꦶꦠꦶ", "ꦱꦶꦠ"), ("Siti 😀", "😀"), ("王", "王"),
    ],
)  # fmt: skip
def test_it_is_known_what_the_fonts_can_print(text, missing):
    assert unprintable(text) == missing
