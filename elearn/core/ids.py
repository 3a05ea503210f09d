"""Identifiers: what is in addresses, on paper and in events."""

import secrets
import uuid

# Crockford's base 32: no I, L, O, U, so that a code survives being read aloud or copied by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("ILO", "110")


def new_code() -> str:
    """26 base-32 characters (130 bits), lower case: for addresses that must not be guessed."""
    return _random(26).lower()


def new_short_code() -> str:
    """10 base-32 characters (50 bits) in two groups, to be typed from paper within its expiry."""
    code = _random(10)
    return f"{code[:5]}-{code[5:]}"


def new_uuid() -> str:
    return str(uuid.uuid4())


def new_record_number(year: int) -> str:
    """Year, eight random characters and a check character: 2026-7KQ4M2XD-R.

    Random and not counted: a restored backup must not repeat numbers that are already on paper.
    """
    body = _random(8)
    return f"{year}-{body}-{check_character(f'{year}{body}')}"


def check_character(text: str) -> str:
    """Luhn's algorithm in base 32: finds any one wrong character and most swapped neighbours."""
    total = 0
    for place, character in enumerate(reversed(text)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // len(ALPHABET) + value % len(ALPHABET)
    return ALPHABET[-total % len(ALPHABET)]


def typed(code: str) -> str:
    """A code as somebody typed it, brought to its canonical upper-case form without separators."""
    kept = "".join(c for c in code.upper() if c.isascii() and c.isalnum())
    return kept.translate(_LOOKALIKES)


def grouped(code: str, size: int = 4) -> str:
    """A code in groups for the eye: K7P2-9QXM-4TRB."""
    upper = code.upper()
    return "-".join(upper[i : i + size] for i in range(0, len(upper), size))


def _random(length: int) -> str:
    # 256 is a multiple of 32: each character is as likely as any other.
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(length))
