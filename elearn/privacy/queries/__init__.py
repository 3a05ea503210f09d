"""Reading over all rooms what concerns one person."""

from elearn.privacy.queries.counts import Counts, counts
from elearn.privacy.queries.looks import looks

__all__ = ["Counts", "counts", "looks"]
