"""Looking for a record by what stands on its sheet: wrong guesses are counted."""

from datetime import datetime

from elearn.core import ids, throttle
from elearn.records import queries, rules

WRONG_CODES = throttle.Limit("records:check:address", 30, 600)
WRONG_NIPS = throttle.Limit("records:nip:record", 20, 3600)
WRONG_NIPS_OF_ADDRESS = throttle.Limit("records:nip:address", 20, 3600)


def find_by_number(typed: str, address: str, now: datetime) -> queries.Kept | None:
    """A record by the number on its sheet; None when there is none, and that is counted.

    A code has 130 bits, so guessing one needs no guard. A number has 40: wrong ones from one
    address are counted, and after too many none is looked up for a while (TooMany).
    """
    taken = throttle.claim(now, (WRONG_CODES, address))
    number = rules.number_as_printed(ids.typed(typed))
    kept = queries.record_by_number(number) if number else None
    if kept is not None:
        throttle.give_back(taken)
    return kept


def match_nip(kept: queries.Kept, typed: str, address: str, now: datetime) -> bool:
    """Whether a typed NIP is the holder's; wrong ones are counted by record and by address."""
    taken = throttle.claim(now, (WRONG_NIPS, kept.record.code), (WRONG_NIPS_OF_ADDRESS, address))
    is_same = kept.holder_words is not None and rules.is_same_nip(typed, kept.holder_words.nip)
    if is_same:
        throttle.give_back(taken)
    return is_same
