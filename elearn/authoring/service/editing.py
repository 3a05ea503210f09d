"""One edit of one thing by one of several people who may be at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elearn.authoring.models import Draft
from elearn.authoring.rules import Changes
from elearn.authoring.rules.edits import Verdict, fingerprint, judge
from elearn.authoring.service.drafts import save
from elearn.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Edit:
    """A thing as the form had it and as it is to be.

    base: fingerprint of what the form began with. there: the thing as it is in the locked draft.
    wanted: as it was sent. what: code of the act; about: key of the thing.
    """

    base: str
    there: Any
    wanted: Any
    what: str
    about: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit. there: the thing as it is now; when overtaken, as they left it."""

    verdict: Verdict
    there: Any
    number: int | None = None

    @property
    def base(self) -> str:
        """What a form that is drawn now begins with."""
        return fingerprint(self.there)

    @property
    def is_safe(self) -> bool:
        return self.verdict is not Verdict.OVERTAKEN


def edit(draft: Draft, one: Edit, changes: Changes, actor: Actor, now: datetime) -> Outcome:
    """Save the changes that make the thing what is wanted, unless somebody was there meanwhile.

    draft: locked, and `one.there` read from it since. changes: what the edit does to the files.
    """
    verdict = judge(one.base, one.there, one.wanted)
    if verdict is Verdict.OVERTAKEN:
        return Outcome(verdict, one.there)
    number = save(draft, changes, one.what, one.about, actor, now)
    return Outcome(verdict, one.wanted, number)
