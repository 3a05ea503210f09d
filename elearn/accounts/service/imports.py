"""What both imports share: a verdict for each row, and all or nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from elearn.accounts.formats.table import Table
from elearn.accounts.rules import Fault

SHOWN_MOST = 200  # rows of each verdict that a page shows; the file of problems has all


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


def unwatched(_count: int) -> None:
    """The report of work that nobody watches."""


def summary(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """The verdicts as plain values: how many of each kind, the first of each, and a digest of all.

    Equal digests: the list still means what was shown.
    """
    shown: dict[str, list[list[Any]]] = {kind: [] for kind in Kind}
    counts = dict.fromkeys(Kind, 0)
    digest = hashlib.sha256()
    for one in verdicts:
        counts[one.kind] += 1
        if counts[one.kind] <= SHOWN_MOST:
            faults = [[fault.code, fault.values] for fault in one.faults]
            shown[one.kind].append([one.line, one.subject, list(one.changes), faults])
        codes = [fault.code for fault in one.faults]
        digest.update(repr((one.line, str(one.kind), one.subject, one.changes, codes)).encode())
    return {"counts": counts, "shown": shown, "digest": digest.hexdigest()}
