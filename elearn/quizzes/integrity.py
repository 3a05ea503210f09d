"""What can be wrong with attempts that were handed in, for `elearn db check`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select

from elearn.accounts.models import Person
from elearn.core.db import db
from elearn.core.integrity import Finding, Findings, Part, batches, count
from elearn.core.text import ERASED
from elearn.learning.models import Enrolment, Event, Progress
from elearn.quizzes import queries, rules
from elearn.quizzes.formats.papers import points_from
from elearn.quizzes.models import Answer, Attempt, AttemptState, Correction, Regrade
from elearn.quizzes.queries import Paper
from elearn.quizzes.queries.retention import swept_before
from elearn.quizzes.rules import Given, Result

_RESTORE = "restore its answers and its score from a backup"
_Scores = Counter[tuple[int, str, int | None, bool | None]]
_Which = Iterable[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class _Batch:
    """The attempts of some runs, and what else says how they went."""

    attempts: Sequence[Attempt]
    given: Mapping[int, Mapping[str, Given]]  # by attempt
    regrades: Mapping[int, Sequence[tuple[Regrade, Correction]]]  # by attempt, the oldest first
    corrections: Mapping[int, Sequence[Correction]]  # by version, the oldest first
    scored: _Scores  # how often learning was told of this score
    erased: frozenset[int]  # of people who were forgotten, or older than answers are kept


def _attempts() -> Iterator[Findings]:
    for enrolment_ids in batches(Enrolment.id):
        batch = _read(enrolment_ids)
        for attempt in batch.attempts:
            yield [
                Finding(f"attempt {attempt.code}: {fault}", advice)
                for fault, advice in _faults(attempt, batch)
            ]


def _read(enrolment_ids: list[int]) -> _Batch:
    """Six statements, however many attempts."""
    of_these = (
        Attempt.enrolment_id.in_(enrolment_ids), Attempt.state == AttemptState.SUBMITTED,
    )  # fmt: skip
    swept = swept_before()
    is_swept = Progress.completed_at < swept if swept else false()
    rows = db.session.execute(
        select(Attempt, or_(Person.full_name == ERASED, is_swept))
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Progress, Progress.enrolment_id == Attempt.enrolment_id)
        .where(*of_these)
        .order_by(Attempt.id)
    ).all()
    return _Batch(
        attempts=[attempt for attempt, _ in rows],
        given=_given(of_these),
        regrades=_regrades(of_these),
        corrections=_corrections(),
        scored=_scored(enrolment_ids),
        erased=frozenset(attempt.id for attempt, is_erased in rows if is_erased),
    )


def _given(of_these: _Which) -> Mapping[int, Mapping[str, Given]]:
    found: dict[int, dict[str, Given]] = defaultdict(dict)
    answers = (
        select(Answer.attempt_id, Answer.question_key, Answer.given)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(*of_these)
    )
    for attempt_id, key, text in db.session.execute(answers):
        found[attempt_id][key] = rules.decode(text)
    return found


def _regrades(of_these: _Which) -> Mapping[int, Sequence[tuple[Regrade, Correction]]]:
    found: dict[int, list[tuple[Regrade, Correction]]] = defaultdict(list)
    raised = (
        select(Regrade, Correction)
        .join(Correction, Correction.id == Regrade.correction_id)
        .join(Attempt, Attempt.id == Regrade.attempt_id)
        .where(*of_these)
        .order_by(Regrade.id)
    )
    for regrade, correction in db.session.execute(raised):
        found[regrade.attempt_id].append((regrade, correction))
    return found


def _corrections() -> Mapping[int, Sequence[Correction]]:
    found: dict[int, list[Correction]] = defaultdict(list)
    for correction in db.session.scalars(select(Correction).order_by(Correction.id)):
        found[correction.version_id].append(correction)
    return found


def _scored(enrolment_ids: list[int]) -> _Scores:
    events = select(Event.enrolment_id, Event.unit_key, Event.score_percent, Event.is_passed).where(
        Event.enrolment_id.in_(enrolment_ids), Event.kind == "scored"
    )
    return Counter(
        (number, key, score, is_passed)
        for number, key, score, is_passed in db.session.execute(events)
    )


def _faults(attempt: Attempt, batch: _Batch) -> Iterator[tuple[str, str]]:
    """Each fault, and what to do about it."""
    given = batch.given.get(attempt.id, {})
    regrades = batch.regrades.get(attempt.id, ())
    faults = [*_faults_in_result(attempt, regrades), *_faults_in_events(attempt, regrades, batch)]
    if given or attempt.id not in batch.erased:
        corrections = batch.corrections.get(attempt.version_id, ())
        paper = queries.paper_of(attempt)
        faults += _faults_in_marks(attempt, paper, given, corrections)
        faults += _faults_in_regrades(attempt, given, regrades)
        yield from _unfinished(attempt, paper, given, corrections, regrades)
    for fault in faults:
        yield fault, _RESTORE


def _faults_in_marks(
    attempt: Attempt, paper: Paper, given: Mapping[str, Given], corrections: Sequence[Correction]
) -> Iterator[str]:
    """It was marked by the keys of its time: the published ones, or after so many corrections."""
    found = Result(points_from(attempt.points), attempt.score_percent or 0, None)
    for age in range(len(corrections) + 1):
        keys = queries.with_keys(paper, corrections[:age])
        grade = rules.grade((asked.facts for asked in keys.asked), given)
        if age == 0:
            earned = grade.score_percent
        if (grade.score_percent, dict(grade.points)) == (found.score_percent, found.points):
            return
    yield f"it was given {attempt.score_percent} %, its answers earn {earned} %"


def _faults_in_result(
    attempt: Attempt, regrades: Sequence[tuple[Regrade, Correction]]
) -> Iterator[str]:
    scored: list[Attempt | Regrade] = [attempt, *(regrade for regrade, _ in regrades)]
    for counts in scored:
        if counts.is_passed != rules.is_passed(counts.score_percent or 0, attempt.pass_percent):
            yield "whether it was passed does not follow from its score"


def _faults_in_regrades(
    attempt: Attempt,
    given: Mapping[str, Given],
    regrades: Sequence[tuple[Regrade, Correction]],
) -> Iterator[str]:
    """Each one raises the one before, by the key of its correction and nothing else."""
    before = queries.result_of(attempt, None)
    for regrade, correction in regrades:
        key = correction.question_key
        questions = {
            **queries.corrected_questions(attempt.version_id, ()),
            key: queries.corrected_question(correction),
        }
        after = queries.result_of(attempt, regrade)
        if before is None or after is None:
            return
        should = rules.marked_anew(questions, key, given.get(key), before, attempt.pass_percent)
        if after != should or after.points[key] <= before.points[key]:
            yield f"the corrected key of {key} did not make {after.score_percent} % of it"
        before = after


def _faults_in_events(
    attempt: Attempt, regrades: Sequence[tuple[Regrade, Correction]], batch: _Batch
) -> Iterator[str]:
    scored: list[Attempt | Regrade] = [attempt, *(regrade for regrade, _ in regrades)]
    for counts in scored:
        told = (attempt.enrolment_id, attempt.unit_key, counts.score_percent, counts.is_passed)
        if not batch.scored[told]:
            yield "no event in the learner's course says that it was handed in with this score"
        batch.scored[told] -= 1


def _unfinished(
    attempt: Attempt,
    paper: Paper,
    given: Mapping[str, Given],
    corrections: Sequence[Correction],
    regrades: Sequence[tuple[Regrade, Correction]],
) -> Iterator[tuple[str, str]]:
    """A correction that was stopped has left some attempts as they were."""
    result = queries.result_of(attempt, regrades[-1][0] if regrades else None)
    keys = {correction.question_key for correction in corrections}
    for asked in queries.with_keys(paper, corrections).asked:
        key = asked.facts.key
        if (
            key in keys
            and result
            and rules.points(asked.facts, given.get(key)) > result.points[key]
        ):
            yield (
                f"the corrected key of {key} earns more than it was given",
                "correct the key once more, which goes on where it was stopped",
            )


PARTS = (Part("attempts handed in", lambda: count(Attempt.submitted_at), _attempts),)
