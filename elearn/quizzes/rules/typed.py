"""What people type: short texts and numbers, read with the patience of a librarian."""

import re
from decimal import Decimal

from elearn.core.text import normalized, tidy

# Marks that a phone's keyboard makes of the plain ones.
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-"})
_END_MARKS = " .,;:!?…"
_GROUPING = re.compile(r"[ \u00a0\u2009\u202f'’_]")
_MINUS = str.maketrans("\u2212–", "--")
_RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070-\u209c]")  # NFKC would make 52 of 5²
_NUMBER = re.compile(r"([+-]?)(\d[\d.,]*|[.,]\d+)", re.ASCII)
NUMBER_DIGITS = 30


def plain_text(text: str) -> str:
    """What two short texts are compared by: NFKC, case folded, single spaces, no marks at the end.

    Quotation marks around the whole are dropped as well.
    """
    folded = normalized("NFKC", tidy(text)).translate(_PLAIN).casefold()
    folded = " ".join(folded.split()).rstrip(_END_MARKS)
    if len(folded) > 1 and folded[0] == folded[-1] and folded[0] in "'\"":
        folded = folded[1:-1].strip().rstrip(_END_MARKS)
    return folded


def parse_number(text: str, language: str) -> Decimal | None:
    """The number that was typed; None when it is not one.

    language decides the one case that can be read in two ways, three digits after a single mark:
    "1.500" is fifteen hundred in Indonesian and one and a half in English. Everything else reads
    the same in both: "1,5" and "1.5", "1.234,5" and "1,234.5", "1 500", "−3", "–3".
    """
    plain = normalized("NFKC", text).strip().translate(_MINUS)
    found = _NUMBER.fullmatch(_GROUPING.sub("", plain))
    if not found or len(plain) > NUMBER_DIGITS or _RAISED.search(text):
        return None
    sign, digits = found.groups()
    decimal_mark = _decimal_mark(digits, language)
    grouping_mark = "," if decimal_mark == "." else "."
    whole, _, part = digits.partition(decimal_mark)
    if not _is_grouped(whole, grouping_mark) or not re.fullmatch(r"\d*", part, re.ASCII):
        return None
    return Decimal(f"{sign}{whole.replace(grouping_mark, '') or '0'}.{part or '0'}")


def _decimal_mark(digits: str, language: str) -> str:
    """Which of "." and "," stands before the decimals; one that does not occur when none does."""
    dot, comma = digits.rfind("."), digits.rfind(",")
    own = "," if language == "id" else "."
    if dot >= 0 and comma >= 0:
        return "." if dot > comma else ","
    if dot < 0 and comma < 0:
        return own
    only = "." if dot >= 0 else ","
    other = "," if only == "." else "."
    if digits.count(only) > 1:
        return other
    could_group = re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits, re.ASCII)
    return own if could_group else only


def _is_grouped(whole: str, mark: str) -> bool:
    """Thousands in threes, or no mark at all."""
    if mark not in whole:
        return whole.isdecimal() or whole == ""
    return bool(re.fullmatch(rf"\d{{1,3}}(\{mark}\d{{3}})+", whole, re.ASCII))
