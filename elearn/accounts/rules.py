"""What a login, a NIP, a name and a password may look like. Pure; faults come back as codes."""

import hashlib
import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from elearn.core import ids
from elearn.core.text import ERASED, normalized, word_key

PASSWORD_MINIMUM = 10
PASSWORD_MAXIMUM = 200
NAME_MAXIMUM = 120
NIP_DIGITS = 18
# Long enough for somebody to miss her courses; short enough that what was kept for it can go.
MERGE_UNDO_DAYS = 30

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")
_EMAIL = re.compile(r"[^\s@,;<>()\"\\]{1,64}@(?=.{4,190}\Z)[a-z0-9-]+(\.[a-z0-9-]+)+")
_NODE_CODE = re.compile(r"[a-z0-9][a-z0-9.-]{1,62}")
_NIP_AS_TYPED = re.compile(r"[0-9][0-9 .-]*")
_SCIENTIFIC = re.compile(r"[0-9][.,]?[0-9]*e\+?[0-9]+")
_AS_DECIMAL = re.compile(r"[0-9]{10,}[.,]0+")

# What is tried first by those who guess; compared without case, spaces, marks and last digits.
_COMMON = frozenset(
    """password passwordku katasandi katasandiku sandi sandiku rahasia rahasiaku qwerty qwertyuiop
    asdfghjkl zxcvbnm admin administrator letmein welcome selamatdatang iloveyou akucintakamu
    sayang sayangku bismillah alhamdulillah indonesia indonesiaraya merdeka indonesiamerdeka
    perpustakaan perpustakaanku perpustakaandesa perpusdes perpusnas pustakawan pustaka buku
    bukuku elearn elearning belajar library librarian abcdefghij abcdefg garuda pancasila jakarta
    persija persib bunda mamapapa""".split()  # noqa: SIM905  a list of 50 lines reads worse
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something cannot be used: a code with the values of its sentence."""

    code: str
    values: dict[str, object] = field(default_factory=dict)


def login_key(typed: str) -> str:
    """The one canonical form of what somebody types to sign in; look-alikes become equal.

    NFKC, case-folded, stripped; a NIP may be typed with spaces, dots or hyphens between its digits.
    """
    key = normalized("NFKC", typed).casefold().strip()
    key = normalized("NFKC", key)
    if _NIP_AS_TYPED.fullmatch(key):
        digits = re.sub(r"[ .-]", "", key)
        if len(digits) == NIP_DIGITS:
            return digits
    return key


def fault_in_username(key: str) -> Fault | None:
    """A username: 3 to 40 of a-z 0-9 . _ - ; never digits alone, which would look like a NIP."""
    if not _USERNAME.fullmatch(key):
        return Fault("username-wrong")
    if re.fullmatch(r"[0-9._-]+", key):
        return Fault("username-digits")
    return None


def fault_in_email(key: str) -> Fault | None:
    return None if _EMAIL.fullmatch(key) else Fault("email-wrong", {"given": key})


def fault_in_nip(typed: str) -> Fault | None:
    """A NIP as typed or as a spreadsheet left it; says what the spreadsheet has done to it."""
    given = normalized("NFKC", typed).casefold().strip()
    digits = re.sub(r"[ .-]", "", given)
    if _SCIENTIFIC.fullmatch(given.replace(" ", "")) or _AS_DECIMAL.fullmatch(given):
        return Fault("nip-mangled", {"given": typed.strip()})
    if not re.fullmatch(r"[0-9]+", digits):
        return Fault("nip-not-digits", {"given": typed.strip()})
    if len(digits) != NIP_DIGITS:
        return Fault("nip-length", {"count": len(digits)})
    if digits.endswith("000"):
        # Spreadsheets keep 15 digits of a number; the serial number of a real NIP begins at 001.
        return Fault("nip-zeros", {"given": digits})
    return None


def fault_in_name(name: str) -> Fault | None:
    """A name is text, whole; one word is a name. It needs a letter and room on a record."""
    if not any(character.isalpha() for character in name) or name == ERASED:
        return Fault("name-empty")
    if len(name) > NAME_MAXIMUM:
        return Fault("name-long", {"maximum": NAME_MAXIMUM})
    return None


def bare_name(full_name: str) -> str:
    """The name without titles, as far as dots and commas tell: by it a double is looked for.

    "Dr. H. Ahmad Fauzi, S.Sos., M.Si." is Ahmad Fauzi; a name of titles alone stays whole.
    """
    words = [word for word in full_name.split(",")[0].split() if not word.endswith(".")]
    return " ".join(words) or full_name


def fault_in_password(password: str, *own: str) -> Fault | None:
    """A password: long enough, not one that is tried first, not the person's own login or name."""
    if len(password) < PASSWORD_MINIMUM:
        return Fault("password-short", {"minimum": PASSWORD_MINIMUM})
    if len(password) > PASSWORD_MAXIMUM:
        return Fault("password-long", {"maximum": PASSWORD_MAXIMUM})
    bare = word_key(password)
    letters = bare.rstrip("0123456789")
    # What is left once a guessable word is taken away must still be worth guessing.
    if len(set(bare)) < 4 or letters in _COMMON or bare in _COMMON or _is_run(bare):
        return Fault("password-common")
    own_words = [word_key(word) for word in own]
    # Another number at its end does not hide a word; of digits alone nothing but digits is left.
    stems = {word.rstrip("0123456789") for word in own_words} - {""}
    if bare in own_words or letters in stems:
        return Fault("password-own")
    return None


def address_group(address: str | None) -> str:
    """The part of a network address that stands for one place: an IPv6 household has many."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if found.version == 6:
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _is_run(text: str) -> bool:
    """12345678901, abcdefghijk, 987...: every step the same, one up or one down."""
    if text.isdecimal():
        return {(int(b) - int(a)) % 10 for a, b in pairwise(text)} in ({1}, {9})
    return {ord(b) - ord(a) for a, b in pairwise(text)} in ({1}, {-1})


def code_digest(purpose: str, code: str) -> str:
    """Codes that people copy from paper are kept as digests: reading the table lets nobody in.

    The same for every way of typing the code; a code of one purpose is none of another.
    """
    return hashlib.sha256(f"{purpose}\n{ids.typed(code)}".encode()).hexdigest()


def fault_in_node_code(code: str) -> Fault | None:
    """The code of a library or office: in addresses and import files."""
    return None if _NODE_CODE.fullmatch(code) else Fault("node-code-wrong", {"given": code})


def node_code_from(name: str) -> str:
    """A code for a new place, made of its name: "TBM Pelangi, Sukamaju" is tbm-pelangi-sukamaju.

    "" for a name without a letter from a to z or a digit.
    """
    plain = normalized("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:63].strip("-")


def shown_code(typed: str) -> str:
    """A short code as it is printed, however it was typed: 7KQ4M-2XDRT."""
    return ids.grouped(ids.typed(typed), 5)


def first_day_without(ranges: Iterable[tuple[date, date | None]], from_on: date) -> date | None:
    """The first day, from that day on, that is in none of the half-open ranges; None: each is."""
    day = from_on
    for begins_on, to_on in sorted(ranges, key=lambda one: one[0]):
        if begins_on > day:
            break
        if to_on is None:
            return None
        day = max(day, to_on)
    return day


def last_day(to_on: date | None) -> date | None:
    """The last day of a half-open range, as people say it: None where it has no end."""
    return to_on - timedelta(days=1) if to_on else None
