"""An attempt's questions and points as JSON: one way in, one way out."""

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction

from elearn.quizzes.rules import Drawn


def drawn_text(drawn: Iterable[Drawn]) -> str:
    """The drawn questions as a JSON list of {"key", "order"}, as shown."""
    return json.dumps([{"key": one.key, "order": list(one.order)} for one in drawn])


def asks(question_key: str) -> str:
    """What stands in the text of every draw that has this question, and in no other."""
    return f'"key": {json.dumps(question_key)}'


def drawn_from(text: str) -> tuple[Drawn, ...]:
    return tuple(Drawn(one["key"], tuple(one["order"])) for one in json.loads(text))


def points_text(points: Mapping[str, Fraction]) -> str:
    """Exact points by question key: {"q1": "2/3"}."""
    return json.dumps({key: str(value) for key, value in points.items()})


def points_from(text: str) -> dict[str, Fraction]:
    return {key: Fraction(value) for key, value in json.loads(text or "{}").items()}
