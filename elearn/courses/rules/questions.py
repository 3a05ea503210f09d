"""Questions of a version: the facts that grading needs, kept as JSON beside the source files.

The texts are in the renderings; what is right stays here and never leaves the server before an
attempt is handed in.
"""

import json
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from elearn.coursepack.model import Question


@dataclass(frozen=True)
class QuestionFacts:
    """What drawing and grading need of one question; which fields are filled depends on its kind.

    Positions count as in the course folder, never as shown. In a matching question, right-hand
    choice i belongs to pair i for i < pair_count; later choices belong to none. Where a corrected
    key says otherwise, `places` has for each item the place, for each pair the choice; () else.
    """

    key: str
    module_key: str
    position: int
    edition: int
    kind: str
    pool: str
    lesson_key: str
    points: int
    rights: tuple[bool, ...] = ()
    answer: bool | Decimal | None = None
    tolerance: Decimal = Decimal(0)
    accepted: tuple[str, ...] = ()
    item_count: int = 0
    pair_count: int = 0
    extra_count: int = 0
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class OptionBody:
    text: Markup
    feedback: Markup


@dataclass(frozen=True)
class QuestionBody:
    """A question's texts in one language, as clean HTML, in file order."""

    text: Markup
    feedback: Markup
    options: tuple[OptionBody, ...]
    items: tuple[Markup, ...]
    lefts: tuple[Markup, ...]
    rights: tuple[Markup, ...]
    unit: str
    if_true: Markup
    if_false: Markup

    @property
    def rights_plain(self) -> tuple[str, ...]:
        return tuple(right.striptags() for right in self.rights)


def definition_of(question: Question) -> str:
    """A question's key as JSON, to be kept; `facts_of` reads it again."""
    answer = question.answer
    facts = {
        "rights": [option.right for option in question.options],
        "answer": str(answer) if isinstance(answer, Decimal) else answer,
        "tolerance": str(question.tolerance),
        "accepted": list(question.accepted),
        "item_count": len(question.items),
        "pair_count": len(question.pairs),
        "extra_count": len(question.extra),
    }
    return json.dumps(facts, sort_keys=True, ensure_ascii=False)


def facts_in(question: Question, module_key: str, position: int) -> QuestionFacts:
    """The facts of a question that is not published yet, as it stands in a course folder."""
    return facts_of(
        definition_of(question),
        key=question.key,
        module_key=module_key,
        position=position,
        edition=question.edition,
        kind=question.kind,
        pool=question.pool,
        lesson_key=question.lesson,
        points=question.points,
    )


def facts_of(
    definition: str,
    *,
    key: str,
    module_key: str,
    position: int,
    edition: int,
    kind: str,
    pool: str,
    lesson_key: str,
    points: int,
) -> QuestionFacts:
    """The facts of a kept question: its columns, and its definition as `definition_of` wrote it."""
    kept = json.loads(definition)
    answer = kept["answer"]
    return QuestionFacts(
        key=key,
        module_key=module_key,
        position=position,
        edition=edition,
        kind=kind,
        pool=pool,
        lesson_key=lesson_key,
        points=points,
        rights=tuple(kept["rights"]),
        answer=Decimal(answer) if isinstance(answer, str) else answer,
        tolerance=Decimal(kept["tolerance"]),
        accepted=tuple(kept["accepted"]),
        item_count=kept["item_count"],
        pair_count=kept["pair_count"],
        extra_count=kept["extra_count"],
    )
