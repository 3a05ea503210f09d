"""What both imports share: a verdict for each row, and all or nothing."""

from dataclasses import dataclass, field
from enum import StrEnum

from elearn.accounts.formats.table import Table
from elearn.accounts.rules import Fault


class Kind(StrEnum):
    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    PROBLEM = "problem"


@dataclass(slots=True)
class Verdict:
    """What the import will do with one line. subject: login or code; changes: names of columns."""

    line: int
    kind: Kind
    subject: str = ""
    changes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = field(default=())


def verdicts_of_faults(table: Table) -> list[Verdict]:
    """The faults of the file itself, one verdict for each."""
    return [Verdict(line, Kind.PROBLEM, faults=(fault,)) for line, fault in table.faults]


def has_problems(verdicts: list[Verdict]) -> bool:
    return any(verdict.kind is Kind.PROBLEM for verdict in verdicts)
