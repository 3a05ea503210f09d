"""A newer version, for who studies an older one: she may move to it, and is not made to."""

from dataclasses import dataclass

from elearn.courses.rules import Outline
from elearn.learning import rules
from elearn.learning.queries import Standing


@dataclass(frozen=True, slots=True)
class Offer:
    """A newer version, and where the learner would stand in it."""

    outline: Outline
    percent: int


def offer(standing: Standing, offered: tuple[Outline, ...]) -> Offer | None:
    """The newer version that a learner may move to, if there is one."""
    if standing.is_complete:
        return None
    for newest in offered:
        if newest.slug == standing.outline.slug and newest.number > standing.outline.number:
            states = rules.carried_over(standing.outline, newest, standing.units)
            return Offer(newest, rules.progress(newest, states).percent)
    return None
