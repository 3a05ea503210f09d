"""What changes in this room. Called inside `saving()`; nothing here commits."""

from elearn.records.service.checking import (
    WRONG_CODES,
    WRONG_NIPS,
    WRONG_NIPS_OF_ADDRESS,
    find_by_number,
    match_nip,
)
from elearn.records.service.issuing import issue, issuer_on, reissue, revoke
from elearn.records.service.privacy import forget
from elearn.records.service.years import Ledger, ledger_of

__all__ = [
    "WRONG_CODES",
    "WRONG_NIPS",
    "WRONG_NIPS_OF_ADDRESS",
    "Ledger",
    "find_by_number",
    "forget",
    "issue",
    "issuer_on",
    "ledger_of",
    "match_nip",
    "reissue",
    "revoke",
]
