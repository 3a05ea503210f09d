"""The papers that an office files, by the name that stands in their addresses."""

from enum import StrEnum

ROWS_MOST = 1_000  # of one paper: some thirty sheets, two seconds to set


class PaperKind(StrEnum):
    RECAP = "recap"  # of each place, in a period
    COMPLETIONS = "completions"  # records, in a period
    JP = "jp"  # of each person, in a year
