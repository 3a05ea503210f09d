"""What changes in this room. Called inside `saving()`; nothing here commits."""

from elearn.records.service.activities import log_activity, mark_read, own_day, withdraw
from elearn.records.service.attendance import import_list, judge
from elearn.records.service.checking import (
    WRONG_CODES,
    WRONG_NIPS,
    WRONG_NIPS_OF_ADDRESS,
    find_by_number,
    match_nip,
)
from elearn.records.service.decisions import (
    MOST_AT_ONCE,
    amend,
    approve,
    approve_all,
    correct,
    refuse,
)
from elearn.records.service.evidence import drop_loose_files, keep_evidence
from elearn.records.service.issuing import holder_today, issue, issuer_on, reissue, revoke
from elearn.records.service.privacy import forget
from elearn.records.service.retention import sweep_evidence
from elearn.records.service.transcripts import make_transcript
from elearn.records.service.years import ledger_of, terms_of, year_by, year_of

__all__ = [
    "MOST_AT_ONCE",
    "WRONG_CODES",
    "WRONG_NIPS",
    "WRONG_NIPS_OF_ADDRESS",
    "amend",
    "approve",
    "approve_all",
    "correct",
    "drop_loose_files",
    "find_by_number",
    "forget",
    "holder_today",
    "import_list",
    "issue",
    "issuer_on",
    "judge",
    "keep_evidence",
    "ledger_of",
    "log_activity",
    "make_transcript",
    "mark_read",
    "match_nip",
    "own_day",
    "refuse",
    "reissue",
    "revoke",
    "sweep_evidence",
    "terms_of",
    "withdraw",
    "year_by",
    "year_of",
]
