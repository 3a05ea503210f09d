"""Reading records, activities and the ledger of JP."""

from elearn.records.queries.credits import credit_by_year, credit_of_year, recent_credits
from elearn.records.queries.privacy import personal_data
from elearn.records.queries.sheets import (
    CODE_LENGTH,
    Kept,
    all_records,
    count_issued,
    faults_in,
    faults_of,
    newest_edition,
    next_edition,
    own_record,
    own_records,
    record_by_code,
    record_by_number,
    record_by_typed_code,
    record_of_enrolment,
    words_of,
)

__all__ = [
    "CODE_LENGTH",
    "Kept",
    "all_records",
    "count_issued",
    "credit_by_year",
    "credit_of_year",
    "faults_in",
    "faults_of",
    "newest_edition",
    "next_edition",
    "own_record",
    "own_records",
    "personal_data",
    "recent_credits",
    "record_by_code",
    "record_by_number",
    "record_by_typed_code",
    "record_of_enrolment",
    "words_of",
]
