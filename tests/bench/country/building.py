"""The whole country, from an empty tree to the last record."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from random import Random

from elearn.core.db import saving
from elearn.core.permissions import Actor, Grant, Role
from tests.bench.country.chance import Codes
from tests.bench.country.elsewhere import busy
from tests.bench.country.people import settled
from tests.bench.country.plan import planned
from tests.bench.country.published import Edition, published
from tests.bench.country.sizes import Sizes
from tests.bench.country.span import Span
from tests.bench.country.studying import School
from tests.bench.country.tree import planted
from tests.bench.country.writing import Writer


def build(sizes: Sizes, editions: Sequence[Edition], seed: int, now: datetime) -> Counter[str]:
    """Write the country as it is at a moment; how many rows came into which table.

    The same seed and moment give the same rows; only keys, signatures, password hashes and the
    codes of what the services themselves have made are others.
    """
    chance = Random(seed)
    span, writer = Span(now), Writer()
    codes = Codes(chance, sizes.events, sizes.records)
    tree = planted(sizes, span, writer, chance)
    people = settled(sizes, tree, span, writer, codes, chance)
    author = Actor(people[1].person_id, frozenset({Grant(Role.AUTHOR)}))
    outlines = published(editions, author, span)
    runs = planned(sizes, people, outlines, chance)
    School(outlines, span, writer, codes, chance).teach(runs)
    busy(sizes, people, span, writer, codes, chance)
    with saving():
        writer.settle()
    return writer.counts
