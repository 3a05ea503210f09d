"""What the page of a correction shows: the key then and now, and whose results would change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from elearn.accounts import queries as accounts
from elearn.authoring import queries
from elearn.authoring.models import Draft
from elearn.authoring.views.item_page import key_words, plain
from elearn.core.errors import Conflict, Invalid, Missing
from elearn.core.i18n import page_language
from elearn.core.permissions import Action, Actor, may
from elearn.courses import queries as courses
from elearn.courses.models import Version
from elearn.courses.rules import Outline
from elearn.quizzes import queries as quizzes
from elearn.quizzes import service
from elearn.quizzes.models import Correction
from elearn.quizzes.service import Change, Effect
from elearn.web.messages import sentence_for

MOST_SHOWN = 100  # of each table; beyond that the counts say what is needed


@dataclass(frozen=True, slots=True)
class Done:
    """A correction of this question. raised: results that it has raised so far."""

    at: datetime
    by: str
    number: int
    reason: str
    raised: int


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A result that changes, or would be lower and stays. who: a name, or the attempt's code."""

    who: str
    quiz: str
    before: int
    after: int
    passes: bool


@dataclass(frozen=True, slots=True)
class Prospect:
    """What the key of the chosen version does. is_done: it counts already; raised: yet to mark."""

    key: tuple[str, ...]
    is_done: bool
    raised: list[ShownChange]
    kept: list[ShownChange]
    raised_count: int
    kept_count: int
    others: int
    passing: int


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """shows_names: whether `who` is a name; refusal: why the chosen version cannot be taken."""

    outline: Outline
    language: str
    question: str
    text: Markup
    question_key: str
    key: tuple[str, ...]
    done: list[Done]
    numbers: list[int]
    chosen: int | None
    prospect: Prospect | None
    refusal: str
    shows_names: bool
    draft: Draft | None


def correction_page(
    actor: Actor, found: Version, versions: Sequence[Version], key: str, wanted: int
) -> CorrectionPage:
    """versions: all of the course; wanted: number of the version whose key is to be taken, or 0.

    Raises Missing when the version has no such question.
    """
    outline = courses.outline(found.id)
    language = outline.language_for(page_language())
    corrections = [c for c in quizzes.corrections_of(found.id) if c.question_key == key]
    facts = quizzes.corrected_questions(found.id, corrections).get(key)
    if facts is None:
        raise Missing("question-unknown", key=key, number=outline.number)
    body = courses.question_bodies(found.id, language)[key]
    newer = {one.number: one.id for one in versions if one.number > found.number}
    chosen = _chosen(newer, corrections, wanted)
    prospect, refusal = None, ""
    if chosen is not None:
        try:
            effect = service.dry_run(actor, found.id, key, newer[chosen])
            prospect = _prospect(actor, outline, language, key, effect, newer[chosen], corrections)
        except (Invalid, Conflict, Missing) as fault:
            refusal = sentence_for(fault)
    return CorrectionPage(
        outline=outline,
        language=language,
        question=plain(body, key),
        text=body.text,
        question_key=key,
        key=key_words(facts, body),
        done=_done(corrections, {one.id: one.number for one in versions}),
        numbers=sorted(newer, reverse=True),
        chosen=chosen,
        prospect=prospect,
        refusal=refusal,
        shows_names=_shows_names(actor),
        draft=queries.open_draft_of(outline.slug),
    )


def _chosen(newer: dict[int, int], corrections: Sequence[Correction], wanted: int) -> int | None:
    """The version that was asked for; else the one that was corrected from; else the newest."""
    if wanted in newer:
        return wanted
    last = corrections[-1].from_version_id if corrections else None
    corrected = (number for number, version_id in newer.items() if version_id == last)
    return next(corrected, max(newer, default=None))


def _prospect(
    actor: Actor,
    outline: Outline,
    language: str,
    key: str,
    effect: Effect,
    newer_id: int,
    corrections: Sequence[Correction],
) -> Prospect:
    theirs = courses.outline(newer_id)
    body = courses.question_bodies(newer_id, theirs.language_for(language))[key]
    passing = [one for one in effect.raised if _passes(one)]
    others = [one for one in effect.raised if not _passes(one)]
    return Prospect(
        key=key_words(courses.questions(newer_id)[key], body),
        is_done=bool(corrections) and corrections[-1].from_version_id == newer_id,
        raised=_shown(actor, outline, language, [*passing, *others][:MOST_SHOWN]),
        kept=_shown(actor, outline, language, effect.kept[:MOST_SHOWN]),
        raised_count=len(effect.raised),
        kept_count=len(effect.kept),
        others=effect.others,
        passing=len(passing),
    )


def _passes(change: Change) -> bool:
    return bool(change.after.is_passed) and not change.before.is_passed


def _shows_names(actor: Actor) -> bool:
    """Who has which result is for those who manage people (docs/decisions/015-wrong-keys.md)."""
    return may(actor, Action.ACCOUNTS_PEOPLE_MANAGE)


def _shown(
    actor: Actor, outline: Outline, language: str, changes: Iterable[Change]
) -> list[ShownChange]:
    names = _shows_names(actor)
    titles = {unit.key: courses.unit_title(outline, unit, language) for unit in outline.units}
    return [
        ShownChange(
            who=one.person_name if names else one.attempt_code,
            quiz=titles[one.unit_key],
            before=one.before.score_percent,
            after=one.after.score_percent,
            passes=_passes(one),
        )
        for one in changes
    ]


def _done(corrections: Sequence[Correction], numbers: dict[int, int]) -> list[Done]:
    """The corrections of this question, the newest first."""
    raised = quizzes.raised_by([one.id for one in corrections])
    return [
        Done(
            at=one.at,
            by=accounts.person(one.by).full_name,
            number=numbers[one.from_version_id],
            reason=one.reason,
            raised=raised[one.id],
        )
        for one in reversed(corrections)
    ]
