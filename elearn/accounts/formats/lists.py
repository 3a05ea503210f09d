"""The two lists that offices import: people and libraries. Columns and words, pure."""

from elearn.accounts.formats.table import Column
from elearn.accounts.rules import Fault
from elearn.core.text import word_key

PEOPLE = (
    Column("username", ("nama pengguna", "username", "user name"), "siti.aminah"),
    Column("full_name", ("nama lengkap", "nama", "name", "full name"), "Siti Aminah, S.IP.", True),
    Column("nip", ("NIP", "NI PPPK"), "198705122010012001"),
    Column("email", ("surel", "email", "e-mail"), "siti@contoh.id"),
    Column("phone", ("telepon", "telp", "hp", "no hp", "phone"), "0812 3456 7890"),
    Column("post", ("jabatan", "post"), "Pengelola perpustakaan"),
    Column("employment", ("status kepegawaian", "status", "employment"), "PNS"),
    Column(
        "library", ("kode perpustakaan", "perpustakaan", "library", "library code"),
        "perpustakaan-wonosari", True,
    ),
)  # fmt: skip
ROLE_COLUMNS = (
    Column("role", ("peran", "role"), "penyelia"),
    Column("role_at", ("kode wilayah peran", "wilayah peran", "role at"), "kabupaten-sukamaju"),
)
LIBRARIES = (
    Column("code", ("kode", "code"), "perpustakaan-wonosari", True),
    Column("name", ("nama", "name"), "Perpustakaan Desa Wonosari", True),
    Column("kind", ("tingkat", "kind", "level"), "perpustakaan", True),
    Column("library_type", ("jenis", "type", "library type"), "desa"),
    Column("parent", ("kode induk", "induk", "parent"), "kabupaten-sukamaju"),
    Column("place", ("tempat", "place"), "Wonosari"),
    Column("time_zone", ("zona waktu", "time zone", "zone"), "WIB"),
    Column("contact_email", ("surel", "email", "e-mail"), "perpus.wonosari@contoh.id"),
    Column("kemendagri", ("kode kemendagri", "kemendagri"), ""),
    Column("bps", ("kode bps", "bps"), ""),
    Column("npp", ("NPP",), ""),
)
SCHEMES = ("kemendagri", "bps", "npp")

_WORDS: dict[str, dict[str, str]] = {
    "employment": {
        "pns": "pns", "pppk": "pppk", "p3k": "pppk", "lainnya": "other", "lain": "other",
        "lainlain": "other", "other": "other", "nonasn": "other", "honorer": "other",
    },
    "role": {
        "learner": "learner", "peserta": "learner", "author": "author", "penyusun": "author",
        "penyusunmodul": "author", "supervisor": "supervisor", "penyelia": "supervisor",
        "administrator": "administrator", "admin": "administrator",
    },
    "kind": {
        "national": "national", "nasional": "national", "province": "province",
        "provinsi": "province", "district": "district", "kabupaten": "district",
        "kota": "district", "kabupatenkota": "district", "library": "library",
        "perpustakaan": "library",
    },
    "time_zone": {
        "wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura",
        "asiajakarta": "Asia/Jakarta", "asiamakassar": "Asia/Makassar",
        "asiajayapura": "Asia/Jayapura",
    },
}  # fmt: skip
# What our words are called in a list that goes out, and to who wrote one that is not known.
WORDS: dict[str, dict[str, str]] = {
    "employment": {"pns": "PNS", "pppk": "PPPK", "other": "Lainnya"},
    "role": {
        "learner": "peserta", "author": "penyusun", "supervisor": "penyelia",
        "administrator": "administrator",
    },
    "kind": {
        "national": "nasional", "province": "provinsi", "district": "kabupaten",
        "library": "perpustakaan",
    },
    "time_zone": {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"},
}  # fmt: skip


_HEADS = {column.key: column.names[0] for column in (*PEOPLE, *ROLE_COLUMNS, *LIBRARIES)}


def word_of(column: str, cell: str) -> str | Fault:
    """Our word for what a cell says in either language; "" for an empty cell."""
    if not cell:
        return ""
    found = _WORDS[column].get(word_key(cell))
    if found is None:
        known = ", ".join(WORDS[column].values())
        return Fault("word-unknown", {"given": cell, "column": _HEADS[column], "known": known})
    return found
