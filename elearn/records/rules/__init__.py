"""The rules of records: pure, exact, without database or request."""

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
from elearn.records.rules.years import YearOfCredit, credit_year, year_of_credit

__all__ = [
    "FORMAT",
    "Evidence",
    "Facts",
    "Happening",
    "HolderWords",
    "Issuer",
    "MetRule",
    "ModuleEvidence",
    "Standing",
    "State",
    "YearOfCredit",
    "canonical",
    "credit_year",
    "facts",
    "field_salt",
    "file_name",
    "holder_digest",
    "holder_values",
    "is_same_nip",
    "jp_whole",
    "number_as_printed",
    "payload",
    "published_holder",
    "read",
    "standing",
    "year_of_credit",
]
