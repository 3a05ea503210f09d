"""Questions as the tests of the rules use them: one of each kind."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Fact:
    """A question as `courses` publishes it, with the fields that its kind needs."""

    kind: str
    key: str = "q"
    module_key: str = "m1"
    pool: str = "quiz"
    points: int = 1
    rights: tuple[bool, ...] = ()
    answer: bool | Decimal | None = None
    tolerance: Decimal = Decimal(0)
    accepted: tuple[str, ...] = ()
    item_count: int = 0
    pair_count: int = 0
    extra_count: int = 0
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class FactUnit:
    kind: str
    module_key: str | None
    draw: int | None


SINGLE = Fact("single", rights=(False, True, False))
SEVERAL = Fact("several", rights=(True, True, False))
TRUE = Fact("true-false", answer=True)
ORDERING = Fact("ordering", item_count=4)
MATCHING = Fact("matching", pair_count=3, extra_count=1)
TEXT = Fact("text", accepted=("cekfakta.com", ".pdf"))
NUMBER = Fact("number", answer=Decimal(180), tolerance=Decimal("0.5"))
ONE_OF_EACH = (SINGLE, SEVERAL, TRUE, ORDERING, MATCHING, TEXT, NUMBER)
