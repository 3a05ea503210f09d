"""The rules of records: pure, exact, without database or request."""

from elearn.records.rules.claims import (
    ELSEWHERE,
    MOST_JP,
    Category,
    Claim,
    Part,
    faults_in,
)
from elearn.records.rules.decisions import (
    ActivityStanding,
    ActivityState,
    Verdict,
    activity_standing,
    fault_in_amendment,
    fault_in_correction,
    fault_in_reason,
)
from elearn.records.rules.evidence import Evidence, MetRule, ModuleEvidence
from elearn.records.rules.holder import (
    HolderWords,
    field_salt,
    holder_digest,
    holder_values,
    is_same_nip,
    published_holder,
)
from elearn.records.rules.naming import file_name, number_as_printed
from elearn.records.rules.signed_text import canonical
from elearn.records.rules.standings import Happening, Standing, State, standing
from elearn.records.rules.stated import FORMAT, Facts, Issuer, facts, jp_whole, payload, read
from elearn.records.rules.years import (
    YearOfCredit,
    counted,
    credit_year,
    policy_day,
)

__all__ = [
    "ELSEWHERE",
    "FORMAT",
    "MOST_JP",
    "ActivityStanding",
    "ActivityState",
    "Category",
    "Claim",
    "Evidence",
    "Facts",
    "Happening",
    "HolderWords",
    "Issuer",
    "MetRule",
    "ModuleEvidence",
    "Part",
    "Standing",
    "State",
    "Verdict",
    "YearOfCredit",
    "activity_standing",
    "canonical",
    "counted",
    "credit_year",
    "facts",
    "fault_in_amendment",
    "fault_in_correction",
    "fault_in_reason",
    "faults_in",
    "field_salt",
    "file_name",
    "holder_digest",
    "holder_values",
    "is_same_nip",
    "jp_whole",
    "number_as_printed",
    "payload",
    "policy_day",
    "published_holder",
    "read",
    "standing",
]
