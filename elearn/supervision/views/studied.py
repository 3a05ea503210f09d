"""What one person's page says of her courses: progress, scores, and help where she is stuck."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from elearn.accounts.models import Person
from elearn.core.i18n import page_language
from elearn.core.policy import Policy
from elearn.courses.queries import title_language, unit_title
from elearn.courses.rules import Outline
from elearn.learning import queries as learning
from elearn.learning import rules as studying
from elearn.learning.models import Enrolment
from elearn.learning.queries import Standing
from elearn.quizzes import queries as quizzes
from elearn.supervision import queries
from elearn.supervision.queries import LastContact, Score, Stuck, Tries
from elearn.supervision.rules import standing as rules
from elearn.supervision.views import shown
from elearn.supervision.views.shown import StuckCard

Scores = Mapping[tuple[int, str], list[Score]]


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz or test of a course with its scores; never with answers."""

    title: str
    language: str  # of the title
    scores: list[Score]
    pass_percent: int | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class Course:
    """One course that somebody follows. help: for who is stuck in it."""

    outline: Outline
    title: str
    language: str
    standing: Standing
    stands: rules.Standing
    quizzes: list[Quiz]
    help: StuckCard | None


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at whom, by which rules and when. library: hers; contact: the last one."""

    person: Person
    library: str
    contact: LastContact | None
    office: Policy
    reader_id: int | None
    reader: str
    now: datetime


def course(look: Look, enrolment: Enrolment, scores: Scores) -> Course:
    """One of her courses. One query for who has failed a quiz with a limit, else none."""
    standing = learning.standing_of(enrolment.progress)
    outline = standing.outline
    stands = rules.standing(
        queries.facts_of(enrolment, enrolment.progress), queries.limits(look.office), look.now
    )
    return Course(
        outline=outline,
        title=outline.title_in(page_language()),
        language=outline.language_for(page_language()),
        standing=standing,
        stands=stands,
        quizzes=list(_quizzes(enrolment.id, standing, scores)),
        help=_help(look, enrolment, standing, stands, scores),
    )


def unit_words(outline: Outline, key: str) -> tuple[str, str]:
    """Title of a unit with its language; the key where this version does not have it."""
    unit = outline.unit(key)
    if unit is None:
        return key, ""
    language = page_language()
    return unit_title(outline, unit, language), title_language(outline, unit, language)


def _help(
    look: Look, enrolment: Enrolment, standing: Standing, stands: rules.Standing, scores: Scores
) -> StuckCard | None:
    if stands.reason is None:
        return None
    row = enrolment.progress
    one = Stuck(
        person=look.person,
        library=look.library,
        reason=stands.reason,
        since=stands.since,
        outline=standing.outline,
        standing=standing,
        failed_unit_key=row.failed_unit_key,
        failed_count=row.failed_count,
        tries=_tries(enrolment, standing.outline, row.failed_unit_key, scores),
        contact=look.contact,
    )
    return shown.stuck_card(one, look.reader_id, look.reader, look.office.reminder_days, look.now)


def _tries(enrolment: Enrolment, outline: Outline, key: str, scores: Scores) -> Tries:
    unit = outline.unit(key)
    limit = unit.attempt_limit if unit else None
    own = scores.get((enrolment.id, key), [])
    return Tries(
        scores=tuple(score.percent for score in own),
        last_at=own[-1].at if own else None,
        allowed=limit + quizzes.allowances(enrolment, key) if limit else None,
    )


def _quizzes(enrolment_id: int, standing: Standing, scores: Scores) -> Iterator[Quiz]:
    for unit in standing.outline.units:
        if unit.kind in (studying.PRE_TEST, *studying.GRADED):
            title, language = unit_words(standing.outline, unit.key)
            yield Quiz(
                title=title,
                language=language,
                scores=scores.get((enrolment_id, unit.key), []),
                pass_percent=unit.pass_percent if unit.kind in studying.GRADED else None,
                is_done=standing.units[unit.key].done,
            )
